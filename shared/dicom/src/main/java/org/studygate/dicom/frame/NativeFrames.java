package org.studygate.dicom.frame;

/// Uncompressed frames, of either byte order.
final class NativeFrames {
  private NativeFrames() {}

  /// A frame that lies alone, its bytes in the usual order.
  static Frame decode(byte[] bytes, FramePlan.Shape shape) throws Undecodable {
    if (bytes.length < shape.bytes()) {
      throw new Undecodable(NotDecodable.Why.DAMAGED);
    }
    if (shape.bitsAllocated() > 32) {
      throw new Undecodable(NotDecodable.Why.UNSUPPORTED_PIXELS);
    }
    return decode(bytes, 0, shape, false, false);
  }

  static Frame decode(
      byte[] bytes, long startBit, FramePlan.Shape shape, boolean subsampled, boolean bigEndian) {
    var values = subsampled ? shape.pixels() * 2 : shape.values();
    var raw = new int[values];
    switch (shape.bitsAllocated()) {
      case 8 -> {
        var first = (int) (startBit >> 3);
        for (var i = 0; i < values; i++) {
          raw[i] = shape.stored(bytes[first + i] & 0xFF);
        }
      }
      case 16 -> {
        var high = bigEndian ? 0 : 1;
        for (var i = 0; i < values; i++) {
          raw[i] =
              shape.stored(((bytes[2 * i + high] & 0xFF) << 8) | (bytes[2 * i + 1 - high] & 0xFF));
        }
      }
      case 32 -> {
        for (var i = 0; i < values; i++) {
          raw[i] = shape.stored(word(bytes, 4 * i, bigEndian));
        }
      }
      default -> {
        for (var i = 0; i < values; i++) {
          raw[i] = shape.stored(packed(bytes, startBit, i, shape.bitsAllocated()));
        }
      }
    }
    if (subsampled) {
      return new Frame(shape.columns(), shape.rows(), 3, shape.photometric(), spread(raw, shape));
    }
    return new Frame(
        shape.columns(),
        shape.rows(),
        shape.samples(),
        shape.photometric(),
        shape.samples() == 3 && shape.planar() ? interleaved(raw, shape.pixels()) : raw);
  }

  static void swap(byte[] bytes) {
    for (var i = 0; i + 1 < bytes.length; i += 2) {
      var first = bytes[i];
      bytes[i] = bytes[i + 1];
      bytes[i + 1] = first;
    }
  }

  /// Of any width: one after the other from the lowest bit of the first byte on (PS3.5 8.1.1).
  private static int packed(byte[] bytes, long startBit, int index, int width) {
    var first = startBit + (long) index * width;
    var number = 0L;
    var end = first + width;
    for (var at = (int) (first >> 3); at < (end + 7) >> 3; at++) {
      number |= (bytes[at] & 0xFFL) << (8 * (at - (first >> 3)));
    }
    return (int) (number >> (first & 7) & ((1L << width) - 1));
  }

  private static int word(byte[] bytes, int at, boolean bigEndian) {
    var word = 0;
    for (var i = 0; i < 4; i++) {
      word = (word << 8) | (bytes[at + (bigEndian ? i : 3 - i)] & 0xFF);
    }
    return word;
  }

  static int[] interleaved(int[] planes, int pixels) {
    var mixed = new int[planes.length];
    for (var i = 0; i < pixels; i++) {
      mixed[3 * i] = planes[i];
      mixed[3 * i + 1] = planes[pixels + i];
      mixed[3 * i + 2] = planes[2 * pixels + i];
    }
    return mixed;
  }

  /// Y Y Cb Cr for two pixels (PS3.3 C.7.6.3.1.2) to Y Cb Cr for each.
  private static int[] spread(int[] raw, FramePlan.Shape shape) {
    var full = new int[shape.values()];
    for (var pair = 0; pair < shape.pixels() / 2; pair++) {
      for (var i = 0; i < 2; i++) {
        full[6 * pair + 3 * i] = raw[4 * pair + i];
        full[6 * pair + 3 * i + 1] = raw[4 * pair + 2];
        full[6 * pair + 3 * i + 2] = raw[4 * pair + 3];
      }
    }
    return full;
  }
}
