package org.studygate.limit;

import java.time.Instant;

/// Counters per window.
public interface Limits {
  /// Counts one under `rule` for `who`; `false` when the window is full. What is refused is not
  /// counted.
  boolean take(LimitRule rule, String who, Instant now);

  /// Takes one back: it turned out to be a genuine visitor.
  void giveBack(LimitRule rule, String who, Instant now);
}
