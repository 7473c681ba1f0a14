package org.studygate.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What people or machines wrote, made such that no program that shows mails makes anything of it:
/// an address in it is no link, and no mark turns round what stands beside it. To a reader it looks
/// as it was written.
final class Inert {
  private static final String APART = "\u200b";
  private static final Pattern JOINT =
      Pattern.compile("(?<=[\\p{L}\\p{N}])(?=[.@][\\p{L}\\p{N}])|(?<=:)(?=//)");
  /// Marks of direction, and separators that nobody sees.
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\x{061C}\\x{200B}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FEFF}]");
  private static final Pattern BREAK = Pattern.compile("\\R");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+");

  private Inert() {}

  /// In one line.
  static String line(String text) {
    return JOINT
        .matcher(CONTROL.matcher(UNSEEN.matcher(text).replaceAll("")).replaceAll(" ").strip())
        .replaceAll(APART);
  }

  /// Line by line, as somebody wrote it; several empty ones are one.
  static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    for (var written : BREAK.split(text.strip(), -1)) {
      var line = line(written);
      if (!line.isEmpty() || !lines.getLast().isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
