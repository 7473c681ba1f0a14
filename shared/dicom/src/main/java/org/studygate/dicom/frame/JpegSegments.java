package org.studygate.dicom.frame;

import java.util.Arrays;

/// Passes over the segments of a JPEG or JPEG-LS stream, one after another (ITU-T T.81, B.1.1).
/// None reaches beyond the stream.
final class JpegSegments {
  static final int CODES = 0xC4;
  static final int SCAN = 0xDA;
  static final int QUANTISERS = 0xDB;
  static final int RESTART_INTERVAL = 0xDD;
  static final int ADOBE = 0xEE;
  static final int COMMENT = 0xFE;
  private static final int END = 0xD9;

  private final byte[] bytes;
  private int from;
  private int end = 2;
  private boolean alone;

  JpegSegments(byte[] bytes) {
    this.bytes = bytes;
  }

  /// Whether nothing more comes.
  boolean atEnd() {
    return end + 2 > bytes.length || two(end) == (0xFF00 | END);
  }

  /// A stream without the bytes that fill before its first marker, which no decoder expects there.
  static byte[] withoutFill(byte[] bytes) {
    var from = 0;
    while (from + 2 < bytes.length && bytes[from] == -1 && bytes[from + 1] == -1) {
      from++;
    }
    return from > 0 && bytes[from + 1] == (byte) 0xD8
        ? Arrays.copyOfRange(bytes, from, bytes.length)
        : bytes;
  }

  /// The next marker, behind bytes that fill; one that stands alone has no content. Whoever asks
  /// still needs something: the end of the stream is damage.
  int next() throws Undecodable {
    while (end + 2 <= bytes.length && (bytes[end] & 0xFF) == 0xFF) {
      var marker = bytes[end + 1] & 0xFF;
      end += marker == 0xFF ? 1 : 2;
      if (marker == END) {
        break;
      }
      if (marker != 0xFF) {
        open(marker);
        return marker;
      }
    }
    throw new Undecodable(NotDecodable.Why.DAMAGED);
  }

  private void open(int marker) throws Undecodable {
    alone = marker <= 1 || (marker >= 0xD0 && marker <= 0xD8);
    if (alone) {
      from = end;
      return;
    }
    var length = end + 2 <= bytes.length ? two(end) : 0;
    if (length < 2 || length > bytes.length - end) {
      throw new Undecodable(NotDecodable.Why.DAMAGED);
    }
    from = end + 2;
    end += length;
  }

  /// Whether the marker has no segment.
  boolean alone() {
    return alone;
  }

  /// Where the content of the segment begins.
  int from() {
    return from;
  }

  /// Where the segment ends.
  int end() {
    return end;
  }

  /// Goes on behind the bits of a scan.
  void goOn(int place) {
    end = place;
  }

  int two(int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }
}
