package org.studygate.studyrollup;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// What was asked of S3 ahead of its turn.
final class Ahead {
  private Ahead() {}

  static <T> T result(Future<T> reading, String failed) throws IOException {
    try {
      return reading.get();
    } catch (ExecutionException failure) {
      throw new IOException(failed, failure.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }
}
