package org.studygate.dicom.deidentify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.MadeCt;
import org.studygate.dicom.Part10;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NoDecoder;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

final class DeidentifyingTest {
  private final NewUids uids = new NewUids("a bucket's key..".getBytes(StandardCharsets.US_ASCII));
  private final Deidentifying copies = new Deidentifying(Profile.standard(), new NoDecoder());

  @Test
  void aSliceOfACtTellsNothingAndKeepsItsPicture() throws IOException {
    var ct = MadeCt.demo(1);
    var file = ct.slice(3);
    var copy = copied(file);
    assertThat(
            Traces.of(
                copy,
                List.of(
                    "Müller",
                    "Käthe",
                    "Größ",
                    "Städtisch",
                    "P-300",
                    "19580312",
                    "ACC-300",
                    "Thorax",
                    "20260105",
                    "1015",
                    ct.studyUid(),
                    ct.seriesUid(),
                    ct.sopUid(3))))
        .isEmpty();
    var before = read(file);
    var after = read(copy);
    assertThat(after.getBytes(Tag.PixelData)).isEqualTo(before.getBytes(Tag.PixelData));
    assertThat(after.getString(Tag.StudyInstanceUID)).isEqualTo(uids.of(ct.studyUid()));
    assertThat(after.getString(Tag.PatientName)).isEqualTo("Anonymous^7");
    assertThat(after.getString(Tag.PatientIdentityRemoved)).isEqualTo("YES");
    assertThat(
            after
                .getSequence(Tag.DeidentificationMethodCodeSequence)
                .getFirst()
                .getString(Tag.CodeValue))
        .isEqualTo("113100");
    for (var tag : before.tags()) {
      if (Profile.standard().action(tag) == Action.KEEP) {
        assertThat(after.getBytes(tag))
            .as(Integer.toHexString(tag))
            .isEqualTo(before.getBytes(tag));
      }
    }
  }

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
  void everyEncodingIsSoundAndShowsTheSamePicture(TransferSyntax syntax) throws IOException {
    var fixture = DicomFixtures.image("1.2.3", "1.2.3.4", "1.2.3.4.5").syntax(syntax);
    var copy = copied(fixture.bytes());
    assertThat(Traces.of(copy, List.of("Muster", "Erika", "19670401", "A-1", "1.2.3.4"))).isEmpty();
    try (var before = open(fixture.bytes());
        var after = open(copy)) {
      assertThat(after.mended()).isEmpty();
      assertThat(after.frames()).isEqualTo(before.frames());
      assertThat(pixels(after)).isEqualTo(pixels(before));
    }
  }

  @Test
  void theSameInOneBucketAndUnlinkableBetweenTwo() {
    var other = new NewUids("another key.....".getBytes(StandardCharsets.US_ASCII));
    assertThat(uids.of("1.2.3")).isEqualTo(uids.of("1.2.3")).startsWith("2.25.");
    assertThat(uids.of("1.2.3")).isNotEqualTo(other.of("1.2.3")).isNotEqualTo(uids.of("1.2.4"));
    assertThat(uids.of("1.2.3")).hasSizeLessThanOrEqualTo(44);
  }

  @Test
  void documentsStayBehindAndNothingIsWritten() throws IOException {
    var pdf = DicomFixtures.pdf("1.2.3", "1.2.3.4", "1.2.3.4.5", new byte[] {1, 2}).bytes();
    var out = new ByteArrayOutputStream();
    assertThat(copies.copy(Bytes.of(pdf), out, uids, 1))
        .isEqualTo(new Outcome.LeftOut(Outcome.Why.KIND));
    assertThat(copies.copy(Bytes.of(Arrays.copyOf(pdf, 300)), out, uids, 1))
        .isEqualTo(new Outcome.LeftOut(Outcome.Why.DAMAGED));
    assertThat(out.size()).isZero();
  }

  @Test
  void ultrasoundWaitsForALook() throws IOException {
    var cine = DicomFixtures.image("1.2.3", "1.2.3.4", "1.2.3.4.5").modality("US").frames(2);
    var outcome = copies.copy(Bytes.of(cine.bytes()), new ByteArrayOutputStream(), uids, 1);
    assertThat(((Outcome.Copied) outcome).look()).contains(BurnedIn.ULTRASOUND);
  }

