package org.studygate.dicom.frame;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// The Adobe segment of a JPEG stream has 12 bytes beside its length. Some writers leave the last
/// ones out; the library reads on into the next segment then, so it is given the stream without.
final class AdobeSegment {
  private static final int WHOLE = 14;

  private AdobeSegment() {}

  /// @param bytes whose segments have been passed over once
  static InputStream withoutShortOne(byte[] bytes) {
    for (var at = 2; at + 4 <= bytes.length && (bytes[at] & 0xFF) == 0xFF; ) {
      var marker = bytes[at + 1] & 0xFF;
      var end = at + 2 + (((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF));
      if (marker == 0xEE && end - at - 2 < WHOLE) {
        return new SequenceInputStream(
            new ByteArrayInputStream(bytes, 0, at),
            new ByteArrayInputStream(bytes, end, bytes.length - end));
      }
      if (marker < 0xE0 || marker > 0xEF) {
        break; // it stands before all that describes the picture
      }
      at = end;
    }
    return new ByteArrayInputStream(bytes);
  }
}
