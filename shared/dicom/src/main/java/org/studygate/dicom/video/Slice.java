package org.studygate.dicom.video;

/// What the head of a slice says of the picture that it belongs to (7.3.3).
///
/// @param first it begins its picture
/// @param field 0 for a whole frame, 1 for its upper lines, 2 for its lower ones
/// @param key decoding can begin here
/// @param order `pic_order_cnt_lsb`, when it is shown among its neighbours
record Slice(boolean first, int frameNum, int field, boolean key, boolean reference, int order) {
  private static final int KEY = 5;

  static Slice read(byte[] unit, SequenceParameters sequence) throws BadVideo {
    var bits = new Bits(unit, 1, unit.length);
    var key = (unit[0] & 31) == KEY;
    var first = bits.number() == 0;
    bits.number(); // its kind
    bits.number(); // its picture parameters
    if (sequence.planes()) {
      bits.bits(2);
    }
    var frameNum = bits.bits(sequence.frameNumBits());
    var field = 0;
    if (!sequence.wholeFrames() && bits.flag()) {
      field = bits.flag() ? 2 : 1;
    }
    if (key) {
      bits.number();
    }
    var order = sequence.orderBits() > 0 ? bits.bits(sequence.orderBits()) : 0;
    return new Slice(first, frameNum, field, key, (unit[0] & 0x60) != 0, order);
  }

  /// The other half of the lines of the same frame.
  boolean completes(Slice before) {
    return field + before.field == 3 && frameNum == before.frameNum && !(key && !before.key);
  }
}