  @Test
  void anOverlayAmongThePixelsIsGone() throws IOException {
    var pixels = new byte[16 * 16 * 2];
    for (var i = 0; i < 256; i++) {
      pixels[2 * i] = (byte) i;
      pixels[2 * i + 1] = (byte) (0x0A | (i % 2 == 0 ? 0x10 : 0x80)); // bits 12 and 15
    }
    var copy = read(copied(gray(16, pixels, TransferSyntax.EXPLICIT_LITTLE, false)));
    var clean = copy.getBytes(Tag.PixelData);
    for (var i = 0; i < 256; i++) {
      assertThat(clean[2 * i]).isEqualTo((byte) i);
      assertThat(clean[2 * i + 1]).isEqualTo((byte) 0x0A);
    }
    assertThat(copy.contains(0x60000102)).isFalse();
  }

  @Test
  void whatLiesBehindTheLastFrameIsGone() throws IOException {
    var pixels = Arrays.copyOf(new byte[16 * 16 * 2], 16 * 16 * 2 + 12);
    System.arraycopy("Erika Muster".getBytes(StandardCharsets.US_ASCII), 0, pixels, 512, 12);
    var copy = copied(gray(16, pixels, TransferSyntax.EXPLICIT_LITTLE, false));
    assertThat(Traces.of(copy, List.of("Erika", "Muster"))).isEmpty();
  }

  @Test
  void commentsOfJpegStreamsAreBlankAndTheRestIsAsItWas() throws IOException {
    var jpeg =
        bytes(
            "FFD8 FFE0 0010 4A464946000101000001000100 00 FFE1 000E 45786966 4D75737465723132 "
                + "FFFE 0008 4D7573746572 FFDB 0005 000102 FFDA 0004 0100 AABB FF00 CC FFD0 DD FFD9 "
                + "4D7573746572 FFD8 FFEE 000E 41646F6265 00640000000001 FFDA 0004 0100 11 FFD9");
    var copy = copied(gray(16, jpeg, TransferSyntax.JPEG_BASELINE, true));
    assertThat(Traces.of(copy, List.of("Muster", "Exif"))).isEmpty();
    var fragments = (Fragments) requireNonNull(read(copy).getValue(Tag.PixelData));
    assertThat(fragments.get(1))
        .isEqualTo(
            bytes(
                "FFD8 FFE0 0010 4A464946000101000001000100 00 FFE1 000E 00000000 0000000000000000 "
                    + "FFFE 0008 000000000000 FFDB 0005 000102 FFDA 0004 0100 AABB FF00 CC FFD0 DD"
                    + "FFD9 000000000000 FFD8 FFEE 000E 41646F6265 00640000000001 FFDA 0004 0100 11"
                    + "FFD9"));
  }

  @Test
  void commentsOfJpeg2000AreBlankInAllHeaders() throws IOException {
    var stream =
        bytes(
            "FF4F FF51 0004 1234 FF64 000A 0001 4D7573746572 FF90 000A 0000 0000001E 00 01 "
                + "FF64 000A 0001 4D7573746572 FF93 AABBCCDD FF90 000A 0000 00000000 01 01 FF93 AB FF20 "
                + "FFD9 4D75");
    var copy = copied(gray(16, stream, TransferSyntax.JPEG_2000, true));
    assertThat(Traces.of(copy, List.of("Muster"))).isEmpty();
    var fragments = (Fragments) requireNonNull(read(copy).getValue(Tag.PixelData));
    var kept = new String((byte[]) fragments.get(1), StandardCharsets.ISO_8859_1);
    assertThat(kept)
        .contains(new String(bytes("FF93AABBCCDDFF90"), StandardCharsets.ISO_8859_1))
        .contains(new String(bytes("FF93ABFF20FFD90000"), StandardCharsets.ISO_8859_1));
  }

  @Test
  void aStreamUnderAnotherNameIsLookedAtAsWhatItIs() throws IOException {
    var jpeg = bytes("FFD8 FFFE 0008 4D7573746572 FFDA 0004 0100 11 FFD9");
    var called2000 = copied(gray(16, jpeg, TransferSyntax.JPEG_2000, true));
    assertThat(Traces.of(called2000, List.of("Muster"))).isEmpty();
    for (var syntax : List.of(TransferSyntax.RLE, TransferSyntax.DEFLATED_FRAMES)) {
      var file = gray(16, jpeg, syntax, true);
      assertThat(copies.copy(Bytes.of(file), new ByteArrayOutputStream(), uids, 1))
          .isEqualTo(new Outcome.LeftOut(Outcome.Why.STREAM));
    }
  }

