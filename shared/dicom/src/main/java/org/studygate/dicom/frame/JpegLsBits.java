package org.studygate.dicom.frame;

/// The bits of a scan of JPEG-LS: behind a byte of ones the next byte carries seven bits, and a
/// marker ends them.
final class JpegLsBits {
  private final byte[] bytes;
  private int at;
  private boolean afterOnes;

  /// The next bits, the first of them on the left, and how many of them count.
  private long ahead;

  private int count;

  JpegLsBits(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  private void fill() {
    while (count <= 56 && at < bytes.length) {
      var next = bytes[at] & 0xFF;
      var width = afterOnes ? 7 : 8;
      if (afterOnes && next > 0x7F) {
        return; // a marker, of which the ones were the first half
      }
      if (next == 0xFF && (at + 1 == bytes.length || bytes[at + 1] < 0)) {
        return; // a marker begins
      }
      ahead |= (long) next << (64 - count - width);
      count += width;
      afterOnes = next == 0xFF;
      at++;
    }
  }

  int bit() throws Undecodable {
    return bits(1);
  }

  /// At most 24 at a time.
  int bits(int width) throws Undecodable {
    if (width == 0) {
      return 0;
    }
    if (count < width) {
      fill();
    }
    if (count < width) {
      throw damaged();
    }
    var value = (int) (ahead >>> (64 - width));
    ahead <<= width;
    count -= width;
    return value;
  }

  /// Counts zeros up to the next one, which is taken too; no more than `most`.
  int zeros(int most) throws Undecodable {
    var zeros = 0;
    while (true) {
      if (count == 0) {
        fill();
      }
      if (count == 0) {
        throw damaged();
      }
      var here = Math.min(count, Long.numberOfLeadingZeros(ahead));
      zeros += here;
      if (zeros > most) {
        throw damaged();
      }
      if (here < count) {
        skip(here + 1);
        return zeros;
      }
      skip(here);
    }
  }

  private void skip(int width) {
    ahead = width == 64 ? 0 : ahead << width;
    count -= width;
  }

  /// Goes on behind a restart marker, whichever number it bears.
  void restart() throws Undecodable {
    at = end();
    if (bytes.length - at < 2 || (bytes[at] & 0xFF) != 0xFF || (bytes[at + 1] & 0xF8) != 0xD0) {
      throw damaged();
    }
    at += 2;
    ahead = 0;
    count = 0;
    afterOnes = false;
  }

  /// Where the next marker stands.
  int end() {
    var place = Math.max(0, at - 9);
    while (place + 1 < bytes.length && !((bytes[place] & 0xFF) == 0xFF && bytes[place + 1] < 0)) {
      place++;
    }
    return place;
  }

  private static Undecodable damaged() {
    return new Undecodable(NotDecodable.Why.DAMAGED);
  }
}
