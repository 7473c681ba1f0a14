package org.studygate.dicom;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Decodes one frame without native code. Sizes are judged before anything is allocated or decoded;
/// a decoder that takes too long is left alone with its input cut off.
final class FrameDecoder {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private FrameDecoder() {}

  static Decoded decode(DicomFile file, int frame) throws IOException {
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
    if (!index.encapsulated()) {
      return uncompressed(file, frame, shape);
    }
    return switch (file.walked().syntax().coding()) {
      case RLE -> compressed(file, frame, shape, RleFrames::decode);
      case JPEG -> compressed(file, frame, shape, JpegFrames::decode);
      case JPEG_2000 -> compressed(file, frame, shape, Jpeg2000Frames::decode);
      case NATIVE, JPEG_EXTENDED, JPEG_LS, VIDEO, OTHER ->
          new NotDecodable(NotDecodable.Why.UNSUPPORTED_SYNTAX);
    };
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

  private static Decoded compressed(DicomFile file, int frame, FramePlan.Shape shape, Codec codec)
      throws IOException {
    var bytes = file.index().encapsulatedFrame(file.dataset(), frame, file.limits().frameBytes());
    if (bytes.isEmpty()) {
      return new NotDecodable(NotDecodable.Why.DAMAGED);
    }
    return inTime(codec, bytes.get(), shape);
  }

  /// What turns the compressed bytes of a frame into samples.
  interface Codec {
    /// May throw anything: the input is hostile.
    Frame decode(CutOff bytes, FramePlan.Shape shape) throws IOException, Undecodable;
  }

  private static Decoded inTime(Codec codec, byte[] bytes, FramePlan.Shape shape) {
    var input = new CutOff(bytes);
    var result = new AtomicReference<@Nullable Decoded>();
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name("frame")
            .unstarted(() -> result.set(guarded(codec, input, shape)));
    thread.start();
    try {
      if (!thread.join(PATIENCE)) {
        input.cut();
        return new NotDecodable(NotDecodable.Why.TOO_SLOW);
      }
    } catch (InterruptedException _) {
      input.cut();
      Thread.currentThread().interrupt();
      return new NotDecodable(NotDecodable.Why.TOO_SLOW);
    }
    var decoded = result.get();
    return decoded == null ? new NotDecodable(NotDecodable.Why.DAMAGED) : decoded;
  }

  private static Decoded guarded(Codec codec, CutOff input, FramePlan.Shape shape) {
    try {
      return codec.decode(input, shape);
    } catch (Undecodable no) {
      return new NotDecodable(no.why());
    } catch (OutOfMemoryError _) {
      return new NotDecodable(NotDecodable.Why.TOO_LARGE);
    } catch (IOException | RuntimeException | StackOverflowError _) {
      return new NotDecodable(NotDecodable.Why.DAMAGED);
    }
  }
}
