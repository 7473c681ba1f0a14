package org.studygate.dicom.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.studygate.dicom.Rle;

/// Segments that are a little too short or too long.
final class RleFramesTest {
  private static final int SIDE = 20;

  private static FramePlan.Shape shape() {
    return new FramePlan.Shape(SIDE, SIDE, 1, 8, 8, 0, false, false, "MONOCHROME2");
  }

  /// No two neighbours are the same: runs of copied bytes.
  private static int[] samples() {
    var samples = new int[SIDE * SIDE];
    for (var i = 0; i < samples.length; i++) {
      samples[i] = (i * 7 + 1) & 0xFF;
    }
    return samples;
  }

  @Test
  void whatIsMissingAtTheEndIsBlack() throws Undecodable {
    var coded = Rle.frame(samples(), 1, 1);
    var right = samples();
    for (var missing = 0; missing <= 8; missing++) {
      var frame = RleFrames.decode(Arrays.copyOf(coded, coded.length - missing), shape());
      var kept = Math.min(right.length, right.length - missing + coded.length % 2);
      assertThat(Arrays.copyOf(frame.samples(), right.length - 8))
          .isEqualTo(Arrays.copyOf(right, right.length - 8));
      assertThat(frame.samples()).hasSize(right.length);
      if (missing == 8) {
        assertThat(frame.samples()[right.length - 1]).isZero();
        assertThat(kept).isLessThan(right.length);
      }
    }
  }

  @Test
  void moreThanAFewAreDamage() {
    var coded = Rle.frame(samples(), 1, 1);
    for (var missing = 140; missing < coded.length; missing++) {
      var part = Arrays.copyOf(coded, coded.length - missing);
      assertThatThrownBy(() -> RleFrames.decode(part, shape())).isInstanceOf(Undecodable.class);
    }
  }
}
