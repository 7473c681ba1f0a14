package org.studygate.dicom.frame;

import org.studygate.dicom.guard.TransferSyntax;

/// Reads the size of a picture out of the head of a JPEG or JPEG 2000 codestream, before a decoder
/// believes it.
///
/// @param process of JPEG; no other codec has one
/// @param adobe the colour transform of an Adobe segment, -1 without one
/// @param jfif a JFIF segment says that three components are YCbCr
/// @param rgbIds the components are called R, G and B
/// @param subsampled not all components are as fine as the first
/// @param transformed the decoder makes RGB out of the colour transform of JPEG 2000
/// @param enumerated the colour space that a JP2 box names, -1 without one
public record Markers(
    int columns,
    int rows,
    int components,
    int precision,
    JpegProcess process,
    int adobe,
    boolean jfif,
    boolean rgbIds,
    boolean subsampled,
    boolean transformed,
    int enumerated) {
  /// Luminance and colour differences, in a JP2 box.
  static final int SYCC = 18;

  private static final int JPEG = 0xFFD8;
  private static final int RLE_HEADER = 64;
  private static final int PART_2 = 0x8000;
  private static final int HIGH_THROUGHPUT = 0x4000;

  public static Markers jpeg(byte[] bytes) throws Undecodable {
    if (bytes.length < 4 || two(bytes, 0) != JPEG) {
      throw damaged();
    }
    var segments = new JpegSegments(bytes);
    var adobe = -1;
    var jfif = false;
    while (true) {
      var marker = segments.next();
      var from = segments.from();
      var length = segments.end() - from;
      if (marker == JpegSegments.SCAN) {
        throw damaged();
      }
      if (marker == JpegSegments.ADOBE && length >= 12 && text(bytes, from, "Adobe")) {
        adobe = bytes[from + 11] & 0xFF;
      } else if (marker == 0xE0 && length >= 5 && text(bytes, from, "JFIF")) {
        jfif = true;
      } else if (frame(marker)) {
        return jpeg(bytes, segments, marker, adobe, jfif);
      }
    }
  }

  /// Whether it begins the header of a frame, in JPEG or in JPEG-LS.
  private static boolean frame(int marker) {
    return marker == 0xF7
        || (marker >= 0xC0
            && marker <= 0xCF
            && marker != JpegSegments.CODES
            && marker != 0xC8
            && marker != 0xCC);
  }

  private static Markers jpeg(
      byte[] bytes, JpegSegments segments, int marker, int adobe, boolean jfif) throws Undecodable {
    var from = segments.from();
    var length = segments.end() - from;
    if (length < 6 + 3) {
      throw damaged();
    }
    var components = bytes[from + 5] & 0xFF;
    if (length < 6 + 3 * components) {
      throw damaged();
    }
    var rgb =
        components == 3
            && bytes[from + 6] == 'R'
            && bytes[from + 9] == 'G'
            && bytes[from + 12] == 'B';
    var subsampled = false;
    for (var i = 1; i < components; i++) {
      subsampled |= bytes[from + 7 + 3 * i] != bytes[from + 7];
    }
    return new Markers(
        two(bytes, from + 3),
        two(bytes, from + 1),
        components,
        bytes[from] & 0xFF,
        JpegProcess.of(marker, bytes[from] & 0xFF),
        adobe,
        jfif,
        rgb,
        subsampled,
        false,
        -1);
  }

  /// SIZ follows SOC at once. A tile smaller than 32 pixels would make a decoder build thousands of
  /// them.
  static Markers jpeg2000(byte[] bytes) throws Undecodable {
    var at = codestream(bytes);
    if (bytes.length - at < 49 || two(bytes, at) != 0xFF4F || two(bytes, at + 2) != 0xFF51) {
      throw damaged();
    }
    var columns = four(bytes, at + 8) - four(bytes, at + 16);
    var rows = four(bytes, at + 12) - four(bytes, at + 20);
    var tileColumns = four(bytes, at + 24);
    var tileRows = four(bytes, at + 28);
    var components = two(bytes, at + 40);
    var absurd = columns <= 0 || rows <= 0 || columns > 65_535 || rows > 65_535 || components > 4;
    if (absurd || tileColumns < Math.min(32, columns) || tileRows < Math.min(32, rows)) {
      throw damaged();
    }
    var precision = (bytes[at + 42] & 0x7F) + 1;
    var subsampled = false;
    for (var i = 1; i < components && at + 44 + 3 * i < bytes.length; i++) {
      subsampled |= two(bytes, at + 43 + 3 * i) != two(bytes, at + 43);
    }
    return new Markers(
        (int) columns,
        (int) rows,
        components,
        precision,
        JpegProcess.OTHER,
        -1,
        false,
        false,
        subsampled,
        transformed(bytes, at),
        enumerated(bytes));
  }

  /// Whether a decoder of the first part of the standard can read it, as SIZ says: nothing of its
  /// second part in it, and no high throughput. Files of those syntaxes often hold no more.
  static boolean plain2000(byte[] bytes) throws Undecodable {
    var at = codestream(bytes);
    return bytes.length - at < 8 || (two(bytes, at + 6) & (PART_2 | HIGH_THROUGHPUT)) == 0;
  }

  /// What the main header's COD says of a colour transform over the first three components.
  private static boolean transformed(byte[] bytes, int codestream) {
    var at = codestream + 2;
    while (at + 9 <= bytes.length && two(bytes, at) != 0xFF90) {
      if (two(bytes, at) == 0xFF52) {
        return (bytes[at + 8] & 1) == 1;
      }
      at += 2 + Math.max(2, two(bytes, at + 2));
    }
    return false;
  }

  /// (jp2h) (colr), method 1.
  private static int enumerated(byte[] bytes) throws Undecodable {
    var end = codestream(bytes);
    for (var at = 0; at + 15 <= end; at++) {
      if (text(bytes, at, "colr") && bytes[at + 4] == 1) {
        return (int) four(bytes, at + 7);
      }
    }
    return -1;
  }

  /// How a stream is coded, whatever its file calls it; `said` where it does not show that.
  static TransferSyntax.Coding coding(byte[] bytes, TransferSyntax.Coding said) {
    if (bytes.length < RLE_HEADER) {
      return said;
    }
    if (two(bytes, 0) == JPEG) {
      return TransferSyntax.Coding.JPEG;
    }
    if (four(bytes, 0) == 0xFF4F_FF51L || (four(bytes, 0) == 12 && text(bytes, 4, "jP  "))) {
      return TransferSyntax.Coding.JPEG_2000;
    }
    var segments = bytes[0] >= 1 && bytes[0] <= 15 && bytes[1] == 0 && two(bytes, 2) == 0;
    return segments && four(bytes, 4) == (long) RLE_HEADER << 24 ? TransferSyntax.Coding.RLE : said;
  }

  /// Some writers leave the boxes of a JP2 file around the codestream.
  static int codestream(byte[] bytes) throws Undecodable {
    if (bytes.length < 12 || four(bytes, 0) != 12 || !text(bytes, 4, "jP  ")) {
      return 0;
    }
    var at = 0;
    for (var box = 0; box < 64 && bytes.length - at >= 8; box++) {
      var length = four(bytes, at);
      if (text(bytes, at + 4, "jp2c")) {
        return at + 8;
      }
      if (length < 8 || length > bytes.length - at) {
        throw damaged();
      }
      at += (int) length;
    }
    throw damaged();
  }

  /// The header of the file and that of the picture must tell the same.
  void mustBe(FramePlan.Shape shape) throws Undecodable {
    if (columns != shape.columns()
        || rows != shape.rows()
        || components != shape.samples()
        || precision > Math.min(16, shape.bitsAllocated())) {
      throw damaged();
    }
  }

  private static Undecodable damaged() {
    return new Undecodable(NotDecodable.Why.DAMAGED);
  }

  private static boolean text(byte[] bytes, int at, String text) {
    for (var i = 0; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int two(byte[] bytes, int at) {
    return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
  }

  private static long four(byte[] bytes, int at) {
    return ((long) two(bytes, at) << 16) | two(bytes, at + 2);
  }
}
