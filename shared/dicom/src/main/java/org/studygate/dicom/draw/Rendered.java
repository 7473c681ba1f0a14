package org.studygate.dicom.draw;

import java.util.List;
import org.studygate.dicom.frame.NotDecodable;

/// What became of the attempt to draw a frame.
public sealed interface Rendered permits Rendered.Pictures, Rendered.NotDrawn {
  /// One picture for each size asked for, in that order.
  record Pictures(List<Picture> pictures) implements Rendered {}

  /// No picture, and why. The original stays as it is.
  record NotDrawn(NotDecodable.Why why) implements Rendered {}
}
