package org.studygate.platform;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A long read that heeds the deadline: each piece comes within the client's own time-out, but a
/// sender that is slow enough could still outlast the function.
public final class TimedStream extends FilterInputStream {
  private final Deadline deadline;

  public TimedStream(InputStream in, Deadline deadline) {
    super(in);
    this.deadline = deadline;
  }

  @Override
  public int read() throws IOException {
    deadline.check();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    deadline.check();
    return super.read(bytes, offset, length);
  }
}
