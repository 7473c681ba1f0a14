package org.studygate.directory;

import java.util.Set;

/// Whom accounts keep at hand.
public interface Favourites {
  int MOST = 100;

  Set<Favourite> of(String account);

  /// `false` if there are as many as there may be; one that is kept already stays.
  boolean keep(String account, Favourite favourite);

  /// Whatever of this id is kept, and nothing else.
  void drop(String account, String id);
}
