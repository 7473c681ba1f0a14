package org.studygate.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.studygate.account.DeskAct;
import org.studygate.account.Staff;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.department.Verification;
import org.studygate.limit.LimitRule;
import org.studygate.limit.Limits;
import org.studygate.order.OrderContents;
import org.studygate.order.Orders;
import org.studygate.platform.Tokens;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// A study is opened without a right, by somebody of its department or at the service desk who must
/// see it now (security rule 32): for this account alone, for a while, with a reason that is kept
/// before anything is shown, and its patient reads of it. So many in an hour and no more.
public final class BreakGlass {
  /// How long it stays open.
  public static final Duration OPEN = Duration.ofHours(12);

  private static final int LONGEST_REASON = 500;

  private final AccessDesk desk;
  private final AnyStudy studies;
  private final Orders orders;
  private final Authorisation authorisation;
  private final Limits limits;
  private final Tokens tokens;
  private final Clock clock;

  public BreakGlass(
      AccessDesk desk,
      AnyStudy studies,
      Orders orders,
      Authorisation authorisation,
      Limits limits,
      Tokens tokens,
      Clock clock) {
    this.desk = desk;
    this.studies = studies;
    this.orders = orders;
    this.authorisation = authorisation;
    this.limits = limits;
    this.tokens = tokens;
    this.clock = clock;
  }

  public sealed interface Outcome {
    record Opened() implements Outcome {}

    /// There is none, or none of this person's business.
    record NotFound() implements Outcome {}

    /// It is open to this one as it stands.
    record OpenAlready() implements Outcome {}

    /// Said of the request alone, whatever is there.
    record ReasonMissing() implements Outcome {}

    record TooMany(Instant retryAt) implements Outcome {}
  }

  public Outcome open(Principal.Professional who, StudyId id, String reason, String requestId) {
    var given = reason.strip();
    if (given.isEmpty() || given.length() > LONGEST_REASON) {
      return new Outcome.ReasonMissing();
    }
    return who.staff()
        .flatMap(
            staff ->
                studies
                    .find(id)
                    .filter(Study::original) // staff see what was copied
                    .filter(study -> staff.may(DeskAct.GLASS, study.department()))
                    .map(study -> open(who, staff, study, given, requestId)))
        .orElseGet(Outcome.NotFound::new);
  }

  private Outcome open(
      Principal.Professional who, Staff staff, Study study, String reason, String requestId) {
    if (authorisation.ask(who, study.id(), Right.STUDY) instanceof Decision.Permitted) {
      return new Outcome.OpenAlready();
    }
    var now = clock.instant();
    var room = limits.take(LimitRule.GLASS, who.account(), now);
    if (room.isPresent()) {
      return new Outcome.TooMany(room.get());
    }
    var bucket = bucket(who.account(), study, now);
    desk.open(
        bucket,
        row(who.account(), study, bucket),
        reason,
        events(staff, study, bucket, now, requestId));
    return new Outcome.Opened();
  }

  private Bucket bucket(String account, Study study, Instant now) {
    return new Bucket(
        tokens.id(),
        study.department(),
        new Scope.OfOne(study.id()),
        true,
        Verification.DATE_OF_BIRTH,
        Optional.empty(),
        "",
        now,
        now.plus(OPEN),
        false,
        false,
        Paid.NOTHING,
        0,
        Set.of(),
        Origin.glass(account, now));
  }

  private Grant row(String account, Study study, Bucket bucket) {
    var order = study.order().flatMap(orders::find).flatMap(OrderContents::newest);
    return new Grant(
        study.id(),
        Grant.ofAccount(account),
        bucket.id(),
        Reason.Kind.GLASS,
        Optional.of(account),
        study.order(),
        Places.of(study, order));
  }

  private static List<AuditEvent> events(
      Staff staff, Study study, Bucket bucket, Instant now, String requestId) {
    var who = new Actor.Staff(staff.account());
    return List.of(
        new AuditEvent(
            AuditEvent.study(study.id().value()),
            now,
            who,
            AuditAction.GLASS_BROKEN,
            bucket.id(),
            requestId),
        new AuditEvent(
            AuditEvent.department(study.department()),
            now,
            who,
            AuditAction.GLASS_BROKEN,
            study.id().value(),
            requestId),
        new AuditEvent(
            AuditEvent.bucket(bucket.id()),
            now,
            who,
            AuditAction.GLASS_BROKEN,
            staff.role().name(),
            requestId));
  }
}
