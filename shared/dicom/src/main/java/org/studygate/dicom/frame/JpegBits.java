package org.studygate.dicom.frame;

/// The bits of a scan of JPEG: a byte of ones is followed by one of zeros that does not count, and
/// a marker ends them.
final class JpegBits {
  private final byte[] bytes;
  private int at;
  private int ahead;
  private int count;

  JpegBits(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /// Makes at least so many bits ready, at most 16; fewer where a marker comes or nothing more.
  private void fill(int width) {
    while (count < width && at < bytes.length) {
      var next = bytes[at] & 0xFF;
      if (next == 0xFF) {
        if (at + 1 < bytes.length && bytes[at + 1] != 0) {
          return;
        }
        at++;
      }
      at++;
      ahead = (ahead << 8) | next;
      count += 8;
    }
  }

  /// The next eight bits, zeros behind the last; none is taken.
  int eight() {
    fill(8);
    return count >= 8 ? (ahead >>> (count - 8)) & 0xFF : (ahead << (8 - count)) & 0xFF;
  }

  void skip(int width) throws Undecodable {
    fill(width);
    if (count < width) {
      throw new Undecodable(NotDecodable.Why.DAMAGED);
    }
    count -= width;
  }

  /// At most 16 at a time.
  int bits(int width) throws Undecodable {
    skip(width);
    return (ahead >>> count) & ((1 << width) - 1);
  }

  /// A number of so many bits, whose first tells the sign (F.2.2.1).
  int signed(int width) throws Undecodable {
    if (width == 0) {
      return 0;
    }
    var value = bits(width);
    return value < 1 << (width - 1) ? value - (1 << width) + 1 : value;
  }

  /// Goes on behind a restart marker, whichever number it bears.
  void restart() throws Undecodable {
    at = end();
    if (bytes.length - at < 2 || (bytes[at + 1] & 0xF8) != 0xD0) {
      throw new Undecodable(NotDecodable.Why.DAMAGED);
    }
    at += 2;
    count = 0;
  }

  /// Where the next marker stands.
  int end() {
    var place = at;
    while (place + 1 < bytes.length
        && ((bytes[place] & 0xFF) != 0xFF
            || bytes[place + 1] == 0
            || (bytes[place + 1] & 0xFF) == 0xFF)) {
      place++;
    }
    return place;
  }
}
