package org.studygate.dicom.draw;

import java.util.Optional;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.dicom.header.Shading;

/// A gray frame whose values have at most 16 bits. Nearly all have; of others each stands for a
/// step of the range between their least and their greatest, as it is done with fractions, if no
/// gray changes by more than one of 255 for it.
///
/// @param shading how the fitted values are drawn
record Fitted(Frame frame, Shading shading, int bits, boolean signed) {
  private static final int MOST_BITS = 16;
  private static final int STEPS = 65_534;
  private static final double GRAYS = 255;

  static Optional<Fitted> of(Frame frame, Shading shading, DicomHeader.Image image, int index) {
    if (!frame.scale().equals(Frame.Scale.NONE)) { // 16 bits of their own making
      return Optional.of(new Fitted(frame, shading, MOST_BITS, false));
    }
    var wide = Levels.wide(image);
    var least = Long.MAX_VALUE;
    var most = Long.MIN_VALUE;
    for (var sample : frame.samples()) {
      var value = wide ? Integer.toUnsignedLong(sample) : sample;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    var signed = least < 0 || (image.signed() && !wide);
    for (var bits : new int[] {image.bitsStored(), MOST_BITS}) {
      if (bits <= MOST_BITS && fit(least, most, bits, signed)) {
        return Optional.of(new Fitted(frame, shading, bits, signed));
      }
    }
    return stepped(frame, shading, image, index);
  }

  private static boolean fit(long least, long most, int bits, boolean signed) {
    return signed
        ? least >= -(1L << (bits - 1)) && most < 1L << (bits - 1)
        : least >= 0 && most < 1L << bits;
  }

  /// Padding becomes 0, which is nothing.
  private static Optional<Fitted> stepped(
      Frame frame, Shading shading, DicomHeader.Image image, int index) {
    var levels = new Levels(frame, shading, image, index);
    var least = Double.POSITIVE_INFINITY;
    var most = Double.NEGATIVE_INFINITY;
    for (var sample : frame.samples()) {
      if (!levels.padded(sample)) {
        least = Math.min(least, levels.stored(sample));
        most = Math.max(most, levels.stored(sample));
      }
    }
    var step = most > least ? Math.max(1, Math.ceil((most - least) / STEPS)) : 1;
    if (!right(step, shading, index)) {
      return Optional.empty();
    }
    var samples = new int[frame.samples().length];
    for (var i = 0; i < samples.length; i++) {
      var sample = frame.samples()[i];
      samples[i] =
          levels.padded(sample) ? 0 : 1 + (int) Math.round((levels.stored(sample) - least) / step);
    }
    var start = most >= least ? least - step : 0;
    var fitted =
        new Frame(
            frame.columns(),
            frame.rows(),
            frame.samplesPerPixel(),
            frame.photometric(),
            samples,
            new Frame.Scale(step, start));
    return Optional.of(new Fitted(fitted, shading.unpadded(), MOST_BITS, false));
  }

  private static boolean right(double step, Shading shading, int index) {
    var gray = shading.at(index);
    var windows = gray.windows();
    if (step == 1) { // only moved, but told to have fractions
      return windows.isEmpty() || windows.getFirst().width() >= 2;
    }
    return shading.modality().isEmpty()
        && (windows.isEmpty()
            ? shading.voi().isEmpty()
            : step * Math.abs(gray.slope()) * GRAYS <= windows.getFirst().width());
  }
}
