package org.studygate.dicom.frame;

import java.io.IOException;

/// The decoders of others. They were not made for hostile input: one turns in circles for ever,
/// another believes any size. So they run in a process of their own ([DecoderMain]) and nowhere
/// else.
final class Codecs {
  private Codecs() {}

  static Decoded decode(Compressed frame) {
    try {
      return switch (frame.coding()) {
        case JPEG -> JpegFrames.decode(frame.bytes(), frame.shape());
        case JPEG_2000 -> Jpeg2000Frames.decode(frame.bytes(), frame.shape());
        case NATIVE, UNCOMPRESSED, DEFLATE, RLE, JPEG_LS, VIDEO, OTHER ->
            new NotDecodable(NotDecodable.Why.UNSUPPORTED_SYNTAX);
      };
    } catch (Undecodable no) {
      return new NotDecodable(no.why());
    } catch (IOException | RuntimeException | StackOverflowError _) {
      return new NotDecodable(NotDecodable.Why.DAMAGED);
    }
  }
}
