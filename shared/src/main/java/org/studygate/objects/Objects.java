package org.studygate.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.studygate.platform.Sha256;

/// The objects of one bucket. What is stored under a key is never replaced by other bytes.
public interface Objects {
  /// Empty if there is no such object. Close the stream; closing early ends the transfer.
  Optional<Found> open(String key) throws IOException;

  /// All of it, for what fits into memory.
  default Optional<byte[]> read(String key) throws IOException {
    var found = open(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (var stream = found.get().stream()) {
      return Optional.of(stream.readAllBytes());
    }
  }

  /// Stores an object unless the key is taken; tells whether the same bytes are there now.
  Put put(String key, Content content) throws IOException;

  /// Copies an object of another bucket, whatever its size. False if there is none.
  boolean copy(String fromBucket, String fromKey, String key) throws IOException;

  /// Our own derived objects, with their bytes in memory.
  default void put(String key, String type, byte[] bytes) throws IOException {
    put(key, Content.of(type, bytes));
  }

  record Found(InputStream stream, long length) {}

  enum Put {
    STORED,
    SAME_THERE,
    OTHER_THERE
  }

  /// Bytes on their way; `open` may be called more than once, for tries.
  record Content(String type, long length, String sha256, Source source) {
    public static Content of(String type, byte[] bytes) {
      return new Content(
          type, bytes.length, Sha256.hex(bytes), () -> new java.io.ByteArrayInputStream(bytes));
    }
  }

  @FunctionalInterface
  interface Source {
    InputStream open();
  }
}
