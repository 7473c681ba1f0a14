package org.studygate.dicom.video;

import java.util.Optional;

/// What a sequence parameter set says that its pictures must be read with (7.3.2.1).
///
/// @param frameNumBits of `frame_num`
/// @param orderBits of `pic_order_cnt_lsb`; 0 where the order does not stand in the slices
/// @param planes each colour is coded as a picture of its own
/// @param wholeFrames no picture is one of two fields
/// @param width and height as they are seen, cut
/// @param aspect the sides of a pixel, where they are not equal
/// @param frame how long one is, in seconds, if it says so
record SequenceParameters(
    int frameNumBits,
    int orderBits,
    boolean planes,
    boolean wholeFrames,
    int width,
    int height,
    Optional<Aspect> aspect,
    Optional<Double> frame) {
  record Aspect(int width, int height) {}

  private static final int HAS_OWN_ASPECT = 255;

  /// @param from behind the byte that says what kind of unit it is
  static SequenceParameters read(byte[] unit, int from, int end) throws BadVideo {
    var bits = new Bits(unit, from, end);
    var profile = bits.bits(8);
    bits.bits(16); // what is constrained, and the level
    bits.number();
    var chroma = 1;
    var planes = false;
    if (hasChroma(profile)) {
      chroma = bits.number();
      planes = chroma == 3 && bits.flag();
      bits.number(); // bit depths
      bits.number();
      bits.flag();
      if (bits.flag()) {
        scalingLists(bits, chroma == 3 ? 12 : 8);
      }
    }
    var frameNumBits = bits.number() + 4;
    var orderBits = order(bits);
    bits.number(); // frames that are referred to
    bits.flag();
    var across = bits.number() + 1;
    var down = bits.number() + 1;
    var wholeFrames = bits.flag();
    if (!wholeFrames) {
      bits.flag();
    }
    bits.flag();
    var width = 16L * across;
    var height = (wholeFrames ? 16L : 32L) * down;
    if (bits.flag()) {
      var unitX = chroma == 1 || chroma == 2 ? 2 : 1;
      var unitY = (chroma == 1 ? 2 : 1) * (wholeFrames ? 1 : 2);
      width -= unitX * ((long) bits.number() + bits.number());
      height -= unitY * ((long) bits.number() + bits.number());
    }
    if (width <= 0 || height <= 0 || width > 0xFFFF || height > 0xFFFF || frameNumBits > 16) {
      throw new BadVideo("no size that a picture can have");
    }
    var says = bits.flag() ? Usability.read(bits) : Usability.NOTHING;
    return new SequenceParameters(
        frameNumBits,
        orderBits,
        planes,
        wholeFrames,
        (int) width,
        (int) height,
        says.aspect(),
        says.frame());
  }

  static boolean hasChroma(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private static void scalingLists(Bits bits, int lists) throws BadVideo {
    for (var list = 0; list < lists; list++) {
      if (bits.flag()) {
        var next = 8;
        var last = 8;
        for (var i = 0; i < (list < 6 ? 16 : 64); i++) {
          if (next != 0) {
            next = (last + bits.signed() + 256) % 256;
          }
          last = next == 0 ? last : next;
        }
      }
    }
  }

  private static int order(Bits bits) throws BadVideo {
    var kind = bits.number();
    if (kind == 0) {
      return bits.number() + 4;
    }
    if (kind == 1) {
      bits.flag();
      bits.signed();
      bits.signed();
      for (var i = bits.number(); i > 0; i--) {
        bits.signed();
      }
    }
    return 0;
  }

  /// The part about how it is shown (E.1.1), as far as we need it.
  private record Usability(Optional<Aspect> aspect, Optional<Double> frame) {
    static final Usability NOTHING = new Usability(Optional.empty(), Optional.empty());

    static Usability read(Bits bits) throws BadVideo {
      var aspect = Optional.<Aspect>empty();
      if (bits.flag() && bits.bits(8) == HAS_OWN_ASPECT) {
        var own = new Aspect(bits.bits(16), bits.bits(16));
        aspect = Optional.of(own).filter(one -> one.width() > 0 && one.height() > 0);
      }
      if (bits.flag()) {
        bits.flag();
      }
      if (bits.flag()) {
        bits.bits(4);
        if (bits.flag()) {
          bits.bits(24);
        }
      }
      if (bits.flag()) {
        bits.number();
        bits.number();
      }
      if (!bits.flag()) {
        return new Usability(aspect, Optional.empty());
      }
      var ticks = unsigned(bits);
      var second = unsigned(bits);
      var frame = 2.0 * ticks / Math.max(1, second);
      return new Usability(aspect, Optional.of(frame).filter(one -> one > 0 && one < 10));
    }

    private static long unsigned(Bits bits) throws BadVideo {
      return bits.bits(32) & 0xFFFFFFFFL;
    }
  }
}
