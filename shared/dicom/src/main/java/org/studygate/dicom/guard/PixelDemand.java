package org.studygate.dicom.guard;

import java.io.IOException;
import java.util.Set;

/// Gathers what the file says about the size of its image, to hold it against the bytes that are
/// there.
public final class PixelDemand {
  /// Uncompressed, two pixels share their colour.
  public static final Set<String> SUBSAMPLED = Set.of("YBR_FULL_422", "YBR_PARTIAL_422");

  private int rows;
  private int columns;
  private int samples = 1;
  private int bits;
  private long frames = 1;
  private boolean subsampled;

  /// Called for every element of the root level.
  void see(int tag, Peek window, long value, long length, boolean bigEndian)
      throws IOException, Refusal {
    switch (tag) {
      case Tags.ROWS -> rows = number(window, value, length, bigEndian);
      case Tags.COLUMNS -> columns = number(window, value, length, bigEndian);
      case Tags.SAMPLES -> samples = Math.max(1, number(window, value, length, bigEndian));
      case Tags.BITS_ALLOCATED -> bits = number(window, value, length, bigEndian);
      case Tags.FRAMES -> frames = frames(window, value, length);
      case Tags.PHOTOMETRIC ->
          subsampled =
              length <= 32
                  && SUBSAMPLED.contains(Photometric.spelled(window.text(value, (int) length)));
      default -> {} // not about pixels
    }
  }

  /// Instead of what the file says.
  void frames(long number) {
    frames = number;
  }

  /// Bytes that the image takes uncompressed. Each factor is below 2^31 or 2^16, and checked before
  /// it is multiplied.
  long bytes(int pixelTag, long position) throws Refusal {
    if (pixelTag == Tags.FLOAT_PIXELS) {
      bits = 32;
    } else if (pixelTag == Tags.DOUBLE_PIXELS) {
      bits = 64;
    }
    try {
      var pixels = Math.multiplyExact((long) rows * columns, frames);
      var values = Math.multiplyExact(pixels, (long) (subsampled && samples == 3 ? 2 : samples));
      var all = Math.multiplyExact(values, (long) bits);
      return all / 8 + (all % 8 == 0 ? 0 : 1);
    } catch (ArithmeticException absurd) {
      throw new Refusal(Reason.PIXEL_SIZE, position);
    }
  }

  private static int number(Peek window, long value, long length, boolean bigEndian)
      throws IOException {
    return length >= 2 ? window.unsignedShort(value, bigEndian) : 0;
  }

  private static long frames(Peek window, long value, long length) throws IOException, Refusal {
    if (length > 64) {
      throw new Refusal(Reason.PIXEL_SIZE, value);
    }
    var text = window.text(value, (int) length).strip();
    if (text.isEmpty()) {
      return 1;
    }
    try {
      var number = Long.parseLong(text);
      if (number < 0 || number > Integer.MAX_VALUE) {
        throw new Refusal(Reason.PIXEL_SIZE, value);
      }
      return Math.max(1, number);
    } catch (NumberFormatException _) {
      throw new Refusal(Reason.PIXEL_SIZE, value);
    }
  }
}
