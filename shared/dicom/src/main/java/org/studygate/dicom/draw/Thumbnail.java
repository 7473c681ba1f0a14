package org.studygate.dicom.draw;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A small picture inside a large one, as JFIF foresees it: a segment APP0 `JFXX` of kind 0x10,
/// right behind that of JFIF, holds another JPEG. So a frame has its pictures in one object.
public final class Thumbnail {
  private static final byte[] EXTENSION = "JFXX\0\u0010".getBytes(StandardCharsets.US_ASCII);
  private static final int APP0 = 0xFFE0;
  private static final int START = 2;
  private static final int LARGEST_SEGMENT = 65_535;

  private Thumbnail() {}

  /// The large picture with the small one in it; without, where that has no room in a segment.
  static byte[] into(byte[] jpeg, byte[] small) {
    var length = 2 + EXTENSION.length + small.length;
    if (length > LARGEST_SEGMENT || two(jpeg, START) != APP0) {
      return jpeg;
    }
    var at = START + 2 + two(jpeg, START + 2);
    var both = new byte[jpeg.length + 2 + length];
    System.arraycopy(jpeg, 0, both, 0, at);
    both[at] = (byte) (APP0 >> 8);
    both[at + 1] = (byte) APP0;
    both[at + 2] = (byte) (length >> 8);
    both[at + 3] = (byte) length;
    System.arraycopy(EXTENSION, 0, both, at + 4, EXTENSION.length);
    System.arraycopy(small, 0, both, at + 4 + EXTENSION.length, small.length);
    System.arraycopy(jpeg, at, both, at + 2 + length, jpeg.length - at);
    return both;
  }

  /// The small picture in a large one that was stored here.
  public static Optional<byte[]> of(byte[] jpeg) {
    for (var at = START; two(jpeg, at) == APP0; at += 2 + two(jpeg, at + 2)) {
      var from = at + 4 + EXTENSION.length;
      var end = at + 2 + two(jpeg, at + 2);
      if (from <= end
          && end <= jpeg.length
          && java.util.Arrays.equals(jpeg, at + 4, from, EXTENSION, 0, EXTENSION.length)) {
        return Optional.of(java.util.Arrays.copyOfRange(jpeg, from, end));
      }
    }
    return Optional.empty();
  }

  /// Nothing behind the end.
  private static int two(byte[] bytes, int at) {
    return at + 1 < bytes.length ? ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF) : 0;
  }
}
