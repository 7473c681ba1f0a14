package org.studygate.dicom.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Part10;
import org.studygate.dicom.Previews;
import org.studygate.dicom.Rejected;
import org.studygate.dicom.frame.NoDecoder;

/// What the pre-flight walker refuses, each with its reason, and that nothing makes it stumble.
final class WalkerTest {
  private static final String CT = DicomFixtures.CT_IMAGE;
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";

  @Test
  void aSoundFileIsAccepted() throws IOException {
    assertThat(DicomFile.open(Bytes.of(file(sound())))).isInstanceOf(DicomFile.class);
  }

  @Test
  void whatIsNoDicomIsRefused() throws IOException {
    assertRefused(Reason.NOT_DICOM, new byte[0]);
    assertRefused(Reason.NOT_DICOM, "hello".getBytes(ISO_8859_1));
    assertRefused(Reason.NOT_DICOM, new byte[200]);
  }

  @Test
  void aFileWithoutMetaOrWithAnUnknownSyntaxIsRefused() throws IOException {
    var bare = Arrays.copyOf(file(sound()), 132);
    assertRefused(Reason.NO_META, bare);
    assertRefused(
        Reason.UNKNOWN_SYNTAX, Part10.file(CT, "1.2.3.1.1", "1.2.3.4.5", sound().bytes()));
  }

  @Test
  void aFileCutAnywhereIsRefusedOrHasNoMoreThanItHolds() throws IOException {
    var whole = DicomFixtures.image("1.2.3", "1.2.3.1", "1.2.3.1.1").size(16, 16).bytes();
    for (var length = 0; length < whole.length; length++) {
      var opened = DicomFile.open(Bytes.of(Arrays.copyOf(whole, length)));
      if (opened instanceof DicomFile file) { // cut between two elements: whole, but without image
        assertThat(file.frames()).as("cut at " + length).isZero();
        file.close();
      }
    }
  }

  @Test
  void sequencesAreFollowedOnlySoDeep() throws IOException {
    assertThat(DicomFile.open(Bytes.of(file(nested(60))))).isInstanceOf(DicomFile.class);
    assertRefused(Reason.TOO_DEEP, file(nested(70)));
    assertRefused(Reason.TOO_DEEP, file(nested(4_000)));
  }

  @Test
  void elementsOutOfOrderOrTwiceAreRefused() throws IOException {
    assertRefused(Reason.TAGS_NOT_ASCENDING, file(sound().text(0x00080005, "CS", "ISO_IR 100")));
    assertRefused(Reason.TAGS_NOT_ASCENDING, file(sound().text(0x0020000E, "UI", "1.2.3.1")));
  }

  @Test
  void anElementLongerThanTheFileIsRefused() throws IOException {
    assertRefused(Reason.TRUNCATED, file(sound().header(0x00204000, "LT", 1000)));
    assertRefused(Reason.TRUNCATED, file(sound().header(0x00420011, "OB", 0x7FFF_FFFFL)));
  }

  @Test
  void anElementLongerThanItsItemIsRefused() throws IOException {
    var file =
        sound()
            .header(0x00400555, "SQ", 416)
            .mark(Tags.ITEM, 8)
            .header(0x00080100, "SH", 400)
            .raw(new byte[400]);
    assertRefused(Reason.LENGTH_OVER_PARENT, file(file));
  }

  @Test
  void anUnknownValueRepresentationIsRefused() throws IOException {
    assertRefused(
        Reason.UNKNOWN_VR,
        file(sound().raw(new byte[] {0x20, 0, 0, 0x40, 'Q', 'Q', 2, 0, 'a', 'b'})));
  }

  @Test
  void pixelsThatCannotBeThereAreRefused() throws IOException {
    assertRefused(Reason.PIXEL_SIZE, file(image(1000, 1000, 200)));
    assertRefused(Reason.PIXEL_SIZE, file(image(65_535, 65_535, 2)));
  }

