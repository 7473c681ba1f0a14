package org.studygate.objects;

import java.io.Closeable;
import java.io.IOException;

/// Objects whose length nobody knows when they are begun, and whose head is known last. Nobody sees
/// them before they are whole, and none replaces another.
@FunctionalInterface
public interface Uploads {
  /// Pieces have at least so many bytes, but for the last one and a first one that is all.
  int LEAST = 5 << 20;

  Upload begin(String key, String type);

  /// Close it: what was not finished then is taken away.
  interface Upload extends Closeable {
    /// The next piece behind the first one.
    void add(byte[] piece) throws IOException;

    /// The first piece, and the end; false if the key is taken, by these bytes or others. What is
    /// all in its first piece may be there already.
    boolean finish(byte[] first) throws IOException;
  }
}
