package org.studygate.referenceadd;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.access.Grant;
import org.studygate.access.Grants;
import org.studygate.access.Held;
import org.studygate.access.Origin;
import org.studygate.access.Principal;
import org.studygate.account.Accounts;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.department.Verification;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Session;
import org.studygate.signin.Codes;
import org.studygate.signin.Proofs;
import org.studygate.signin.VerifyCode;

/// The code that a share asks for, once in a visit: it goes to the mobile of whoever opens it, and
/// is worth something in this visit and for this bucket alone, since its step has a name made of
/// both. To whoever does not hold the bucket there is none.
final class OpenShare {
  private final Buckets buckets;
  private final Grants grants;
  private final Accounts accounts;
  private final Codes codes;
  private final VerifyCode verify;
  private final Proofs proofs;
  private final AuditTrail trail;
  private final Clock clock;

  OpenShare(
      Buckets buckets,
      Grants grants,
      Accounts accounts,
      Codes codes,
      VerifyCode verify,
      Proofs proofs,
      AuditTrail trail,
      Clock clock) {
    this.buckets = buckets;
    this.grants = grants;
    this.accounts = accounts;
    this.codes = codes;
    this.verify = verify;
    this.proofs = proofs;
    this.trail = trail;
    this.clock = clock;
  }

  /// Who asks, in which visit.
  record Caller(Principal.Professional who, Token token, Session session, String requestId) {
    Token step(String bucket) {
      return new Token("share:" + bucket + ':' + token.secret());
    }

    @Override
    public String toString() {
      return "Caller[…]";
    }
  }

  sealed interface Outcome {
    record Sent(Codes.Sent sent) implements Outcome {}

    record Opened() implements Outcome {}

    /// Outside, whatever it was looks the same.
    record Refused() implements Outcome {}

    record NotFound() implements Outcome {}

    /// The account has no mobile (any more).
    record NoMobile() implements Outcome {}

    record TooMany(Instant retryAt) implements Outcome {}
  }

  Outcome ask(Caller caller, String id) {
    return held(caller.who(), id)
        .filter(way -> way.open(clock.instant()))
        .map(way -> ask(caller, way.bucket()))
        .orElseGet(() -> notFound(caller));
  }

  private Outcome ask(Caller caller, Bucket bucket) {
    var way =
        accounts
            .find(caller.who().account())
            .flatMap(
                account ->
                    account
                        .mobile()
                        .map(mobile -> codes.opening(bucket, mobile, account.language())));
    if (way.isEmpty()) {
      write(caller, bucket, AuditAction.SIGN_IN_REFUSED, "no-destination");
      return new Outcome.NoMobile();
    }
    return switch (codes.ask(bucket, caller.step(bucket.id()), way.get())) {
      case Codes.Outcome.Opened(_, var sent) -> {
        write(caller, bucket, AuditAction.CODE_REQUESTED, sent.channel());
        yield new Outcome.Sent(sent);
      }
      case Codes.Outcome.TooMany(var retryAt) -> {
        write(caller, bucket, AuditAction.SIGN_IN_REFUSED, "too-many-codes");
        yield new Outcome.TooMany(retryAt);
      }
      case Codes.Outcome.NoDestination() -> new Outcome.NoMobile();
    };
  }

  /// Charged first, compared after. One that is blocked already is told of as a wrong code is.
  Outcome prove(Caller caller, String id, String typed) {
    return held(caller.who(), id)
        .filter(way -> way.path().stream().allMatch(bucket -> bucket.valid(clock.instant())))
        .map(way -> prove(caller, way.bucket(), typed))
        .orElseGet(() -> notFound(caller));
  }

  private Outcome prove(Caller caller, Bucket bucket, String typed) {
    var event = event(caller, bucket, AuditAction.CODE_PROVED, "code");
    var judged =
        verify.prove(
            caller.step(bucket.id()),
            typed,
            (challenge, counted) ->
                proofs.prove(challenge, counted, caller.session().hash(), event, clock.instant()));
    return switch (judged) {
      case VerifyCode.Outcome.Proved _ -> new Outcome.Opened();
      case VerifyCode.Outcome.Wrong _ -> refused(caller, bucket, "wrong-code");
      case VerifyCode.Outcome.Blocked _ -> refused(caller, bucket, "blocked");
      case VerifyCode.Outcome.NoLiveCode _, VerifyCode.Outcome.Opened _ ->
          refused(caller, bucket, "no-live-code");
    };
  }

  /// By one of its rows as they stand: what was withdrawn of them leads nowhere. What has a number
  /// asks whoever types that.
  private Optional<Held> held(Principal.Professional who, String id) {
    return buckets
        .find(id)
        .filter(bucket -> bucket.origin().kind() == Origin.Kind.SHARE)
        .filter(bucket -> bucket.verification() == Verification.OTP_SMS)
        .filter(bucket -> bucket.destination().isEmpty())
        .map(bucket -> grants.held(lines(who, bucket)))
        .flatMap(
            held -> held.values().stream().flatMap(List::stream).filter(Held::shared).findFirst());
  }

  private static List<Grant.Line> lines(Principal.Professional who, Bucket bucket) {
    return bucket.scope().chosen().stream()
        .flatMap(
            study ->
                who.principals().stream()
                    .map(principal -> new Grant.Line(study, principal, bucket.id())))
        .toList();
  }

  private Outcome refused(Caller caller, Bucket bucket, String why) {
    write(caller, bucket, AuditAction.SIGN_IN_REFUSED, why);
    return new Outcome.Refused();
  }

  private Outcome notFound(Caller caller) {
    var who = caller.who().actor();
    trail.record(
        new AuditEvent(
            who.trail(),
            clock.instant(),
            who,
            AuditAction.ACCESS_REFUSED,
            "share-not-there",
            caller.requestId()));
    return new Outcome.NotFound();
  }

  private void write(Caller caller, Bucket bucket, AuditAction action, String outcome) {
    trail.record(event(caller, bucket, action, outcome));
  }

  private AuditEvent event(Caller caller, Bucket bucket, AuditAction action, String outcome) {
    return new AuditEvent(
        AuditEvent.bucket(bucket.id()),
        clock.instant(),
        caller.who().actor(),
        action,
        outcome,
        caller.requestId());
  }
}
