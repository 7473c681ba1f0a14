package org.studygate.dicom.draw;

import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.dicom.header.Shading;

/// Turns stored values into a picture of eight bits: rescale, window (or all there is, from darkest
/// to brightest), inversion, palette, colour.
public final class Shader {
  private Shader() {}

  /// Eight-bit samples, one or three a pixel.
  ///
  /// @param aspect how many times as high as wide a pixel is
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Drawn(int columns, int rows, int samples, double aspect, byte[] bytes) {

    /// How wide the picture is where it may take no more than a square of `size`.
    int columnsWithin(int size) {
      return side(columns * Math.max(1, 1 / aspect), size);
    }

    int rowsWithin(int size) {
      return side(rows * Math.max(1, aspect), size);
    }

    private int side(double side, int size) {
      var longer = Math.max(columns * Math.max(1, 1 / aspect), rows * Math.max(1, aspect));
      return (int) Math.max(1, Math.round(longer <= size ? side : side * size / longer));
    }
  }

  /// Whether a picture has three samples a pixel.
  static boolean coloured(Frame frame, Shading shading) {
    return frame.samplesPerPixel() == 3
        || (shading.palette().isPresent()
            && (frame.photometric().equals("PALETTE COLOR") || shading.supplemental()));
  }

  public static Drawn draw(Frame frame, Shading shading, DicomHeader.Image image, int index) {
    var aspect = shading.at(index).aspect();
    if (frame.samplesPerPixel() == 3) {
      return drawn(frame, 3, aspect, colour(frame, image));
    }
    if (shading.palette().isPresent()) {
      var palette = shading.palette().get();
      if (frame.photometric().equals("PALETTE COLOR")) {
        return drawn(frame, 3, aspect, palette(frame, palette));
      }
      if (shading.supplemental()) {
        var bytes = threefold(gray(frame, shading, image, index));
        supplement(frame, palette, bytes);
        return drawn(frame, 3, aspect, bytes);
      }
    }
    return drawn(frame, 1, aspect, gray(frame, shading, image, index));
  }

  private static Drawn drawn(Frame frame, int samples, double aspect, byte[] bytes) {
    return new Drawn(frame.columns(), frame.rows(), samples, aspect, bytes);
  }

  private static byte[] gray(Frame frame, Shading shading, DicomHeader.Image image, int index) {
    var samples = frame.samples();
    var levels = new Levels(frame, shading, image, index);
    var bytes = new byte[samples.length];
    var least = levels.least();
    if (levels.range() > samples.length) {
      for (var i = 0; i < samples.length; i++) {
        bytes[i] = levels.of(samples[i]);
      }
      return bytes;
    }
    var table = new byte[(int) levels.range() + 1]; // most pictures have few values
    for (var i = 0; i < table.length; i++) {
      table[i] = levels.of(least + i);
    }
    for (var i = 0; i < samples.length; i++) {
      bytes[i] = table[samples[i] - least];
    }
    return bytes;
  }

  /// A pixel of gray as three equal samples.
  private static byte[] threefold(byte[] gray) {
    var bytes = new byte[3 * gray.length];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = gray[i / 3];
    }
    return bytes;
  }

  private static byte[] palette(Frame frame, Shading.Palette palette) {
    var samples = frame.samples();
    var bytes = new byte[samples.length * 3];
    for (var i = 0; i < samples.length; i++) {
      paint(palette, samples[i], bytes, 3 * i);
    }
    return bytes;
  }

  /// Over gray, the values that the palette names.
  private static void supplement(Frame frame, Shading.Palette palette, byte[] bytes) {
    var samples = frame.samples();
    for (var i = 0; i < samples.length; i++) {
      if (palette.holds(samples[i])) {
        paint(palette, samples[i], bytes, 3 * i);
      }
    }
  }

  private static void paint(Shading.Palette palette, int sample, byte[] bytes, int at) {
    bytes[at] = (byte) palette.red().eightBits(sample);
    bytes[at + 1] = (byte) palette.green().eightBits(sample);
    bytes[at + 2] = (byte) palette.blue().eightBits(sample);
  }

  private static byte[] colour(Frame frame, DicomHeader.Image image) {
    var samples = frame.samples();
    var bytes = new byte[samples.length];
    var bits = image.bitsStored();
    for (var i = 0; i < samples.length; i += 3) {
      var a = eight(samples[i], bits);
      var b = eight(samples[i + 1], bits);
      var c = eight(samples[i + 2], bits);
      switch (frame.photometric()) {
        case "YBR_FULL", "YBR_FULL_422" -> {
          bytes[i] = level(a + 1.402 * (c - 128));
          bytes[i + 1] = level(a - 0.344136 * (b - 128) - 0.714136 * (c - 128));
          bytes[i + 2] = level(a + 1.772 * (b - 128));
        }
        case "YBR_PARTIAL_420", "YBR_PARTIAL_422" -> { // black is 16, white 235
          var y = 1.164384 * (a - 16);
          bytes[i] = level(y + 1.596027 * (c - 128));
          bytes[i + 1] = level(y - 0.391762 * (b - 128) - 0.812968 * (c - 128));
          bytes[i + 2] = level(y + 2.017232 * (b - 128));
        }
        default -> {
          bytes[i] = (byte) a;
          bytes[i + 1] = (byte) b;
          bytes[i + 2] = (byte) c;
        }
      }
    }
    return bytes;
  }

  /// The eight highest stored bits; colour has no sign, whatever the header says.
  private static int eight(int sample, int bits) {
    return bits >= 8
        ? sample >>> (bits - 8) & 0xFF
        : (sample & ((1 << bits) - 1)) * 255 / ((1 << bits) - 1);
  }

  private static byte level(double value) {
    return (byte) Math.clamp(Math.round(value), 0, 255);
  }
}
