package org.studygate.dicom.deidentify;

import java.util.List;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.header.Shading;

/// The stored value that is shown darkest, with which regions are filled.
///
/// @param bits that are stored
record Black(Shading shading, int bits, boolean signed) {

  /// Fills the regions of a frame, in place; colour is RGB.
  void fill(Frame frame, int index, List<Mask.Region> regions) {
    paint(frame, regions, frame.samplesPerPixel() == 1 ? gray(frame, index, regions) : 0);
  }

  private static void paint(Frame frame, List<Mask.Region> regions, int value) {
    var samples = frame.samplesPerPixel();
    for (var region : regions) {
      for (var y = region.y(); y < region.y() + region.height(); y++) {
        for (var x = region.x(); x < region.x() + region.width(); x++) {
          for (var sample = 0; sample < samples; sample++) {
            frame.samples()[(y * frame.columns() + x) * samples + sample] = value;
          }
        }
      }
    }
  }

  private int gray(Frame frame, int index, List<Mask.Region> regions) {
    if (frame.photometric().equals("PALETTE COLOR")) {
      return shading.palette().map(this::darkest).orElse(0);
    }
    var bright = highIsDark(index);
    var gray = shading.at(index);
    var value =
        gray.windows().isEmpty() && shading.voi().isEmpty() && bits > 1
            ? darkestShown(frame, regions, bright) // all there is becomes gray: it keeps its shades
            : bright ? most() : least();
    return shading
        .palette()
        .filter(palette -> shading.supplemental() && palette.holds(value))
        .map(this::darkest)
        .orElse(value);
  }

  private boolean highIsDark(int index) {
    var gray = shading.at(index);
    var falls = shading.modality().map(Black::falls).orElse(gray.slope() < 0);
    if (gray.windows().isEmpty()) {
      falls ^= shading.voi().map(Black::falls).orElse(false);
    }
    return falls ^ shading.inverted();
  }

  private static boolean falls(Shading.Lut table) {
    var entries = table.entries();
    return entries[entries.length - 1] < entries[0];
  }

  /// The darkest value outside of the regions; where there is nothing outside, that of all.
  private int darkestShown(Frame frame, List<Mask.Region> regions, boolean bright) {
    var found = false;
    var darkest = bright ? most() : least();
    for (var y = 0; y < frame.rows(); y++) {
      var line = y * frame.columns();
      for (var x = 0; x < frame.columns(); ) {
        var from = after(regions, x, y);
        x = Math.min(frame.columns(), before(regions, from, y));
        for (var at = line + from; at < line + x; at++) {
          var value = frame.samples()[at];
          if (!found || (bright ? higher(value, darkest) : higher(darkest, value))) {
            darkest = value;
            found = true;
          }
        }
      }
    }
    return darkest;
  }

  /// The first pixel of a line from this one on that no region covers.
  private static int after(List<Mask.Region> regions, int x, int y) {
    var at = x;
    for (var moved = true; moved; ) {
      moved = false;
      for (var region : regions) {
        if (covers(region, at, y)) {
          at = region.x() + region.width();
          moved = true;
        }
      }
    }
    return at;
  }

  /// The first one that a region covers.
  private static int before(List<Mask.Region> regions, int x, int y) {
    var at = Integer.MAX_VALUE;
    for (var region : regions) {
      if (region.x() >= x && covers(region, region.x(), y)) {
        at = Math.min(at, region.x());
      }
    }
    return at;
  }

  private static boolean covers(Mask.Region region, int x, int y) {
    return y >= region.y()
        && y < region.y() + region.height()
        && x >= region.x()
        && x < region.x() + region.width();
  }

  private boolean higher(int one, int other) {
    return signed ? one > other : Integer.compareUnsigned(one, other) > 0;
  }

  private int least() {
    return signed ? -1 << (bits - 1) : 0;
  }

  private int most() {
    return signed ? ~least() : -1 >>> (32 - bits);
  }

  /// Of the values that the palette names and that can be stored.
  private int darkest(Shading.Palette palette) {
    var darkest = Math.max(least(), palette.red().first());
    var light = Long.MAX_VALUE;
    for (var i = 0; i < palette.red().entries().length; i++) {
      var value = (long) palette.red().first() + i;
      var luma =
          299L * palette.red().eightBits(value)
              + 587L * palette.green().eightBits(value)
              + 114L * palette.blue().eightBits(value);
      if (value >= least() && value <= Integer.toUnsignedLong(most()) && luma < light) {
        darkest = (int) value;
        light = luma;
      }
    }
    return darkest;
  }
}
