package org.studygate.dicom.frame;

/// JPEG lossless (ITU-T T.81, annex H, process 14): 2 to 16 bits, one or three components, all
/// seven predictors. Its time is bounded by the size of the frame, which the file's header has told
/// before; so it needs no process of its own.
final class JpegLosslessFrames {
  private static final int LOSSLESS = 0xC3;
  private static final int MIDDLE = 32_768;

  private final byte[] bytes;
  private final FramePlan.Shape shape;
  private final JpegSegments segments;
  private final Markers markers;
  private final int[] samples;
  private final int[] components;
  private final boolean[] drawn;
  private final JpegHuffman[] codes = new JpegHuffman[4];
  private int restart;

  private JpegLosslessFrames(byte[] bytes, FramePlan.Shape shape, Markers markers) {
    this.bytes = bytes;
    this.shape = shape;
    this.segments = new JpegSegments(bytes);
    this.markers = markers;
    this.samples = new int[shape.values()];
    this.components = new int[shape.samples()];
    this.drawn = new boolean[shape.samples()];
  }

  static Frame decode(byte[] bytes, Markers markers, FramePlan.Shape shape) throws Undecodable {
    markers.mustBe(shape);
    var frame = new JpegLosslessFrames(bytes, shape, markers);
    frame.run();
    var coded = shape.coded(markers.precision());
    for (var i = 0; i < frame.samples.length; i++) {
      frame.samples[i] = coded.stored(frame.samples[i]);
    }
    return new Frame(
        shape.columns(),
        shape.rows(),
        shape.samples(),
        JpegFrames.photometric(markers, shape),
        frame.samples);
  }

  private void run() throws Undecodable {
    while (!all(drawn)) {
      var marker = segments.next();
      var from = segments.from();
      var end = segments.end();
      switch (marker) {
        case LOSSLESS -> size(from);
        case JpegSegments.CODES -> codes(from, end);
        case JpegSegments.RESTART_INTERVAL -> restart = end - from >= 2 ? segments.two(from) : 0;
        case JpegSegments.SCAN -> scan(from, end);
        default -> {} // application data and comments
      }
    }
  }

  private static boolean all(boolean[] flags) {
    for (var flag : flags) {
      if (!flag) {
        return false;
      }
    }
    return true;
  }

  /// As many components as the header says: [Markers] has looked.
  private void size(int from) throws Undecodable {
    for (var i = 0; i < components.length; i++) {
      components[i] = bytes[from + 6 + 3 * i] & 0xFF;
      if (components.length > 1 && bytes[from + 7 + 3 * i] != 0x11) { // not all of one size
        throw new Undecodable(NotDecodable.Why.UNSUPPORTED_PIXELS);
      }
    }
  }

  private void codes(int from, int end) throws Undecodable {
    var place = from;
    while (place < end) {
      var table = bytes[place] & 0xF;
      if (table > 3) {
        throw damaged();
      }
      codes[table] = JpegHuffman.of(bytes, place + 1, end);
      place += 1 + codes[table].length();
    }
  }

  private void scan(int from, int end) throws Undecodable {
    var count = from < end ? bytes[from] & 0xFF : 0;
    if (count < 1 || count > components.length || end - from < 4 + 2 * count) {
      throw damaged();
    }
    var places = new int[count];
    var tables = new JpegHuffman[count];
    for (var i = 0; i < count; i++) {
      places[i] = component(bytes[from + 1 + 2 * i] & 0xFF);
      var table = (bytes[from + 2 + 2 * i] & 0xFF) >> 4;
      if (table > 3 || codes[table] == null) {
        throw damaged();
      }
      tables[i] = codes[table];
      drawn[places[i]] = true;
    }
    var predictor = bytes[from + 1 + 2 * count] & 0xFF;
    var shift = bytes[from + 3 + 2 * count] & 0xF;
    if (predictor < 1 || predictor > 7 || shift >= markers.precision()) {
      throw damaged();
    }
    var in = new JpegBits(bytes, end);
    lines(places, tables, predictor, shift, in);
    segments.goOn(in.end());
  }

  private int component(int id) throws Undecodable {
    for (var i = 0; i < components.length; i++) {
      if (components[i] == id && !drawn[i]) {
        return i;
      }
    }
    throw damaged();
  }

  private void lines(int[] places, JpegHuffman[] tables, int predictor, int shift, JpegBits in)
      throws Undecodable {
    var columns = shape.columns();
    var lineUnits = restart / columns;
    if (restart % columns != 0) {
      throw damaged(); // it begins anew with a line only (H.1.1)
    }
    var above = new int[places.length][columns];
    var line = new int[places.length][columns];
    for (var y = 0; y < shape.rows(); y++) {
      var first = y == 0;
      if (lineUnits > 0 && y > 0 && y % lineUnits == 0) {
        in.restart();
        first = true;
      }
      for (var x = 0; x < columns; x++) {
        for (var i = 0; i < places.length; i++) {
          var difference = difference(tables[i], in);
          int predicted;
          if (first) {
            predicted = x == 0 ? 1 << (markers.precision() - shift - 1) : line[i][x - 1];
          } else if (x == 0) {
            predicted = above[i][0];
          } else {
            predicted = predicted(predictor, line[i][x - 1], above[i][x], above[i][x - 1]);
          }
          line[i][x] = (predicted + difference) & 0xFFFF;
        }
      }
      for (var i = 0; i < places.length; i++) {
        var to = y * columns * shape.samples() + places[i];
        for (var x = 0; x < columns; x++, to += shape.samples()) {
          samples[to] = line[i][x] << shift;
        }
        var done = above[i];
        above[i] = line[i];
        line[i] = done;
      }
    }
  }

  private static int difference(JpegHuffman table, JpegBits in) throws Undecodable {
    var size = table.next(in);
    if (size > 16) {
      throw damaged();
    }
    return size == 16 ? MIDDLE : in.signed(size);
  }

  private static int predicted(int predictor, int left, int above, int corner) {
    return switch (predictor) {
      case 1 -> left;
      case 2 -> above;
      case 3 -> corner;
      case 4 -> left + above - corner;
      case 5 -> left + ((above - corner) >> 1);
      case 6 -> above + ((left - corner) >> 1);
      default -> (left + above) >> 1;
    };
  }

  private static Undecodable damaged() {
    return new Undecodable(NotDecodable.Why.DAMAGED);
  }
}
