package org.studygate.access;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/// From the start of one local day to the end of another, both included, by the rules of the
/// department's time zone. Kept as instants: `until` is the start of the first day after.
public record Validity(Instant from, Instant until) {
  public static Validity of(LocalDate first, LocalDate last, ZoneId zone) {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException("the last day lies before the first");
    }
    return new Validity(
        first.atStartOfDay(zone).toInstant(), last.plusDays(1).atStartOfDay(zone).toInstant());
  }
}
