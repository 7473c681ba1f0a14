package org.studygate.dicom.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;

/// Frames that DCMTK has coded, sequential and progressive, and what it makes of them again. Both
/// round, each in its own way: one gray value lies between them, two where samples of colour are
/// spread.
final class JpegDctFramesTest extends CodedFrames {
  JpegDctFramesTest() {
    super("jpeg-dct.txt", "YBR_FULL", 300);
  }

  @Override
  Frame decode(byte[] bytes, FramePlan.Shape shape) throws Undecodable {
    return JpegDctFrames.decode(bytes, Markers.jpeg(bytes), shape);
  }

  @Override
  void compare(Coded coded, Frame frame) {
    var right = Base64.getDecoder().decode(coded.right());
    var most = 0;
    for (var i = 0; i < frame.samples().length; i++) {
      var value = ((right[2 * i] & 0xFF) << 8) | (right[2 * i + 1] & 0xFF);
      most = Math.max(most, Math.abs(frame.samples()[i] - value));
    }
    assertThat(most).isLessThanOrEqualTo(coded.name().endsWith("colour-8+s2") ? 2 : 1);
  }
}
