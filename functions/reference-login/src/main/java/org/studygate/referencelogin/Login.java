package org.studygate.referencelogin;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.studygate.access.Authorisation;
import org.studygate.access.Bucket;
import org.studygate.access.Opened;
import org.studygate.access.Principal;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.payment.Offer;
import org.studygate.payment.Offers;
import org.studygate.payment.Payments;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.signin.Codes;
import org.studygate.signin.Combination;
import org.studygate.signin.Combination.Judgement;
import org.studygate.signin.Combination.Typed;
import org.studygate.signin.Entrance;
import org.studygate.signin.Masked;
import org.studygate.signin.SignOut;
import org.studygate.signin.Steps;

/// Number and date of birth, and what comes after them (product.md 2.3 to 2.5).
final class Login {
  private final Combination combination;
  private final Authorisation authorisation;
  private final Departments departments;
  private final Codes codes;
  private final Entrance entrance;
  private final Steps steps;
  private final SignOut signOut;
  private final Payments payments;
  private final Offers offers;
  private final AuditTrail trail;
  private final Tokens tokens;
  private final Clock clock;

  Login(
      Combination combination,
      Authorisation authorisation,
      Departments departments,
      Codes codes,
      Entrance entrance,
      Steps steps,
      SignOut signOut,
      Payments payments,
      Offers offers,
      AuditTrail trail,
      Tokens tokens,
      Clock clock) {
    this.combination = combination;
    this.authorisation = authorisation;
    this.departments = departments;
    this.codes = codes;
    this.entrance = entrance;
    this.steps = steps;
    this.signOut = signOut;
    this.payments = payments;
    this.offers = offers;
    this.trail = trail;
    this.tokens = tokens;
    this.clock = clock;
  }

  sealed interface Outcome {
    /// The cookie that the browser holds from now on; empty where nothing is begun.
    default Optional<Token> begun() {
      return switch (this) {
        case Open(var cookie) -> Optional.of(cookie);
        case CodeSent(var cookie, _) -> Optional.of(cookie);
        case Pay(var cookie, _) -> Optional.of(cookie);
        case Pincode(var cookie, _) -> Optional.of(cookie);
        case Wait _, Refused _, TooMany _ -> Optional.empty();
      };
    }

    record Open(Token cookie) implements Outcome {}

    record CodeSent(Token cookie, Codes.Sent sent) implements Outcome {}

    /// To be paid for first.
    record Pay(Token cookie, Offer offer) implements Outcome {}

    /// Paid for: the pincode is asked for. `mobile` is where it went, masked.
    record Pincode(Token cookie, String mobile) implements Outcome {}

    /// Nothing to see yet; `from` tells the first day if that is why.
    record Wait(Optional<LocalDate> from) implements Outcome {}

    record Refused() implements Outcome {}

    record TooMany(Instant retryAt) implements Outcome {}
  }

  /// @param former what the browser holds already: a visit or a step that ends where this begins
  Outcome attempt(Typed typed, String clientAddress, Optional<Token> former, String requestId) {
    var outcome = judge(typed, clientAddress, former, requestId);
    if (outcome.begun().isPresent() && !outcome.begun().equals(former)) {
      former.ifPresent(cookie -> signOut.replace(cookie, requestId));
    }
    return outcome;
  }

  private Outcome judge(
      Typed typed, String clientAddress, Optional<Token> former, String requestId) {
    return switch (combination.judge(typed, clientAddress)) {
      case Judgement.TooMany(var retryAt) -> new Outcome.TooMany(retryAt);
      case Judgement.Refused(var hash, var why) -> {
        var who = new Actor.Unknown();
        var action = AuditAction.SIGN_IN_REFUSED;
        write(AuditEvent.reference(hash), who, action, why.toString(), requestId);
        yield new Outcome.Refused();
      }
      case Judgement.NotYet(var bucket) -> {
        refused(bucket, "not-valid-yet", requestId);
        yield new Outcome.Wait(
            Optional.of(bucket)
                .filter(one -> one.origin().ready()) // when copies will be, nobody knows
                .flatMap(one -> departments.find(one.department()))
                .map(found -> day(found, bucket)));
      }
      case Judgement.Right(var bucket) ->
          right(bucket, authorisation.all(new Principal.Patient(bucket)), former, requestId);
    };
  }

