package org.studygate.dicom.frame;

/// For files whose frames need none.
public final class NoDecoder extends Decoder {
  @Override
  Decoded decode(Compressed frame) {
    throw new AssertionError("asked to decode " + frame.coding());
  }

  @Override
  public void close() {}
}
