package org.studygate.checks.offenders.feature;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/// Reads the clock and draws by itself.
@SuppressWarnings({"JavaTimeDefaultTimeZone", "JavaUtilDate"})
final class Timely {
  private Timely() {}

  static Instant called() {
    return Instant.now();
  }

  static Supplier<ZonedDateTime> referredTo() {
    return ZonedDateTime::now;
  }

  static Date dated() {
    return new Date();
  }

  static UUID drawn() {
    return UUID.randomUUID();
  }

  static int dice() {
    return new Random().nextInt(6);
  }
}
