package org.studygate.dicom.frame;

/// How a scan of JPEG tells the coefficients of a block (ITU-T T.81, F.2 and G.1.2): all at once,
/// or a band of them, or one more bit of what earlier scans have told.
///
/// @param first and last of the band, in the order of the zigzag
/// @param before the lowest bit that is known, 0 if none is
/// @param low the lowest bit that this scan tells
record JpegScan(boolean progressive, int first, int last, int before, int low) {
  static final JpegScan SEQUENTIAL = new JpegScan(false, 0, 63, 0, 0);

  static JpegScan progressive(int first, int last, int before, int low) throws Undecodable {
    var dc = first == 0 && last == 0;
    var band = first > 0 && first <= last && last < 64;
    if (!(dc || band) || low > 13 || (before > 0 && before != low + 1)) {
      throw damaged();
    }
    return new JpegScan(true, first, last, before, low);
  }

  boolean needsDc() {
    return first == 0 && before == 0;
  }

  boolean needsAc() {
    return last > 0;
  }

  /// Reads one block after another of one scan.
  Blocks blocks(JpegBits in) {
    return new Blocks(in);
  }

  final class Blocks {
    private final JpegBits in;

    /// So many blocks have nothing more in this band.
    private int empty;

    private Blocks(JpegBits in) {
      this.in = in;
    }

    void restart() {
      empty = 0;
    }

    /// @param all coefficients of a component, those of a block from `at` on
    /// @param mean that of the block before
    /// @return the mean of this block
    int read(JpegHuffman dc, JpegHuffman ac, short[] all, int at, int mean) throws Undecodable {
      var now = mean;
      if (first == 0 && before == 0) {
        var size = dc.next(in);
        if (size > 15) {
          throw damaged();
        }
        now = mean + in.signed(size);
        all[at] = (short) (now << low);
      } else if (first == 0) {
        all[at] |= (short) (in.bits(1) << low);
      }
      if (last > 0 && before == 0) {
        band(ac, all, at);
      } else if (last > 0) {
        refine(ac, all, at);
      }
      return now;
    }

    private void band(JpegHuffman ac, short[] all, int at) throws Undecodable {
      if (empty > 0) {
        empty--;
        return;
      }
      for (var k = Math.max(1, first); k <= last; k++) {
        var code = ac.next(in);
        var zeros = code >> 4;
        var bits = code & 0xF;
        if (bits == 0 && zeros != 15) {
          empty = run(zeros) - 1;
          return;
        }
        k += zeros;
        if (bits > 0) {
          if (k > last) {
            throw damaged();
          }
          all[at + k] = (short) (in.signed(bits) << low);
        }
      }
    }

    /// Only in progressive scans the rest of more than one block can be empty.
    private int run(int size) throws Undecodable {
      return progressive ? (1 << size) + in.bits(size) : 1;
    }

    private void refine(JpegHuffman ac, short[] all, int at) throws Undecodable {
      var k = first;
      while (empty == 0 && k <= last) {
        var code = ac.next(in);
        var zeros = code >> 4;
        if ((code & 0xF) == 0 && zeros != 15) {
          empty = run(zeros);
          break;
        }
        var found = (code & 0xF) == 0 ? 0 : in.bits(1) == 1 ? 1 << low : -1 << low;
        k = pass(all, at, k, zeros);
        if (found != 0) {
          if (k > last) {
            throw damaged();
          }
          all[at + k] = (short) found;
        }
        k++;
      }
      if (empty > 0) {
        pass(all, at, k, 64);
        empty--;
      }
    }

    /// Gives a bit to each coefficient that is known, until so many unknown ones are passed over;
    /// the place of the next unknown one.
    private int pass(short[] all, int at, int from, int unknown) throws Undecodable {
      var left = unknown;
      for (var k = from; k <= last; k++) {
        var known = all[at + k];
        if (known == 0) {
          if (left-- == 0) {
            return k;
          }
        } else if (in.bits(1) == 1 && (known & 1 << low) == 0) {
          all[at + k] += (short) (known > 0 ? 1 << low : -1 << low);
        }
      }
      return last + 1;
    }
  }

  private static Undecodable damaged() {
    return new Undecodable(NotDecodable.Why.DAMAGED);
  }
}
