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
  void see(Numeral seen, Peek window) throws IOException, Refusal {
    var value = seen.value();
    var length = seen.length();
    switch (seen.tag()) {
      case Tags.ROWS -> rows = number(seen, window);
      case Tags.COLUMNS -> columns = number(seen, window);
      case Tags.SAMPLES -> samples = Math.max(1, number(seen, window));
      case Tags.BITS_ALLOCATED -> bits = number(seen, window);
      case Tags.FRAMES ->
          frames =
              seen.binary() ? Math.max(1, number(seen, window)) : frames(window, value, length);
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

  private static int number(Numeral seen, Peek window) throws IOException, Refusal {
    var number = seen.number(window);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new Refusal(Reason.PIXEL_SIZE, seen.value());
    }
    return (int) number;
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
