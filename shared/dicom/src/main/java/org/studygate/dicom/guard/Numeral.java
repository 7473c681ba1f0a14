package org.studygate.dicom.guard;

import java.io.IOException;

/// A whole number as a file holds it, in whatever representation its writer took for it.
///
/// @param value where it lies
record Numeral(int tag, int vr, long value, long length, boolean bigEndian) {

  /// Not written in digits.
  boolean binary() {
    return vr == Vr.US || vr == Vr.SS || vr == Vr.UL || vr == Vr.SL;
  }

  /// 0 where it is none; beyond all bounds where it has too many digits.
  long number(Peek window) throws IOException {
    if (Vr.text(vr)) {
      var text = window.text(value, (int) Math.min(length, 64)).strip();
      return text.matches("\\d{1,9}")
          ? Long.parseLong(text)
          : text.matches("\\d+") ? Long.MAX_VALUE : 0;
    }
    if (length >= 4 && (vr == Vr.UL || vr == Vr.SL)) {
      return window.unsignedInt(value, bigEndian);
    }
    return length >= 2 ? window.unsignedShort(value, bigEndian) : 0;
  }
}
