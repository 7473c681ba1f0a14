package org.studygate.dicom.deidentify;

import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/// The bits of a pixel that are none of the picture: overlays lay there once, and anything can.
///
/// @param bytes of a sample
/// @param shift where the picture's lowest bit stands
/// @param stored how many bits are the picture's
record Unused(int bytes, int shift, int stored, boolean signed, boolean bigEndian) {

  static Unused of(Attributes dataset, boolean bigEndian) {
    var allocated = dataset.getInt(Tag.BitsAllocated, 0);
    var stored = dataset.getInt(Tag.BitsStored, allocated);
    var high = dataset.getInt(Tag.HighBit, stored - 1);
    var signed = dataset.getInt(Tag.PixelRepresentation, 0) == 1;
    var sound =
        (allocated == 8 || allocated == 16 || allocated == 32)
            && stored > 0
            && stored < allocated
            && high < allocated
            && high >= stored - 1;
    return sound
        ? new Unused(allocated / 8, high + 1 - stored, stored, signed, bigEndian)
        : new Unused(1, 0, 8, false, bigEndian);
  }

  boolean any() {
    return stored < 8 * bytes;
  }

  /// Clears them in whole samples; of signed ones, those above become copies of the sign, so that
  /// the number stays whichever way it is read.
  void clear(byte[] samples, int count) {
    if (bytes == 2 && !signed) { // nearly all there are
      var kept = ((1 << stored) - 1) << shift;
      clear(samples, bigEndian ? 1 : 0, count, (byte) kept);
      clear(samples, bigEndian ? 0 : 1, count, (byte) (kept >>> 8));
      return;
    }
    for (var at = 0; at + bytes <= count; at += bytes) {
      var value = 0;
      for (var i = 0; i < bytes; i++) {
        value |= (samples[place(at, i)] & 0xFF) << (8 * i);
      }
      var spare = 32 - shift - stored;
      var picture = value << spare;
      picture = signed ? picture >> (32 - stored) : picture >>> (32 - stored);
      picture <<= shift;
      for (var i = 0; i < bytes; i++) {
        samples[place(at, i)] = (byte) (picture >>> (8 * i));
      }
    }
  }

  /// Of every second byte. Nearly always nothing is there, and reading costs less than writing.
  private static void clear(byte[] samples, int from, int count, byte kept) {
    var seen = 0;
    if (kept != -1) {
      for (var at = from; at < count; at += 2) {
        seen |= samples[at];
      }
    }
    if ((seen & ~kept) != 0) {
      for (var at = from; at < count; at += 2) {
        samples[at] &= kept;
      }
    }
  }

  private int place(int at, int i) {
    return bigEndian ? at + bytes - 1 - i : at + i;
  }
}
