package org.studygate.dicom.frame;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What each of our own decoders of JPEG must do with frames that others have coded: a line each of
/// name, columns, rows, samples, bits, what is right, and the frame.
abstract class CodedFrames {
  private static final long SEED = 20261127;

  private final String file;
  private final String colour;
  private final int rounds;

  /// @param colour the photometric interpretation of frames of three samples
  /// @param rounds of damage to each frame
  CodedFrames(String file, String colour, int rounds) {
    this.file = file;
    this.colour = colour;
    this.rounds = rounds;
  }

  /// @param right as the line has it
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Coded(String name, FramePlan.Shape shape, String right, byte[] bytes) {}

  abstract Frame decode(byte[] bytes, FramePlan.Shape shape) throws Undecodable;

  abstract void compare(Coded coded, Frame frame) throws Exception;

  private List<Coded> frames() throws IOException {
    try (var in = requireNonNull(CodedFrames.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(this::coded)
          .toList();
    }
  }

  private Coded coded(String line) {
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
            samples == 1 ? "MONOCHROME2" : colour);
    return new Coded(words[0], shape, words[5], Base64.getDecoder().decode(words[6]));
  }

  @TestFactory
  Stream<DynamicTest> othersAgree() throws IOException {
    return frames().stream()
        .map(
            coded ->
                DynamicTest.dynamicTest(
                    coded.name(), () -> compare(coded, decode(coded.bytes(), coded.shape()))));
  }

  /// Of the samples, two bytes each.
  static String hash(Frame frame) throws NoSuchAlgorithmException {
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
      for (var round = 0; round < rounds; round++) {
        var bytes = coded.bytes().clone();
        for (var i = random.nextInt(1, 5); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try {
          assertThat(decode(bytes, coded.shape()).samples()).hasSize(coded.shape().values());
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
      assertThatThrownBy(() -> decode(part, coded.shape()))
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
    assertThatThrownBy(() -> decode(coded.bytes(), other)).isInstanceOf(Undecodable.class);
  }
}
