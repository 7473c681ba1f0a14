package org.studygate.study;

/// What stands around an identifier without being part of it: blanks of any kind, the NUL and the
/// control characters that DICOM and HL7 pad with, marks that nobody sees.
public final class Blanks {
  private Blanks() {}

  public static String strip(String text) {
    var start = 0;
    var end = text.length();
    while (start < end && blank(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (start < end && blank(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  private static boolean blank(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }
}
