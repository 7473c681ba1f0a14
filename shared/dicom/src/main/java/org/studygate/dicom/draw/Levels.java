package org.studygate.dicom.draw;

import java.util.List;
import java.util.Optional;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.dicom.header.Shading;

/// How bright each stored value of a gray frame is: modality step, then window, table or all there
/// is from darkest to brightest, then inversion. What is no part of the patient is black.
final class Levels {
  private final Frame frame;
  private final Shading shading;
  private final Shading.Gray gray;
  private final boolean wide;
  private final boolean oneBit;
  private final Brightness brightness;
  private int least = Integer.MAX_VALUE;
  private int most = Integer.MIN_VALUE;

  Levels(Frame frame, Shading shading, DicomHeader.Image image, int index) {
    this.frame = frame;
    this.shading = shading;
    this.gray = shading.at(index);
    this.wide = wide(image);
    for (var sample : frame.samples()) {
      least = Math.min(least, sample);
      most = Math.max(most, sample);
    }
    this.oneBit = image.bitsStored() == 1;
    this.brightness = brightness();
  }

  /// Whether a sample is a number without a sign that fills all of an `int`.
  static boolean wide(DicomHeader.Image image) {
    return !image.signed() && image.bitsStored() == 32;
  }

  /// The least sample of the frame, in the order of `int`.
  int least() {
    return least;
  }

  long range() {
    return (long) most - least;
  }

  byte of(int sample) {
    if (padded(sample)) {
      return 0;
    }
    var level = Math.clamp(Math.round(brightness.of(real(sample))), 0, 255);
    return (byte) (shading.inverted() ? 255 - level : level);
  }

  boolean padded(int sample) {
    return frame.blank(sample)
        || (shading.padding().isPresent() && shading.padding().get().holds(stored(sample)));
  }

  double stored(int sample) {
    return frame.scale().of(wide ? (double) Integer.toUnsignedLong(sample) : sample);
  }

  private double real(int sample) {
    var stored = stored(sample);
    return shading.modality().isPresent()
        ? shading.modality().get().at(Math.round(stored))
        : stored * gray.slope() + gray.intercept();
  }

  /// From a value after the modality step to 0..255.
  private interface Brightness {
    double of(double value);
  }

  private Brightness brightness() {
    if (!gray.windows().isEmpty()) {
      return window(gray.windows().getFirst());
    }
    if (shading.voi().isPresent()) {
      var table = shading.voi().get();
      return value -> table.level(Math.round(value));
    }
    var extent = extent();
    var from = extent.darkest();
    var range = extent.brightest() - from;
    return range > 0 ? value -> (value - from) / range * 255 : _ -> 0;
  }

  private record Extent(double darkest, double brightest) {
    boolean finite() {
      return Double.isFinite(darkest) && Double.isFinite(brightest);
    }
  }

  /// All there is; of one bit, both that there can be.
  private Extent extent() {
    if (oneBit) {
      return new Extent(0, 1);
    }
    var darkest = Double.POSITIVE_INFINITY;
    var brightest = Double.NEGATIVE_INFINITY;
    for (var sample : frame.samples()) {
      if (!padded(sample)) {
        var value = real(sample);
        darkest = Math.min(darkest, value);
        brightest = Math.max(brightest, value);
      }
    }
    return darkest <= brightest ? new Extent(darkest, brightest) : new Extent(0, 0); // or nothing
  }

  /// The same in words; empty where they have no number for it.
  ///
  /// @param bits that the samples of the frame have
  Optional<GrayFacts> facts(int bits, boolean signed) {
    var windows = gray.windows().stream().map(this::told).toList();
    var plain = windows.isEmpty() && shading.voi().isEmpty();
    var extent = plain ? Optional.of(extent()) : Optional.<Extent>empty();
    if (extent.filter(one -> !one.finite()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new GrayFacts(
            bits,
            signed,
            shading.inverted(),
            Optional.of(frame.scale()).filter(scale -> !scale.equals(Frame.Scale.NONE)),
            gray.slope(),
            gray.intercept(),
            shading.modality().map(GrayFacts.Table::of),
            windows,
            windows.isEmpty() ? shading.voi().map(GrayFacts.Table::of) : Optional.empty(),
            extent.map(one -> List.of(one.darkest(), one.brightest())),
            shading.padding().map(padding -> List.of(padding.least(), padding.most()))));
  }

  /// As it is applied.
  private DicomHeader.Window told(DicomHeader.Window window) {
    var exact = window.function().equals("LINEAR") && window.width() < 2 && fractions();
    return exact
        ? new DicomHeader.Window(
            window.center(), window.width(), "LINEAR_EXACT", window.explanation())
        : window;
  }

  /// PS3.3 C.11.2.1.2 and C.11.2.1.3. LINEAR is made for whole numbers, whose window is one less
  /// wide than it says; where the numbers have fractions and the window is about one wide or less,
  /// that would leave nothing of it.
  private Brightness window(DicomHeader.Window window) {
    var center = window.center();
    var width = window.width();
    return switch (window.function()) {
      case "SIGMOID" -> value -> 255 / (1 + Math.exp(-4 * (value - center) / width));
      case "LINEAR_EXACT" -> value -> ((value - center) / width + 0.5) * 255;
      default -> {
        if (width < 2 && fractions()) {
          yield value -> ((value - center) / width + 0.5) * 255;
        }
        yield width > 1
            ? value -> ((value - (center - 0.5)) / (width - 1) + 0.5) * 255
            : value -> value <= center - 0.5 ? 0 : 255;
      }
    };
  }

  private boolean fractions() {
    return shading.modality().isEmpty()
        && (gray.slope() != Math.rint(gray.slope()) || !frame.scale().equals(Frame.Scale.NONE));
  }
}
