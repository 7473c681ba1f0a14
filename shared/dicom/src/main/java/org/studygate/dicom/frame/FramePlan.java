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

    /// The stored bits of a raw number, with their sign.
    int stored(int raw) {
      var left = 32 - shift - bitsStored;
      return signed ? (raw << left) >> (32 - bitsStored) : (raw << left) >>> (32 - bitsStored);
    }

    boolean subsampled() {
      return photometric.equals("YBR_FULL_422") && samples == 3;
    }
  }

  record Impossible(NotDecodable.Why why) implements FramePlan {}

  Set<Integer> BITS = Set.of(1, 8, 16, 32);
  Set<String> GRAY = Set.of("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR");
  Set<String> COLOUR = Set.of("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT");

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
    var photometric =
        image.photometric().isEmpty() && image.samples() == 1 ? "MONOCHROME2" : image.photometric();
    var kind = image.samples() == 1 ? GRAY : image.samples() == 3 ? COLOUR : Set.<String>of();
    var shift = image.highBit() + 1 - image.bitsStored();
    if (!kind.contains(photometric)
        || !BITS.contains(image.bitsAllocated())
        || image.bitsStored() < 1
        || image.bitsStored() > image.bitsAllocated()
        || shift < 0
        || shift + image.bitsStored() > image.bitsAllocated()
        || (image.samples() == 3 && image.bitsAllocated() != 8 && image.bitsAllocated() != 16)) {
      return new Impossible(NotDecodable.Why.UNSUPPORTED_PIXELS);
    }
    return new Shape(
        columns,
        rows,
        image.samples(),
        image.bitsAllocated(),
        image.bitsStored(),
        shift,
        image.signed(),
        image.planar() == 1,
        photometric);
  }
}
