package org.studygate.access;

import java.time.Clock;
import java.util.function.Predicate;
import org.studygate.account.DeskAct;
import org.studygate.account.Staff;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;

/// A number blocked by wrong dates of birth, or a bucket blocked by wrong codes, may be tried again
/// (security rules 7, 9 and 15). Whoever may not do this learns no more than that there is nothing.
public final class Unlock {
  private static final int LONGEST_REASON = 500;

  private final Unlocks unlocks;
  private final AuditTrail trail;
  private final Clock clock;

  public Unlock(Unlocks unlocks, AuditTrail trail, Clock clock) {
    this.unlocks = unlocks;
    this.trail = trail;
    this.clock = clock;
  }

  public sealed interface Outcome {
    record Unlocked() implements Outcome {}

    /// There is none, or none of this person's business.
    record NotFound() implements Outcome {}

    /// Wrong too often in its life: the order needs another number.
    record ForGood() implements Outcome {}

    /// Said of the request alone, whatever is there.
    record ReasonMissing() implements Outcome {}
  }

  public Outcome unlock(Staff staff, String bucketId, String reason, String requestId) {
    var given = reason.strip();
    if (given.isEmpty() || given.length() > LONGEST_REASON) {
      return new Outcome.ReasonMissing();
    }
    var trailOf = AuditEvent.bucket(bucketId);
    var event = event(trailOf, staff, AuditAction.UNLOCKED, staff.role().name(), requestId);
    return switch (unlocks.unlock(bucketId, mine(staff), event, given)) {
      case DONE -> new Outcome.Unlocked();
      case NOT_THERE -> refused(staff, "unlock-not-there", requestId, new Outcome.NotFound());
      case FOR_GOOD -> refused(staff, "unlock-for-good", requestId, new Outcome.ForGood());
    };
  }

  private static Predicate<String> mine(Staff staff) {
    return department -> staff.may(DeskAct.UNLOCK, department);
  }

  /// To the trail of the department of whoever asked: a bucket that is none of theirs
  /// shows nothing.
  private Outcome refused(Staff staff, String why, String requestId, Outcome outcome) {
    var trailOf = AuditEvent.department(staff.department());
    trail.record(event(trailOf, staff, AuditAction.ACCESS_REFUSED, why, requestId));
    return outcome;
  }

  private AuditEvent event(
      String trailOf, Staff staff, AuditAction action, String outcome, String requestId) {
    var who = new Actor.Staff(staff.account());
    return new AuditEvent(trailOf, clock.instant(), who, action, outcome, requestId);
  }
}