  private Outcome right(
      Bucket bucket, List<Opened> opened, Optional<Token> former, String requestId) {
    if (opened.stream().allMatch(of -> of.studies().isEmpty())) {
      refused(bucket, "not-available-yet", requestId);
      return new Outcome.Wait(Optional.empty());
    }
    return switch (bucket.verification()) {
      case DATE_OF_BIRTH -> open(bucket, requestId);
      case OTP_SMS, OTP_EMAIL -> sendCode(bucket, former, requestId);
      case PAYMENT -> pay(bucket, opened, requestId);
    };
  }

  private static LocalDate day(Department department, Bucket bucket) {
    return LocalDate.ofInstant(bucket.validFrom(), department.zone());
  }

  /// The way on is told only of what can be paid: a department that has stopped asking for money
  /// has to say how its numbers open now.
  private Outcome pay(Bucket bucket, List<Opened> opened, String requestId) {
    if (payments.tab(bucket.id()).paid()) {
      shown(bucket, "pincode", requestId);
      var mobile = Masked.mobile(bucket.destination().orElse(""));
      return new Outcome.Pincode(steps.begin(bucket), mobile);
    }
    var department = opened.getFirst().department();
    var rules = department.flatMap(found -> found.policy().payment());
    if (rules.isEmpty()) {
      refused(bucket, "no-payment-rules", requestId);
      return new Outcome.Refused();
    }
    var offer = offers.of(bucket, department.orElseThrow(), rules.get(), opened);
    var today = LocalDate.ofInstant(clock.instant(), department.orElseThrow().zone());
    if (offer.over(today)) {
      refused(bucket, "retention-over", requestId);
      return new Outcome.Refused();
    }
    shown(bucket, "pay", requestId);
    return new Outcome.Pay(steps.begin(bucket), offer);
  }

  private Outcome open(Bucket bucket, String requestId) {
    var cookie = tokens.next();
    var now = clock.instant();
    entrance.open(
        Session.begin(
            cookie.hash(),
            new Subject.OfBucket(bucket.id()),
            bucket.epoch(),
            bucket.department(),
            now),
        new AuditEvent(
            AuditEvent.bucket(bucket.id()),
            now,
            who(bucket),
            AuditAction.SIGNED_IN,
            "date-of-birth",
            requestId));
    return new Outcome.Open(cookie);
  }

  /// Who is back too soon for another code goes on with the one that was sent.
  private Outcome sendCode(Bucket bucket, Optional<Token> former, String requestId) {
    return switch (codes.open(bucket)) {
      case Codes.Outcome.Opened(var cookie, var sent) -> {
        var trailOf = AuditEvent.bucket(bucket.id());
        write(trailOf, who(bucket), AuditAction.CODE_REQUESTED, sent.channel(), requestId);
        yield new Outcome.CodeSent(cookie, sent);
      }
      case Codes.Outcome.TooMany(var retryAt) -> {
        var sent = former.flatMap(cookie -> sent(cookie, bucket));
        if (sent.isEmpty()) {
          refused(bucket, "too-many-codes", requestId);
        }
        yield sent.orElseGet(() -> new Outcome.TooMany(retryAt));
      }
      case Codes.Outcome.NoDestination() -> {
        refused(bucket, "no-destination", requestId);
        yield new Outcome.Refused();
      }
    };
  }

  private Optional<Outcome> sent(Token cookie, Bucket bucket) {
    return steps
        .find(cookie)
        .filter(step -> step.bucket().id().equals(bucket.id()))
        .map(Steps.Standing::challenge)
        .filter(challenge -> challenge.codeLive(clock.instant()))
        .map(challenge -> new Outcome.CodeSent(cookie, Codes.standing(challenge, bucket)));
  }

  private void shown(Bucket bucket, String step, String requestId) {
    var trailOf = AuditEvent.bucket(bucket.id());
    write(trailOf, who(bucket), AuditAction.STEP_SHOWN, step, requestId);
  }

  private void refused(Bucket bucket, String why, String requestId) {
    var trailOf = AuditEvent.bucket(bucket.id());
    write(trailOf, who(bucket), AuditAction.SIGN_IN_REFUSED, why, requestId);
  }

  private static Actor who(Bucket bucket) {
    return new Actor.Patient(bucket.id());
  }

  private void write(
      String trailOf, Actor who, AuditAction action, String outcome, String requestId) {
    trail.record(new AuditEvent(trailOf, clock.instant(), who, action, outcome, requestId));
  }
}
