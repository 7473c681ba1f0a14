package org.studygate.dicom;

import java.io.IOException;

/// Decodes one frame. Sizes are judged before anything is allocated or decoded. Plain bytes and RLE
/// are read here, in a time that their length bounds; everything else is for the [Decoder].
final class FrameDecoder {
  private FrameDecoder() {}

  static Decoded decode(DicomFile file, int frame, Decoder decoder) throws IOException {
    var image = file.header().image();
    var index = file.index();
    if (index.count() == 0) {
      return new NotDecodable(NotDecodable.Why.NO_PIXELS);
    }
    if (frame < 0 || frame >= index.count()) {
      return new NotDecodable(NotDecodable.Why.NO_SUCH_FRAME);
    }
    var plan = FramePlan.of(image, file.limits());
    if (plan instanceof FramePlan.Impossible(var why)) {
      return new NotDecodable(why);
    }
    var shape = (FramePlan.Shape) plan;
    try {
      return index.encapsulated()
          ? compressed(file, frame, shape, decoder)
          : uncompressed(file, frame, shape);
    } catch (Undecodable no) {
      return new NotDecodable(no.why());
    } catch (OutOfMemoryError _) {
      return new NotDecodable(NotDecodable.Why.TOO_LARGE);
    } catch (RuntimeException _) { // whatever it is, it would be the same at the next try
      return new NotDecodable(NotDecodable.Why.DAMAGED);
    }
  }

  private static Decoded uncompressed(DicomFile file, int frame, FramePlan.Shape shape)
      throws IOException {
    var pixels = file.walked().pixels().orElseThrow();
    if (pixels.tag() != Tags.PIXELS) {
      return new NotDecodable(NotDecodable.Why.UNSUPPORTED_PIXELS); // numbers, not a picture
    }
    var big = file.walked().syntax().bigEndian();
    var swapped = big && pixels.words() && shape.bitsAllocated() <= 8;
    var span = file.index().nativeFrame(frame);
    var from = span.offset();
    var end = span.end();
    if (swapped) { // whole words, counted from the start of the value
      from -= (from - pixels.value().offset()) % 2;
      end = Math.min(pixels.value().end(), end + (end - from) % 2);
    }
    var bytes = file.dataset().copy(from, (int) (end - from));
    if (swapped) {
      NativeFrames.swap(bytes);
    }
    var startBit = file.index().startBit(frame) + 8 * (span.offset() - from);
    return NativeFrames.decode(bytes, startBit, shape, big);
  }

  private static Decoded compressed(
      DicomFile file, int frame, FramePlan.Shape shape, Decoder decoder)
      throws IOException, Undecodable {
    var coding = file.walked().syntax().coding();
    return switch (coding) {
      case RLE -> RleFrames.decode(bytes(file, frame), shape);
      case JPEG, JPEG_2000 -> decoder.decode(new Compressed(coding, shape, bytes(file, frame)));
      case NATIVE, JPEG_EXTENDED, JPEG_LS, VIDEO, OTHER ->
          new NotDecodable(NotDecodable.Why.UNSUPPORTED_SYNTAX);
    };
  }

  private static byte[] bytes(DicomFile file, int frame) throws IOException, Undecodable {
    return file.index()
        .encapsulatedFrame(file.dataset(), frame, file.limits().frameBytes())
        .orElseThrow(() -> new Undecodable(NotDecodable.Why.DAMAGED));
  }
}
