package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.draw.Shader;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NotDecodable;
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

  /// Syntaxes that nobody here decodes, around a stream that is decoded.
  @ParameterizedTest
  @ValueSource(strings = {"92", "93"})
  void aSecondPartMayHoldNothingButTheFirst(String said) throws IOException {
    var bytes = Files.readAllBytes(CaseFiles.folder("p04-j2k-mct-rgb").resolve("f.dcm"));
    var right = frame(bytes);
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    var other = text.replaceFirst("(1\\.2\\.840\\.10008\\.1\\.2\\.4\\.)\\d\\d", "$1" + said);
    assertThat(frame(other.getBytes(StandardCharsets.ISO_8859_1)).samples())
        .isEqualTo(right.samples());
    for (var needs : new String[] {"\u0080", "@"}) { // in SIZ: the second part, high throughput
      var more = other.replaceFirst("(\\xFF\\x4F\\xFF\\x51..).", "$1" + needs);
      try (var file =
          (DicomFile) DicomFile.open(Bytes.of(more.getBytes(StandardCharsets.ISO_8859_1)))) {
        assertThat(file.decode(0, decoder))
            .isEqualTo(new NotDecodable(NotDecodable.Why.UNSUPPORTED_SYNTAX));
      }
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

  /// The header has room for eight bits, the stream holds twelve, or sixteen.
  @ParameterizedTest
  @ValueSource(strings = {"p20-extended-12", "p21-jpeg-ls"})
  void grayHasTheBitsOfItsStream(String name) throws IOException {
    var bytes = Files.readAllBytes(CaseFiles.folder(name).resolve("f.dcm"));
    var right = frame(bytes);
    assertThat(Arrays.stream(right.samples()).max().orElseThrow()).isGreaterThan(255);
    for (var bits : Map.of(0x00, 8, 0x01, 8, 0x02, 7).entrySet()) {
      set(bytes, bits.getKey(), bits.getValue());
    }
    try (var file = (DicomFile) DicomFile.open(Bytes.of(bytes))) {
      var frame = (Frame) file.decode(0, decoder);
      assertThat(frame.samples()).isEqualTo(right.samples());
      var plane = StoredValues.packed(file, 0, decoder).orElseThrow();
      var drawn = Shader.draw(frame, file.shading(), file.header().image(), 0);
      PageShading.assertSame(plane, drawn, 0);
    }
  }

  /// (0028,01xx) in explicit little endian.
  private static void set(byte[] bytes, int element, int value) {
    for (var at = 0; at + 10 <= bytes.length; at++) {
      if (bytes[at] == 0x28
          && bytes[at + 1] == 0
          && bytes[at + 2] == element
          && bytes[at + 3] == 1
          && bytes[at + 4] == 'U') {
        bytes[at + 8] = (byte) value;
        return;
      }
    }
    throw new AssertionError("no such element");
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
