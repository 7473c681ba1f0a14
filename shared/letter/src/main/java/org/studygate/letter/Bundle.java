package org.studygate.letter;

import com.openhtmltopdf.extend.FSStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a letter may draw upon: its own few parts, by name. There is no way from here to a file or
/// to a network.
///
/// @param parts by address, as `letter:logo`
record Bundle(Map<String, byte[]> parts) {
  static final String SCHEME = "letter";

  Bundle {
    parts = Map.copyOf(parts);
  }

  /// The address if it is one of its own, else nothing.
  @Nullable String resolve(String uri) {
    return parts.containsKey(uri) ? uri : null;
  }

  FSStream open(String uri) {
    var bytes = parts.get(uri);
    if (bytes == null) {
      throw new IllegalArgumentException("a letter draws upon its own parts alone");
    }
    return new Part(bytes);
  }

  /// A file beside the classes.
  static byte[] resource(String name) {
    try (var in = Objects.requireNonNull(Bundle.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Part implements FSStream {
    private final byte[] bytes;

    Part(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public InputStream getStream() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public Reader getReader() {
      return new InputStreamReader(getStream(), StandardCharsets.UTF_8);
    }
  }
}
