package org.studygate.dicom.deidentify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Blanks what compressed streams carry besides the picture: comments, application data (EXIF, a
/// smaller picture), and whatever lies before, between and behind the streams. Nothing is decoded.
/// Where a stream is not what it should be, all is blanked up to the next one: the picture may
/// suffer, never the person.
final class Streams {
  private final Through through;

  Streams(Through through) {
    this.through = through;
  }

  /// All that JPEG made, JPEG-LS as well.
  void jpeg() throws IOException {
    while (through.has(1)) {
      through.blankUntil(0xFF, 0xD8);
      through.pass(2);
      segments();
    }
  }

  private void segments() throws IOException {
    while (through.has(2) && through.peek(0) == 0xFF) {
      var marker = through.peek(1);
      if (marker == 0xD8) {
        return; // the one before had no end
      }
      if (marker == 0xFF) { // filling
        through.pass(1);
      } else if (marker == 0xD9) {
        through.pass(2);
        return;
      } else if (marker == 0x01 || restart(marker)) {
        through.pass(2);
      } else if (!segment(marker)) {
        return;
      }
    }
  }

  private boolean segment(int marker) throws IOException {
    if (!through.has(4)) {
      return false;
    }
    var length = through.unsigned(2, 2);
    if (length < 2) {
      return false;
    }
    through.pass(4);
    var kept = kept(marker, length - 2);
    through.pass(kept);
    through.blank(length - 2 - kept);
    if (marker == 0xDA) {
      scan();
    }
    return true;
  }

  /// What decoders need, and no more: of application data, how colours were made.
  private long kept(int marker, long length) throws IOException {
    if (marker == 0xE0 && says("JFIF\0")) {
      return Math.min(14, length);
    }
    if (marker == 0xEE && says("Adobe")) {
      return Math.min(12, length);
    }
    if (marker == 0xE8 && says("mrfx")) {
      return Math.min(5, length);
    }
    var carries = marker >= 0xE0 && marker <= 0xFE && marker != 0xF7 && marker != 0xF8;
    return carries ? 0 : length;
  }

  private boolean says(String name) throws IOException {
    var bytes = name.getBytes(StandardCharsets.US_ASCII);
    if (!through.has(bytes.length)) {
      return false;
    }
    for (var i = 0; i < bytes.length; i++) {
      if (through.peek(i) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private void scan() throws IOException {
    while (true) {
      through.passUntil(0xFF);
      if (!through.has(2)) {
        through.pass(1);
        return;
      }
      var next = through.peek(1);
      if (next == 0xFF) {
        through.pass(1);
      } else if (next < 0x80 || restart(next)) {
        through.pass(2);
      } else {
        return;
      }
    }
  }

  private static boolean restart(int marker) {
    return marker >= 0xD0 && marker <= 0xD7;
  }

  /// JPEG 2000 and its fast kin. A file format around the stream goes: its boxes hold words.
  void jpeg2000() throws IOException {
    while (through.has(1)) {
      through.blankUntil(0xFF, 0x4F);
      through.pass(2);
      while (codestreamGoesOn()) {
        // a segment or a tile further
      }
    }
  }

  private boolean codestreamGoesOn() throws IOException {
    if (!through.has(2) || through.peek(0) != 0xFF) {
      return false;
    }
    var marker = through.peek(1);
    if (marker == 0xD9) {
      through.pass(2);
      return false;
    }
    return marker == 0x90 ? tile() : parameters(marker);
  }

  private boolean parameters(int marker) throws IOException {
    if (!through.has(4) || through.unsigned(2, 2) < 2) {
      return false;
    }
    var length = through.unsigned(2, 2) - 2;
    through.pass(4);
    switch (marker) {
      // sizes, coding, quantisation, lengths of packets and tiles, capabilities
      case 0x50,
          0x51,
          0x52,
          0x53,
          0x55,
          0x56,
          0x57,
          0x58,
          0x59,
          0x5C,
          0x5D,
          0x5E,
          0x5F,
          0x60,
          0x61,
          0x63 ->
          through.pass(length);
      default -> through.blank(length);
    }
    return true;
  }

  private boolean tile() throws IOException {
    if (!through.has(12)) {
      return false;
    }
    var length = through.unsigned(6, 4);
    through.pass(12);
    var gone = 12L;
    while (through.has(2) && through.peek(0) == 0xFF && through.peek(1) != 0x93) {
      if (!through.has(4)) {
        return false;
      }
      var some = 2 + through.unsigned(2, 2);
      if (!parameters(through.peek(1))) {
        return false;
      }
      gone += some;
    }
    if (!through.has(2) || through.peek(1) != 0x93) {
      return false;
    }
    if (length == 0) { // up to the end of the stream, and no end can stand within it
      do {
        through.pass(1);
        through.passUntil(0xFF);
      } while (through.has(2) && through.peek(1) != 0xD9);
      return true;
    }
    through.pass(Math.max(2, length - gone));
    return true;
  }
}
