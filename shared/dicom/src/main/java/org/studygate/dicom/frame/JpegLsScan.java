package org.studygate.dicom.frame;

import java.util.Arrays;

/// One scan of JPEG-LS. The names are those of ITU-T T.87, annex A.
final class JpegLsScan {
  private static final int REGULAR = 365;

  /// In which order the samples of several components come.
  enum Interleave {
    NONE,
    LINE,
    SAMPLE;

    static Interleave of(int code, int components) throws Undecodable {
      if (code < 0 || code >= values().length || (code == 0 && components != 1)) {
        throw new Undecodable(NotDecodable.Why.DAMAGED);
      }
      return components == 1 ? NONE : values()[code];
    }
  }

  /// The frame into which the scan writes.
  @SuppressWarnings("ArrayRecordComponent") // filled here, never compared
  record Image(int columns, int rows, int samples, int[] values) {}

  /// What a stream says of its coding; zeros stand for what the standard works out (C.2.4.1.1).
  record Presets(int most, int t1, int t2, int t3, int reset) {
    static final Presets DEFAULT = new Presets(0, 0, 0, 0, 0);

    Coding coding(int greatest, int near) throws Undecodable {
      var maxval = most == 0 ? greatest : most;
      if (maxval > greatest || near > Math.min(255, maxval / 2)) {
        throw new Undecodable(NotDecodable.Why.DAMAGED);
      }
      int one;
      int two;
      int three;
      if (maxval >= 128) {
        var factor = (Math.min(maxval, 4095) + 128) / 256;
        one = held(factor + 2 + 3 * near, near + 1, maxval);
        two = held(4 * factor + 3 + 5 * near, one, maxval);
        three = held(17 * factor + 4 + 7 * near, two, maxval);
      } else {
        var factor = 256 / (maxval + 1);
        one = held(Math.max(2, 3 / factor + 3 * near), near + 1, maxval);
        two = held(Math.max(3, 7 / factor + 5 * near), one, maxval);
        three = held(Math.max(4, 21 / factor + 7 * near), two, maxval);
      }
      one = t1 == 0 ? one : t1;
      two = t2 == 0 ? two : t2;
      three = t3 == 0 ? three : t3;
      var again = reset == 0 ? 64 : reset;
      if (one <= near || one > two || two > three || three > maxval || again < 3) {
        throw new Undecodable(NotDecodable.Why.DAMAGED);
      }
      return new Coding(maxval, near, one, two, three, again);
    }

    private static int held(int value, int least, int most) {
      return value > most || value < least ? least : value;
    }
  }

  /// The coding parameters of a scan.
  record Coding(int maxval, int near, int t1, int t2, int t3, int reset) {
    int step() {
      return 2 * near + 1;
    }

    int range() {
      return (maxval + 2 * near) / step() + 1;
    }

    int errorBits() {
      return 32 - Integer.numberOfLeadingZeros(range() - 1);
    }

    int limit() {
      var bits = Math.max(2, 32 - Integer.numberOfLeadingZeros(maxval));
      return 2 * (bits + Math.max(8, bits));
    }
  }

