package org.studygate.session;

import java.time.Duration;
import java.time.Instant;

/// A patient's visit: which bucket it opened, and when it ends. 15 minutes without a click, 60 in
/// all.
public record Session(
    String hash,
    String bucketId,
    long epoch,
    String department,
    Instant idleUntil,
    Instant expires) {
  public static final Duration IDLE = Duration.ofMinutes(15);
  public static final Duration WHOLE = Duration.ofMinutes(60);

  public static Session begin(
      String hash, String bucketId, long epoch, String department, Instant now) {
    return new Session(hash, bucketId, epoch, department, now.plus(IDLE), now.plus(WHOLE));
  }

  public boolean live(Instant now) {
    return now.isBefore(idleUntil) && now.isBefore(expires);
  }

  Instant idleFrom(Instant now) {
    var idle = now.plus(IDLE);
    return idle.isBefore(expires) ? idle : expires;
  }

  @Override
  public String toString() {
    return "Session[" + bucketId + "]";
  }
}
