package org.studygate.dicom.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.header.Shading;

/// Frames of fractions: (7FE0,0008) and (7FE0,0009). They become whole numbers of 16 bits between
/// the least and the greatest of their frame, for a picture has no more; 0 is what is no number or
/// no part of the patient.
final class FloatFrames {
  private static final int STEPS = 65_534;

  private FloatFrames() {}

  static Frame decode(
      byte[] bytes,
      FramePlan.Shape shape,
      boolean bigEndian,
      int tag,
      Optional<Shading.Padding> padding) {
    var order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    var numbers = new Numbers(ByteBuffer.wrap(bytes).order(order), tag, padding);
    var samples = new int[shape.values()];
    var least = Double.POSITIVE_INFINITY;
    var most = Double.NEGATIVE_INFINITY;
    for (var i = 0; i < samples.length; i++) {
      var number = numbers.at(i);
      if (!Double.isNaN(number)) {
        least = Math.min(least, number);
        most = Math.max(most, number);
      }
    }
    var step = most > least ? most / STEPS - least / STEPS : 1; // the difference may be too large
    for (var i = 0; i < samples.length; i++) {
      var number = numbers.at(i);
      if (!Double.isNaN(number)) {
        samples[i] = 1 + (int) Math.round(number / step - least / step);
      }
    }
    var start = most >= least ? least - step : 0;
    return new Frame(
        shape.columns(),
        shape.rows(),
        shape.samples(),
        shape.photometric(),
        samples,
        new Frame.Scale(step, start));
  }

  /// NaN for what does not count.
  private record Numbers(ByteBuffer buffer, int tag, Optional<Shading.Padding> padding) {
    double at(int index) {
      var number =
          tag == Tags.FLOAT_PIXELS
              ? buffer.getFloat(Float.BYTES * index)
              : buffer.getDouble(Double.BYTES * index);
      var counts = Double.isFinite(number) && (padding.isEmpty() || !padding.get().holds(number));
      return counts ? number : Double.NaN;
    }
  }
}
