package org.studygate.dicom;

import java.util.List;

/// What became of the attempt to draw a frame.
public sealed interface Rendered permits Rendered.Pictures, NotDecodable {
  /// One picture for each size asked for, in that order.
  record Pictures(List<Picture> pictures) implements Rendered {}
}
