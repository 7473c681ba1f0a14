package org.studygate.dicom.frame;

import java.io.IOException;
import java.util.Optional;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Offsets;
import org.studygate.dicom.guard.PixelDemand;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dicom.guard.Walked;
import org.studygate.dicom.header.DicomHeader;

/// Where each frame lies. Native: at equal distances. Encapsulated: by the extended offset table,
/// else the basic one, else one fragment a frame, else cut where a codec's start marker stands. A
/// table that does not fit the fragments is ignored.
public final class FrameIndex {
  private static final FrameIndex EMPTY = new FrameIndex(0, Optional.empty(), 0, Offsets.NONE, 0);

  private final int count;
  private final Optional<Walked.Pixels> pixels;
  private final long frameBits;

  /// For each frame the number of its first fragment, and one more for the end; empty when the
  /// frames cannot be told apart.
  private final Offsets firstFragments;

  private final long nativeLength;

  private FrameIndex(
      int count,
      Optional<Walked.Pixels> pixels,
      long frameBits,
      Offsets firstFragments,
      long nativeLength) {
    this.count = count;
    this.pixels = pixels;
    this.frameBits = frameBits;
    this.firstFragments = firstFragments;
    this.nativeLength = nativeLength;
  }

  public static FrameIndex of(Bytes dataset, Walked accepted, DicomHeader.Image image)
      throws IOException {
    if (accepted.pixels().isEmpty()) {
      return EMPTY;
    }
    var pixels = accepted.pixels().get();
    if (pixels.encapsulated()) {
      if (accepted.syntax().coding() == TransferSyntax.Coding.VIDEO) {
        return new FrameIndex(1, accepted.pixels(), 0, Offsets.NONE, 0); // one stream
      }
      var first = new Grouping(dataset, accepted, pixels, image.frames()).firstFragments();
      return new FrameIndex(image.frames(), accepted.pixels(), 0, first, 0);
    }
    var allocated =
        switch (pixels.tag()) {
          case Tags.FLOAT_PIXELS -> 32;
          case Tags.DOUBLE_PIXELS -> 64;
          default -> image.bitsAllocated();
        };
    var values = (long) image.rows() * image.columns() * allocated;
    var full = values * image.samples();
    var shared =
        PixelDemand.SUBSAMPLED.contains(image.photometric())
            && image.samples() == 3
            && full * image.frames() / 8 > pixels.value().length(); // or it only says so
    var bits = shared ? 2 * values : full;
    var length = (bits * image.frames() + 7) / 8; // the walker has held it against what is there
    return new FrameIndex(image.frames(), accepted.pixels(), bits, Offsets.NONE, length);
  }

  public int count() {
    return count;
  }

  boolean encapsulated() {
    return pixels.isPresent() && pixels.get().encapsulated();
  }

  /// Frames of one bit a pixel follow each other without a gap, so a frame may begin within a byte.
  long startBit(int frame) {
    return frameBits * frame % 8;
  }

  /// Two pixels share their colour.
  boolean subsampled(DicomHeader.Image image) {
    return frameBits
        < (long) image.rows() * image.columns() * image.samples() * image.bitsAllocated();
  }

  /// Where the bytes of a native frame lie.
  Walked.Span nativeFrame(int frame) {
    var from = frameBits * frame / 8;
    var end = (frameBits * (frame + 1) + 7) / 8;
    return new Walked.Span(pixels.orElseThrow().value().offset() + from, end - from);
  }

  /// The compressed bytes of a frame, its fragments joined; empty when they cannot be found or are
  /// more than `most`.
  Optional<byte[]> encapsulatedFrame(Bytes dataset, int frame, long most) throws IOException {
    if (frame + 1 >= firstFragments.size()) {
      return Optional.empty();
    }
    var fragments = pixels.orElseThrow().fragments();
    var from = (int) firstFragments.get(frame);
    var end = (int) firstFragments.get(frame + 1);
    var length = 0L;
    for (var i = from; i < end; i++) {
      length += fragments.get(2 * i + 1);
    }
    if (length > most) {
      return Optional.empty();
    }
    var bytes = new byte[(int) length];
    var at = 0;
    for (var i = from; i < end; i++) {
      var part = (int) fragments.get(2 * i + 1);
      dataset.read(fragments.get(2 * i), bytes, at, part);
      at += part;
    }
    return Optional.of(bytes);
  }

  public Optional<ExactPixels> exact(DicomHeader.Image image) {
    var usual = image.bitsAllocated() == 8 || image.bitsAllocated() == 16;
    if (pixels.isEmpty()
        || encapsulated()
        || pixels.get().tag() != Tags.PIXELS
        || !usual
        || frameBits == 0
        || image.highBit() != image.bitsStored() - 1
        || image.bitsStored() > image.bitsAllocated()) {
      return Optional.empty();
    }
    return Optional.of(
        new ExactPixels(
            pixels.get().value().offset(),
            nativeLength,
            count,
            image.rows(),
            image.columns(),
            image.samples(),
            image.bitsAllocated(),
            image.bitsStored(),
            image.signed(),
            image.slope(),
            image.intercept(),
            image.photometric(),
            image.planar()));
  }
}
