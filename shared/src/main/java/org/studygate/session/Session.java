package org.studygate.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// A visit as it is kept: whose it is, and when it ends: that of a number 15 minutes after the last
/// click and 60 in all, that of an account 30 minutes after it and 12 hours in all.
///
/// @param department whose pages it began with; empty for an account of no department
/// @param epoch of its subject when it began: once that has a later one, the visit is over
/// @param proved `bucket@epoch` of each bucket whose code was given in it
public record Session(
    String hash,
    Subject subject,
    long epoch,
    String department,
    Instant idleUntil,
    Instant expires,
    Set<String> proved) {
  public static final Duration IDLE = Duration.ofMinutes(15);
  public static final Duration WHOLE = Duration.ofMinutes(60);
  public static final Duration IDLE_OF_ACCOUNT = Duration.ofMinutes(30);
  public static final Duration WHOLE_OF_ACCOUNT = Duration.ofHours(12);
  private static final Duration STEP = Duration.ofMinutes(1);

  public Session {
    proved = Set.copyOf(proved);
  }

  public static Session begin(
      String hash, Subject subject, long epoch, String department, Instant now) {
    var whole = subject instanceof Subject.OfAccount ? WHOLE_OF_ACCOUNT : WHOLE;
    return new Session(
        hash, subject, epoch, department, now.plus(idle(subject)), now.plus(whole), Set.of());
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

  private static Duration idle(Subject subject) {
    return subject instanceof Subject.OfAccount ? IDLE_OF_ACCOUNT : IDLE;
  }

  Instant idleFrom(Instant now) {
    var idle = now.plus(idle(subject));
    return idle.isBefore(expires) ? idle : expires;
  }

  @Override
  public String toString() {
    return "Session[" + subject.text() + "]";
  }
}
