package org.studygate.pincodeverify;

import java.time.Clock;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.access.Buckets.CodeTry;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.department.Verification;
import org.studygate.limit.Tries;
import org.studygate.payment.Payments;
import org.studygate.payment.Pincodes;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.signin.Steps;

/// Judges a pincode: charged first, compared after, and right only while it is paid. It works again
/// at any later time, each time through number and date of birth (security rule 18).
final class VerifyPincode {
  private final Steps steps;
  private final Buckets buckets;
  private final Payments payments;
  private final Pincodes pincodes;
  private final AuditTrail trail;
  private final Tokens tokens;
  private final Clock clock;

  VerifyPincode(
      Steps steps,
      Buckets buckets,
      Payments payments,
      Pincodes pincodes,
      AuditTrail trail,
      Tokens tokens,
      Clock clock) {
    this.steps = steps;
    this.buckets = buckets;
    this.payments = payments;
    this.pincodes = pincodes;
    this.trail = trail;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// The cookie of the visit that the pincode opens. Every refusal looks the same outside.
  Optional<Token> enter(Token cookie, String typed, String requestId) {
    var step =
        steps.find(cookie).filter(found -> found.bucket().verification() == Verification.PAYMENT);
    if (step.isEmpty()) {
      return Optional.empty();
    }
    var bucket = step.get().bucket();
    return switch (buckets.chargeCode(bucket.id(), bucket.epoch(), Tries.PINCODE)) {
      case CodeTry.Refused() -> refused(bucket, "blocked", requestId);
      case CodeTry.Charged(var counted) -> compare(step.get(), counted, typed, requestId);
    };
  }

  private Optional<Token> compare(
      Steps.Standing step, int counted, String typed, String requestId) {
    var bucket = step.bucket();
    var tab = payments.tab(bucket.id());
    var matches = pincodes.matches(tab, typed);
    if (!tab.paid()) {
      return refused(bucket, "not-paid", requestId);
    }
    if (!matches) {
      return refused(bucket, "wrong-pincode", requestId);
    }
    var now = clock.instant();
    var token = tokens.next();
    var visit =
        Session.begin(
            token.hash(),
            new Subject.OfBucket(bucket.id()),
            bucket.epoch(),
            bucket.department(),
            now);
    if (!payments.enter(step.challenge(), counted, tab, visit, now)) {
      return Optional.empty(); // used a moment ago, or ended meanwhile
    }
    write(bucket, AuditAction.SIGNED_IN, "pincode", requestId);
    return Optional.of(token);
  }

  private Optional<Token> refused(Bucket bucket, String why, String requestId) {
    write(bucket, AuditAction.SIGN_IN_REFUSED, why, requestId);
    return Optional.empty();
  }

  private void write(Bucket bucket, AuditAction action, String outcome, String requestId) {
    trail.record(
        new AuditEvent(
            AuditEvent.bucket(bucket.id()),
            clock.instant(),
            new Actor.Patient(bucket.id()),
            action,
            outcome,
            requestId));
  }
}