  private final int[] j = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };
  private final Image image;
  private final int[] places;
  private final Interleave interleave;
  private final JpegLsBits in;

  private final int maxval;
  private final int near;
  private final int step;
  private final int range;
  private final int errorBits;
  private final int limit;
  private final int reset;

  /// Of a difference of neighbours, -maxval to maxval: its region, -4 to 4.
  private final byte[] regions;

  private final int[] a = new int[REGULAR + 2];
  private final int[] b = new int[REGULAR];
  private final int[] c = new int[REGULAR];
  private final int[] n = new int[REGULAR + 2];
  private final int[] negative = new int[2];
  private final int[] runIndex;

  /// Of each component the line above and this one, with a sample more on either side.
  private final int[][] above;

  private final int[][] line;

  JpegLsScan(Image image, int[] places, Interleave interleave, Coding coding, JpegLsBits in) {
    this.image = image;
    this.places = places;
    this.interleave = interleave;
    this.in = in;
    this.maxval = coding.maxval();
    this.near = coding.near();
    this.step = coding.step();
    this.range = coding.range();
    this.errorBits = coding.errorBits();
    this.limit = coding.limit();
    this.reset = coding.reset();
    this.regions = regions(coding);
    this.runIndex = new int[places.length];
    this.above = new int[places.length][image.columns() + 2];
    this.line = new int[places.length][image.columns() + 2];
    begin();
  }

  private static byte[] regions(Coding coding) {
    var regions = new byte[2 * coding.maxval() + 1];
    for (var i = 0; i < regions.length; i++) {
      var d = i - coding.maxval();
      var size = Math.abs(d);
      var region =
          size <= coding.near()
              ? 0
              : size < coding.t1() ? 1 : size < coding.t2() ? 2 : size < coding.t3() ? 3 : 4;
      regions[i] = (byte) (d < 0 ? -region : region);
    }
    return regions;
  }

  private void begin() {
    Arrays.fill(a, Math.max(2, (range + 32) / 64));
    Arrays.fill(b, 0);
    Arrays.fill(c, 0);
    Arrays.fill(n, 1);
    Arrays.fill(negative, 0);
    Arrays.fill(runIndex, 0);
    for (var i = 0; i < places.length; i++) {
      Arrays.fill(above[i], 0);
      Arrays.fill(line[i], 0);
    }
  }

  /// @param restart lines after which the coder begins anew, 0 for never
  void decode(int restart) throws Undecodable {
    for (var y = 0; y < image.rows(); y++) {
      if (restart > 0 && y > 0 && y % restart == 0) {
        in.restart();
        begin();
      }
      for (var i = 0; i < places.length; i++) {
        var done = line[i];
        line[i] = above[i];
        above[i] = done;
        done[image.columns() + 1] = done[image.columns()];
        line[i][0] = done[1];
      }
      if (interleave == Interleave.SAMPLE) {
        samples();
      } else {
        for (var i = 0; i < places.length; i++) {
          samples(i);
        }
      }
      for (var i = 0; i < places.length; i++) {
        var at = y * image.columns() * image.samples() + places[i];
        for (var x = 1; x <= image.columns(); x++, at += image.samples()) {
          image.values()[at] = line[i][x];
        }
      }
    }
  }

  /// A line of one component.
  private void samples(int i) throws Undecodable {
    var here = line[i];
    var over = above[i];
    var x = 1;
    while (x <= image.columns()) {
      var context = context(here, over, x);
      if (context != 0) {
        here[x] = regular(context, here[x - 1], over[x], over[x - 1]);
        x++;
      } else {
        var run = run(i, image.columns() - x + 1);
        Arrays.fill(here, x, x + run, here[x - 1]);
        x += run;
        if (x <= image.columns()) {
          here[x] = interrupted(here[x - 1], over[x], runIndex[i], true);
          runIndex[i] = Math.max(0, runIndex[i] - 1);
          x++;
        }
      }
    }
  }

  /// A line of all components, sample by sample.
  private void samples() throws Undecodable {
    var x = 1;
    var contexts = new int[places.length];
    while (x <= image.columns()) {
      var flat = true;
      for (var i = 0; i < places.length; i++) {
        contexts[i] = context(line[i], above[i], x);
        flat &= contexts[i] == 0;
      }
      if (!flat) {
        for (var i = 0; i < places.length; i++) {
          line[i][x] = regular(contexts[i], line[i][x - 1], above[i][x], above[i][x - 1]);
        }
        x++;
      } else {
        var run = run(0, image.columns() - x + 1);
        for (var i = 0; i < places.length; i++) {
          Arrays.fill(line[i], x, x + run, line[i][x - 1]);
        }
        x += run;
        if (x <= image.columns()) {
          for (var i = 0; i < places.length; i++) {
            line[i][x] = interrupted(line[i][x - 1], above[i][x], runIndex[0], false);
          }
          runIndex[0] = Math.max(0, runIndex[0] - 1);
          x++;
        }
      }
    }
  }

  /// Of the three gradients (A.3); 0 where all around is flat, negative where it is mirrored.
  private int context(int[] here, int[] over, int x) {
    var rc = over[x - 1];
    var rb = over[x];
    return 81 * regions[over[x + 1] - rb + maxval]
        + 9 * regions[rb - rc + maxval]
        + regions[rc - here[x - 1] + maxval];
  }

  /// A.4 to A.6.
  private int regular(int context, int ra, int rb, int rc) throws Undecodable {
    var sign = context >> 31; // 0 or -1
    var q = (context ^ sign) - sign;
    var px = predicted(ra, rb, rc) + ((c[q] ^ sign) - sign);
    px = px < 0 ? 0 : Math.min(px, maxval);
    var k = 0;
    while (n[q] << k < a[q]) {
      k++;
    }
    var mapped = golomb(k, limit);
    var error = (mapped & 1) == 0 ? mapped >> 1 : -((mapped + 1) >> 1);
    if (near == 0 && k == 0 && 2 * b[q] <= -n[q]) {
      error = -error - 1; // A.5.2
    }
    b[q] += error * step;
    a[q] += Math.abs(error);
    if (n[q] == reset) {
      a[q] >>= 1;
      b[q] >>= 1;
      n[q] >>= 1;
    }
    n[q]++;
    if (b[q] <= -n[q]) {
      b[q] = Math.max(b[q] + n[q], 1 - n[q]);
      c[q] = Math.max(c[q] - 1, -128);
    } else if (b[q] > 0) {
      b[q] = Math.min(b[q] - n[q], 0);
      c[q] = Math.min(c[q] + 1, 127);
    }
    return rebuilt(px, (error ^ sign) - sign);
  }

  private static int predicted(int ra, int rb, int rc) {
    var least = Math.min(ra, rb);
    var most = Math.max(ra, rb);
    return rc >= most ? least : rc <= least ? most : ra + rb - rc;
  }

  private int rebuilt(int px, int error) {
    var value = px + error * step;
    if (value < -near) {
      value += range * step;
    } else if (value > maxval + near) {
      value -= range * step;
    }
    return value < 0 ? 0 : Math.min(value, maxval);
  }

  /// A.5.3: zeros and a one, then the rest; what would be too long stands whole.
  private int golomb(int k, int most) throws Undecodable {
    var escape = most - errorBits - 1;
    var high = in.zeros(escape);
    var mapped = high == escape ? in.bits(errorBits) + 1 : (high << k) | in.bits(k);
    if (mapped > 2 * range) { // an error that no picture has: the statistics would grow for ever
      throw new Undecodable(NotDecodable.Why.DAMAGED);
    }
    return mapped;
  }

  /// A.7.1: how many samples are like the one before.
  private int run(int i, int left) throws Undecodable {
    var run = 0;
    while (in.bit() == 1) {
      var block = 1 << j[runIndex[i]];
      run += block;
      if (run <= left) {
        runIndex[i] = Math.min(31, runIndex[i] + 1);
      }
      if (run >= left) {
        return left;
      }
    }
    run += in.bits(j[runIndex[i]]);
    if (run >= left) {
      throw new Undecodable(NotDecodable.Why.DAMAGED);
    }
    return run;
  }

  /// A.7.2: the sample that ends a run.
  ///
  /// @param own whether the two kinds of ends have statistics of their own; samples of several
  /// components together have one
  private int interrupted(int ra, int rb, int index, boolean own) throws Undecodable {
    var type = own && Math.abs(ra - rb) <= near ? 1 : 0;
    var q = REGULAR + type;
    var grown = type == 0 ? a[q] : a[q] + (n[q] >> 1);
    var k = 0;
    while (n[q] << k < grown) {
      k++;
    }
    var mapped = golomb(k, limit - j[index] - 1);
    var odd = (mapped + type & 1) == 1;
    var error = (mapped + type + 1) >> 1;
    if ((k != 0 || 2 * negative[type] >= n[q]) == odd) {
      error = -error;
    }
    if (error < 0) {
      negative[type]++;
    }
    a[q] += (mapped + 1 - type) >> 1;
    if (n[q] == reset) {
      a[q] >>= 1;
      n[q] >>= 1;
      negative[type] >>= 1;
    }
    n[q]++;
    return type == 1 ? rebuilt(ra, error) : rebuilt(rb, ra > rb ? -error : error);
  }
}
