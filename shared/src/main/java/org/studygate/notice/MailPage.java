package org.studygate.notice;

/// The look of a mail: one column, no picture and nothing fetched from anywhere, so that nothing
/// tells whether it was opened, and it looks the same where pictures are off.
final class MailPage {
  private MailPage() {}

  record Content(
      String language,
      String hospital,
      String colour,
      String preheader,
      String title,
      String body,
      String code,
      String valid,
      String ignore,
      String footer) {}

  static String html(Content c) {
    return """
        <!doctype html>
        <html lang="%s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>%s</title>
        <style>
        body { margin: 0; padding: 24px 16px; background: #f2f4f6; color: #1b2733;
          font: 17px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        .sheet { max-width: 520px; margin: 0 auto; background: #ffffff; border-radius: 12px;
          overflow: hidden; }
        .head { padding: 18px 28px; background: %s; color: #ffffff; font-weight: 600; }
        .text { padding: 24px 28px 28px; }
        h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.25; }
        p { margin: 0 0 16px; }
        .code { margin: 20px 0; padding: 18px 12px; border-radius: 10px; background: #eef3f7;
          text-align: center; font: 600 36px/1.2 ui-monospace, "SF Mono", Menlo, Consolas, monospace;
          letter-spacing: 0.18em; }
        .quiet { color: #52606d; font-size: 15px; }
        .foot { max-width: 520px; margin: 16px auto 0; padding: 0 28px; color: #52606d;
          font-size: 14px; }
        .hidden { display: none; max-height: 0; overflow: hidden; }
        @media (prefers-color-scheme: dark) {
          body { background: #12181f; color: #e8edf2; }
          .sheet { background: #1c252e; }
          .code { background: #26323d; }
          .quiet, .foot { color: #a9b6c2; }
        }
        </style>
        </head>
        <body>
        <div class="hidden">%s</div>
        <div class="sheet">
        <div class="head">%s</div>
        <div class="text">
        <h1>%s</h1>
        <p>%s</p>
        <div class="code">%s</div>
        <p>%s</p>
        <p class="quiet">%s</p>
        </div>
        </div>
        <p class="foot">%s</p>
        </body>
        </html>
        """
        .formatted(
            c.language(),
            escaped(c.title()),
            c.colour(),
            escaped(c.preheader()),
            escaped(c.hospital()),
            escaped(c.title()),
            escaped(c.body()),
            escaped(c.code()),
            escaped(c.valid()),
            escaped(c.ignore()),
            escaped(c.footer()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
