package org.studygate.dicom.frame;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// The Adobe segment of a JPEG stream has 12 bytes beside its length. Some writers leave the last
/// ones out; the library reads on into the next segment then, so it is given the stream without.
final class AdobeSegment {
  private static final int WHOLE = 12;

  private AdobeSegment() {}

  /// @param bytes whose head has been read once
  static InputStream withoutShortOne(byte[] bytes) throws Undecodable {
    var segments = new JpegSegments(bytes);
    for (var marker = segments.next(); before(marker); marker = segments.next()) {
      if (marker == JpegSegments.ADOBE && segments.end() - segments.from() < WHOLE) {
        return new SequenceInputStream(
            new ByteArrayInputStream(bytes, 0, segments.from() - 4),
            new ByteArrayInputStream(bytes, segments.end(), bytes.length - segments.end()));
      }
    }
    return new ByteArrayInputStream(bytes);
  }

  /// It stands before all that describes the picture.
  private static boolean before(int marker) {
    return marker == JpegSegments.COMMENT || (marker >= 0xE0 && marker <= 0xEF);
  }
}
