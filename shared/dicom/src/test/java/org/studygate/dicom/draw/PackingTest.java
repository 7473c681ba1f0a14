package org.studygate.dicom.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/// What is packed comes out again to the bit: unpacked here by the steps of docs/planes.md.
final class PackingTest {
  private static final long SEED = 20261127;

  @Test
  void everyValueComesBack() throws DataFormatException {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    for (var round = 0; round < 200; round++) {
      var columns = random.nextInt(1, 40);
      var rows = random.nextInt(1, 40);
      var channels = random.nextBoolean() ? 1 : 3;
      var wide = random.nextBoolean();
      var signed = random.nextBoolean();
      var samples = new int[columns * rows * channels];
      for (var i = 0; i < samples.length; i++) {
        var value = random.nextInt(wide ? 65_536 : 256);
        samples[i] = signed ? wide ? (short) value : (byte) value : value;
      }
      var packed = Packing.pack(samples, columns, rows, channels, wide);
      assertThat(unpacked(packed, columns, rows, channels, wide, signed)).isEqualTo(samples);
    }
  }

  /// Jumps over the whole range, which plain differences would lose.
  @Test
  void theGreatestJumpsComeBack() throws DataFormatException {
    var samples = new int[] {0, 65_535, 0, 32_768, 32_767, 65_535, 1, 0, 65_535};
    var packed = Packing.pack(samples, 3, 3, 1, true);
    assertThat(unpacked(packed, 3, 3, 1, true, false)).isEqualTo(samples);
  }

  private static int[] unpacked(
      byte[] packed, int columns, int rows, int channels, boolean wide, boolean signed)
      throws DataFormatException {
    var pixels = columns * rows;
    var bytes = new byte[pixels * channels * (wide ? 2 : 1)];
    try (var inflater = new Inflater(true)) {
      inflater.setInput(packed);
      assertThat(inflater.inflate(bytes)).isEqualTo(bytes.length);
    }
    var samples = new int[pixels * channels];
    for (var c = 0; c < channels; c++) {
      var values = new int[pixels];
      for (var i = 0; i < pixels; i++) {
        var from = c * pixels * (wide ? 2 : 1);
        var folded = (bytes[from + i] & 0xFF) | (wide ? (bytes[from + pixels + i] & 0xFF) << 8 : 0);
        var difference = (folded >>> 1) ^ -(folded & 1);
        var x = i % columns;
        var y = i / columns;
        var left = x > 0 ? values[i - 1] : 0;
        var above = y > 0 ? values[i - columns] : 0;
        var predicted =
            y == 0
                ? left
                : x == 0 ? above : (3 * (left + above) - 2 * values[i - columns - 1]) >> 2;
        var value = predicted + difference;
        values[i] =
            wide ? signed ? (short) value : value & 0xFFFF : signed ? (byte) value : value & 0xFF;
        samples[i * channels + c] = values[i];
      }
    }
    return samples;
  }
}
