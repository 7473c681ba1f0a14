package org.studygate.dicom.draw;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A small picture inside a large one, as JFIF foresees it: a segment APP0 `JFXX` of kind 0x10,
/// right behind that of JFIF, holds another JPEG. So a frame has its pictures in one object.
public final class Thumbnail {
  private static final String EXTENSION = "JFXX\0\u0010";
  private static final int APP0 = 0xFFE0;
  private static final int START = 2;
  private static final int LARGEST_SEGMENT = 65_535;

  private Thumbnail() {}

  /// The large picture with the small one in it; without, where that has no room in a segment.
  static byte[] into(byte[] jpeg, byte[] small) {
    var length = 2 + EXTENSION.length() + small.length;
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
    var extension = EXTENSION.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(extension, 0, both, at + 4, extension.length);
    System.arraycopy(small, 0, both, at + 4 + extension.length, small.length);
    System.arraycopy(jpeg, at, both, at + 2 + length, jpeg.length - at);
    return both;
  }

  /// The small picture in a large one that was stored here.
  public static Optional<byte[]> of(byte[] jpeg) {
    var at = segment(jpeg);
    return at < 0
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(jpeg, at + 4 + EXTENSION.length(), end(jpeg, at)));
  }

  /// The large picture alone.
  static byte[] without(byte[] jpeg) {
    var at = segment(jpeg);
    if (at < 0) {
      return jpeg;
    }
    var end = end(jpeg, at);
    var alone = Arrays.copyOf(jpeg, jpeg.length - (end - at));
    System.arraycopy(jpeg, end, alone, at, jpeg.length - end);
    return alone;
  }

  /// Where the segment begins, below zero if there is none.
  private static int segment(byte[] jpeg) {
    for (var at = START; two(jpeg, at) == APP0; at = end(jpeg, at)) {
      var from = at + 4 + EXTENSION.length();
      if (from <= end(jpeg, at)
          && end(jpeg, at) <= jpeg.length
          && new String(jpeg, at + 4, EXTENSION.length(), StandardCharsets.ISO_8859_1)
              .equals(EXTENSION)) {
        return at;
      }
    }
    return -1;
  }

  private static int end(byte[] jpeg, int segment) {
    return segment + 2 + two(jpeg, segment + 2);
  }

  /// Nothing behind the end.
  private static int two(byte[] bytes, int at) {
    return at + 1 < bytes.length ? ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF) : 0;
  }
}
