package org.studygate.checks;

import java.time.Instant;

/// Breaks rules, so that they can be seen to bite.
final class Offenders {
  @SuppressWarnings("NonFinalStaticField")
  static int counter;

  private Offenders() {}

  static final class Timely {
    private Timely() {}

    static Instant now() {
      return Instant.now();
    }
  }
}
