package org.studygate.dicom.guard;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The first 128 bytes of a file belong to nobody and may be the head of a Windows or Linux program
/// (CVE-2019-11687). We keep and send nothing but zeros there.
public final class Preamble {
  private static final int LENGTH = Meta.PREAMBLE;

  private static final String MARK = "DICM";

  /// So much of a file tells whether it could be one.
  public static final int START = LENGTH + MARK.length();

  private Preamble() {}

  /// Whether a file that begins so is to be read as DICOM: its mark stands there or, in a file that
  /// has lost its head, an element as they come first. No text begins with such bytes.
  public static boolean opens(byte[] start) {
    return marked(start, LENGTH) || marked(start, 0) || unmarked(start) || element(start);
  }

  private static boolean marked(byte[] start, int at) {
    return start.length >= at + MARK.length()
        && new String(start, at, MARK.length(), StandardCharsets.ISO_8859_1).equals(MARK);
  }

  /// The mark is missing, and perhaps the file meta information too.
  private static boolean unmarked(byte[] start) {
    var first = start.length == START && group(start[LENGTH], start[LENGTH + 1]);
    for (var i = 0; first && i < LENGTH; i++) {
      first = start[i] == 0;
    }
    return first;
  }

  /// Group 0002 or 0008, in either byte order.
  static boolean group(int first, int second) {
    return second == 0 ? first == 2 || first == 8 : first == 0 && (second == 2 || second == 8);
  }

  /// Group 0002 or 0008 in either byte order, and a representation or a length that is not absurd.
  private static boolean element(byte[] start) {
    if (start.length < LENGTH) {
      return false;
    }
    var any = group(start[0], start[1]);
    var little = any && start[1] == 0;
    var named = Vr.known(((start[4] & 0xFF) << 8) | (start[5] & 0xFF));
    var brief = little && start[6] == 0 && start[7] == 0;
    return (named && any) || brief;
  }

  /// The file with a zeroed preamble.
  public static InputStream zeroed(Bytes file) {
    return new SequenceInputStream(
        new ByteArrayInputStream(new byte[(int) Math.min(LENGTH, file.length())]),
        file.stream(LENGTH, file.length()));
  }

  /// The same in place, for a file that is an array already.
  public static void zero(byte[] file) {
    Arrays.fill(file, 0, Math.min(LENGTH, file.length), (byte) 0);
  }
}
