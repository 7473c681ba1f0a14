package org.studygate.otpissue;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.platform.Tokens.Token;
import org.studygate.signin.Challenges.Sending;
import org.studygate.signin.Codes;
import org.studygate.signin.Steps;

/// A new code for an open challenge. It refills no counter of wrong ones.
final class Resend {
  private final Steps steps;
  private final Codes codes;
  private final AuditTrail trail;
  private final Clock clock;

  Resend(Steps steps, Codes codes, AuditTrail trail, Clock clock) {
    this.steps = steps;
    this.codes = codes;
    this.trail = trail;
    this.clock = clock;
  }

  sealed interface Outcome {
    record Sent(Codes.Sent sent) implements Outcome {}

    record TooMany(Instant retryAt) implements Outcome {}

    /// The challenge is over: number and date of birth are asked for again.
    record Gone() implements Outcome {}
  }

  /// How the challenge stands, for a page that was loaded again.
  Optional<Codes.Sent> standing(Token cookie) {
    return open(cookie).map(open -> Codes.standing(open.challenge(), open.bucket()));
  }

  Outcome send(Token cookie, String requestId) {
    var open = open(cookie);
    if (open.isEmpty()) {
      return new Outcome.Gone();
    }
    var bucket = open.get().bucket();
    return switch (codes.again(cookie, bucket)) {
      case Sending.Sent _ -> {
        trail.record(
            new AuditEvent(
                AuditEvent.bucket(bucket.id()),
                clock.instant(),
                new Actor.Patient(bucket.id()),
                AuditAction.CODE_REQUESTED,
                "again",
                requestId));
        yield standing(cookie).<Outcome>map(Outcome.Sent::new).orElseGet(Outcome.Gone::new);
      }
      case Sending.TooMany(var retryAt) -> new Outcome.TooMany(retryAt);
      case Sending.Gone() -> new Outcome.Gone();
    };
  }

  private Optional<Steps.Standing> open(Token cookie) {
    return steps.find(cookie).filter(standing -> standing.bucket().verification().byCode());
  }
}
