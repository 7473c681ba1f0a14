package org.studygate.dicom.video;

/// The bits of a unit of H.264: of three bytes 0 0 3 the last does not count (7.4.1), and numbers
/// are coded by how many zeros stand before them (9.1).
final class Bits {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int bit;
  private int zeros;

  Bits(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean flag() throws BadVideo {
    return bits(1) == 1;
  }

  int bits(int width) throws BadVideo {
    var value = 0;
    for (var i = 0; i < width; i++) {
      value = (value << 1) | next();
    }
    return value;
  }

  /// `ue(v)`.
  int number() throws BadVideo {
    var width = 0;
    while (next() == 0) {
      if (++width > 30) {
        throw new BadVideo("a number of more than 30 bits");
      }
    }
    return (1 << width) - 1 + bits(width);
  }

  /// `se(v)`.
  int signed() throws BadVideo {
    var number = number();
    return (number & 1) == 1 ? (number + 1) / 2 : -number / 2;
  }

  private int next() throws BadVideo {
    if (bit == 0 && zeros >= 2 && at < end && bytes[at] == 3) {
      at++;
      zeros = 0;
    }
    if (at >= end) {
      throw new BadVideo("a unit ends within a number");
    }
    var value = (bytes[at] >> (7 - bit)) & 1;
    if (++bit == 8) {
      zeros = bytes[at] == 0 ? zeros + 1 : 0;
      bit = 0;
      at++;
    }
    return value;
  }
}
