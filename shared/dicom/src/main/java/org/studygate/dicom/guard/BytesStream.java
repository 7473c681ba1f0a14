package org.studygate.dicom.guard;

import java.io.IOException;
import java.io.InputStream;

/// A part of some bytes as a stream, read in windows so that small reads are cheap and skipping
/// costs nothing.
final class BytesStream extends InputStream {
  private static final int WINDOW = 16_384;

  private final Bytes source;
  private final long end;
  private final byte[] window;
  private long position;
  private long windowStart;
  private int windowLength;

  BytesStream(Bytes source, long start, long end) {
    this.source = source;
    this.position = start;
    this.end = Math.min(end, source.length());
    this.window = new byte[(int) Math.max(1, Math.min(WINDOW, this.end - start))];
  }

  @Override
  public int read() throws IOException {
    if (position >= end) {
      return -1;
    }
    fill();
    return window[(int) (position++ - windowStart)] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (position >= end) {
      return -1;
    }
    var wanted = (int) Math.min(count, end - position);
    if (wanted >= WINDOW) {
      source.read(position, into, from, wanted);
    } else {
      fill();
      var at = (int) (position - windowStart);
      wanted = Math.min(wanted, windowLength - at);
      System.arraycopy(window, at, into, from, wanted);
    }
    position += wanted;
    return wanted;
  }

  @Override
  public long skip(long count) {
    var skipped = Math.max(0, Math.min(count, end - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(0, end - position));
  }

  private void fill() throws IOException {
    if (position >= windowStart && position < windowStart + windowLength) {
      return;
    }
    windowStart = position;
    windowLength = (int) Math.min(window.length, end - position);
    source.read(windowStart, window, 0, windowLength);
  }
}
