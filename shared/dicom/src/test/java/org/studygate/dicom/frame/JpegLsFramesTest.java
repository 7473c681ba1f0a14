package org.studygate.dicom.frame;

import static org.assertj.core.api.Assertions.assertThat;

/// Frames that DCMTK and CharLS have coded, and the hash of what they make of them again: 2 to 16
/// bits, gray and colour, lossless and near lossless, each order of the components, thresholds of
/// their own. The pictures were made by a formula.
final class JpegLsFramesTest extends CodedFrames {
  JpegLsFramesTest() {
    super("jpeg-ls.txt", "RGB", 200);
  }

  @Override
  Frame decode(byte[] bytes, FramePlan.Shape shape) throws Undecodable {
    return JpegLsFrames.decode(bytes, shape);
  }

  @Override
  void compare(Coded coded, Frame frame) throws Exception {
    assertThat(hash(frame)).isEqualTo(coded.right());
  }
}
