package org.studygate.dicom.frame;

import java.util.Set;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.header.DicomHeader;

/// What a frame will be once decoded, judged by the header alone.
sealed interface FramePlan {

  /// @param shift lowest stored bit
  record Shape(
      int columns,
      int rows,
      int samples,
      int bitsAllocated,
      int bitsStored,
      int shift,
      boolean signed,
      boolean planar,
      String photometric)
      implements FramePlan {

    int pixels() {
      return columns * rows;
    }

    int values() {
      return pixels() * samples;
    }

    /// Of an uncompressed frame that begins at a byte of its own.
    int bytes() {
      return (int) (((long) values() * bitsAllocated + 7) / 8);
    }

    /// The stored bits of a raw number, with their sign.
    int stored(int raw) {
      var left = 32 - shift - bitsStored;
      return signed ? (raw << left) >> (32 - bitsStored) : (raw << left) >>> (32 - bitsStored);
    }

    Shape withSamples(int other, String otherPhotometric) {
      return new Shape(
          columns, rows, other, bitsAllocated, bitsStored, shift, signed, planar, otherPhotometric);
    }

    /// What a codec whose numbers have so many bits gives back. They are the stored ones, wherever
    /// and how many the header says they are, unless they fill all that is allocated: then others
    /// may lie beside them, such as an overlay.
    Shape coded(int precision) {
      var full = precision == bitsAllocated && precision > bitsStored;
      return full ? this : withBits(Math.max(precision, bitsStored));
    }

    /// The same, for a codec that has a sign of its own.
    Shape codedWithSign(int precision) {
      var full = precision == bitsAllocated && precision > bitsStored;
      return full ? this : withBits(precision);
    }

    /// Gray whose stream has more bits than the header has room for has those of the stream.
    Shape wide(int precision) {
      return samples > 1 || precision <= bitsAllocated || precision > 16
          ? this
          : new Shape(columns, rows, 1, 16, precision, 0, signed, planar, photometric);
    }

    private Shape withBits(int bits) {
      return new Shape(columns, rows, samples, bitsAllocated, bits, 0, signed, planar, photometric);
    }
  }

  record Impossible(NotDecodable.Why why) implements FramePlan {}

  /// Of doubles; whole numbers have at most half as many.
  int MOST_BITS = 64;

  Set<String> GRAY = Set.of("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR");
  Set<String> COLOUR =
      Set.of(
          "RGB",
          "YBR_FULL",
          "YBR_FULL_422",
          "YBR_PARTIAL_422",
          "YBR_PARTIAL_420",
          "YBR_ICT",
          "YBR_RCT");

  static FramePlan of(DicomHeader.Image image, Bounds limits) {
    var rows = image.rows();
    var columns = image.columns();
    if (rows <= 0 || columns <= 0) {
      return new Impossible(NotDecodable.Why.UNSUPPORTED_PIXELS);
    }
    var values = (long) rows * columns * image.samples();
    if (rows > limits.frameSide()
        || columns > limits.frameSide()
        || values * 4 > limits.frameBytes()) {
      return new Impossible(NotDecodable.Why.TOO_LARGE);
    }
    var allocated = image.bitsAllocated();
    var photometric = photometric(image);
    var kind = image.samples() == 1 ? GRAY : image.samples() == 3 ? COLOUR : Set.<String>of();
    if (!kind.contains(photometric)
        || allocated < 1
        || allocated > MOST_BITS
        || (image.samples() == 3 && allocated % 8 != 0)) {
      return new Impossible(NotDecodable.Why.UNSUPPORTED_PIXELS);
    }
    return new Shape(
        columns,
        rows,
        image.samples(),
        allocated,
        image.bitsStored(),
        image.highBit() + 1 - image.bitsStored(),
        image.signed(),
        image.planar() == 1,
        photometric);
  }

  /// Some leave it out, or write gray where there are three samples.
  private static String photometric(DicomHeader.Image image) {
    var said = image.photometric();
    var other = image.samples() == 1 ? COLOUR : GRAY;
    if (!said.isEmpty() && !other.contains(said)) {
      return said;
    }
    return image.samples() == 1 ? "MONOCHROME2" : "RGB";
  }
}
