package org.studygate.objects;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.studygate.platform.Sha256;

/// A bucket in memory, for use cases. `buckets` holds all of them, by name.
public final class InMemoryObjects implements Objects {
  private final Map<String, InMemoryObjects> buckets;
  private final TreeMap<String, byte[]> objects = new TreeMap<>();

  public InMemoryObjects(Map<String, InMemoryObjects> buckets, String name) {
    this.buckets = buckets;
    buckets.put(name, this);
  }

  public Map<String, byte[]> all() {
    return objects;
  }

  @Override
  public Optional<Found> open(String key) {
    return Optional.ofNullable(objects.get(key))
        .map(bytes -> new Found(new ByteArrayInputStream(bytes), bytes.length));
  }

  @Override
  public Put put(String key, Content content) throws IOException {
    var there = objects.get(key);
    if (there != null) {
      return Sha256.hex(there).equals(content.sha256()) ? Put.SAME_THERE : Put.OTHER_THERE;
    }
    try (var stream = content.source().open()) {
      objects.put(key, stream.readAllBytes());
    }
    return Put.STORED;
  }

  @Override
  public boolean copy(String fromBucket, String fromKey, String key) {
    var from = requireNonNull(buckets.get(fromBucket)).objects.get(fromKey);
    if (from != null) {
      objects.put(key, from);
    }
    return from != null;
  }
}
