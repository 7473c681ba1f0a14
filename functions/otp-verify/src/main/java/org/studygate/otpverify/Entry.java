package org.studygate.otpverify;

import java.time.Clock;
import java.util.Optional;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.platform.Tokens.Token;
import org.studygate.signin.VerifyCode;
import org.studygate.signin.VerifyCode.Outcome;

/// The last step in: a code is judged, and what became of it goes into the trail. Outside, every
/// refusal looks the same.
final class Entry {
  private final VerifyCode verify;
  private final AuditTrail trail;
  private final Clock clock;

  Entry(VerifyCode verify, AuditTrail trail, Clock clock) {
    this.verify = verify;
    this.trail = trail;
    this.clock = clock;
  }

  /// The cookie of the visit that the code opens.
  Optional<Token> enter(Token challenge, String code, String requestId) {
    return switch (verify.check(challenge, code)) {
      case Outcome.Opened(var token, var session) -> {
        write(session.subject().id(), AuditAction.SIGNED_IN, "code", requestId);
        yield Optional.of(token);
      }
      case Outcome.Wrong(var bucket) -> {
        write(bucket, AuditAction.SIGN_IN_REFUSED, "wrong-code", requestId);
        yield Optional.empty();
      }
      case Outcome.Blocked(var bucket) -> {
        write(bucket, AuditAction.SIGN_IN_REFUSED, "blocked", requestId);
        yield Optional.empty();
      }
      case Outcome.NoLiveCode _, Outcome.Proved _ -> Optional.empty(); // no visit began
    };
  }

  private void write(String bucket, AuditAction action, String outcome, String requestId) {
    trail.record(
        new AuditEvent(
            AuditEvent.bucket(bucket),
            clock.instant(),
            new Actor.Patient(bucket),
            action,
            outcome,
            requestId));
  }
}
