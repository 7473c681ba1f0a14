package org.studygate.referenceadd;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.studygate.access.Authorisation;
import org.studygate.access.Bucket;
import org.studygate.access.Principal;
import org.studygate.access.Settling;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.payment.Payments;
import org.studygate.platform.Tokens.Token;
import org.studygate.signin.Challenges;
import org.studygate.signin.Codes;
import org.studygate.signin.Combination;
import org.studygate.signin.Combination.Judgement;
import org.studygate.signin.Combination.Typed;
import org.studygate.signin.Masked;
import org.studygate.signin.Steps;

/// Number and date of birth of a patient's letter, typed by somebody with an account: judged as at
/// the patient's entrance, with the same limits and the same one refusal. What it asks for besides
/// is asked for here too, once for as long as the number's epoch lasts. The visit goes on; the step
/// stands beside it, under a name that is made of its cookie, so that it is worth nothing in
/// another.
final class AddReference {
  private final Combination combination;
  private final Authorisation authorisation;
  private final Departments departments;
  private final Settling settling;
  private final Challenges challenges;
  private final Codes codes;
  private final Steps steps;
  private final Payments payments;
  private final AuditTrail trail;
  private final Clock clock;

  AddReference(
      Combination combination,
      Authorisation authorisation,
      Departments departments,
      Settling settling,
      Challenges challenges,
      Codes codes,
      Steps steps,
      Payments payments,
      AuditTrail trail,
      Clock clock) {
    this.combination = combination;
    this.authorisation = authorisation;
    this.departments = departments;
    this.settling = settling;
    this.challenges = challenges;
    this.codes = codes;
    this.steps = steps;
    this.payments = payments;
    this.trail = trail;
    this.clock = clock;
  }

  sealed interface Outcome {
    /// @param already whether it stood in the list before
    record Added(boolean already) implements Outcome {}

    record CodeSent(Codes.Sent sent) implements Outcome {}

    /// Paid for: the pincode is asked for.
    record Pincode(String mobile) implements Outcome {}

    /// The patient has still to pay. Whoever knows number and date of birth is told so at the
    /// patient's entrance as well; nobody else can pay.
    record Unpaid() implements Outcome {}

    /// Nothing to see yet; `from` tells the first day if that is why.
    record Wait(Optional<LocalDate> from) implements Outcome {}

    record Refused() implements Outcome {}

    record TooMany(Instant retryAt) implements Outcome {}
  }

  /// The name of the step that stands beside this visit.
  static Token step(Token visit) {
    return new Token("reference:" + visit.secret());
  }

  /// @param step see [#step]
  Outcome add(
      Principal.Professional who, Token step, Typed typed, String address, String requestId) {
    return switch (combination.judge(typed, address)) {
      case Judgement.TooMany(var retryAt) -> new Outcome.TooMany(retryAt);
      case Judgement.Refused(var hash, var why) -> {
        var trailOf = AuditEvent.reference(hash);
        write(trailOf, who, AuditAction.SIGN_IN_REFUSED, why.toString(), requestId);
        yield new Outcome.Refused();
      }
      case Judgement.NotYet(var bucket) -> {
        refused(bucket, who, "not-valid-yet", requestId);
        yield new Outcome.Wait(
            Optional.of(bucket)
                .filter(one -> one.origin().ready()) // when copies will be, nobody knows
                .flatMap(one -> departments.find(one.department()))
                .map(found -> day(found, bucket)));
      }
      case Judgement.Right(var bucket) -> right(who, step, bucket, requestId);
    };
  }

  private static LocalDate day(Department department, Bucket bucket) {
    return LocalDate.ofInstant(bucket.validFrom(), department.zone());
  }

  private Outcome right(Principal.Professional who, Token step, Bucket bucket, String requestId) {
    if (bucket.addedBy(who.account())) {
      return new Outcome.Added(true);
    }
    var opened = authorisation.all(new Principal.Patient(bucket));
    if (opened.stream().allMatch(of -> of.studies().isEmpty())) {
      refused(bucket, who, "not-available-yet", requestId);
      return new Outcome.Wait(Optional.empty());
    }
    return switch (bucket.verification()) {
      case DATE_OF_BIRTH -> added(who, bucket, "date-of-birth", requestId);
      case OTP_SMS, OTP_EMAIL -> code(who, step, bucket, requestId);
      case PAYMENT -> pincode(who, step, bucket, requestId);
    };
  }

  /// The trail first: nothing is added that it does not tell of.
  Outcome added(Principal.Professional who, Bucket bucket, String by, String requestId) {
    write(AuditEvent.bucket(bucket.id()), who, AuditAction.REFERENCE_ADDED, by, requestId);
    return settling.add(bucket.id(), who.account(), bucket.epoch())
        ? new Outcome.Added(false)
        : new Outcome.Refused();
  }

  private Outcome pincode(Principal.Professional who, Token step, Bucket bucket, String requestId) {
    if (!payments.tab(bucket.id()).paid()) {
      refused(bucket, who, "not-paid", requestId);
      return new Outcome.Unpaid();
    }
    challenges.end(step.hash());
    steps.begin(bucket, step);
    shown(bucket, who, requestId);
    return new Outcome.Pincode(Masked.mobile(bucket.destination().orElse("")));
  }

  /// To what is registered of the patient, who tells it to whoever may see the study.
  private Outcome code(Principal.Professional who, Token step, Bucket bucket, String requestId) {
    var asked = codes.registered(bucket).map(way -> codes.ask(bucket, step, way));
    return switch (asked.orElseGet(Codes.Outcome.NoDestination::new)) {
      case Codes.Outcome.Opened(_, var sent) -> sent(who, bucket, sent, requestId);
      case Codes.Outcome.TooMany(var retryAt) -> tooMany(who, bucket, retryAt, requestId);
      case Codes.Outcome.NoDestination() -> {
        refused(bucket, who, "no-destination", requestId);
        yield new Outcome.Refused();
      }
    };
  }

  private Outcome sent(
      Principal.Professional who, Bucket bucket, Codes.Sent sent, String requestId) {
    var trailOf = AuditEvent.bucket(bucket.id());
    write(trailOf, who, AuditAction.CODE_REQUESTED, sent.channel(), requestId);
    return new Outcome.CodeSent(sent);
  }

  private Outcome tooMany(
      Principal.Professional who, Bucket bucket, Instant retryAt, String requestId) {
    refused(bucket, who, "too-many-codes", requestId);
    return new Outcome.TooMany(retryAt);
  }

  private void shown(Bucket bucket, Principal.Professional who, String requestId) {
    var trailOf = AuditEvent.bucket(bucket.id());
    write(trailOf, who, AuditAction.STEP_SHOWN, "pincode", requestId);
  }

  void refused(Bucket bucket, Principal.Professional who, String why, String requestId) {
    write(AuditEvent.bucket(bucket.id()), who, AuditAction.SIGN_IN_REFUSED, why, requestId);
  }

  private void write(
      String trailOf,
      Principal.Professional who,
      AuditAction action,
      String outcome,
      String requestId) {
    trail.record(new AuditEvent(trailOf, clock.instant(), who.actor(), action, outcome, requestId));
  }
}
