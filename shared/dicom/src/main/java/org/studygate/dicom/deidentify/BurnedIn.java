package org.studygate.dicom.deidentify;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/// Why a person must look at the picture before anybody else does. Nothing here reads a picture:
/// it is what kinds of picture are known for.
public enum BurnedIn {
  /// The file itself says that words are burned in.
  SAID("burned-in"),
  /// The file says that a face can be recognised.
  FACE("face"),
  /// Captured from a screen, a film or a paper.
  CAPTURE("SC"),
  /// A page of doses or another screen that the machine stored.
  SCREEN("screen"),
  ULTRASOUND("US"),
  ENDOSCOPE("ES"),
  PHOTOGRAPH("XC"),
  OTHER("OT"),
  /// The label of a slide.
  LABEL("label"),
  /// Fluoroscopy whose file does not say that nothing is burned in.
  FLUOROSCOPY("XA"),
  /// Colour where the modality makes gray: a drawing or a screen.
  COLOUR("colour");

  private static final String CAPTURES = "1.2.840.10008.5.1.4.1.1.7";
  private static final Set<String> GRAY = Set.of("CT", "MR", "CR", "DX", "MG", "PX", "IO");

  private final String code;

  BurnedIn(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /// Of a data set as it came. Machines of some kinds burn words in and say NO: those are looked
  /// at whatever they say.
  static Optional<BurnedIn> of(Attributes dataset) {
    var modality = Raw.text(dataset, Tag.Modality).toUpperCase(Locale.ROOT);
    var said = Raw.text(dataset, Tag.BurnedInAnnotation);
    var sopClass = Raw.text(dataset, Tag.SOPClassUID);
    if (said.equalsIgnoreCase("YES")) {
      return Optional.of(SAID);
    }
    if (Raw.text(dataset, Tag.RecognizableVisualFeatures).equalsIgnoreCase("YES")) {
      return Optional.of(FACE);
    }
    if (sopClass.equals(CAPTURES)
        || sopClass.startsWith(CAPTURES + ".")
        || dataset.contains(Tag.ConversionType)) {
      return Optional.of(CAPTURE);
    }
    var type = Raw.text(dataset, Tag.ImageType).toUpperCase(Locale.ROOT);
    if (type.contains("LABEL") || type.contains("OVERVIEW")) {
      return Optional.of(LABEL);
    }
    if (type.matches(".*(DOSE|SCREEN|REPORT|CAPTURE|PROTOCOL|HISTOGRAM|GRAPH).*")) {
      return Optional.of(SCREEN);
    }
    return byModality(modality, sopClass)
        .or(
            () ->
                !said.equalsIgnoreCase("NO") && Set.of("XA", "RF").contains(modality)
                    ? Optional.of(FLUOROSCOPY)
                    : Optional.empty())
        .or(
            () ->
                GRAY.contains(modality)
                        && !Raw.text(dataset, Tag.PhotometricInterpretation)
                            .startsWith("MONOCHROME")
                    ? Optional.of(COLOUR)
                    : Optional.empty());
  }

  private static Optional<BurnedIn> byModality(String modality, String sopClass) {
    return switch (modality) {
      case "US", "IVUS", "EPS" -> Optional.of(ULTRASOUND);
      case "ES" -> Optional.of(ENDOSCOPE);
      case "XC", "GM", "DMS" -> Optional.of(PHOTOGRAPH);
      case "", "OT", "SC", "HC" -> Optional.of(OTHER);
      default ->
          Kinds.ultrasound(sopClass) // whatever its modality says
              ? Optional.of(ULTRASOUND)
              : Optional.empty();
    };
  }
}
