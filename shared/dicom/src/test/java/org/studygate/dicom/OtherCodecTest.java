package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.TransferSyntax;

/// Compressed frames whose file names another codec: they are what they are.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherCodecTest {
  private final Decoder decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC());

  @AfterAll
  void endTheDecoder() throws IOException {
    decoder.close();
  }

  @TestFactory
  Stream<DynamicTest> theStreamSaysHowItIsCoded() {
    return Stream.of(
            "p01-rgb-said-ybr-sent", // JPEG Baseline
            "p04-j2k-mct-rgb",
            "p20-extended-12",
            "p21-jpeg-ls",
            "p22-jpeg-ls-near")
        .map(name -> DynamicTest.dynamicTest(name, () -> check(CaseFiles.folder(name))));
  }

  /// In place: these syntaxes have names of one length.
  private void check(Path folder) throws IOException {
    var bytes = Files.readAllBytes(folder.resolve("f.dcm"));
    var right = frame(bytes);
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (var said : new String[] {"50", "51", "57", "70", "80", "81", "90", "91"}) {
      var other = text.replaceFirst("(1\\.2\\.840\\.10008\\.1\\.2\\.4\\.)\\d\\d", "$1" + said);
      var frame = frame(other.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(frame.samples()).as(said).isEqualTo(right.samples());
      assertThat(frame.photometric()).isEqualTo(right.photometric());
    }
  }

  private Frame frame(byte[] bytes) throws IOException {
    try (var file = (DicomFile) DicomFile.open(Bytes.of(bytes))) {
      return (Frame) file.decode(0, decoder);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TransferSyntax.class,
      names = {"JPEG_BASELINE", "JPEG_LS", "JPEG_2000"})
  void runsOfBytesAreTheirs(TransferSyntax said) throws IOException {
    var samples = new int[100];
    for (var i = 0; i < samples.length; i++) {
      samples[i] = i * 40;
    }
    var image = MadeImage.of(said).columns(samples.length).frame(Rle.frame(samples, 1, 2));
    try (var file = image.open()) {
      assertThat(((Frame) file.decode(0, decoder)).samples()).isEqualTo(samples);
    }
  }

  /// A file of runs whose frame is a JPEG.
  @Test
  void whatIsSaidToBeRunsMayBeJpeg() throws IOException {
    var text =
        Files.readString(
            CaseFiles.folder("p21-jpeg-ls").resolve("f.dcm"), StandardCharsets.ISO_8859_1);
    var right = frame(text.getBytes(StandardCharsets.ISO_8859_1));
    var other =
        text.replaceFirst("1\\.2\\.840\\.10008\\.1\\.2\\.4\\.80", "1.2.840.10008.1.2.5\0\0\0");
    assertThat(frame(other.getBytes(StandardCharsets.ISO_8859_1)).samples())
        .isEqualTo(right.samples());
  }
}
