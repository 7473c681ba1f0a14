package org.studygate.dicom.guard;

import org.dcm4che3.data.ElementDictionary;

/// Value representations as far as the walker needs them: which exist, and how long the header of
/// their elements is.
public final class Vr {
  static final int SQ = ('S' << 8) | 'Q';
  static final int OB = ('O' << 8) | 'B';
  static final int OW = ('O' << 8) | 'W';
  static final int SL = ('S' << 8) | 'L';
  static final int SS = ('S' << 8) | 'S';
  static final int UI = ('U' << 8) | 'I';
  static final int UL = ('U' << 8) | 'L';
  static final int US = ('U' << 8) | 'S';
  static final int IS = ('I' << 8) | 'S';
  static final int UN = ('U' << 8) | 'N';
  private static final String SHORT =
      "AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US ";
  private static final String LONG = "OB OD OF OL OV OW SQ SV UC UN UR UT UV ";

  private Vr() {}

  static boolean known(int code) {
    return in(SHORT, code) || in(LONG, code);
  }

  /// Two reserved bytes and four of length, instead of two of length.
  static boolean longHeader(int code) {
    return in(LONG, code);
  }

  /// Padded with a space, not with zero.
  static boolean text(int code) {
    return in("AE AS CS DA DS DT IS LO LT PN SH ST TM UC UR UT ", code);
  }

  /// Representations that came after 2015.
  static boolean young(int code) {
    return in("OL OV SV UV ", code);
  }

  /// Values that may be as long as the file: images, waveforms, documents, what nobody knows.
  public static boolean bulk(int tag) {
    var group = tag >>> 16;
    return tag == Tags.ENCAPSULATED_DOCUMENT
        || group == 0x7FE0
        || (group == 0x5400 && (tag & 0xFFFF) == 0x1010)
        || ((group & 0xFF00) == 0x6000 && (tag & 0xFFFF) == 0x3000)
        || ((group & 0xFF00) == 0x5000 && (tag & 0xFF00) != 0)
        || tag == 0x00281201
        || tag == 0x00281202
        || tag == 0x00281203
        || tag == 0x00281221
        || tag == 0x00281222
        || tag == 0x00281223
        || tag == 0x00660016
        || tag == 0x00660023
        || tag == 0x00660040;
  }

  /// What the library's own dictionary says, so that it and the walker see sequences at the same
  /// places. Private tags have no dictionary here: they are UN.
  static int byDictionary(int tag) {
    var vr = ElementDictionary.vrOf(tag, null);
    return vr == null ? UN : vr.code();
  }

  private static boolean in(String list, int code) {
    var first = (char) (code >>> 8);
    var second = (char) (code & 0xFF);
    for (var i = 0; i < list.length(); i += 3) {
      if (list.charAt(i) == first && list.charAt(i + 1) == second) {
        return true;
      }
    }
    return false;
  }
}
