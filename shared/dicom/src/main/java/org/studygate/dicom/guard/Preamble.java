package org.studygate.dicom.guard;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/// The first 128 bytes of a file belong to nobody and may be the head of a Windows or Linux program
/// (CVE-2019-11687). We keep and send nothing but zeros there.
public final class Preamble {
  private static final int LENGTH = Meta.PREAMBLE;

  private Preamble() {}

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
