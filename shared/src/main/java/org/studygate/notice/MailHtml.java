package org.studygate.notice;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.studygate.department.Department.Brand;
import org.studygate.notice.MailContent.Block;

/// The look of a mail: one column, no picture and nothing fetched from anywhere, so nothing tells
/// whether it was opened. Styles stand in the elements, since some programs drop the style sheet;
/// the sheet only turns the colours round where the reader likes it dark.
final class MailHtml {
  private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");

  /// Fills the rest of the preview line: without it a list of mails would show the code there.
  private static final String REST_OF_PREVIEW = "&#847;&zwnj;&nbsp;".repeat(90);

  private MailHtml() {}

  static String write(MailContent mail, Brand brand) {
    var holes =
        Map.of(
            "language", escaped(mail.language()),
            "light", brand.light(),
            "dark", brand.dark(),
            "subject", escaped(mail.subject()),
            "preheader", escaped(mail.preheader()) + REST_OF_PREVIEW,
            "sender", escaped(mail.sender()),
            "title", escaped(mail.title()),
            "blocks", mail.blocks().stream().map(MailHtml::block).collect(Collectors.joining()),
            "footer", escaped(mail.footer()));
    return HOLE.matcher(PAGE)
        .replaceAll(
            hole -> Matcher.quoteReplacement(Objects.requireNonNull(holes.get(hole.group(1)))));
  }

  private static String block(Block block) {
    return switch (block) {
      case Block.Paragraph(var text) ->
          "<p style=\"margin:0 0 16px;font-size:17px;line-height:1.55\">%s</p>\n"
              .formatted(escaped(text));
      case Block.Code(var digits) ->
          """
          <p class="code" style="margin:24px 0;padding:18px 8px 18px 15px;border-radius:10px;\
          background:#eef4f3;text-align:center;font-family:ui-monospace,'SF Mono',Menlo,Consolas,\
          'Liberation Mono',monospace;font-size:36px;line-height:1.2;font-weight:600;\
          letter-spacing:0.2em">%s</p>
          """
              .formatted(escaped(digits));
      case Block.Reference(var number) ->
          """
          <p class="code" style="margin:8px 0 24px;padding:14px 8px;border-radius:10px;\
          background:#eef4f3;text-align:center;font-family:ui-monospace,'SF Mono',Menlo,Consolas,\
          'Liberation Mono',monospace;font-size:20px;line-height:1.3;font-weight:600;\
          overflow-wrap:anywhere">%s</p>
          """
              .formatted(escaped(number));
      case Block.Quote(var label, var lines) ->
          """
          <p style="margin:0 0 4px;font-size:17px;line-height:1.55">%s</p>
          <blockquote style="margin:0 0 16px;padding:2px 0 2px 14px;border-left:3px solid #9db3b5;\
          font-size:17px;line-height:1.55;overflow-wrap:anywhere">%s</blockquote>
          """
              .formatted(
                  escaped(label),
                  lines.stream().map(MailHtml::escaped).collect(Collectors.joining("<br/>")));
      case Block.Link(var label, var to) ->
          """
          <p style="margin:0 0 16px;font-size:17px;line-height:1.55">%s<br/>\
          <a href="%s" style="color:inherit;overflow-wrap:anywhere">%s</a></p>
          """
              .formatted(escaped(label), escaped(to.toString()), escaped(to.toString()));
      case Block.Note(var text) ->
          "<p class=\"quiet\" style=\"margin:0 0 8px;color:#4a5e62;font-size:15px;line-height:1.5\">%s</p>\n"
              .formatted(escaped(text));
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="{{language}}">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
      <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
      <title>{{subject}}</title>
      <style>
      :root { color-scheme: light dark; supported-color-schemes: light dark; }
      @media (prefers-color-scheme: dark) {
        .page { background: #0e1618 !important; color: #e9f0ef !important; }
        .sheet { background: #162225 !important; border-top-color: {{dark}} !important; }
        .sender { color: {{dark}} !important; }
        .code { background: #1f2e32 !important; color: #e9f0ef !important; }
        .quiet { color: #a5b6b7 !important; }
      }
      </style>
      </head>
      <body class="page" style="margin:0;padding:0;background:#f5f7f6;color:#14282d;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
      <div style="display:none;max-height:0;overflow:hidden">{{preheader}}</div>
      <div role="main" lang="{{language}}">
      <table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" \
      style="background:#f5f7f6;color:#14282d;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"><tr><td align="center" style="padding:24px 12px">
      <div class="sheet" style="max-width:560px;margin:0 auto;padding:28px 24px 24px;background:#ffffff;\
      border-top:5px solid {{light}};border-radius:6px 6px 14px 14px;text-align:left">
      <p class="sender" style="margin:0 0 20px;color:{{light}};font-size:17px;font-weight:600">{{sender}}</p>
      <h1 style="margin:0 0 12px;font-size:26px;line-height:1.25">{{title}}</h1>
      {{blocks}}</div>
      <p class="quiet" style="max-width:560px;margin:16px auto 0;padding:0 24px;color:#4a5e62;\
      font-size:14px;line-height:1.5;text-align:left">{{footer}}</p>
      </td></tr></table>
      </div>
      </body>
      </html>
      """;
}
