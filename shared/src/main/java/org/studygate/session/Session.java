package org.studygate.session;

import java.time.Duration;
import java.time.Instant;

/// A visit as it is kept: whose it is, and when it ends. 15 minutes without a click, 60 in all.
///
/// @param epoch of its subject when it began: once that has a later one, the visit is over
public record Session(
    String hash,
    Subject subject,
    long epoch,
    String department,
    Instant idleUntil,
    Instant expires) {
  public static final Duration IDLE = Duration.ofMinutes(15);
  public static final Duration WHOLE = Duration.ofMinutes(60);
  private static final Duration STEP = Duration.ofMinutes(1);

  public static Session begin(
      String hash, Subject subject, long epoch, String department, Instant now) {
    return new Session(hash, subject, epoch, department, now.plus(IDLE), now.plus(WHOLE));
  }

  public boolean live(Instant now) {
    return now.isBefore(idleUntil) && now.isBefore(expires);
  }

  /// Whether a click now moves its end by enough to write it down. A page that asks ten times in a
  /// minute writes once; the end that is told is always the one that holds.
  public boolean worthMoving(Instant now) {
    var idle = idleFrom(now);
    return idle.isAfter(idleUntil)
        && (idle.equals(expires) || !idle.isBefore(idleUntil.plus(STEP)));
  }

  Instant idleFrom(Instant now) {
    var idle = now.plus(IDLE);
    return idle.isBefore(expires) ? idle : expires;
  }

  @Override
  public String toString() {
    return "Session[" + subject.text() + "]";
  }
}
