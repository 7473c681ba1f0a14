package org.studygate.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each reason to have somebody look, and what is no reason.
final class BurnedInTest {
  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  @ParameterizedTest
  @CsvSource({
    // modality, class, (0028,0301), image type, photometric; why
    "CT, 2, YES, ORIGINAL\\PRIMARY, MONOCHROME2, SAID",
    "CT, 2, yes, ORIGINAL\\PRIMARY, MONOCHROME2, SAID",
    "US, 6.1, YES, ORIGINAL\\PRIMARY, RGB, SAID",
    "CT, 7, NO, DERIVED\\SECONDARY, MONOCHROME2, CAPTURE",
    "MR, 7.4, NO, DERIVED\\SECONDARY, RGB, CAPTURE",
    "CT, 2, NO, DERIVED\\SECONDARY\\DOSE_INFO, MONOCHROME2, SCREEN",
    "CT, 2, '', ORIGINAL\\SECONDARY\\SCREEN SAVE, MONOCHROME2, SCREEN",
    "CT, 2, NO, DERIVED\\SECONDARY\\PROTOCOL, MONOCHROME2, SCREEN",
    "US, 6.1, NO, ORIGINAL\\PRIMARY, MONOCHROME2, ULTRASOUND",
    "us, 3.1, NO, ORIGINAL\\PRIMARY, YBR_FULL_422, ULTRASOUND",
    "IVUS, 3.1, NO, ORIGINAL\\PRIMARY, MONOCHROME2, ULTRASOUND",
    "CR, 6.1, NO, ORIGINAL\\PRIMARY, MONOCHROME2, ULTRASOUND",
    "ES, 77.1.1, NO, ORIGINAL\\PRIMARY, RGB, ENDOSCOPE",
    "XC, 77.1.4, NO, ORIGINAL\\PRIMARY, RGB, PHOTOGRAPH",
    "GM, 77.1.2, NO, ORIGINAL\\PRIMARY, RGB, PHOTOGRAPH",
    "OT, 2, NO, ORIGINAL\\PRIMARY, MONOCHROME2, OTHER",
    "'', 2, NO, ORIGINAL\\PRIMARY, MONOCHROME2, OTHER",
    "SM, 77.1.2, NO, ORIGINAL\\PRIMARY\\LABEL\\NONE, RGB, LABEL",
    "SM, 77.1.2, NO, DERIVED\\PRIMARY\\OVERVIEW, RGB, LABEL",
    "XA, 12.1, '', ORIGINAL\\PRIMARY, MONOCHROME2, FLUOROSCOPY",
    "RF, 12.2, '', ORIGINAL\\PRIMARY, MONOCHROME2, FLUOROSCOPY",
    "CT, 2, NO, DERIVED\\SECONDARY, RGB, COLOUR",
    "MR, 4, NO, DERIVED\\SECONDARY, PALETTE COLOR, COLOUR",
  })
  void somebodyLooks(
      String modality, String sop, String said, String type, String photometric, BurnedIn why) {
    assertThat(BurnedIn.of(dataset(modality, sop, said, type, photometric))).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "CT, 2, NO, ORIGINAL\\PRIMARY\\AXIAL, MONOCHROME2",
    "CT, 2, '', ORIGINAL\\PRIMARY\\AXIAL, MONOCHROME2",
    "MR, 4, '', ORIGINAL\\PRIMARY\\M\\ND, MONOCHROME2",
    "CR, 1, '', DERIVED\\PRIMARY, MONOCHROME1",
    "MG, 1.2, NO, ORIGINAL\\PRIMARY, MONOCHROME1",
    "XA, 12.1, NO, ORIGINAL\\PRIMARY, MONOCHROME2",
    "PT, 128, '', ORIGINAL\\PRIMARY, MONOCHROME2",
    "OP, 77.1.5.1, NO, ORIGINAL\\PRIMARY, RGB",
  })
  void nobodyNeedsTo(String modality, String sop, String said, String type, String photometric) {
    assertThat(BurnedIn.of(dataset(modality, sop, said, type, photometric))).isEmpty();
  }

  @Test
  void aFaceAndAConversionAreTold() {
    var face = dataset("CT", "2", "NO", "ORIGINAL", "MONOCHROME2");
    face.setString(Tag.RecognizableVisualFeatures, VR.CS, "YES");
    assertThat(BurnedIn.of(face)).contains(BurnedIn.FACE);
    var film = dataset("CR", "1", "NO", "DERIVED", "MONOCHROME2");
    film.setString(Tag.ConversionType, VR.CS, "DF");
    assertThat(BurnedIn.of(film)).contains(BurnedIn.CAPTURE);
  }

  /// Whoever shows them asks for a word for each.
  @Test
  void everyReasonHasACodeOfItsOwn() {
    assertThat(Arrays.stream(BurnedIn.values()).map(BurnedIn::code)).doesNotHaveDuplicates();
  }

  @Test
  void ofWhatSaysNothingSomebodyLooks() {
    assertThat(BurnedIn.of(new Attributes())).isEqualTo(Optional.of(BurnedIn.OTHER));
  }

  private static Attributes dataset(
      String modality, String sop, String said, String type, String photometric) {
    var dataset = new Attributes();
    dataset.setString(Tag.Modality, VR.CS, modality);
    dataset.setString(Tag.SOPClassUID, VR.UI, STORAGE + sop);
    dataset.setString(Tag.BurnedInAnnotation, VR.CS, said);
    dataset.setString(Tag.ImageType, VR.CS, type.split("\\\\"));
    dataset.setString(Tag.PhotometricInterpretation, VR.CS, photometric);
    return dataset;
  }
}
