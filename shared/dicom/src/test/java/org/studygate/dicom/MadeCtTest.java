package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class MadeCtTest {
  private static final MadeCt CT = new MadeCt(4711, "P", "Peeters^An", "19580307", "F", "A", 300);

  @Test
  void theSameSliceHasTheSameBytes() {
    assertThat(CT.slice(150)).isEqualTo(CT.slice(150)).isNotEqualTo(CT.slice(151));
  }

  @Test
  void whatIsInTheChestHasTheHounsfieldUnitsThatItHasInPeople() {
    var middle = CT.slice(150);
    assertThat(mean(middle, 10, 10)).as("air").isBetween(-1010.0, -985.0);
    assertThat(mean(middle, 365, 285)).as("lung").isBetween(-900.0, -780.0);
    assertThat(mean(middle, 256, 345)).as("a vertebra").isBetween(120.0, 700.0);
    assertThat(mean(middle, 288, 324)).as("blood in the aorta").isBetween(30.0, 55.0);
    assertThat(mean(CT.slice(10), 165, 256)).as("liver").isBetween(48.0, 68.0);
    assertThat(mean(CT.slice(10), 46, 256)).as("fat under the skin").isBetween(-120.0, -85.0);
  }

  @Test
  void noiseHasTheGrainOfAScanner() {
    var liver = hounsfield(CT.slice(10));
    var row = Arrays.copyOfRange(liver, 256 * 512 + 150, 256 * 512 + 190);
    var mean = Arrays.stream(row).average().orElseThrow();
    var own = 0.0;
    var neighbours = 0.0;
    for (var i = 0; i + 1 < row.length; i++) {
      own += (row[i] - mean) * (row[i] - mean);
      neighbours += (row[i] - mean) * (row[i + 1] - mean);
    }
    assertThat(Math.sqrt(own / row.length)).isBetween(8.0, 25.0);
    assertThat(neighbours / own).as("likeness of neighbours").isGreaterThan(0.3);
  }

  private static double mean(byte[] file, int x, int y) {
    var hu = hounsfield(file);
    var sum = 0;
    for (var dy = -2; dy <= 2; dy++) {
      for (var dx = -2; dx <= 2; dx++) {
        sum += hu[(y + dy) * 512 + x + dx];
      }
    }
    return sum / 25.0;
  }

  private static int[] hounsfield(byte[] file) {
    var pixels = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    pixels.position(file.length - 512 * 512 * 2);
    var hu = new int[512 * 512];
    for (var i = 0; i < hu.length; i++) {
      hu[i] = pixels.getShort() - 1024;
    }
    return hu;
  }
}
