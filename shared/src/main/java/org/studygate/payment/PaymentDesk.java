package org.studygate.payment;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.account.DeskAct;
import org.studygate.account.Staff;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.department.Departments;
import org.studygate.department.Verification;
import org.studygate.limit.LimitRule;
import org.studygate.limit.Limits;
import org.studygate.notice.Notices;

/// What staff of the sending department do about payments (product.md 3.6): see how one stands,
/// send the pincode again, say that it was paid. To everybody else there is nothing. Unlocking is
/// `access.Unlock`.
public final class PaymentDesk {
  private static final int LONGEST_REASON = 500;
  private static final int MAX_TRIES = 5;

  private final Payments payments;
  private final Buckets buckets;
  private final Pincodes pincodes;
  private final Offers offers;
  private final Departments departments;
  private final Notices notices;
  private final Limits limits;
  private final Clock clock;

  public PaymentDesk(
      Payments payments,
      Buckets buckets,
      Pincodes pincodes,
      Offers offers,
      Departments departments,
      Notices notices,
      Limits limits,
      Clock clock) {
    this.payments = payments;
    this.buckets = buckets;
    this.pincodes = pincodes;
    this.offers = offers;
    this.departments = departments;
    this.notices = notices;
    this.limits = limits;
    this.clock = clock;
  }

  /// How a payment stands. The pincode itself is never shown to anybody.
  ///
  /// @param byHand somebody of the department said that it was paid
  /// @param wrongPincodes in a row; `Tries.PINCODE` of them block
  public record Standing(
      boolean paid,
      boolean byHand,
      Optional<Stage> last,
      List<Checkout> checkouts,
      int wrongPincodes,
      boolean blocked) {}

  public sealed interface Outcome {
    record Done() implements Outcome {}

    /// There is none, or none of this person's business.
    record NotFound() implements Outcome {}

    record ReasonMissing() implements Outcome {}

    record AlreadyPaid() implements Outcome {}

    record NotPaid() implements Outcome {}

    /// Unlock it first, knowing why it is blocked (security rule 18).
    record Blocked() implements Outcome {}

    record NoMobile() implements Outcome {}

    /// There is nothing left to be opened: withdrawn, or the images' retention is over.
    record Ended() implements Outcome {}

    record TooMany(Instant retryAt) implements Outcome {}
  }

  public Optional<Standing> look(Staff staff, String bucketId) {
    return find(staff, DeskAct.VIEW, bucketId).map(this::standing);
  }

  private Standing standing(Bucket bucket) {
    var tab = payments.tab(bucket.id());
    return new Standing(
        tab.paid(),
        tab.paidBy().filter(Tab.STAFF::equals).isPresent(),
        tab.last(),
        payments.checkouts(bucket.id()),
        buckets.wrongCodes(bucket.id()),
        bucket.blocked());
  }

  /// The same pincode once more, to the mobile that is registered now and to no other.
  public Outcome resend(Staff staff, String bucketId, String requestId) {
    var found = find(staff, DeskAct.PINCODE, bucketId);
    if (found.isEmpty()) {
      return new Outcome.NotFound();
    }
    var bucket = found.get();
    if (bucket.blocked()) {
      return new Outcome.Blocked();
    }
    if (bucket.destination().isEmpty()) {
      return new Outcome.NoMobile();
    }
    var tab = payments.tab(bucketId);
    if (!tab.paid() || tab.pincode().isEmpty()) {
      return new Outcome.NotPaid();
    }
    var now = clock.instant();
    var room = limits.take(LimitRule.PINCODE_RESENT, bucketId, now);
    if (room.isPresent()) {
      return new Outcome.TooMany(room.get());
    }
    var digits = pincodes.digits(bucketId, tab.pincode().get());
    payments.send(
        notices.pincode(bucket, digits),
        event(bucket, staff, AuditAction.PINCODE_SENT, "again", requestId));
    return new Outcome.Done();
  }

  /// For who has paid at the counter: from then on as if Stripe had told it.
  public Outcome markAsPaid(Staff staff, String bucketId, String reason, String requestId) {
    var given = reason.strip();
    if (given.isEmpty() || given.length() > LONGEST_REASON) {
      return new Outcome.ReasonMissing();
    }
    var found = find(staff, DeskAct.PAID, bucketId);
    if (found.isEmpty()) {
      return new Outcome.NotFound();
    }
    var bucket = found.get();
    if (bucket.blocked()) {
      return new Outcome.Blocked();
    }
    var until =
        departments
            .find(bucket.department())
            .flatMap(department -> offers.until(bucket, department));
    if (bucket.withdrawn() || until.filter(end -> !clock.instant().isBefore(end)).isPresent()) {
      return new Outcome.Ended();
    }
    if (bucket.destination().isEmpty()) {
      return new Outcome.NoMobile();
    }
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      var tab = payments.tab(bucketId);
      if (tab.paid()) {
        return new Outcome.AlreadyPaid();
      }
      var pincode = pincodes.of(tab);
      var event = event(bucket, staff, AuditAction.PAYMENT_MARKED, "paid", requestId);
      var message = notices.pincode(bucket, pincodes.digits(bucketId, pincode));
      if (payments.mark(tab, pincode, until, message, event, given)) {
        return new Outcome.Done();
      }
    }
    throw new IllegalStateException("a payment kept changing");
  }

  private Optional<Bucket> find(Staff staff, DeskAct act, String bucketId) {
    return buckets
        .find(bucketId)
        .filter(bucket -> staff.may(act, bucket.department()))
        .filter(bucket -> bucket.verification() == Verification.PAYMENT || bucket.paid().now());
  }

  private AuditEvent event(
      Bucket bucket, Staff staff, AuditAction action, String outcome, String requestId) {
    var trailOf = AuditEvent.bucket(bucket.id());
    var who = new Actor.Staff(staff.account());
    return new AuditEvent(trailOf, clock.instant(), who, action, outcome, requestId);
  }
}
