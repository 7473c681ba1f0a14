package org.studygate.referenceadd;

import java.time.Clock;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.access.Buckets.CodeTry;
import org.studygate.access.Principal;
import org.studygate.department.Verification;
import org.studygate.limit.Tries;
import org.studygate.payment.Payments;
import org.studygate.payment.Pincodes;
import org.studygate.platform.Tokens.Token;
import org.studygate.referenceadd.AddReference.Outcome;
import org.studygate.signin.Steps;
import org.studygate.signin.VerifyCode;

/// The code or the pincode that a number asks for: charged first, compared after, as at the
/// patient's entrance. Every refusal looks the same outside.
final class ProveReference {
  private final AddReference adding;
  private final Steps steps;
  private final Buckets buckets;
  private final VerifyCode code;
  private final Payments payments;
  private final Pincodes pincodes;
  private final Clock clock;

  ProveReference(
      AddReference adding,
      Steps steps,
      Buckets buckets,
      VerifyCode code,
      Payments payments,
      Pincodes pincodes,
      Clock clock) {
    this.adding = adding;
    this.steps = steps;
    this.buckets = buckets;
    this.code = code;
    this.payments = payments;
    this.pincodes = pincodes;
    this.clock = clock;
  }

  Outcome prove(Principal.Professional who, Token step, String typed, String requestId) {
    var standing = steps.find(step);
    return standing
        .filter(found -> found.bucket().verification() == Verification.PAYMENT)
        .map(found -> pincode(who, found, typed, requestId))
        .orElseGet(() -> code(who, step, standing.map(Steps.Standing::bucket), typed, requestId));
  }

  private Outcome code(
      Principal.Professional who,
      Token step,
      Optional<Bucket> bucket,
      String typed,
      String requestId) {
    return switch (code.prove(step, typed)) {
      case VerifyCode.Outcome.Proved(var proved) -> adding.added(who, proved, "code", requestId);
      case VerifyCode.Outcome.Wrong _ -> refused(who, bucket, "wrong-code", requestId);
      case VerifyCode.Outcome.Blocked _ -> refused(who, bucket, "blocked", requestId);
      case VerifyCode.Outcome.NoLiveCode _, VerifyCode.Outcome.Opened _ ->
          refused(who, bucket, "no-live-code", requestId);
    };
  }

  private Outcome pincode(
      Principal.Professional who, Steps.Standing step, String typed, String requestId) {
    var bucket = step.bucket();
    return switch (buckets.chargeCode(bucket.id(), bucket.epoch(), Tries.PINCODE)) {
      case CodeTry.Refused() -> refused(who, Optional.of(bucket), "blocked", requestId);
      case CodeTry.Charged(var counted) -> compare(who, step, counted, typed, requestId);
    };
  }

  private Outcome compare(
      Principal.Professional who,
      Steps.Standing step,
      int counted,
      String typed,
      String requestId) {
    var bucket = Optional.of(step.bucket());
    var tab = payments.tab(step.bucket().id());
    var matches = pincodes.matches(tab, typed);
    if (!tab.paid()) {
      return refused(who, bucket, "not-paid", requestId);
    }
    if (!matches) {
      return refused(who, bucket, "wrong-pincode", requestId);
    }
    return payments.prove(step.challenge(), counted, tab, clock.instant())
        ? adding.added(who, step.bucket(), "pincode", requestId)
        : new Outcome.Refused(); // used a moment ago, or ended meanwhile
  }

  private Outcome refused(
      Principal.Professional who, Optional<Bucket> bucket, String why, String requestId) {
    bucket.ifPresent(of -> adding.refused(of, who, why, requestId));
    return new Outcome.Refused();
  }
}
