package org.studygate.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The compressed bytes of a frame, which can be taken away from a decoder that does not come to an
/// end.
final class CutOff extends InputStream {
  private final byte[] bytes;
  private final ByteArrayInputStream in;
  private volatile boolean cut;

  CutOff(byte[] bytes) {
    this.bytes = bytes;
    this.in = new ByteArrayInputStream(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  void cut() {
    cut = true;
  }

  @Override
  public int read() throws IOException {
    check();
    return in.read();
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    check();
    return in.read(into, from, count);
  }

  private void check() throws IOException {
    if (cut) {
      throw new IOException("cut off");
    }
  }
}
