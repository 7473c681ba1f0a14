package org.studygate.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// The clock that every handler is given: the machine's, and as far ahead of it as somebody has
/// moved it. Kept, so that a restart does not go back in time.
final class LocalClock extends Clock {
  private final Clock machine;
  private final Path file;
  private volatile Duration ahead;

  LocalClock(Clock machine, Path file) throws IOException {
    this.machine = machine;
    this.file = file;
    this.ahead =
        Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
  }

  synchronized void advance(Duration by) {
    set(ahead.plus(by));
  }

  synchronized void reset() {
    set(Duration.ZERO);
  }

  private void set(Duration to) {
    ahead = to;
    try {
      Files.writeString(file, to.toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
