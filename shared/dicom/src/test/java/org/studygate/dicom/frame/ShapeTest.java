package org.studygate.dicom.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which bits of a codec's numbers are stored ones, where its precision and the header differ.
final class ShapeTest {
  @ParameterizedTest
  @CsvSource({
    // allocated, stored, lowest bit, signed; precision and number of the codec; stored value
    "16, 12, 0, false, 12, 4095, 4095",
    "16, 12, 4, false, 12, 4095, 4095", // high bits, says the header; the codec has no low ones
    "16, 12, 4, false, 16, 65520, 4095",
    "16, 12, 0, false, 16, 61731, 291", // an overlay above
    "16, 16, 0, false, 8, 200, 200",
    "16, 8, 0, false, 12, 3000, 3000", // fewer are said than there are
    "16, 12, 0, true, 12, 4095, -1",
    "16, 16, 0, true, 12, 4095, 4095",
    "16, 16, 0, true, 16, 65535, -1",
  })
  void aCodecWithoutASign(
      int allocated, int stored, int low, boolean signed, int precision, int number, int value) {
    assertThat(shape(allocated, stored, low, signed).coded(precision).stored(number))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "16, 12, 0, true, 12, 4095, -1",
    "16, 16, 0, true, 12, 4095, -1", // as many bits as the codec has, the highest their sign
    "16, 16, 0, true, 12, -1, -1",
    "16, 16, 0, false, 12, 4095, 4095",
    "16, 10, 0, true, 12, 2048, -2048",
    "16, 12, 0, true, 16, 61731, 291",
  })
  void aCodecWithASign(
      int allocated, int stored, int low, boolean signed, int precision, int number, int value) {
    assertThat(shape(allocated, stored, low, signed).codedWithSign(precision).stored(number))
        .isEqualTo(value);
  }

  private static FramePlan.Shape shape(int allocated, int stored, int low, boolean signed) {
    return new FramePlan.Shape(1, 1, 1, allocated, stored, low, signed, false, "MONOCHROME2");
  }
}
