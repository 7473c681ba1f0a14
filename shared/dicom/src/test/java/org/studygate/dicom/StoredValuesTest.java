package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.studygate.dicom.draw.Shader;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NoDecoder;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// What a page makes of the packed values, untouched, is to the last gray what is drawn: of every
/// file that is drawn at all. The made ones of other tests are held to it by [MadeImage].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoredValuesTest {
  private static final List<Path> FOLDERS =
      List.of(Path.of("../../local/cases"), Path.of("../../.tools/pydicom"));
  private static final int FRAMES = 3;

  private final Decoder decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC());

  @AfterAll
  void endTheDecoder() throws IOException {
    decoder.close();
  }

  @TestFactory
  Stream<DynamicTest> aPageDrawsWhatWeDraw() {
    return FOLDERS.stream().filter(Files::isDirectory).flatMap(this::folder);
  }

  private Stream<DynamicTest> folder(Path folder) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".dcm"))
          .sorted()
          .map(
              file ->
                  DynamicTest.dynamicTest(folder.relativize(file).toString(), () -> check(file)))
          .toList()
          .stream();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private void check(Path path) throws IOException {
    try (var bytes = Bytes.of(path)) {
      var opened = DicomFile.open(bytes);
      assumeTrue(opened instanceof DicomFile, "not sound");
      try (var file = (DicomFile) opened) {
        for (var frame = 0; frame < Math.min(FRAMES, file.frames()); frame++) {
          compare(file, frame);
        }
      }
    }
  }

  private void compare(DicomFile file, int frame) throws IOException {
    if (file.decode(frame, decoder) instanceof Frame decoded) {
      var drawn = Shader.draw(decoded, file.shading(), file.header().image(), frame);
      var plane = StoredValues.packed(file, frame, decoder).orElseThrow();
      PageShading.assertSame(plane, drawn, 0);
    } else {
      assertThat(StoredValues.packed(file, frame, decoder)).isEmpty();
    }
  }

  /// Numbers of 32 bits are told in steps, where no gray changes by more than one for it.
  @ParameterizedTest
  @CsvSource({
    "0, 4000000000, '', '', true",
    "0, 4000000000, 2000000000, 4000000000, true",
    "0, 4000000000, 1000, 2000, false",
    "1000000000, 1000030000, 1000015000, 30000, true",
    "1000000000, 1000030000, '', '', true",
    "0, 60000, 30000, 10, true",
    "4000000000, 4000000001, 4000000000, 1, false",
  })
  void numbersOf32Bits(long least, long most, String center, String width, boolean told)
      throws IOException {
    var words = ByteBuffer.allocate(4 * 64).order(ByteOrder.LITTLE_ENDIAN);
    for (var i = 0; i < 64; i++) {
      words.putInt((int) (least + (most - least) * i / 63));
    }
    var image =
        MadeImage.of(TransferSyntax.EXPLICIT_LITTLE)
            .columns(64)
            .bits(32, 32)
            .element(Tags.PIXELS, "OW", words.array());
    if (!center.isEmpty()) {
      image.window(center, width);
    }
    try (var file = image.open()) {
      var plane = StoredValues.packed(file, 0, new NoDecoder());
      assertThat(plane.isPresent()).isEqualTo(told);
      if (told) {
        var frame = (Frame) file.decode(0, new NoDecoder());
        var drawn = Shader.draw(frame, file.shading(), file.header().image(), 0);
        PageShading.assertSame(plane.get(), drawn, most > 2_000_000_000 ? 1 : 0);
      }
    }
  }

  @Test
  void paddingOf32BitsStaysBlack() throws IOException {
    var words = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    words.putInt(0).putInt(500_000).putInt(1_000_000).putInt(1_500_000);
    var image =
        MadeImage.of(TransferSyntax.EXPLICIT_LITTLE)
            .columns(4)
            .bits(32, 32)
            .photometric("MONOCHROME1")
            .number(0x00280120, "US", 0)
            .element(Tags.PIXELS, "OW", words.array());
    try (var file = image.open()) {
      var plane = StoredValues.packed(file, 0, new NoDecoder()).orElseThrow();
      assertThat(PageShading.unpacked(plane)).containsExactly(0, 1, 31_251, 62_501);
    }
    assertThat(image.drawn(0, new NoDecoder()).bytes())
        .isEqualTo(new byte[] {0, (byte) 255, 127, 0});
  }
}