  /// Each row is a run; what stands behind them and in the head is none.
  @Test
  void whatLiesBetweenTheRunsIsGone() throws IOException {
    var word = "Muster";
    var frame = new byte[64 + 2 * 16 + 24];
    frame[0] = 1;
    frame[4] = 64;
    System.arraycopy(word.getBytes(StandardCharsets.US_ASCII), 0, frame, 20, 6);
    for (var row = 0; row < 16; row++) {
      frame[64 + 2 * row] = (byte) (257 - 16);
      frame[65 + 2 * row] = (byte) (row + 1);
    }
    frame[96] = 10;
    System.arraycopy(word.getBytes(StandardCharsets.US_ASCII), 0, frame, 98, 6);
    var file = gray(16, frame, TransferSyntax.RLE, true);
    var copy = copied(file);
    assertThat(Traces.of(copy, List.of(word))).isEmpty();
    try (var before = open(file);
        var after = open(copy)) {
      assertThat(pixels(after)).isEqualTo(pixels(before)).contains(1, 16);
    }
  }

  @Test
  void aTableOfPlacesThatIsNoneGoes() throws IOException {
    var word = "Muster12";
    var jpeg = bytes("FFD8 FFDA 0004 0100 11 FFD9");
    var copy =
        copied(
            packed(TransferSyntax.JPEG_BASELINE, word.getBytes(StandardCharsets.US_ASCII), jpeg));
    assertThat(Traces.of(copy, List.of(word, "Muster"))).isEmpty();
    var right = new byte[4]; // of one frame, at its beginning
    var kept = read(copied(packed(TransferSyntax.JPEG_BASELINE, right, jpeg)));
    var fragments = (Fragments) requireNonNull(kept.getValue(Tag.PixelData));
    assertThat((byte[]) fragments.getFirst()).isEqualTo(right);
  }

  @Test
  void videoStaysBehind() throws IOException {
    var file = gray(16, bytes("00000001 0901"), TransferSyntax.MPEG4, true);
    assertThat(copies.copy(Bytes.of(file), new ByteArrayOutputStream(), uids, 1))
        .isEqualTo(new Outcome.LeftOut(Outcome.Why.STREAM));
  }

  private static byte[] packed(TransferSyntax syntax, byte[] table, byte[] frame) {
    var file = gray(16, frame, syntax, true);
    var end = file.length - 8 - frame.length - 8 - 8; // where the table begins
    var out = new ByteArrayOutputStream();
    out.write(file, 0, end);
    out.writeBytes(Part10.explicit().mark(Tags.ITEM, table.length).raw(table).bytes());
    out.write(file, end + 8, file.length - end - 8);
    return out.toByteArray();
  }

  private static byte[] gray(int side, byte[] pixels, TransferSyntax syntax, boolean packed) {
    var out =
        Part10.explicit()
            .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
            .text(0x00080018, "UI", "1.2.3.4.5")
            .text(0x00080060, "CS", "CT")
            .text(0x0020000D, "UI", "1.2.3")
            .text(0x0020000E, "UI", "1.2.3.4")
            .number16(0x00280002, "US", 1)
            .text(0x00280004, "CS", "MONOCHROME2")
            .number16(0x00280010, "US", side)
            .number16(0x00280011, "US", side)
            .number16(0x00280100, "US", packed ? 8 : 16)
            .number16(0x00280101, "US", packed ? 8 : 12)
            .number16(0x00280102, "US", packed ? 7 : 11)
            .number16(0x00280103, "US", 0);
    if (packed) {
      out.header(Tags.PIXELS, "OB", -1).mark(Tags.ITEM, 0).mark(Tags.ITEM, pixels.length);
      out.raw(pixels).mark(Tags.SEQUENCE_END, 0);
    } else {
      out.number16(0x60000102, "US", 12).element(Tags.PIXELS, "OW", pixels);
    }
    return Part10.file(DicomFixtures.CT_IMAGE, "1.2.3.4.5", syntax.uid(), out.bytes());
  }

  /// Of an even count, as fragments have it.
  private static byte[] bytes(String hex) {
    var digits = hex.replace(" ", "");
    var even = digits.length() % 4 == 0 ? digits : digits + "00";
    return HexFormat.of().parseHex(even);
  }

  private byte[] copied(byte[] file) throws IOException {
    var out = new ByteArrayOutputStream();
    var outcome = copies.copy(Bytes.of(file), out, uids, 7);
    assertThat(outcome).isInstanceOf(Outcome.Copied.class);
    return out.toByteArray();
  }

  private static DicomFile open(byte[] file) throws IOException {
    return (DicomFile) DicomFile.open(Bytes.of(file));
  }

  private static int[] pixels(DicomFile file) throws IOException {
    return ((Frame) file.decode(0, new NoDecoder())).samples();
  }

  private static Attributes read(byte[] file) throws IOException {
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      return in.readDataset(-1, -1);
    }
  }
}
