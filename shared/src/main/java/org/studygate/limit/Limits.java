package org.studygate.limit;

import java.time.Instant;
import java.util.Optional;

/// How often somebody may do something within a time.
public interface Limits {
  /// Counts one under `rule` for `who`. Empty: counted; else it is refused, and not counted, and
  /// there is room again at that time.
  Optional<Instant> take(LimitRule rule, String who, Instant now);

  /// Takes one back that was taken at that time: it turned out to be a genuine visitor.
  void giveBack(LimitRule rule, String who, Instant now);
}
