package org.studygate.letter;

import java.text.Normalizer;
import java.util.function.IntPredicate;

/// Foreign words as they are printed: composed, without what cannot be seen but changes what is
/// (controls, bidirectional marks, joiners), and with [#MISSING] for each character that the font
/// does not hold, so that nobody reads a wrong letter.
final class PrintableText {
  /// Unicode's replacement character, which the font holds.
  static final int MISSING = 0xFFFD;

  private final IntPredicate drawn;

  /// @param drawn whether the font holds a character
  PrintableText(IntPredicate drawn) {
    this.drawn = drawn;
  }

  /// On one line.
  String line(String text) {
    return clean(text, false).replaceAll(" {2,}", " ").strip();
  }

  /// With its line breaks.
  String lines(String text) {
    return clean(text.replace("\r\n", "\n").replace('\r', '\n'), true).strip();
  }

  private String clean(String text, boolean breaks) {
    var clean = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .forEach(character -> append(clean, character, breaks));
    return clean.toString();
  }

  private void append(StringBuilder clean, int character, boolean breaks) {
    switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          clean.append(breaks && isBreak(character) ? '\n' : ' ');
      case Character.FORMAT -> {} // soft hyphens, joiners, bidirectional marks, tags
      case Character.SPACE_SEPARATOR -> clean.append(character == 0xA0 ? '\u00a0' : ' ');
      default -> clean.appendCodePoint(drawn.test(character) ? character : MISSING);
    }
  }

  private static boolean isBreak(int character) {
    return character == '\n' || character == 0x2028 || character == 0x2029 || character == 0x85;
  }
}
