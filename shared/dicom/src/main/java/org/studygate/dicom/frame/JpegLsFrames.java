package org.studygate.dicom.frame;

import org.studygate.dicom.frame.JpegLsScan.Interleave;
import org.studygate.dicom.frame.JpegLsScan.Presets;

/// JPEG-LS (ITU-T T.87), lossless and near lossless, 2 to 16 bits, in all three orders of its
/// components. Its time is bounded by the size of the frame, which the file's header has told
/// before; so it needs no process of its own.
///
/// Refused: mapping tables, sizes over 65,535 and point transforms, none of which DICOM has.
final class JpegLsFrames {
  private static final int SIZE = 0xF7;
  private static final int PRESETS = 0xF8;

  private final byte[] bytes;
  private final FramePlan.Shape shape;
  private final JpegSegments segments;
  private final int[] samples;
  private final int[] components;
  private boolean sized;
  private int precision;
  private int restart;
  private Presets presets = Presets.DEFAULT;

  private JpegLsFrames(byte[] bytes, FramePlan.Shape shape) {
    this.bytes = bytes;
    this.shape = shape;
    this.segments = new JpegSegments(bytes);
    this.samples = new int[shape.values()];
    this.components = new int[shape.samples()];
  }

  /// Components come as they are stored: whether they are colour differences is said by the file.
  static Frame decode(byte[] bytes, FramePlan.Shape shape) throws Undecodable {
    var frame = new JpegLsFrames(bytes, shape);
    frame.run();
    var coded = shape.coded(frame.precision);
    for (var i = 0; i < frame.samples.length; i++) {
      frame.samples[i] = coded.stored(frame.samples[i]);
    }
    return new Frame(
        shape.columns(), shape.rows(), shape.samples(), shape.photometric(), frame.samples);
  }

  private void run() throws Undecodable {
    if (bytes.length < 4 || segments.two(0) != 0xFFD8) {
      throw damaged();
    }
    var drawn = 0;
    while (drawn < shape.samples()) {
      var marker = segments.next();
      if (segments.alone()) {
        throw damaged(); // between segments there is none
      }
      var content = segments.from();
      var length = segments.end() - content;
      switch (marker) {
        case SIZE -> size(content, length);
        case PRESETS -> presets(content, length);
        case JpegSegments.RESTART_INTERVAL -> restart = restartInterval(content, length);
        case JpegSegments.SCAN -> drawn += scan(content, length);
        default -> {} // application data and comments
      }
    }
  }

  private void size(int from, int length) throws Undecodable {
    if (length < 6 || sized) {
      throw damaged();
    }
    precision = bytes[from] & 0xFF;
    var count = bytes[from + 5] & 0xFF;
    if (segments.two(from + 1) != shape.rows()
        || segments.two(from + 3) != shape.columns()
        || count != shape.samples()
        || length < 6 + 3 * count
        || precision < 2
        || precision > Math.min(16, shape.bitsAllocated())) {
      throw damaged();
    }
    for (var i = 0; i < count; i++) {
      components[i] = bytes[from + 6 + 3 * i] & 0xFF;
    }
    sized = true;
  }

  private void presets(int from, int length) throws Undecodable {
    if (length < 1) {
      throw damaged();
    }
    if (bytes[from] != 1) { // mapping tables, sizes over 65,535
      throw new Undecodable(NotDecodable.Why.UNSUPPORTED_PIXELS);
    }
    if (length < 11) {
      throw damaged();
    }
    presets =
        new Presets(
            segments.two(from + 1),
            segments.two(from + 3),
            segments.two(from + 5),
            segments.two(from + 7),
            segments.two(from + 9));
  }

  private int restartInterval(int from, int length) throws Undecodable {
    if (length < 2 || length > 4) {
      throw damaged();
    }
    var interval = 0L;
    for (var i = 0; i < length; i++) {
      interval = (interval << 8) | (bytes[from + i] & 0xFF);
    }
    return (int) Math.min(Integer.MAX_VALUE, interval);
  }

  /// Answers how many components it has drawn.
  private int scan(int from, int length) throws Undecodable {
    var count = length < 1 ? 0 : bytes[from] & 0xFF;
    if (!sized || count < 1 || count > shape.samples() || length < 4 + 2 * count) {
      throw damaged();
    }
    var near = bytes[from + 1 + 2 * count] & 0xFF;
    var interleave = Interleave.of(bytes[from + 2 + 2 * count], count);
    if (bytes[from + 3 + 2 * count] != 0) { // a point transform
      throw new Undecodable(NotDecodable.Why.UNSUPPORTED_PIXELS);
    }
    var places = new int[count];
    for (var i = 0; i < count; i++) {
      places[i] = component(bytes[from + 1 + 2 * i] & 0xFF);
      if (bytes[from + 2 + 2 * i] != 0) { // a mapping table
        throw new Undecodable(NotDecodable.Why.UNSUPPORTED_PIXELS);
      }
    }
    var image = new JpegLsScan.Image(shape.columns(), shape.rows(), shape.samples(), samples);
    var coding = presets.coding((1 << precision) - 1, near);
    var in = new JpegLsBits(bytes, segments.end());
    new JpegLsScan(image, places, interleave, coding, in).decode(restart);
    segments.goOn(in.end());
    return count;
  }

  private int component(int id) throws Undecodable {
    for (var i = 0; i < components.length; i++) {
      if (components[i] == id) {
        return i;
      }
    }
    throw damaged();
  }

  private static Undecodable damaged() {
    return new Undecodable(NotDecodable.Why.DAMAGED);
  }
}
