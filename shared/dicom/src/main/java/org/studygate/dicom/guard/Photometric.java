package org.studygate.dicom.guard;

import java.util.Locale;
import java.util.Set;

/// How gray or colour is stored, as DICOM spells it, whatever a writer made of its blanks and
/// underscores. A name that is none stays as it is.
public final class Photometric {
  private static final Set<String> NAMES =
      Set.of(
          "MONOCHROME1",
          "MONOCHROME2",
          "PALETTE COLOR",
          "RGB",
          "YBR_FULL",
          "YBR_FULL_422",
          "YBR_PARTIAL_422",
          "YBR_PARTIAL_420",
          "YBR_ICT",
          "YBR_RCT");

  private Photometric() {}

  public static String spelled(String written) {
    var said = written.strip().toUpperCase(Locale.ROOT);
    var letters = letters(said);
    if (letters.equals("MONOCHROME")) {
      return "MONOCHROME2";
    }
    for (var name : NAMES) {
      if (letters(name).equals(letters)) {
        return name;
      }
    }
    return said;
  }

  private static String letters(String name) {
    return name.replaceAll("[ _-]", "");
  }
}
