package org.studygate.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.studygate.dicom.CaseFiles;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Part10;
import org.studygate.dicom.draw.Shader;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Preflight;
import org.studygate.dicom.guard.Refusal;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dicom.header.DicomReader;
import org.studygate.dicom.header.Shading;

/// What a person has painted over is black in every frame, and nowhere in the bytes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MaskTest {
  private static final Path REAL = Path.of("../../.tools/pydicom/test_files");
  private static final Mask MASK =
      new Mask(List.of(new Mask.Region(1, 1, 6, 3), new Mask.Region(5, 2, 4, 30_000)));

  private final NewUids uids = new NewUids("a bucket's key..".getBytes(StandardCharsets.US_ASCII));
  private final Decoder decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC());
  private final Deidentifying copies = new Deidentifying(Profile.standard(), decoder);

  @AfterAll
  void endTheDecoder() throws IOException {
    decoder.close();
  }

  /// A frame with what it is drawn by.
  private record Seen(Frame frame, Shading shading, Shader.Drawn drawn) {}

  @ParameterizedTest
  @EnumSource(
      names = {
        "IMPLICIT_LITTLE",
        "EXPLICIT_LITTLE",
        "EXPLICIT_BIG",
        "DEFLATED",
        "ENCAPSULATED",
        "DEFLATED_FRAMES",
        "RLE"
      })
  void everyEncodingIsWrittenUncompressed(TransferSyntax syntax) throws Exception {
    for (var fixture :
        List.of(
            DicomFixtures.image("1.2.3", "1.2.3.4", "1.2.3.4.5").syntax(syntax),
            DicomFixtures.image("1.2.3", "1.2.3.4", "1.2.3.4.5").syntax(syntax).frames(3),
            DicomFixtures.image("1.2.3", "1.2.3.4", "1.2.3.4.5")
                .syntax(syntax)
                .size(23, 15)
                .colour())) {
      masked(fixture.bytes());
    }
  }

  /// Every image that there is, of whatever making.
  @TestFactory
  Stream<DynamicTest> everyFileThatGoesAlong() throws IOException {
    var files = new ArrayList<Path>();
    for (var folder : CaseFiles.folders("p")) {
      files.add(folder.resolve("f.dcm"));
    }
    if (Files.isDirectory(REAL)) {
      try (var real = Files.list(REAL)) {
        real.filter(file -> file.toString().endsWith(".dcm")).sorted().forEach(files::add);
      }
    } else {
      System.out.println("skipped: scripts/test-data has not fetched the files of pydicom");
    }
    return files.stream().map(file -> DynamicTest.dynamicTest(file.toString(), () -> eachOf(file)));
  }

  private void eachOf(Path file) throws Exception {
    var came = Files.readAllBytes(file);
    var out = new ByteArrayOutputStream();
    if (copies.copy(Bytes.of(came), out, uids, 1) instanceof Outcome.Copied && drawable(came)) {
      masked(came);
    }
  }

  private boolean drawable(byte[] file) throws IOException {
    try (var dicom = (DicomFile) DicomFile.open(Bytes.of(file))) {
      return dicom.decode(0, decoder) instanceof Frame;
    }
  }

  /// Holds the copy against the file; gives the copy.
  private byte[] masked(byte[] file) throws Exception {
    var copy = copied(file, MASK);
    assertThat(copy.length % 2).isZero();
    try (var before = (DicomFile) DicomFile.open(Bytes.of(file));
        var after = (DicomFile) DicomFile.open(Bytes.of(copy))) {
      assertThat(after.walked().syntax()).isEqualTo(TransferSyntax.EXPLICIT_LITTLE);
      assertThat(after.mended()).isEmpty();
      assertThat(after.frames()).isEqualTo(before.frames());
      assertThat(after.header().image().burnedIn()).isEqualTo("NO");
      assertThat(after.header().image().lossy() || !before.header().image().lossy()).isTrue();
      for (var i = 0; i < before.frames(); i++) {
        held(seen(file, i), seen(copy, i));
      }
    }
    return copy;
  }

  private static void held(Seen before, Seen after) {
    var frame = after.frame();
    var samples = frame.samplesPerPixel();
    assertThat(samples).isEqualTo(before.frame().samplesPerPixel());
    var drawn = after.drawn().bytes().length / (frame.columns() * frame.rows());
    var black = frame.photometric().equals("PALETTE COLOR") ? darkest(after.shading()) : 0;
    for (var pixel = 0; pixel < frame.columns() * frame.rows(); pixel++) {
      if (covered(pixel % frame.columns(), pixel / frame.columns())) {
        assertThat(light(after.drawn().bytes(), pixel, drawn))
            .as("pixel " + pixel)
            .isEqualTo(black);
      } else if (samples == 1) {
        if (frame.samples()[pixel] != before.frame().samples()[pixel]) {
          assertThat(frame.samples()[pixel])
              .as("pixel " + pixel)
              .isEqualTo(before.frame().samples()[pixel]);
        }
      } else {
        assertThat(light(after.drawn().bytes(), pixel, drawn))
            .as("pixel " + pixel)
            .isEqualTo(light(before.drawn().bytes(), pixel, drawn));
      }
    }
  }

  /// Not every palette has black.
  private static int darkest(Shading shading) {
    var palette = shading.palette().orElseThrow();
    return IntStream.range(0, palette.red().entries().length)
        .map(i -> palette.red().first() + i)
        .map(
            value ->
                299 * palette.red().eightBits(value)
                    + 587 * palette.green().eightBits(value)
                    + 114 * palette.blue().eightBits(value))
        .min()
        .orElseThrow();
  }

  private static int light(byte[] drawn, int pixel, int samples) {
    var colour = samples == 3 ? 1 : 0;
    return 299 * (drawn[pixel * samples] & 0xFF)
        + 587 * (drawn[pixel * samples + colour] & 0xFF)
        + 114 * (drawn[pixel * samples + 2 * colour] & 0xFF);
  }

  private static boolean covered(int x, int y) {
    return MASK.regions().stream()
        .anyMatch(
            region ->
                x >= region.x()
                    && x < region.x() + region.width()
                    && y >= region.y()
                    && y < region.y() + region.height());
  }

  private Seen seen(byte[] file, int frame) throws IOException, Refusal {
    try (var dicom = (DicomFile) DicomFile.open(Bytes.of(file));
        var passed = Preflight.pass(Bytes.of(file), Bounds.STANDARD)) {
      var decoded = dicom.decode(frame, decoder);
      assertThat(decoded).isInstanceOf(Frame.class);
      var shading = DicomReader.read(passed).shading();
      var image = dicom.header().image();
      return new Seen(
          (Frame) decoded, shading, Shader.draw((Frame) decoded, shading, image, frame));
    }
  }

  @Test
  void itsHeaderSaysThatWordsAreGone() throws Exception {
    var copy = masked(DicomFixtures.image("1.2.3", "1.2.3.4", "1.2.3.4.5").modality("US").bytes());
    try (var passed = Preflight.pass(Bytes.of(copy), Bounds.STANDARD)) {
      var dataset = DicomReader.whole(passed);
      assertThat(dataset.getStrings(0x0012_0063))
          .containsExactly("Basic profile of PS3.15 Table E.1-1", "Clean Pixel Data Option");
      assertThat(dataset.getSequence(0x0012_0064))
          .extracting(item -> item.getString(0x0008_0100))
          .containsExactly("113100", "113101");
    }
    var outcome =
        copies.copy(Bytes.of(copy), new ByteArrayOutputStream(), uids, 1, Optional.of(MASK));
    assertThat(((Outcome.Copied) outcome).look()).isEmpty();
  }

  @Test
  void darkIsHighWhereGrayIsInverted() throws Exception {
    for (var signed : List.of(0, 1)) {
      for (var slope : List.of("1", "-2")) {
        for (var window : List.of(true, false)) {
          for (var photometric : List.of("MONOCHROME1", "MONOCHROME2")) {
            masked(gray(photometric, signed, slope, window, 11));
            masked(gray(photometric, signed, slope, window, 14));
          }
        }
      }
    }
  }

  /// Twelve bits that need not be the lowest, with others beside them.
  private static byte[] gray(
      String photometric, int signed, String slope, boolean window, int high) {
    var pixels = new byte[32 * 16 * 2];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37 + i / 64);
    }
    var out =
        head("CT", 1, photometric, 16, 32)
            .number16(0x00280100, "US", 16)
            .number16(0x00280101, "US", 12)
            .number16(0x00280102, "US", high)
            .number16(0x00280103, "US", signed)
            .number16(0x00280106, "US", 3)
            .number16(0x00280107, "US", 4711);
    if (window) {
      out.text(0x00281050, "DS", "100").text(0x00281051, "DS", "2000");
    }
    out.text(0x00281052, "DS", slope.equals("1") ? signed == 1 ? "0" : "-1024" : "3000")
        .text(0x00281053, "DS", slope);
    return file(out.element(Tags.PIXELS, "OW", pixels), TransferSyntax.EXPLICIT_LITTLE);
  }

  private static Part10 head(
      String modality, int samples, String photometric, int rows, int columns) {
    var out =
        Part10.explicit()
            .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
            .text(0x00080018, "UI", "1.2.3.4.5")
            .text(0x00080060, "CS", modality)
            .text(0x0020000D, "UI", "1.2.3")
            .text(0x0020000E, "UI", "1.2.3.4")
            .number16(0x00280002, "US", samples)
            .text(0x00280004, "CS", photometric);
    if (samples == 3) {
      out.number16(0x00280006, "US", 1);
    }
    return out.number16(0x00280010, "US", rows).number16(0x00280011, "US", columns);
  }

  private static byte[] file(Part10 dataset, TransferSyntax syntax) {
    return Part10.file(DicomFixtures.CT_IMAGE, "1.2.3.4.5", syntax.uid(), dataset.bytes());
  }

  @Test
  void coloursInPlanesAndDifferencesBecomeBlack() throws Exception {
    var pixels = new byte[16 * 20 * 3];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (40 + i * 7 % 150);
    }
    for (var photometric : List.of("RGB", "YBR_FULL")) {
      var out = eight(head("US", 3, photometric, 16, 20));
      masked(file(out.element(Tags.PIXELS, "OB", pixels), TransferSyntax.EXPLICIT_LITTLE));
    }
  }

  /// Two pixels that share their colour get one each; where black is 16 it becomes RGB.
  @Test
  void sharedColoursAreSpread() throws Exception {
    var pixels = new byte[16 * 20 * 2];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (60 + i * 7 % 100);
    }
    var full = eight(head("US", 3, "YBR_FULL_422", 16, 20)).element(Tags.PIXELS, "OB", pixels);
    masked(file(full, TransferSyntax.EXPLICIT_LITTLE));
    var partial =
        eight(head("US", 3, "YBR_PARTIAL_422", 16, 20)).element(Tags.PIXELS, "OB", pixels);
    var file = file(partial, TransferSyntax.EXPLICIT_LITTLE);
    var before = seen(file, 0).drawn().bytes();
    var copy = seen(copied(file, new Mask(List.of(new Mask.Region(0, 0, 4, 16)))), 0);
    assertThat(copy.frame().photometric()).isEqualTo("RGB");
    for (var i = 0; i < before.length; i++) {
      assertThat(copy.drawn().bytes()[i]).isEqualTo(i / 3 % 20 < 4 ? 0 : before[i]);
    }
  }

  private static Part10 eight(Part10 head) {
    return head.number16(0x00280100, "US", 8)
        .number16(0x00280101, "US", 8)
        .number16(0x00280102, "US", 7)
        .number16(0x00280103, "US", 0);
  }

  /// Frames of 15 bits, so that the second begins within a byte.
  @Test
  void singleBitsStaySingle() throws Exception {
    var out =
        Part10.explicit()
            .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
            .text(0x00080018, "UI", "1.2.3.4.5")
            .text(0x0020000D, "UI", "1.2.3")
            .text(0x0020000E, "UI", "1.2.3.4")
            .number16(0x00280002, "US", 1)
            .text(0x00280004, "CS", "MONOCHROME2")
            .text(0x00280008, "IS", "3")
            .number16(0x00280010, "US", 3)
            .number16(0x00280011, "US", 5)
            .number16(0x00280100, "US", 1)
            .number16(0x00280101, "US", 1)
            .number16(0x00280102, "US", 0)
            .number16(0x00280103, "US", 0)
            .element(Tags.PIXELS, "OB", new byte[] {-1, 0x7F, -1, -1, -1, 0x1F});
    var copy = masked(file(out, TransferSyntax.EXPLICIT_LITTLE));
    try (var opened = (DicomFile) DicomFile.open(Bytes.of(copy))) {
      assertThat(opened.header().image().bitsAllocated()).isEqualTo(1);
      assertThat(opened.walked().pixels().orElseThrow().value().length()).isEqualTo(6);
    }
  }

  @Test
  void whatStoodBelowIsNowhere() throws Exception {
    var pixels = "Erika Muster was born here, 04/67".repeat(20).getBytes(StandardCharsets.US_ASCII);
    var out = eight(head("US", 1, "MONOCHROME2", 20, 33)).element(Tags.PIXELS, "OB", pixels);
    var whole = new Mask(List.of(new Mask.Region(0, 0, 12, Integer.MAX_VALUE)));
    var copy = copied(file(out, TransferSyntax.EXPLICIT_LITTLE), whole);
    assertThat(Traces.of(copy, List.of("Erika", "Muster", "usterr"))).isEmpty();
    assertThat(Traces.of(copy, List.of("was born here"))).isNotEmpty();
  }

  @Test
  void whatACodecMadeRgbIsSaidToBe() throws Exception {
    var file = CaseFiles.folder("p04-j2k-mct-rgb").resolve("f.dcm");
    var copy = copied(Files.readAllBytes(file), MASK);
    assertThat(seen(copy, 0).frame().photometric()).isEqualTo("RGB");
  }

  @Test
  void whatCannotBeDecodedStaysBehindAndNothingIsWritten() throws IOException {
    var out =
        eight(head("CT", 1, "MONOCHROME2", 16, 16))
            .header(Tags.PIXELS, "OB", -1)
            .mark(Tags.ITEM, 0)
            .mark(Tags.ITEM, 8)
            .raw(new byte[] {-1, 0x4F, -1, 0x51, 0, 4, 1, 2})
            .mark(Tags.SEQUENCE_END, 0);
    for (var syntax : List.of(TransferSyntax.HTJ2K, TransferSyntax.JPEG_2000)) {
      left(file(out, syntax), MASK, Outcome.Why.UNDECODABLE);
    }
  }

  @Test
  void aMaskOfAnotherPictureIsNone() throws IOException {
    var file = DicomFixtures.image("1.2.3", "1.2.3.4", "1.2.3.4.5").bytes();
    left(file, new Mask(List.of(new Mask.Region(24, 0, 9, 9))), Outcome.Why.OUTSIDE);
    assertThatThrownBy(() -> new Mask(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Mask.Region(0, -1, 2, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Mask.Region(0, 0, 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// As dark as what is darkest beside the regions, not below them: the rest keeps its shades.
  @Test
  void whereAllBecomesGrayTheDarkestOfTheRestIsBlack() throws Exception {
    var pixels = new byte[16 * 20];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (covered(i % 20, i / 20) ? 1 : 90 + i % 100);
    }
    var out = eight(head("CT", 1, "MONOCHROME2", 16, 20)).element(Tags.PIXELS, "OB", pixels);
    var copy = masked(file(out, TransferSyntax.EXPLICIT_LITTLE));
    assertThat(seen(copy, 0).frame().samples()[21]).isEqualTo(90);
  }

  private void left(byte[] file, Mask mask, Outcome.Why why) throws IOException {
    var out = new ByteArrayOutputStream();
    assertThat(copies.copy(Bytes.of(file), out, uids, 1, Optional.of(mask)))
        .isEqualTo(new Outcome.LeftOut(why));
    assertThat(out.size()).isZero();
  }

  private byte[] copied(byte[] file, Mask mask) throws IOException {
    var out = new ByteArrayOutputStream();
    assertThat(copies.copy(Bytes.of(file), out, uids, 7, Optional.of(mask)))
        .isInstanceOf(Outcome.Copied.class);
    return out.toByteArray();
  }
}
