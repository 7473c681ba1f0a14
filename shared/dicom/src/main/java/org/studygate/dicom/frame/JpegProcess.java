package org.studygate.dicom.frame;

/// Which process of JPEG a frame was coded by. Its own marker says so, whatever transfer syntax the
/// file names.
enum JpegProcess {
  BASELINE,
  EXTENDED,
  PROGRESSIVE,
  LOSSLESS,
  OTHER;

  static JpegProcess of(byte[] bytes) {
    var at = 2;
    while (at + 4 <= bytes.length && (bytes[at] & 0xFF) == 0xFF) {
      var marker = bytes[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++;
      } else if (marker >= 0xC0
          && marker <= 0xCF
          && marker != 0xC4
          && marker != 0xC8
          && marker != 0xCC) {
        return switch (marker) {
          case 0xC0 -> at + 4 < bytes.length && bytes[at + 4] == 8 ? BASELINE : EXTENDED;
          case 0xC1 -> EXTENDED;
          case 0xC2 -> PROGRESSIVE;
          case 0xC3 -> LOSSLESS;
          default -> OTHER;
        };
      } else if (marker == 1 || (marker >= 0xD0 && marker <= 0xD8)) {
        at += 2;
      } else {
        at += 2 + (((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF));
      }
    }
    return OTHER;
  }
}
