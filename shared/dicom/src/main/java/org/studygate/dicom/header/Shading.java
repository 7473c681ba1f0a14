package org.studygate.dicom.header;

import java.util.List;
import java.util.Optional;

/// How stored values become gray or colour, and how high a pixel is: for the whole object, and
/// where an enhanced object says so, for single frames. A description and nothing else, so that a
/// page can be given the same.
///
/// @param frames per frame, empty when all frames are alike
/// @param modality a table in place of slope and intercept
/// @param voi a table in place of a window; used when there is no window
/// @param supplemental the palette is for the values that it names, the others are gray
/// @param padding stored values that are no part of the patient
/// @param inverted the least value is the brightest
public record Shading(
    Gray common,
    List<Gray> frames,
    Optional<Lut> modality,
    Optional<Lut> voi,
    Optional<Palette> palette,
    boolean supplemental,
    Optional<Padding> padding,
    boolean inverted) {

  /// @param aspect how many times as high as wide a pixel is
  public record Gray(
      double slope, double intercept, List<DicomHeader.Window> windows, double aspect) {
    static final Gray PLAIN = new Gray(1, 0, List.of(), 1);
  }

  public record Palette(Lut red, Lut green, Lut blue) {
    public boolean holds(int value) {
      return value >= red.first() && value - red.first() < red.entries().length;
    }
  }

  /// Both ends belong to it.
  public record Padding(double least, double most) {
    public boolean holds(double value) {
      return value >= least && value <= most;
    }
  }

  /// A lookup table.
  ///
  /// @param first the value that the first entry is for
  /// @param bits that its entries have, whatever their descriptor says
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Lut(int first, int bits, int[] entries) {
    public int at(long value) {
      return entries[(int) Math.max(0, Math.min(entries.length - 1L, value - first))];
    }

    /// For a palette: the high byte.
    public int eightBits(long value) {
      return at(value) >> (bits - 8) & 0xFF;
    }

    /// For gray: 0 to 255.
    public double level(long value) {
      return at(value) * 255.0 / ((1 << bits) - 1);
    }
  }

  /// The same without padding.
  public Shading unpadded() {
    return new Shading(
        common, frames, modality, voi, palette, supplemental, Optional.empty(), inverted);
  }

  public Gray at(int frame) {
    return frame < frames.size() ? frames.get(frame) : common;
  }

  /// Whether slope, intercept and a linear window of whole numbers are all there is, the same for
  /// every frame, and pixels are square.
  public boolean plain() {
    var gray = at(0);
    return gray.aspect() == 1
        && modality.isEmpty()
        && !supplemental
        && frames.stream().allMatch(gray::equals)
        && (gray.windows().isEmpty()
            ? voi.isEmpty() && padding.isEmpty()
            : plain(gray, gray.windows().getFirst()));
  }

  /// Padding is black: it must be so by the window too.
  private boolean plain(Gray gray, DicomHeader.Window window) {
    var dark =
        padding.isEmpty()
            || (!inverted
                && gray.slope() > 0
                && padding.get().most() * gray.slope() + gray.intercept()
                    <= window.center() - window.width() / 2);
    return dark && window.function().equals("LINEAR") && window.width() >= 2;
  }
}
