package org.studygate.dicom.frame;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Frames that DCMTK has coded without loss, and the hash of the values that it was given: 8 to 16
/// bits, gray and colour, all predictors. The pictures were made by a formula.
final class JpegLosslessFramesTest {
  private static final long SEED = 20261127;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Coded(String name, FramePlan.Shape shape, String sha256, byte[] bytes) {
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
              samples == 1 ? "MONOCHROME2" : "RGB");
      return new Coded(words[0], shape, words[5], Base64.getDecoder().decode(words[6]));
    }
  }

  private static List<Coded> frames() throws IOException {
    try (var in =
        requireNonNull(JpegLosslessFramesTest.class.getResourceAsStream("jpeg-lossless.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(Coded::of)
          .toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> dcmtkAgrees() throws IOException {
    return frames().stream()
        .map(
            coded ->
                DynamicTest.dynamicTest(
                    coded.name(),
                    () -> {
                      var frame = JpegLosslessFrames.decode(coded.bytes(), coded.shape());
                      assertThat(hash(frame)).isEqualTo(coded.sha256());
                    }));
  }

  private static String hash(Frame frame) throws NoSuchAlgorithmException {
    var bytes = new byte[2 * frame.samples().length];
    for (var i = 0; i < frame.samples().length; i++) {
      bytes[2 * i] = (byte) (frame.samples()[i] >> 8);
      bytes[2 * i + 1] = (byte) frame.samples()[i];
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /// Whatever comes, it ends, as a picture or as damaged.
  @Test
  void damageEnds() throws IOException {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    var damaged = 0;
    for (var coded : frames()) {
      for (var round = 0; round < 200; round++) {
        var bytes = coded.bytes().clone();
        for (var i = random.nextInt(1, 5); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try {
          var frame = JpegLosslessFrames.decode(bytes, coded.shape());
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
      var part = java.util.Arrays.copyOf(coded.bytes(), length);
      assertThatThrownBy(() -> JpegLosslessFrames.decode(part, coded.shape()))
          .isInstanceOfSatisfying(
              Undecodable.class, no -> assertThat(no.why()).isEqualTo(NotDecodable.Why.DAMAGED));
    }
  }

  @Test
  void anotherSizeThanTheHeadersIsDamaged() throws IOException {
    var coded = frames().getFirst();
    var shape = coded.shape();
    var other =
        new FramePlan.Shape(
            shape.columns() + 1,
            shape.rows(),
            1,
            shape.bitsAllocated(),
            shape.bitsStored(),
            0,
            false,
            false,
            "MONOCHROME2");
    assertThatThrownBy(() -> JpegLosslessFrames.decode(coded.bytes(), other))
        .isInstanceOf(Undecodable.class);
  }
}
