package org.studygate.dicom.deidentify;

import java.nio.charset.StandardCharsets;
import org.dcm4che3.data.VR;

/// A value that is valid for its representation and the same in every copy.
final class Dummies {
  private Dummies() {}

  static byte[] of(VR vr) {
    return switch (vr) {
      case DA -> text("19000101");
      case TM -> text("000000");
      case DT -> text("19000101000000");
      case AS -> text("000Y");
      case DS, IS -> text("0");
      case PN -> text("Anonymous");
      case UR -> text("http://anonymous.invalid/");
      case FL, SL, UL, OF, AT -> new byte[4];
      case FD, OD -> new byte[8];
      case US, SS, OB, OW -> new byte[2];
      default -> text("ANONYMOUS");
    };
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.US_ASCII);
  }
}
