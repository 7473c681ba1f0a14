package org.studygate.dicom.frame;

import static org.assertj.core.api.Assertions.assertThat;

/// Frames that DCMTK has coded without loss, and the hash of the values that it was given: 8 to 16
/// bits, gray and colour, all predictors. The pictures were made by a formula.
final class JpegLosslessFramesTest extends CodedFrames {
  JpegLosslessFramesTest() {
    super("jpeg-lossless.txt", "RGB", 200);
  }

  @Override
  Frame decode(byte[] bytes, FramePlan.Shape shape) throws Undecodable {
    return JpegLosslessFrames.decode(bytes, Markers.jpeg(bytes), shape);
  }

  @Override
  void compare(Coded coded, Frame frame) throws Exception {
    assertThat(hash(frame)).isEqualTo(coded.right());
  }
}
