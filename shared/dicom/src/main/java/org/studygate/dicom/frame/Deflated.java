package org.studygate.dicom.frame;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Deflated Image Frame Compression (PS3.5 10.20): each frame deflated by itself, without a head.
final class Deflated {
  private Deflated() {}

  /// As many bytes as the frame has; what more there is, is padding.
  static byte[] inflate(byte[] bytes, FramePlan.Shape shape) throws Undecodable {
    var frame = new byte[shape.bytes()];
    try (var inflater = new Inflater(true)) {
      inflater.setInput(bytes);
      var length = 0;
      while (length < frame.length) {
        var some = inflater.inflate(frame, length, frame.length - length);
        if (some == 0) {
          throw new Undecodable(NotDecodable.Why.DAMAGED);
        }
        length += some;
      }
      return frame;
    } catch (DataFormatException _) {
      throw new Undecodable(NotDecodable.Why.DAMAGED);
    }
  }
}
