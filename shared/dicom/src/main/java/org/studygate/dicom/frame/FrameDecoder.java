package org.studygate.dicom.frame;

import java.io.IOException;
import java.util.Optional;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dicom.guard.Walked;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.dicom.header.Shading;

/// Decodes the frames of one file. Sizes are judged before anything is allocated or decoded. What
/// is ours is read here, in a time that its size bounds; JPEG baseline and JPEG 2000 are for the
/// [Decoder].
public record FrameDecoder(
    Bytes dataset,
    Walked walked,
    DicomHeader.Image image,
    Optional<Shading.Padding> padding,
    FrameIndex index,
    Bounds limits) {

  /// The first frame is 0.
  public Decoded decode(int frame, Decoder decoder) throws IOException {
    if (index.count() == 0) {
      return new NotDecodable(NotDecodable.Why.NO_PIXELS);
    }
    if (frame < 0 || frame >= index.count()) {
      return new NotDecodable(NotDecodable.Why.NO_SUCH_FRAME);
    }
    if (walked.syntax().coding() == TransferSyntax.Coding.VIDEO) { // in one piece, of any length
      return new NotDecodable(NotDecodable.Why.UNSUPPORTED_SYNTAX);
    }
    var plan = FramePlan.of(image, limits);
    if (plan instanceof FramePlan.Impossible(var why)) {
      return new NotDecodable(why);
    }
    var shape = (FramePlan.Shape) plan;
    try {
      return index.encapsulated()
          ? compressed(bytes(frame), shape, decoder)
          : uncompressed(frame, shape);
    } catch (Undecodable no) {
      return new NotDecodable(no.why());
    } catch (OutOfMemoryError _) {
      return new NotDecodable(NotDecodable.Why.TOO_LARGE);
    } catch (RuntimeException _) { // whatever it is, it would be the same at the next try
      return new NotDecodable(NotDecodable.Why.DAMAGED);
    }
  }

  private Decoded uncompressed(int frame, FramePlan.Shape shape) throws IOException {
    var pixels = walked.pixels().orElseThrow();
    var big = walked.syntax().bigEndian();
    var whole = shape.bitsAllocated() == 16 || shape.bitsAllocated() == 32;
    var swapped = big && pixels.words() && pixels.tag() == Tags.PIXELS && !whole;
    var span = index.nativeFrame(frame);
    if (span.end() > pixels.value().end()) { // what the walker was told of it was less
      return new NotDecodable(NotDecodable.Why.DAMAGED);
    }
    var from = span.offset();
    var end = span.end();
    if (swapped) { // whole words, counted from the start of the value
      from -= (from - pixels.value().offset()) % 2;
      end = Math.min(pixels.value().end(), end + (end - from) % 2);
    }
    var bytes = dataset.copy(from, (int) (end - from));
    if (swapped) {
      NativeFrames.swap(bytes);
    }
    if (pixels.tag() != Tags.PIXELS) {
      return FloatFrames.decode(bytes, shape, big, pixels.tag(), padding);
    }
    if (shape.bitsAllocated() > 32) {
      return new NotDecodable(NotDecodable.Why.UNSUPPORTED_PIXELS);
    }
    var startBit = index.startBit(frame) + 8 * (span.offset() - from);
    var subsampled = index.subsampled(image);
    return NativeFrames.decode(bytes, startBit, shape, subsampled, big);
  }

  /// By what the stream is: files often name another codec.
  private Decoded compressed(byte[] bytes, FramePlan.Shape said, Decoder decoder)
      throws IOException, Undecodable {
    var declared = walked.syntax().coding();
    return switch (declared) {
      case UNCOMPRESSED -> NativeFrames.decode(bytes, said);
      case DEFLATE -> NativeFrames.decode(Deflated.inflate(bytes, said), said);
      case RLE, JPEG, JPEG_LS, JPEG_2000, OTHER ->
          switch (Markers.coding(bytes, declared)) {
            case RLE -> RleFrames.decode(bytes, said);
            case JPEG_2000 -> jpeg2000(bytes, said, decoder);
            case OTHER -> new NotDecodable(NotDecodable.Why.UNSUPPORTED_SYNTAX);
            default -> jpeg(bytes, said, decoder);
          };
      case NATIVE, VIDEO -> new NotDecodable(NotDecodable.Why.UNSUPPORTED_SYNTAX);
    };
  }

  private Decoded jpeg2000(byte[] bytes, FramePlan.Shape said, Decoder decoder)
      throws IOException, Undecodable {
    if (!Markers.plain2000(bytes)) {
      return new NotDecodable(NotDecodable.Why.UNSUPPORTED_SYNTAX);
    }
    var shape = agreed(said, Markers.jpeg2000(bytes), "RGB");
    return decoder.decode(new Compressed(TransferSyntax.Coding.JPEG_2000, shape, bytes));
  }

  /// Gray that is said to be colour, or the other way round, and how many bits it has: the stream
  /// knows.
  ///
  /// @param usual colour space of the codec, where the header knows of none
  private FramePlan.Shape agreed(FramePlan.Shape said, Markers markers, String usual)
      throws Undecodable {
    var components = markers.components();
    if (components == said.samples() || (components != 1 && components != 3)) {
      return said.wide(markers.precision());
    }
    if ((long) said.pixels() * components * Integer.BYTES > limits.frameBytes()) {
      throw new Undecodable(NotDecodable.Why.TOO_LARGE);
    }
    return said.withSamples(components, components == 1 ? "MONOCHROME2" : usual)
        .wide(markers.precision());
  }

  private Decoded jpeg(byte[] bytes, FramePlan.Shape said, Decoder decoder)
      throws IOException, Undecodable {
    var markers = Markers.jpeg(bytes);
    var process = markers.process();
    var shape = agreed(said, markers, process == JpegProcess.LS ? "RGB" : "YBR_FULL");
    return switch (process) {
      case LOSSLESS -> JpegLosslessFrames.decode(bytes, markers, shape);
      case EXTENDED -> JpegDctFrames.decode(bytes, markers, shape);
      case LS -> JpegLsFrames.decode(bytes, shape);
      case BASELINE, PROGRESSIVE, OTHER -> // where it is decoded, nothing of ours is believed
          decoder.decode(new Compressed(TransferSyntax.Coding.JPEG, shape, bytes));
    };
  }

  private byte[] bytes(int frame) throws IOException, Undecodable {
    var bytes =
        index
            .encapsulatedFrame(dataset, frame, limits.frameBytes())
            .orElseThrow(() -> new Undecodable(NotDecodable.Why.DAMAGED));
    return JpegSegments.withoutFill(bytes);
  }
}
