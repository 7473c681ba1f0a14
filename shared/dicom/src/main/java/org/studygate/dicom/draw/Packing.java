package org.studygate.dicom.draw;

import java.util.Arrays;
import java.util.zip.Deflater;

/// Packs the stored values of a frame so that a page unpacks them without knowing any codec of
/// DICOM: each value as its difference from what its neighbours predict, small numbers for small
/// differences of either sign, the low bytes before the high ones, deflated. docs/planes.md has it
/// step by step.
final class Packing {
  private static final int LEVEL = 6;

  private Packing() {}

  /// @param samples interleaved, as a frame has them
  /// @param wide 16 bits a value instead of 8; all is modulo their number, so a sign is kept
  static byte[] pack(int[] samples, int columns, int rows, int channels, boolean wide) {
    var pixels = columns * rows;
    var bytes = new byte[pixels * channels * (wide ? 2 : 1)];
    var channel = new int[pixels];
    for (var c = 0; c < channels; c++) {
      for (var i = 0; i < pixels; i++) {
        channel[i] = samples[i * channels + c];
      }
      differences(channel, columns, rows, wide, bytes, c * pixels * (wide ? 2 : 1));
    }
    return deflated(bytes);
  }

  private static void differences(
      int[] values, int columns, int rows, boolean wide, byte[] out, int from) {
    var pixels = columns * rows;
    for (var y = 0; y < rows; y++) {
      for (var x = 0; x < columns; x++) {
        var i = y * columns + x;
        int predicted;
        if (y == 0) {
          predicted = x == 0 ? 0 : values[i - 1];
        } else if (x == 0) {
          predicted = values[i - columns];
        } else {
          predicted =
              (3 * (values[i - 1] + values[i - columns]) - 2 * values[i - columns - 1]) >> 2;
        }
        var difference = values[i] - predicted;
        if (wide) {
          var folded = ((short) difference << 1) ^ ((short) difference >> 15);
          out[from + i] = (byte) folded;
          out[from + pixels + i] = (byte) (folded >> 8);
        } else {
          out[from + i] = (byte) (((byte) difference << 1) ^ ((byte) difference >> 7));
        }
      }
    }
  }

  private static byte[] deflated(byte[] bytes) {
    try (var deflater = new Deflater(LEVEL, true)) {
      deflater.setStrategy(Deflater.FILTERED);
      deflater.setInput(bytes);
      deflater.finish();
      var out = new byte[Math.max(64, bytes.length / 2)];
      var length = 0;
      while (!deflater.finished()) {
        if (length == out.length) {
          out = Arrays.copyOf(out, 2 * out.length);
        }
        length += deflater.deflate(out, length, out.length - length);
      }
      return Arrays.copyOf(out, length);
    }
  }
}
