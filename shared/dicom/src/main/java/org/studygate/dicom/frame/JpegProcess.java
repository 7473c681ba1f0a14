package org.studygate.dicom.frame;

/// Which process of JPEG a frame was coded by. Its own marker says so, whatever transfer syntax the
/// file names.
enum JpegProcess {
  BASELINE,
  EXTENDED,
  PROGRESSIVE,
  LOSSLESS,
  LS,
  OTHER;

  /// @param marker that begins the frame's header
  static JpegProcess of(int marker, int precision) {
    return switch (marker) {
      case 0xC0 -> precision == 8 ? BASELINE : EXTENDED;
      case 0xC1 -> EXTENDED;
      case 0xC2 -> precision == 8 ? PROGRESSIVE : EXTENDED;
      case 0xC3 -> LOSSLESS;
      case 0xF7 -> LS;
      default -> OTHER;
    };
  }
}
