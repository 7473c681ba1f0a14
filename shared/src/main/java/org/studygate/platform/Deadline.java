package org.studygate.platform;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Clock;
import java.time.Duration;

/// When the function that runs is ended from outside: in the middle of a step, and then the whole
/// batch comes again. Who has more than one thing to do asks before each, and says what is left.
@FunctionalInterface
public interface Deadline {
  /// Nothing is begun with less: a call that has begun should come to its end.
  Duration LEAST = Duration.ofSeconds(1);

  Duration left();

  default boolean leaves(Duration needed) {
    return left().compareTo(needed) >= 0;
  }

  default boolean hasTime() {
    return leaves(LEAST);
  }

  /// For the middle of long work: it ends here, and counts as not done.
  default void check() {
    if (!hasTime()) {
      throw new OutOfTime();
    }
  }

  /// An earlier one, so that there is time for what comes afterwards.
  default Deadline keeping(Duration forLater) {
    return () -> left().minus(forLater);
  }

  static Deadline of(Context context) {
    return () -> Duration.ofMillis(context.getRemainingTimeInMillis());
  }

  /// So long from now.
  static Deadline in(Duration time, Clock clock) {
    var end = clock.instant().plus(time);
    return () -> Duration.between(clock.instant(), end);
  }

  /// Work was stopped because its function would soon have been.
  final class OutOfTime extends RuntimeException {
    OutOfTime() {
      super("out of time", null, false, true);
    }
  }
}
