package org.studygate.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.studygate.notice.MailContent.Block;

/// The text part of a mail, in lines of at most 78 letters (RFC 5322, 2.1.1).
final class MailText {
  private static final int WIDTH = 78;

  private MailText() {}

  static String write(MailContent mail) {
    var parts = new ArrayList<String>();
    parts.add(lines(mail.title()));
    for (var block : mail.blocks()) {
      parts.add(
          switch (block) {
            case Block.Paragraph(var text) -> lines(text);
            case Block.Code(var digits) -> digits;
            case Block.Reference(var printed) -> printed;
            case Block.Quote(var label, var said) -> lines(label) + "\n" + quoted(said);
            case Block.Link(var label, var to) -> lines(label) + "\n" + to;
            case Block.Note(var text) -> lines(text);
          });
    }
    parts.add("-- \n" + lines(mail.footer()));
    return String.join("\n\n", parts) + "\n";
  }

  private static String quoted(List<String> said) {
    return said.stream().map(MailText::lines).collect(Collectors.joining("\n"));
  }

  private static String lines(String text) {
    var lines = new StringBuilder();
    var width = 0;
    for (var word : text.strip().split("\\s+", -1)) {
      if (width > 0 && width + 1 + word.length() > WIDTH) {
        lines.append('\n');
        width = 0;
      } else if (width > 0) {
        lines.append(' ');
        width++;
      }
      lines.append(word);
      width += word.length();
    }
    return lines.toString().replace('\u00a0', ' ');
  }
}
