package org.studygate.dicom.frame;

import java.io.Closeable;
import java.io.IOException;

/// Turns the compressed bytes of a frame into samples: the one seam for every coding that is not
/// plain bytes or RLE. Whoever implements it answers within the time that the frame's size allows.
public abstract class Decoder implements Closeable {

  /// An `IOException` means that nothing could be tried, and trying again may help; whatever is
  /// wrong with the bytes is an answer.
  abstract Decoded decode(Compressed frame) throws IOException;
}
