package org.studygate.objects;

import java.util.List;
import java.util.Map;

/// Those of a bucket in memory.
public record InMemoryDerived(Map<String, byte[]> objects) implements Derived {
  @Override
  public List<String> keys(String prefix) {
    return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
  }

  @Override
  public void remove(String key) {
    objects.remove(key);
  }
}
