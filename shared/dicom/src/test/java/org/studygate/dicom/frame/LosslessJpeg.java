package org.studygate.dicom.frame;

import java.io.ByteArrayOutputStream;

/// Writes one gray frame of eight bits as lossless JPEG (process 14, first-order prediction): no
/// library at hand writes one.
final class LosslessJpeg {
  /// Every class of difference has a code of four bits: 0 to 8 are enough for eight bits.
  private static final int CLASSES = 9;

  private final int columns;
  private final int rows;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int bits;
  private int held;

  LosslessJpeg(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  int[] samples() {
    var samples = new int[columns * rows];
    for (var i = 0; i < samples.length; i++) {
      samples[i] = ((i % columns) * 3 + (i / columns) * 5) & 0xFF;
    }
    return samples;
  }

  byte[] bytes() {
    words(0xFFD8);
    words(0xFFC3, 11);
    out.write(8);
    words(rows, columns);
    out.writeBytes(new byte[] {1, 1, 0x11, 0});
    words(0xFFC4, 3 + 16 + CLASSES);
    out.write(0);
    for (var length = 1; length <= 16; length++) {
      out.write(length == 4 ? CLASSES : 0);
    }
    for (var one = 0; one < CLASSES; one++) {
      out.write(one);
    }
    words(0xFFDA, 8);
    out.writeBytes(new byte[] {1, 1, 0, 1, 0, 0});
    var samples = samples();
    for (var i = 0; i < samples.length; i++) {
      difference(samples[i] - predicted(samples, i));
    }
    while (held > 0) {
      put(1, 1);
    }
    words(0xFFD9);
    return out.toByteArray();
  }

  private int predicted(int[] samples, int at) {
    if (at == 0) {
      return 128;
    }
    return at % columns == 0 ? samples[at - columns] : samples[at - 1];
  }

  private void difference(int value) {
    var size = 32 - Integer.numberOfLeadingZeros(Math.abs(value));
    put(size, 4);
    put(value < 0 ? value + (1 << size) - 1 : value, size);
  }

  private void put(int value, int count) {
    for (var i = count - 1; i >= 0; i--) {
      bits = (bits << 1) | ((value >> i) & 1);
      if (++held == 8) {
        out.write(bits);
        if ((bits & 0xFF) == 0xFF) {
          out.write(0);
        }
        bits = 0;
        held = 0;
      }
    }
  }

  private void words(int... words) {
    for (var word : words) {
      out.write(word >> 8);
      out.write(word);
    }
  }
}
