package org.studygate.dicom.frame;

/// DICOM's RLE (PS3.5 annex G): one PackBits segment for each byte of each sample, the high byte
/// first.
final class RleFrames {
  private static final int HEADER = 64;
  private static final int FEW = 50;
  private static final int RUN = 128; // what the last two bytes of a segment may stand for

  private RleFrames() {}

  static Frame decode(byte[] bytes, FramePlan.Shape shape) throws Undecodable {
    var bytesPerSample = shape.bitsAllocated() / 8;
    var segments = shape.samples() * bytesPerSample;
    if (shape.bitsAllocated() % 8 != 0 || shape.bitsAllocated() > 32) {
      throw new Undecodable(NotDecodable.Why.UNSUPPORTED_PIXELS);
    }
    if (bytes.length < HEADER || word(bytes, 0) != segments) {
      throw new Undecodable(NotDecodable.Why.DAMAGED);
    }
    var samples = new int[shape.values()];
    for (var segment = 0; segment < segments; segment++) {
      var from = word(bytes, 4 + 4 * segment);
      var end = segment + 1 < segments ? word(bytes, 8 + 4 * segment) : bytes.length;
      if (from < HEADER || from > end || end > bytes.length) {
        throw new Undecodable(NotDecodable.Why.DAMAGED);
      }
      unpack(bytes, (int) from, (int) end, samples, segment / bytesPerSample, shape);
    }
    for (var i = 0; i < samples.length; i++) {
      samples[i] = shape.stored(samples[i]);
    }
    return new Frame(shape.columns(), shape.rows(), shape.samples(), shape.photometric(), samples);
  }

  /// Shifts each byte into its sample. What a segment yields beyond the frame's pixels is padding;
  /// a few that are missing at its end are black, of more it is damaged.
  private static void unpack(
      byte[] bytes, int from, int end, int[] samples, int sample, FramePlan.Shape shape)
      throws Undecodable {
    var in = from;
    var out = 0;
    var pixels = shape.pixels();
    while (out < pixels && in < end) {
      var code = bytes[in++];
      if (code >= 0) {
        var count = Math.min(Math.min(code + 1, pixels - out), end - in);
        for (var i = 0; i < count; i++) {
          put(samples, out++, sample, shape, bytes[in + i]);
        }
        in += code + 1;
      } else if (code != -128 && in < end) {
        var value = bytes[in++];
        for (var i = Math.min(1 - code, pixels - out); i > 0; i--) {
          put(samples, out++, sample, shape, value);
        }
      }
    }
    if (pixels - out > Math.min(Math.max(pixels / FEW, RUN), pixels / 2)) {
      throw new Undecodable(NotDecodable.Why.DAMAGED);
    }
    for (; out < pixels; out++) {
      put(samples, out, sample, shape, (byte) 0);
    }
  }

  private static void put(int[] samples, int pixel, int sample, FramePlan.Shape shape, byte value) {
    var at = pixel * shape.samples() + sample;
    samples[at] = (samples[at] << 8) | (value & 0xFF);
  }

  private static long word(byte[] bytes, int at) {
    return (bytes[at] & 0xFFL)
        | ((bytes[at + 1] & 0xFFL) << 8)
        | ((bytes[at + 2] & 0xFFL) << 16)
        | ((bytes[at + 3] & 0xFFL) << 24);
  }
}
