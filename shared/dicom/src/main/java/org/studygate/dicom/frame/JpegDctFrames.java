package org.studygate.dicom.frame;

import java.util.Arrays;

/// JPEG by the DCT with Huffman codes (ITU-T T.81), sequential or progressive, 8 or 12 bits: no
/// library for Java reads the latter. Its time is bounded by the size of the frame, which the
/// file's header has told before, and the number of scans; so it needs no process of its own.
///
/// Components are left as they are; those of fewer samples are spread over the whole.
final class JpegDctFrames {
  private static final int BLOCK = 64;
  private static final int MOST_SCANS = 100;

  private final byte[] bytes;
  private final FramePlan.Shape shape;
  private final JpegSegments segments;
  private final int[] zigzag = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };
  private final float[] cosines = cosines();
  private final int[][] quantisers = new int[4][];
  private final JpegHuffman[] dc = new JpegHuffman[4];
  private final JpegHuffman[] ac = new JpegHuffman[4];
  private final float[] coefficients = new float[BLOCK];
  private final float[] between = new float[BLOCK];
  private Component[] components = {};
  private int precision;
  private int widest;
  private int highest;
  private int restart;
  private int scans;
  private boolean progressive;

  private JpegDctFrames(byte[] bytes, FramePlan.Shape shape) {
    this.bytes = bytes;
    this.shape = shape;
    this.segments = new JpegSegments(bytes);
  }

  static Frame decode(byte[] bytes, Markers markers, FramePlan.Shape shape) throws Undecodable {
    markers.mustBe(shape);
    var frame = new JpegDctFrames(bytes, shape);
    frame.run();
    return new Frame(
        shape.columns(),
        shape.rows(),
        shape.samples(),
        JpegFrames.photometric(markers, shape),
        frame.samples());
  }

  /// A component of the picture.
  private static final class Component {
    final int id;
    final int wide;
    final int high;
    final int quantiser;

    /// In blocks: its own size, and that of the field it lies in, which whole units fill.
    int columns;

    int rows;
    int stride;
    short[] field = {};

    /// Of each block 64, as they are coded.
    short[] coefficients = {};

    int[] quantisers = {};
    int last;

    Component(int id, int wide, int high, int quantiser) {
      this.id = id;
      this.wide = wide;
      this.high = high;
      this.quantiser = quantiser;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  private record Part(Component component, JpegHuffman dc, JpegHuffman ac) {}

  private void run() throws Undecodable {
    while (!complete()) {
      var marker = segments.next();
      var from = segments.from();
      var end = segments.end();
      switch (marker) {
        case 0xC0, 0xC1, 0xC2 -> frame(marker, from, end);
        case 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF ->
            throw new Undecodable(NotDecodable.Why.UNSUPPORTED_SYNTAX);
        case JpegSegments.CODES -> codes(from, end);
        case JpegSegments.QUANTISERS -> quantisers(from, end);
        case JpegSegments.RESTART_INTERVAL -> restart = end - from >= 2 ? segments.two(from) : 0;
        case JpegSegments.SCAN -> scan(from, end);
        default -> {} // application data and comments
      }
    }
    for (var one : components) {
      draw(one);
    }
  }

  /// Of a progressive one more scans may come.
  private boolean complete() {
    return components.length > 0
        && (!progressive || segments.atEnd())
        && Arrays.stream(components).allMatch(one -> one.quantisers.length > 0);
  }

  private void frame(int marker, int from, int end) throws Undecodable {
    if (components.length > 0) {
      throw damaged();
    }
    progressive = marker == 0xC2;
    precision = bytes[from] & 0xFF;
    var count = bytes[from + 5] & 0xFF; // as many as the header says: Markers has looked
    if (precision != 8 && precision != 12) {
      throw damaged();
    }
    var found = new Component[count];
    for (var i = 0; i < count; i++) {
      var place = from + 6 + 3 * i;
      var factors = bytes[place + 1] & 0xFF;
      var quantiser = bytes[place + 2] & 0xFF;
      found[i] = new Component(bytes[place] & 0xFF, factors >> 4, factors & 0xF, quantiser);
      if (place + 3 > end
          || found[i].wide < 1
          || found[i].wide > 4
          || found[i].high < 1
          || found[i].high > 4
          || quantiser > 3) {
        throw damaged();
      }
      widest = Math.max(widest, found[i].wide);
      highest = Math.max(highest, found[i].high);
    }
    var unitsAcross = up(shape.columns(), 8 * widest);
    var unitsDown = up(shape.rows(), 8 * highest);
    for (var one : found) {
      one.columns = up(up(shape.columns() * one.wide, widest), 8);
      one.rows = up(up(shape.rows() * one.high, highest), 8);
      one.stride = 8 * unitsAcross * one.wide;
      one.field = new short[one.stride * 8 * unitsDown * one.high];
      one.coefficients = new short[one.field.length];
    }
    components = found;
  }

  private static int up(int size, int by) {
    return (size + by - 1) / by;
  }

  private void quantisers(int from, int end) throws Undecodable {
    var place = from;
    while (place < end) {
      var wide = (bytes[place] & 0xF0) != 0;
      var table = bytes[place] & 0xF;
      place++;
      if (table > 3 || end - place < (wide ? 2 * BLOCK : BLOCK)) {
        throw damaged();
      }
      var values = new int[BLOCK];
      for (var i = 0; i < BLOCK; i++) {
        values[i] = wide ? segments.two(place) : bytes[place] & 0xFF;
        place += wide ? 2 : 1;
      }
      quantisers[table] = values;
    }
  }

  private void codes(int from, int end) throws Undecodable {
    var place = from;
    while (place < end) {
      var kind = (bytes[place] & 0xF0) >> 4;
      var table = bytes[place] & 0xF;
      if (table > 3 || kind > 1) {
        throw damaged();
      }
      var codes = JpegHuffman.of(bytes, place + 1, end);
      (kind == 0 ? dc : ac)[table] = codes;
      place += 1 + codes.length();
    }
  }

  private void scan(int from, int end) throws Undecodable {
    var count = from < end ? bytes[from] & 0xFF : 0;
    if (components.length == 0
        || count < 1
        || count > components.length
        || end - from < 4 + 2 * count
        || ++scans > MOST_SCANS) {
      throw damaged();
    }
    var told = from + 1 + 2 * count;
    var scan = progressive ? progressive(told) : JpegScan.SEQUENTIAL;
    if (progressive && count > 1 && scan.needsAc()) {
      throw damaged();
    }
    var parts = new Part[count];
    for (var i = 0; i < count; i++) {
      var id = bytes[from + 1 + 2 * i] & 0xFF;
      var tables = bytes[from + 2 + 2 * i] & 0xFF;
      parts[i] = part(scan, id, tables >> 4, tables & 0xF);
    }
    var in = new JpegBits(bytes, end);
    var blocks = scan.blocks(in);
    if (count == 1) {
      alone(parts[0], in, blocks);
    } else {
      together(parts, in, blocks);
    }
    segments.goOn(in.end());
  }

  private JpegScan progressive(int told) throws Undecodable {
    var bits = bytes[told + 2] & 0xFF;
    return JpegScan.progressive(bytes[told] & 0xFF, bytes[told + 1] & 0xFF, bits >> 4, bits & 0xF);
  }

  private Part part(JpegScan scan, int id, int dcTable, int acTable) throws Undecodable {
    for (var one : components) {
      if (one.id == id
          && (progressive || one.quantisers.length == 0)
          && dcTable < 4
          && acTable < 4
          && (dc[dcTable] != null || !scan.needsDc())
          && (ac[acTable] != null || !scan.needsAc())
          && quantisers[one.quantiser] != null) {
        one.quantisers = quantisers[one.quantiser];
        one.last = 0;
        return new Part(one, dc[dcTable], ac[acTable]);
      }
    }
    throw damaged();
  }

  private void alone(Part part, JpegBits in, JpegScan.Blocks blocks) throws Undecodable {
    var one = part.component();
    var units = 0;
    for (var y = 0; y < one.rows; y++) {
      for (var x = 0; x < one.columns; x++) {
        again(units++, in, blocks, part);
        block(part, blocks, y, x);
      }
    }
  }

  private void together(Part[] parts, JpegBits in, JpegScan.Blocks blocks) throws Undecodable {
    var across = up(shape.columns(), 8 * widest);
    var down = up(shape.rows(), 8 * highest);
    var units = 0;
    for (var y = 0; y < down; y++) {
      for (var x = 0; x < across; x++) {
        again(units++, in, blocks, parts);
        for (var part : parts) {
          var one = part.component();
          for (var v = 0; v < one.high; v++) {
            for (var h = 0; h < one.wide; h++) {
              block(part, blocks, y * one.high + v, x * one.wide + h);
            }
          }
        }
      }
    }
  }

  private void again(int unit, JpegBits in, JpegScan.Blocks blocks, Part... parts)
      throws Undecodable {
    if (restart > 0 && unit > 0 && unit % restart == 0) {
      in.restart();
      blocks.restart();
      for (var part : parts) {
        part.component().last = 0;
      }
    }
  }

  private static void block(Part part, JpegScan.Blocks blocks, int row, int column)
      throws Undecodable {
    var one = part.component();
    var at = BLOCK * (row * (one.stride / 8) + column);
    one.last = blocks.read(part.dc(), part.ac(), one.coefficients, at, one.last);
  }

  private void draw(Component one) {
    for (var row = 0; row < one.rows; row++) {
      for (var column = 0; column < one.columns; column++) {
        var at = BLOCK * (row * (one.stride / 8) + column);
        for (var k = 0; k < BLOCK; k++) {
          coefficients[zigzag[k]] = (float) one.coefficients[at + k] * one.quantisers[k];
        }
        draw(one, row, column);
      }
    }
  }

  /// The inverse transform, rows first, then columns.
  private void draw(Component one, int row, int column) {
    for (var y = 0; y < 8; y++) {
      for (var x = 0; x < 8; x++) {
        var sum = 0f;
        for (var u = 0; u < 8; u++) {
          sum += cosines[8 * x + u] * coefficients[8 * y + u];
        }
        between[8 * y + x] = sum;
      }
    }
    var middle = 1 << (precision - 1);
    var most = (1 << precision) - 1;
    var at = 8 * row * one.stride + 8 * column;
    for (var y = 0; y < 8; y++) {
      for (var x = 0; x < 8; x++) {
        var sum = 0f;
        for (var v = 0; v < 8; v++) {
          sum += cosines[8 * y + v] * between[8 * v + x];
        }
        one.field[at + x] = (short) Math.clamp(Math.round(sum) + (long) middle, 0, most);
      }
      at += one.stride;
    }
  }

  private int[] samples() {
    var samples = new int[shape.values()];
    var coded = shape.coded(precision);
    for (var i = 0; i < components.length; i++) {
      var one = components[i];
      var whole = one.wide == widest && one.high == highest;
      var to = i;
      for (var y = 0; y < shape.rows(); y++) {
        for (var x = 0; x < shape.columns(); x++, to += components.length) {
          var value = whole ? one.field[y * one.stride + x] : spread(one, x, y);
          samples[to] = coded.stored(value);
        }
      }
    }
    return samples;
  }

  /// Between the samples of a component that has fewer: what lies in a straight line.
  private int spread(Component one, int x, int y) {
    var across = Math.max(0, (x + 0.5f) * one.wide / widest - 0.5f);
    var down = Math.max(0, (y + 0.5f) * one.high / highest - 0.5f);
    var left = (int) across;
    var top = (int) down;
    var right = Math.min(left + 1, up(shape.columns() * one.wide, widest) - 1);
    var bottom = Math.min(top + 1, up(shape.rows() * one.high, highest) - 1);
    var upper = between(one, top, left, right, across - left);
    var lower = between(one, bottom, left, right, across - left);
    return Math.round(upper + (lower - upper) * (down - top));
  }

  private static float between(Component one, int row, int left, int right, float part) {
    var from = one.field[row * one.stride + left];
    return from + (one.field[row * one.stride + right] - from) * part;
  }

  private static float[] cosines() {
    var cosines = new float[BLOCK];
    for (var x = 0; x < 8; x++) {
      for (var u = 0; u < 8; u++) {
        var scale = u == 0 ? Math.sqrt(0.125) : 0.5;
        cosines[8 * x + u] = (float) (scale * Math.cos((2 * x + 1) * u * Math.PI / 16));
      }
    }
    return cosines;
  }

  private static Undecodable damaged() {
    return new Undecodable(NotDecodable.Why.DAMAGED);
  }
}