  @Test
  void uidsThatAreNoneAreRefused() throws IOException {
    assertRefused(Reason.BAD_UID, file(identified("../../etc/passwd", "1.2.3.1")));
    assertRefused(Reason.BAD_UID, file(identified("1.2.3", "9".repeat(66))));
    assertRefused(Reason.MISSING_UID, file(identified("1.2.3", "")));
  }

  @Test
  void aFileOverTheLimitOfItsSourceIsRefused() throws IOException {
    var bytes = file(sound());
    var limits = Bounds.STANDARD.withFileBytes(bytes.length - 1);
    assertThat(DicomFile.open(Bytes.of(bytes), limits))
        .isEqualTo(
            new Rejected(
                Reason.TOO_LARGE, ((Rejected) DicomFile.open(Bytes.of(bytes), limits)).offset()));
  }

  /// Whatever bytes come, the answer is a file or a reason: nothing else is thrown, nothing hangs.
  @Test
  void noChangedFileMakesItStumble() throws IOException {
    var seed = 20261123L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var originals =
        new byte[][] {
          DicomFixtures.image("1.2.3", "1.2.3.1", "1.2.3.1.1").size(16, 16).bytes(),
          DicomFixtures.image("1.2.3", "1.2.3.1", "1.2.3.1.1")
              .size(16, 16)
              .syntax(TransferSyntax.RLE)
              .frames(2)
              .bytes(),
          DicomFixtures.image("1.2.3", "1.2.3.1", "1.2.3.1.1")
              .size(16, 16)
              .syntax(TransferSyntax.DEFLATED)
              .bytes(),
          file(nested(20))
        };
    var accepted = 0;
    for (var round = 0; round < 6_000; round++) {
      var bytes = originals[round % originals.length].clone();
      var changes = 1 + random.nextInt(4);
      for (var change = 0; change < changes; change++) {
        bytes[132 + random.nextInt(bytes.length - 132)] = (byte) random.nextInt(256);
      }
      if (DicomFile.open(Bytes.of(bytes)) instanceof DicomFile file) {
        accepted++;
        try (file) {
          for (var frame = 0; frame < Math.min(2, file.frames()); frame++) {
            assertThat(Previews.render(file, frame, java.util.List.of(128), new NoDecoder()))
                .isNotNull();
          }
          assertThat(file.json()).isNotEmpty();
        }
      }
    }
    assertThat(accepted).isBetween(500, 5_900);
  }

  private static void assertRefused(Reason reason, byte[] bytes) throws IOException {
    assertThatThrownBy(() -> Preflight.pass(Bytes.of(bytes), Bounds.STANDARD).close())
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  private static byte[] file(Part10 dataset) {
    return Part10.file(CT, "1.2.3.1.1", EXPLICIT, dataset.bytes());
  }

  private static Part10 identified(String study, String series) {
    return Part10.explicit()
        .text(0x00080016, "UI", CT)
        .text(0x00080018, "UI", "1.2.3.1.1")
        .text(0x0020000D, "UI", study)
        .text(0x0020000E, "UI", series);
  }

  private static Part10 sound() {
    return identified("1.2.3", "1.2.3.1");
  }

  private static Part10 image(int rows, int columns, int bytes) {
    return sound()
        .number16(0x00280002, "US", 1)
        .text(0x00280004, "CS", "MONOCHROME2")
        .number16(0x00280010, "US", rows)
        .number16(0x00280011, "US", columns)
        .number16(0x00280100, "US", 16)
        .number16(0x00280101, "US", 12)
        .number16(0x00280102, "US", 11)
        .number16(0x00280103, "US", 0)
        .element(0x7FE00010, "OW", new byte[bytes]);
  }

  private static Part10 nested(int depth) {
    var content = new byte[0];
    for (var i = 0; i < depth; i++) {
      content = Part10.explicit().sequence(0x0040A730, content).bytes();
    }
    return sound().raw(content);
  }
}
