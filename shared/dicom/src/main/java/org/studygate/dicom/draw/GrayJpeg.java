package org.studygate.dicom.draw;

import java.util.Arrays;

/// Writes gray pictures as baseline JPEG with the tables of ITU-T T.81, Annex K, as the writer of
/// the JDK does, in half its time: most pictures are gray, and writing them was the largest part of
/// filing one.
final class GrayJpeg {
  private static final int SIDE = 8;
  private static final int BLOCK = SIDE * SIDE;

  /// More than a block can take.
  private static final int ROOM = 1024;

  private static final int SIXTEEN_ZEROS = 0xF0;
  private static final int END_OF_BLOCK = 0;

  /// Rounds by cutting off, below zero too.
  private static final int ABOVE = 1 << 14;

  private static final float HALF_ROOT = 0.70710677f;

  private final int[] zigzag = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };
  private final int[] quantisers = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };
  private final int[] dcLengths = {0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0};
  private final int[] dcSymbols = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  private final int[] acLengths = {0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125};
  private final int[] acSymbols = acSymbols();
  private final int[] dc = codes(dcLengths, dcSymbols);
  private final int[] ac = codes(acLengths, acSymbols);

  private final float[] scales = new float[BLOCK];
  private final float[] block = new float[BLOCK];
  private final int[] coefficients = new int[BLOCK];
  private byte[] out;
  private int length;
  private long bits;
  private int held;

  private GrayJpeg(int bytes, float quality) {
    this.out = new byte[bytes / 4 + 2 * ROOM];
    var percent = Math.round((quality < 0.5f ? 0.5f / quality : 2 - 2 * quality) * 100);
    for (var i = 0; i < BLOCK; i++) {
      quantisers[i] = Math.clamp((quantisers[i] * percent + 50) / 100, 1, 255);
      scales[i] = (float) (1 / (quantisers[i] * factor(i % SIDE) * factor(i / SIDE) * SIDE));
    }
  }

  static byte[] encode(byte[] pixels, int columns, int rows, float quality) {
    var jpeg = new GrayJpeg(pixels.length, quality);
    jpeg.head(columns, rows);
    var first = 0;
    for (var y = 0; y < rows; y += SIDE) {
      for (var x = 0; x < columns; x += SIDE) {
        jpeg.load(pixels, columns, rows, x, y);
        jpeg.transform();
        jpeg.quantise();
        first = jpeg.write(first);
      }
    }
    return jpeg.end();
  }

  /// By how much the transform leaves a row or column too large.
  private static double factor(int index) {
    return index == 0 ? 1 : Math.sqrt(2) * Math.cos(index * Math.PI / 16);
  }

  /// The codes of Annex C: by symbol, the code above five bits with its length.
  private static int[] codes(int[] lengths, int[] symbols) {
    var codes = new int[256];
    var code = 0;
    var next = 0;
    for (var bits = 1; bits <= lengths.length; bits++) {
      for (var i = 0; i < lengths[bits - 1]; i++) {
        codes[symbols[next++]] = (code++ << 5) | bits;
      }
      code <<= 1;
    }
    return codes;
  }

  /// Table K.5: those that are used often, then the others in order.
  private static int[] acSymbols() {
    var often =
        new int[] {
          0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61,
          0x07, 0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52,
          0xD1, 0xF0, 0x24, 0x33, 0x62, 0x72, 0x82
        };
    var all = Arrays.copyOf(often, 162);
    var known = new boolean[256];
    for (var symbol : often) {
      known[symbol] = true;
    }
    var next = often.length;
    for (var symbol = 1; symbol < 256; symbol++) {
      var size = symbol & 0xF;
      if (size > 0 && size <= 10 && !known[symbol]) {
        all[next++] = symbol;
      }
    }
    return all;
  }

  private void head(int columns, int rows) {
    bytes(0xFF, 0xD8);
    bytes(0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0);
    bytes(0xFF, 0xDB, 0, 3 + BLOCK, 0);
    for (var at : zigzag) {
      bytes(quantisers[at]);
    }
    bytes(0xFF, 0xC0, 0, 11, 8, rows >> 8, rows, columns >> 8, columns, 1, 1, 0x11, 0);
    bytes(0xFF, 0xC4, 0, 19 + dcSymbols.length, 0x00);
    bytes(dcLengths);
    bytes(dcSymbols);
    bytes(0xFF, 0xC4, 0, 19 + acSymbols.length, 0x10);
    bytes(acLengths);
    bytes(acSymbols);
    bytes(0xFF, 0xDA, 0, 8, 1, 1, 0x00, 0, BLOCK - 1, 0);
  }

  private void bytes(int... values) {
    for (var value : values) {
      out[length++] = (byte) value;
    }
  }

  /// Beyond the edge the last row and column go on.
  private void load(byte[] pixels, int columns, int rows, int left, int top) {
    var inside = left + SIDE <= columns;
    for (var y = 0; y < SIDE; y++) {
      var row = Math.min(top + y, rows - 1) * columns;
      for (var x = 0; x < SIDE; x++) {
        var column = inside ? left + x : Math.min(left + x, columns - 1);
        block[y * SIDE + x] = (pixels[row + column] & 0xFF) - 128;
      }
    }
  }

  /// The fast cosine transform of Arai, Agui and Nakajima: rows, then columns.
  private void transform() {
    for (var row = 0; row < BLOCK; row += SIDE) {
      transform(row, 1);
    }
    for (var column = 0; column < SIDE; column++) {
      transform(column, SIDE);
    }
  }

  private void transform(int first, int step) {
    var b = block;
    var i1 = first + step;
    var i2 = i1 + step;
    var i3 = i2 + step;
    var i4 = i3 + step;
    var i5 = i4 + step;
    var i6 = i5 + step;
    var i7 = i6 + step;
    var s0 = b[first] + b[i7];
    var s1 = b[i1] + b[i6];
    var s2 = b[i2] + b[i5];
    var s3 = b[i3] + b[i4];
    var d0 = b[first] - b[i7];
    var d1 = b[i1] - b[i6];
    var d2 = b[i2] - b[i5];
    var d3 = b[i3] - b[i4];

    var even0 = s0 + s3;
    var even1 = s1 + s2;
    var even3 = s0 - s3;
    var turned = (s1 - s2 + even3) * HALF_ROOT;
    b[first] = even0 + even1;
    b[i4] = even0 - even1;
    b[i2] = even3 + turned;
    b[i6] = even3 - turned;

    var odd0 = d3 + d2;
    var odd2 = d1 + d0;
    var both = (odd0 - odd2) * 0.38268343f;
    var low = 0.5411961f * odd0 + both;
    var high = 1.306563f * odd2 + both;
    var middle = (d2 + d1) * HALF_ROOT;
    var more = d0 + middle;
    var less = d0 - middle;
    b[i5] = less + low;
    b[i3] = less - low;
    b[i1] = more + high;
    b[i7] = more - high;
  }

  private void quantise() {
    for (var i = 0; i < BLOCK; i++) {
      coefficients[i] = (int) (block[i] * scales[i] + (ABOVE + 0.5f)) - ABOVE;
    }
  }

  /// Answers the block's first coefficient, from which the next one's is told.
  private int write(int before) {
    if (out.length - length < ROOM) {
      out = Arrays.copyOf(out, 2 * out.length);
    }
    value(dc, 0, coefficients[0] - before);
    var zeros = 0;
    for (var k = 1; k < BLOCK; k++) {
      var coefficient = coefficients[zigzag[k]];
      if (coefficient == 0) {
        zeros++;
      } else {
        for (; zeros > 15; zeros -= 16) {
          code(ac[SIXTEEN_ZEROS]);
        }
        value(ac, zeros << 4, coefficient);
        zeros = 0;
      }
    }
    if (zeros > 0) {
      code(ac[END_OF_BLOCK]);
    }
    return coefficients[0];
  }

  /// The code of its size, and as many bits of it: of a negative one those of the number below.
  private void value(int[] codes, int run, int value) {
    var sign = value >> 31;
    var size = 32 - Integer.numberOfLeadingZeros((value ^ sign) - sign);
    code(codes[run | size]);
    bits((value + sign) & ((1 << size) - 1), size);
  }

  private void code(int code) {
    bits(code >>> 5, code & 0x1F);
  }

  private void bits(int value, int count) {
    bits = (bits << count) | value;
    held += count;
    while (held >= 8) {
      held -= 8;
      var one = (byte) (bits >>> held);
      out[length++] = one;
      if (one == -1) {
        out[length++] = 0; // else it would begin a marker
      }
    }
  }

  private byte[] end() {
    bits(0x7F, 7); // what is left of the last byte is ones
    bytes(0xFF, 0xD9);
    return Arrays.copyOf(out, length);
  }
}
