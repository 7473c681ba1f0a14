package org.studygate.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Part10;
import org.studygate.dicom.frame.NoDecoder;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// A name and UIDs in places where nobody looks for them: nothing of them is in any byte of a copy,
/// masked or not.
final class OddPlacesTest {
  private static final String NAME = "Vandenbroucke^Annelieske";
  private static final String UID = "1.2.826.0.1.3680043.481516";
  private static final byte[] BYTES = NAME.getBytes(StandardCharsets.US_ASCII);

  private final NewUids uids = new NewUids("a bucket's key..".getBytes(StandardCharsets.US_ASCII));
  private final Deidentifying copies = new Deidentifying(Profile.standard(), new NoDecoder());

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsLeftWhereverItLay(boolean masked) throws IOException {
    var copy = copied(file(), masked);
    assertThat(Traces.of(copy, List.of("Vandenbroucke", "Annelieske", UID, "hospital.example")))
        .isEmpty();
    var kept = read(copy);
    assertThat(kept.getString(Tag.SOPClassUID)).isEqualTo(DicomFixtures.CT_IMAGE);
    assertThat(kept.getString(Tag.PatientName)).isEqualTo("Anonymous^7");
    assertThat(kept.getBytes(0x0020_0242)).startsWith("2.25.".getBytes(StandardCharsets.US_ASCII));
    for (var gone : List.of(0x6000_3000, 0x5000_3000, 0x0088_0200, 0x0400_0561, 0x0400_0500)) {
      assertThat(kept.contains(gone)).as(Integer.toHexString(gone)).isFalse();
    }
    assertThat(kept.contains(0xFFFA_FFFA)).isFalse();
  }

  /// The same thing is called the same, wherever it is named.
  @Test
  void whatLeadsFromOneImageToAnotherStillDoes() throws IOException {
    var kept = read(copied(file(), false));
    assertThat(new String(kept.getBytes(0x0020_0242), StandardCharsets.US_ASCII).strip())
        .isEqualTo(uids.of(UID + ".1"));
    assertThat(kept.getString(Tag.StudyInstanceUID)).isEqualTo(uids.of(UID + ".2"));
  }

