package org.studygate.objects;

import java.util.List;

/// Objects that are made out of others and can be made again: the only ones that are ever removed.
public interface Derived {
  List<String> keys(String prefix);

  void remove(String key);
}
