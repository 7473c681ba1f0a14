package org.studygate.dicom.deidentify;

import java.util.Set;

/// Which objects may go along: images. Reports, presentation states, key objects, documents,
/// plans, structures, segmentations, waveforms, spectra, registrations and raw data hold words or
/// values that no table cleans, and stay behind; so does what came after this list.
final class Kinds {
  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  private static final Set<String> IMAGES =
      Set.of(
          "1",
          "1.1",
          "1.1.1",
          "1.2",
          "1.2.1",
          "1.3",
          "1.3.1", // radiographs
          "2",
          "2.1",
          "2.2", // CT
          "3",
          "3.1",
          "6",
          "6.1",
          "6.2", // ultrasound
          "4",
          "4.1",
          "4.3",
          "4.4", // MR
          "5",
          "20", // nuclear medicine
          "7",
          "7.1",
          "7.2",
          "7.3",
          "7.4", // secondary capture
          "12.1",
          "12.1.1",
          "12.2",
          "12.2.1",
          "12.3", // angiography, fluoroscopy
          "13.1.1",
          "13.1.2",
          "13.1.3",
          "13.1.4",
          "13.1.5", // X-ray in three dimensions
          "14.1",
          "14.2", // optical coherence in vessels
          "77.1.1",
          "77.1.2",
          "77.1.3",
          "77.1.4",
          "77.1.6", // visible light
          "77.1.5.1",
          "77.1.5.2",
          "77.1.5.4", // the eye
          "128",
          "128.1",
          "130", // PET
          "481.1"); // portal images

  private Kinds() {}

  static boolean goesAlong(String sopClass) {
    return sopClass.startsWith(STORAGE) && IMAGES.contains(sopClass.substring(STORAGE.length()));
  }

  static boolean ultrasound(String sopClass) {
    return Set.of("3", "3.1", "6", "6.1", "6.2").stream()
        .anyMatch(kind -> sopClass.equals(STORAGE + kind));
  }
}
