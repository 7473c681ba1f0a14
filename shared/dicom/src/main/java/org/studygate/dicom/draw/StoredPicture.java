package org.studygate.dicom.draw;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.studygate.dicom.frame.Markers;
import org.studygate.dicom.frame.Undecodable;

/// A picture as it lies in the store. It may carry its own small one, as JFIF foresees it (an APP0
/// segment `JFXX` of kind 0x10 holds another JPEG).
///
/// @param jpeg without the small one
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record StoredPicture(byte[] jpeg, int columns, int rows, Optional<byte[]> small) {
  private static final String EXTENSION = "JFXX\0\u0010";
  private static final int APP0 = 0xFFE0;

  /// Empty for what is no JPEG.
  public static Optional<StoredPicture> of(byte[] bytes) {
    Markers head;
    try {
      head = Markers.jpeg(bytes);
    } catch (Undecodable damaged) {
      return Optional.empty();
    }
    for (var at = 2; two(bytes, at) == APP0; at += 2 + two(bytes, at + 2)) {
      var content = at + 4;
      var end = at + 2 + two(bytes, at + 2);
      var small = Math.min(content + EXTENSION.length(), end);
      if (new String(bytes, content, small - content, StandardCharsets.ISO_8859_1)
          .equals(EXTENSION)) {
        return Optional.of(
            new StoredPicture(
                without(bytes, at, end),
                head.columns(),
                head.rows(),
                Optional.of(Arrays.copyOfRange(bytes, small, end))));
      }
    }
    return Optional.of(new StoredPicture(bytes, head.columns(), head.rows(), Optional.empty()));
  }

  private static byte[] without(byte[] bytes, int from, int end) {
    var rest = Arrays.copyOf(bytes, bytes.length - (end - from));
    System.arraycopy(bytes, end, rest, from, bytes.length - end);
    return rest;
  }

  /// `Markers` has walked over these segments: they lie within the file.
  private static int two(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }
}
