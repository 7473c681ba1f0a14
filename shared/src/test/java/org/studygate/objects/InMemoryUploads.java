package org.studygate.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Uploads into a bucket in memory, as strict with the size of pieces as S3 is. `open` are those
/// that were neither finished nor taken away.
public final class InMemoryUploads implements Uploads {
  private final Objects bucket;
  private final List<String> open = new ArrayList<>();
  private int pieces;

  public InMemoryUploads(Objects bucket) {
    this.bucket = bucket;
  }

  public List<String> open() {
    return open;
  }

  /// How many there were behind first ones.
  public int pieces() {
    return pieces;
  }

  @Override
  public Upload begin(String key, String type) {
    var parts = new ArrayList<byte[]>();
    open.add(key);
    return new Upload() {
      @Override
      public void add(byte[] piece) {
        pieces++;
        if (!parts.isEmpty()) {
          assertThat(parts.getLast().length).isGreaterThanOrEqualTo(LEAST);
        }
        parts.add(piece.clone());
      }

      @Override
      public boolean finish(byte[] first) throws IOException {
        if (!parts.isEmpty()) {
          assertThat(first.length).isGreaterThanOrEqualTo(LEAST);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(first);
        for (var part : parts) {
          whole.write(part);
        }
        var put = bucket.put(key, Objects.Content.of(type, whole.toByteArray()));
        return parts.isEmpty() ? put != Objects.Put.OTHER_THERE : put == Objects.Put.STORED;
      }

      @Override
      public void close() {
        open.remove(key);
      }
    };
  }
}
