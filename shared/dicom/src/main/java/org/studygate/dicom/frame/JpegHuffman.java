package org.studygate.dicom.frame;

/// The codes of one table of JPEG (ITU-T T.81, annex C and F.2.2.3).
final class JpegHuffman {
  private static final int LONGEST = 16;

  /// By length: the first code, the first code that is none any more, and where the first value is.
  private final int[] first = new int[LONGEST + 1];

  private final int[] end = new int[LONGEST + 1];
  private final int[] place = new int[LONGEST + 1];
  private final byte[] values;

  /// Of the codes of up to eight bits: the length and the value for whatever follows them, else 0.
  private final short[] quick = new short[256];

  private JpegHuffman(byte[] values) {
    this.values = values;
  }

  static JpegHuffman of(byte[] bytes, int from, int end) throws Undecodable {
    if (end - from < LONGEST) {
      throw damaged();
    }
    var count = 0;
    for (var length = 1; length <= LONGEST; length++) {
      count += bytes[from + length - 1] & 0xFF;
    }
    if (count > 256 || end - from < LONGEST + count) {
      throw damaged();
    }
    var values = java.util.Arrays.copyOfRange(bytes, from + LONGEST, from + LONGEST + count);
    var codes = new JpegHuffman(values);
    var code = 0;
    var place = 0;
    for (var length = 1; length <= LONGEST; length++) {
      var here = bytes[from + length - 1] & 0xFF;
      if (code + here > 1 << length) {
        throw damaged();
      }
      codes.first[length] = code;
      codes.end[length] = code + here;
      codes.place[length] = place;
      for (var i = 0; i < here && length <= 8; i++) {
        var from8 = (code + i) << (8 - length);
        var known = (short) ((length << 8) | (values[place + i] & 0xFF));
        java.util.Arrays.fill(codes.quick, from8, from8 + (1 << (8 - length)), known);
      }
      code = (code + here) << 1;
      place += here;
    }
    return codes;
  }

  /// How many bytes they take in the stream.
  int length() {
    return LONGEST + values.length;
  }

  int next(JpegBits in) throws Undecodable {
    var known = quick[in.eight()];
    if (known != 0) {
      in.skip(known >> 8);
      return known & 0xFF;
    }
    var code = in.bits(8);
    for (var length = 9; length <= LONGEST; length++) {
      code = (code << 1) | in.bits(1);
      if (code < end[length]) {
        return values[place[length] + code - first[length]] & 0xFF;
      }
    }
    throw damaged();
  }

  private static Undecodable damaged() {
    return new Undecodable(NotDecodable.Why.DAMAGED);
  }
}
