package org.studygate.dicom.draw;

import java.util.function.LongToDoubleFunction;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.dicom.header.Shading;

/// Turns stored values into a picture of eight bits: rescale, window (or all there is, from darkest
/// to brightest), inversion, palette, colour.
public final class Shader {
  private Shader() {}

  /// Eight-bit samples, one or three a pixel.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Drawn(int columns, int rows, int samples, byte[] bytes) {}

  public static Drawn draw(Frame frame, Shading shading, DicomHeader.Image image, int index) {
    if (frame.samplesPerPixel() == 3) {
      return colour(frame, image);
    }
    if (frame.photometric().equals("PALETTE COLOR") && shading.palette().isPresent()) {
      return palette(frame, shading.palette().get());
    }
    return gray(frame, shading, image, index);
  }

  private static Drawn gray(Frame frame, Shading shading, DicomHeader.Image image, int index) {
    var gray = shading.at(index);
    var wide = !image.signed() && image.bitsStored() == 32;
    var samples = frame.samples();
    var bytes = new byte[samples.length];
    LongToDoubleFunction modality =
        shading.modality().isPresent()
            ? value -> shading.modality().get().at(value)
            : value -> value * gray.slope() + gray.intercept();
    var brightness = brightness(frame, shading, gray, modality, wide);
    var inverted = frame.photometric().equals("MONOCHROME1");
    var memory = new Memory(image.bitsStored(), image.signed());
    for (var i = 0; i < samples.length; i++) {
      var known = memory.get(samples[i]);
      if (known < 0) {
        var value = modality.applyAsDouble(wide ? Integer.toUnsignedLong(samples[i]) : samples[i]);
        known = Math.clamp(Math.round(brightness.of(value)), 0, 255);
        memory.put(samples[i], known);
      }
      bytes[i] = (byte) (inverted ? 255 - known : known);
    }
    return new Drawn(frame.columns(), frame.rows(), 1, bytes);
  }

  /// From a value after the modality step to 0..255.
  private interface Brightness {
    double of(double value);
  }

  private static Brightness brightness(
      Frame frame,
      Shading shading,
      Shading.Gray gray,
      LongToDoubleFunction modality,
      boolean wide) {
    if (!gray.windows().isEmpty()) {
      return window(gray.windows().getFirst());
    }
    if (shading.voi().isPresent()) {
      var table = shading.voi().get();
      return value -> table.eightBits(Math.round(value));
    }
    var least = Double.POSITIVE_INFINITY;
    var most = Double.NEGATIVE_INFINITY;
    for (var sample : frame.samples()) {
      var value = modality.applyAsDouble(wide ? Integer.toUnsignedLong(sample) : sample);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    var darkest = least;
    var range = most - least;
    return range > 0 ? value -> (value - darkest) / range * 255 : _ -> 0;
  }

  /// PS3.3 C.11.2.1.2 and C.11.2.1.3.
  private static Brightness window(DicomHeader.Window window) {
    var center = window.center();
    var width = window.width();
    return switch (window.function()) {
      case "SIGMOID" -> value -> 255 / (1 + Math.exp(-4 * (value - center) / width));
      case "LINEAR_EXACT" -> value -> ((value - center) / width + 0.5) * 255;
      default ->
          width > 1
              ? value -> ((value - (center - 0.5)) / (width - 1) + 0.5) * 255
              : value -> value <= center - 0.5 ? 0 : 255;
    };
  }

  private static Drawn palette(Frame frame, Shading.Palette palette) {
    var samples = frame.samples();
    var bytes = new byte[samples.length * 3];
    for (var i = 0; i < samples.length; i++) {
      bytes[3 * i] = (byte) palette.red().eightBits(samples[i]);
      bytes[3 * i + 1] = (byte) palette.green().eightBits(samples[i]);
      bytes[3 * i + 2] = (byte) palette.blue().eightBits(samples[i]);
    }
    return new Drawn(frame.columns(), frame.rows(), 3, bytes);
  }

  private static Drawn colour(Frame frame, DicomHeader.Image image) {
    var samples = frame.samples();
    var bytes = new byte[samples.length];
    var shift = Math.max(0, image.bitsStored() - 8);
    var differences = frame.photometric().startsWith("YBR");
    for (var i = 0; i < samples.length; i += 3) {
      var a = samples[i] >> shift;
      var b = samples[i + 1] >> shift;
      var c = samples[i + 2] >> shift;
      if (differences) {
        bytes[i] = eight(a + 1.402 * (c - 128));
        bytes[i + 1] = eight(a - 0.344136 * (b - 128) - 0.714136 * (c - 128));
        bytes[i + 2] = eight(a + 1.772 * (b - 128));
      } else {
        bytes[i] = (byte) a;
        bytes[i + 1] = (byte) b;
        bytes[i + 2] = (byte) c;
      }
    }
    return new Drawn(frame.columns(), frame.rows(), 3, bytes);
  }

  private static byte eight(double value) {
    return (byte) Math.clamp(Math.round(value), 0, 255);
  }

  /// Images have millions of pixels and few thousand values: each value is worked out once.
  private static final class Memory {
    private final short[] known;
    private final int offset;

    Memory(int bits, boolean signed) {
      known = new short[bits <= 16 ? 1 << bits : 0];
      offset = signed && bits <= 16 ? 1 << (bits - 1) : 0;
      java.util.Arrays.fill(known, (short) -1);
    }

    int get(int value) {
      return known.length == 0 ? -1 : known[value + offset];
    }

    void put(int value, int brightness) {
      if (known.length != 0) {
        known[value + offset] = (short) brightness;
      }
    }
  }
}
