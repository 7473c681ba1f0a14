package org.studygate.dicom.frame;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Frames that DCMTK has coded as JPEG Extended, and what it makes of them again. Both round, each
/// in its own way: one gray value lies between them, two where samples of colour are spread.
final class JpegDctFramesTest {
  private static final long SEED = 20261127;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Coded(String name, FramePlan.Shape shape, byte[] right, byte[] bytes) {
    static Coded of(String line) {
      var words = line.split(" ", -1);
      var samples = Integer.parseInt(words[3]);
      var bits = Integer.parseInt(words[4]);
      var shape =
          new FramePlan.Shape(
              Integer.parseInt(words[1]),
              Integer.parseInt(words[2]),
              samples,
              bits <= 8 ? 8 : 16,
              bits,
              0,
              false,
              false,
              samples == 1 ? "MONOCHROME2" : "YBR_FULL");
      var base64 = Base64.getDecoder();
      return new Coded(words[0], shape, base64.decode(words[5]), base64.decode(words[6]));
    }

    int value(int at) {
      return ((right[2 * at] & 0xFF) << 8) | (right[2 * at + 1] & 0xFF);
    }
  }

  private static List<Coded> frames() throws IOException {
    try (var in =
        requireNonNull(JpegDctFramesTest.class.getResourceAsStream("jpeg-extended.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(Coded::of)
          .toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> dcmtkAgrees() throws IOException {
    return frames().stream()
        .map(coded -> DynamicTest.dynamicTest(coded.name(), () -> compare(coded)));
  }

  private static void compare(Coded coded) throws Undecodable {
    var frame = JpegDctFrames.decode(coded.bytes(), coded.shape());
    var most = 0;
    for (var i = 0; i < frame.samples().length; i++) {
      most = Math.max(most, Math.abs(frame.samples()[i] - coded.value(i)));
    }
    assertThat(most).isLessThanOrEqualTo(coded.name().equals("colour-8+s2") ? 2 : 1);
  }

  /// Whatever comes, it ends, as a picture or as damaged.
  @Test
  void damageEnds() throws IOException {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    var damaged = 0;
    for (var coded : frames()) {
      for (var round = 0; round < 300; round++) {
        var bytes = coded.bytes().clone();
        for (var i = random.nextInt(1, 5); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try {
          var frame = JpegDctFrames.decode(bytes, coded.shape());
          assertThat(frame.samples()).hasSize(coded.shape().values());
        } catch (Undecodable no) {
          damaged++;
        }
      }
    }
    assertThat(damaged).isPositive();
  }

  @Test
  void aFrameThatIsCutShortIsDamaged() throws IOException {
    var coded = frames().getFirst();
    for (var length = 0; length < coded.bytes().length - 4; length++) {
      var part = Arrays.copyOf(coded.bytes(), length);
      assertThatThrownBy(() -> JpegDctFrames.decode(part, coded.shape()))
          .isInstanceOf(Undecodable.class);
    }
  }
}