  /// What is no image stays behind, whatever is in it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.10008.5.1.4.1.1.88.33", // report
        "1.2.840.10008.5.1.4.1.1.88.67", // doses
        "1.2.840.10008.5.1.4.1.1.88.59", // key objects
        "1.2.840.10008.5.1.4.1.1.11.1", // presentation state
        "1.2.840.10008.5.1.4.1.1.104.1", // PDF
        "1.2.840.10008.5.1.4.1.1.104.2", // CDA
        "1.2.840.10008.5.1.4.1.1.66", // raw data
        "1.2.840.10008.5.1.4.1.1.66.4", // segmentation
        "1.2.840.10008.5.1.4.1.1.9.1.1", // electrocardiogram
        "1.2.840.10008.5.1.4.1.1.481.3", // structures
        "1.2.840.10008.5.1.4.1.1.77.1.1.1", // video
        "1.2.840.113619.4.27" // of a maker
      })
  void whatIsNoImageStaysBehind(String sopClass) throws IOException {
    var out = new ByteArrayOutputStream();
    var file = Part10.file(sopClass, UID + ".1", Syntaxes.EXPLICIT, dataset(sopClass).bytes());
    assertThat(copies.copy(Bytes.of(file), out, uids, 7))
        .isEqualTo(new Outcome.LeftOut(Outcome.Why.KIND));
    assertThat(out.size()).isZero();
  }

  private byte[] copied(byte[] file, boolean masked) throws IOException {
    var mask = Optional.of(new Mask(List.of(new Mask.Region(0, 0, 2, 1)))).filter(_ -> masked);
    var out = new ByteArrayOutputStream();
    assertThat(copies.copy(Bytes.of(file), out, uids, 7, mask)).isInstanceOf(Outcome.Copied.class);
    return out.toByteArray();
  }

  private static Attributes read(byte[] file) throws IOException {
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      return in.readDataset(-1, -1);
    }
  }

  private static final class Syntaxes {
    private static final String EXPLICIT = TransferSyntax.EXPLICIT_LITTLE.uid();
  }

  /// With something before it, too.
  private static byte[] file() {
    var file =
        Part10.file(
            DicomFixtures.CT_IMAGE,
            UID + ".1",
            Syntaxes.EXPLICIT,
            dataset(DicomFixtures.CT_IMAGE).bytes());
    System.arraycopy(BYTES, 0, file, 8, BYTES.length);
    return file;
  }

  private static Part10 dataset(String sopClass) {
    var person = Part10.explicit().text(0x00100010, "PN", NAME);
    var signature =
        Part10.explicit()
            .number16(0x04000005, "US", 1)
            .text(0x04000100, "UI", UID + ".9")
            .element(0x04000120, "OB", BYTES);
    var encrypted =
        Part10.explicit()
            .text(0x04000510, "UI", Syntaxes.EXPLICIT)
            .element(0x04000520, "OB", BYTES);
    var icon =
        Part10.explicit()
            .number16(0x00280010, "US", 4)
            .number16(0x00280011, "US", 6)
            .element(Tags.PIXELS, "OB", BYTES);
    var source =
        Part10.explicit()
            .text(0x00081150, "UI", DicomFixtures.CT_IMAGE)
            .text(0x00081155, "UI", UID + ".3")
            .sequence(0x00091101, Part10.explicit().text(0x00091102, "LO", NAME).bytes());
    var answer =
        Part10.explicit()
            .text(0x0040A040, "CS", "TEXT")
            .text(0x0040A123, "PN", NAME)
            .text(0x0040A160, "UT", NAME);
    return Part10.explicit()
        .text(0x00080016, "UI", sopClass)
        .text(0x00080018, "UI", UID + ".1")
        .text(0x00080060, "CS", "CT")
        .text(0x00081167, "UI", UID + ".8")
        .text(0x00081190, "UR", "https://hospital.example/" + UID)
        .sequence(0x00082112, source.bytes())
        .text(0x00090010, "LO", NAME)
        .element(0x00091001, "UN", BYTES)
        .text(0x00100010, "PN", NAME)
        .text(0x00100033, "LO", NAME)
        .text(0x00102295, "LO", NAME)
        .text(0x0018003A, "ST", NAME)
        .text(0x0020000D, "UI", UID + ".2")
        .text(0x0020000E, "UI", UID + ".4")
        .text(0x00200242, "UI", UID + ".1")
        .number16(0x00280002, "US", 1)
        .text(0x00280004, "CS", "MONOCHROME2")
        .number16(0x00280010, "US", 2)
        .number16(0x00280011, "US", 2)
        .number16(0x00280100, "US", 8)
        .number16(0x00280101, "US", 8)
        .number16(0x00280102, "US", 7)
        .number16(0x00280103, "US", 0)
        .text(0x00281351, "ST", NAME)
        .sequence(0x00400440, answer.bytes())
        .text(0x0040A067, "PN", NAME)
        .text(0x00540400, "SH", "Vandenbroucke")
        .text(0x00700081, "LO", NAME)
        .sequence(0x00880200, icon.bytes())
        .sequence(0x04000500, encrypted.bytes())
        .sequence(0x04000561, person.bytes())
        .text(0x20300020, "LO", NAME)
        .text(0x4008010B, "ST", NAME)
        .number16(0x50000005, "US", 2)
        .element(0x50003000, "OW", BYTES)
        .number16(0x60000010, "US", 4)
        .number16(0x60000011, "US", 6)
        .text(0x60001500, "LO", NAME)
        .element(0x60003000, "OW", BYTES)
        .element(Tags.PIXELS, "OB", Arrays.copyOf(new byte[] {1, 2, 3, 4}, 4))
        .sequence(0xFFFAFFFA, signature.bytes())
        .element(0xFFFCFFFC, "OB", BYTES);
  }
}
