package org.studygate.dicom.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.MadeVideo;

/// Streams that ffmpeg has made (25 frames of 64 x 48, a key picture every ten, two frames at most
/// that refer to later ones), held to what ffmpeg says of them.
final class VideoTest {
  /// How many places later each frame is shown than it is decoded, as ffmpeg says it of film.mp4
  /// less the one that all have in common.
  private static final List<Integer> SHOWN =
      List.of(
          1, 3, 0, 0, 3, 0, 0, 3, 0, 0, //
          1, 3, 0, 0, 3, 0, 0, 3, 0, 0, //
          1, 3, 0, 0, 1);

  @TempDir private Path folder;

  @Test
  void framesThatReferToLaterOnesAreShownInTheirOrder() throws IOException {
    for (var name : List.of("bare.264", "packets.ts", "blu-ray.m2ts")) {
      var film = Reading.of(made(name, 40, 3));
      assertThat(film.lengths()).as(name).hasSize(25);
      assertThat(film.keys()).as(name).containsExactly(1, 11, 21);
      assertThat(film.later()).as(name).isEqualTo(SHOWN);
      assertThat(film.ticks()).as(name).isEqualTo(3600); // of 90,000 a second
      assertThat(film.width() + " x " + film.height()).as(name).isEqualTo("64 x 48");
    }
  }

  @Test
  void framesThatReferToNoLaterOneAreShownAsTheyAreDecoded() throws IOException {
    var film = Reading.of(made("baseline.264", 0, 1));
    assertThat(film.lengths()).hasSize(25);
    assertThat(film.later()).isEmpty();
    assertThat(film.keys()).containsExactly(1);
    assertThat(film.ticks()).as("as its stream says, where the object does not").isEqualTo(3600);
  }

  @Test
  void theObjectTellsHowLongAFrameIsShown() throws IOException {
    assertThat(Reading.of(made("baseline.264", 100, 1)).ticks()).isEqualTo(9000);
  }

  @Test
  void aFileThatIsOneAlreadyStaysAsItIs() throws IOException {
    var film = MadeVideo.stream("film.mp4");
    var padded = Arrays.copyOf(film, film.length + 1);
    assertThat(made(padded, 40, 7)).isEqualTo(film);
  }

  /// Every frame comes out of the new file as it comes out of the old one.
  @ParameterizedTest
  @ValueSource(
      strings = {"bare.264", "packets.ts", "blu-ray.m2ts", "interlaced.264", "baseline.264"})
  void anotherPlayerSeesTheSamePictures(String name) throws Exception {
    var probe = Path.of("/usr/bin/ffmpeg");
    assumeTrue(Files.isExecutable(probe), "ffmpeg is not installed: not compared");
    var before = Files.write(folder.resolve(name), MadeVideo.stream(name));
    var after = Files.write(folder.resolve("made.mp4"), made(name, 40, 4));
    assertThat(pictures(probe, after)).isEqualTo(pictures(probe, before)).hasSize(25);
  }

  private static List<String> pictures(Path ffmpeg, Path film) throws Exception {
    var command =
        List.of(
            ffmpeg.toString(),
            "-v",
            "error",
            "-i",
            film.toString(),
            "-fps_mode",
            "passthrough",
            "-f",
            "framemd5",
            "-");
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var lines = process.inputReader()) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "000001B3", "000001BA", "0000000140010C01", "00000001", "47", "FFD8"})
  void whatNoBrowserPlaysStaysAsItIs(String hex) throws IOException {
    var bytes = Arrays.copyOf(java.util.HexFormat.of().parseHex(hex), 400);
    assertThat(videos(bytes, 40, 1)).as("MPEG-2, H.265, nothing, others").isEmpty();
  }

  /// Two fields, one of the upper and one of the lower lines, are one frame.
  @Test
  void twoFieldsAreOneFrame() throws IOException {
    var sequence = new Bitstream().bits(8, 77).bits(8, 0).bits(8, 30).number(0).number(0);
    sequence.number(0).number(0).number(1).bits(1, 0).number(3).number(1).bits(1, 0).bits(1, 0);
    sequence.bits(1, 1).bits(1, 0).bits(1, 0);
    var stream = new Bitstream();
    stream.unit(0x67, sequence.ended()).unit(0x68, new byte[] {1, 2, 3});
    for (var frame = 0; frame < 3; frame++) {
      for (var lower = 0; lower < 2; lower++) {
        var slice = new Bitstream().number(0).number(7).number(0).bits(4, frame).bits(1, 1);
        slice.bits(1, lower);
        stream.unit(
            frame == 0 && lower == 0 ? 0x65 : 0x61, slice.number(0).bits(4, 2 * frame).ended());
      }
    }
    var film = Reading.of(made(stream.whole(), 40, 1));
    assertThat(film.lengths()).hasSize(3);
    assertThat(film.keys()).containsExactly(1);
    assertThat(film.width() + " x " + film.height()).isEqualTo("64 x 64");
  }

  /// Whatever is in a stream: a file, or none, and nothing else happens.
  @Test
  void damageDoesNoHarm() throws IOException {
    var seed = 20261127L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (var name : List.of("bare.264", "packets.ts", "film.mp4", "interlaced.264")) {
      var sound = MadeVideo.stream(name);
      for (var round = 0; round < 500; round++) {
        var bytes = Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
        for (var i = random.nextInt(6); i >= 0; i--) {
          bytes[random.nextInt(Math.min(bytes.length, 1 + random.nextInt(bytes.length)))] =
              (byte) random.nextInt();
        }
        videos(bytes, 40, 1 + random.nextInt(3)).forEach(film -> assertThat(film).isNotEmpty());
      }
    }
  }

  private static byte[] made(String name, double millis, int fragments) throws IOException {
    return made(MadeVideo.stream(name), millis, fragments);
  }

  private static byte[] made(byte[] stream, double millis, int fragments) throws IOException {
    return videos(stream, millis, fragments).findFirst().orElseThrow();
  }

  /// None or one.
  private static Stream<byte[]> videos(byte[] stream, double millis, int fragments)
      throws IOException {
    try (var file = (DicomFile) DicomFile.open(MadeVideo.file(stream, millis, fragments))) {
      assertThat(file.frames()).isEqualTo(1);
      try (var video = file.video().orElse(null)) {
        if (video == null) {
          return Stream.empty();
        }
        var bytes = video.stream().readAllBytes();
        assertThat(bytes).hasSize((int) video.length());
        return Stream.of(bytes);
      }
    }
  }
}
