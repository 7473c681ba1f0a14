package org.studygate.dicom.frame;

/// One decoded frame: what the file stores for each pixel, before any window or rescale.
///
/// @param samples interleaved (R, G, B, R, ...), sign-extended if the image is signed, one `int`
/// each, cut to the stored bits
/// @param photometric as the samples now are: `RGB` where the decoder has already converted
/// @param scale what a sample stands for, where the file has fractions
@SuppressWarnings("ArrayRecordComponent") // megabytes on their way to a picture, never compared
public record Frame(
    int columns, int rows, int samplesPerPixel, String photometric, int[] samples, Scale scale)
    implements Decoded {

  public Frame(int columns, int rows, int samplesPerPixel, String photometric, int[] samples) {
    this(columns, rows, samplesPerPixel, photometric, samples, Scale.NONE);
  }

  /// The stored value is `sample * step + start`.
  public record Scale(double step, double start) {
    public static final Scale NONE = new Scale(1, 0);

    public double of(double sample) {
      return sample * step + start;
    }
  }

  /// Of fractions, 0 stands for what is no number.
  public boolean blank(int sample) {
    return sample == 0 && !scale.equals(Scale.NONE);
  }
}
