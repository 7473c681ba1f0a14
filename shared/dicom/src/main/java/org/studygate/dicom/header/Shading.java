package org.studygate.dicom.header;

import java.util.List;
import java.util.Optional;

/// How stored values become gray or colour: for the whole object, and where an enhanced object says
/// so, for single frames.
///
/// @param frames per frame, empty when all frames are alike
/// @param modality a table in place of slope and intercept
/// @param voi a table in place of a window; used when there is no window
public record Shading(
    Gray common,
    List<Gray> frames,
    Optional<Lut> modality,
    Optional<Lut> voi,
    Optional<Palette> palette) {

  public record Gray(double slope, double intercept, List<DicomHeader.Window> windows) {}

  public record Palette(Lut red, Lut green, Lut blue) {}

  /// A lookup table.
  ///
  /// @param first the value that the first entry is for
  /// @param bits of an entry
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Lut(int first, int bits, int[] entries) {
    public int at(long value) {
      return entries[(int) Math.max(0, Math.min(entries.length - 1L, value - first))];
    }

    public int eightBits(long value) {
      return bits > 8 ? (at(value) >> (bits - 8)) & 0xFF : at(value) & 0xFF;
    }
  }

  public Gray at(int frame) {
    return frame < frames.size() ? frames.get(frame) : common;
  }
}
