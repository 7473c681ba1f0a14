package org.studygate.dicom.video;

import java.io.ByteArrayOutputStream;

/// Writes numbers as H.264 has them, and units of them; for tests.
final class Bitstream {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int bits;
  private int count;

  Bitstream bits(int width, int value) {
    for (var i = width - 1; i >= 0; i--) {
      bits = bits << 1 | (value >> i & 1);
      if (++count == 8) {
        out.write(bits);
        count = bits = 0;
      }
    }
    return this;
  }

  Bitstream number(int value) {
    var width = 31 - Integer.numberOfLeadingZeros(value + 1);
    return bits(width, 0).bits(width + 1, value + 1);
  }

  /// With the bit that ends a unit.
  byte[] ended() {
    bits(1, 1);
    while (count != 0) {
      bits(1, 0);
    }
    return out.toByteArray();
  }

  Bitstream unit(int head, byte[] content) {
    out.writeBytes(new byte[] {0, 0, 0, 1, (byte) head});
    var zeros = 0;
    for (var one : content) {
      if (zeros >= 2 && one >= 0 && one <= 3) {
        out.write(3);
        zeros = 0;
      }
      out.write(one);
      zeros = one == 0 ? zeros + 1 : 0;
    }
    return this;
  }

  byte[] whole() {
    return out.toByteArray();
  }
}
