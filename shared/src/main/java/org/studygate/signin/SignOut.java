package org.studygate.signin;

import java.time.Clock;
import java.util.Optional;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Session;
import org.studygate.session.Sessions;
import org.studygate.session.Subject;

/// Ends what a cookie stands for, a visit or a step on the way to one, so that nobody can go on
/// with it, and tells the trail of it.
public final class SignOut {
  private final Sessions sessions;
  private final Challenges challenges;
  private final AuditTrail trail;
  private final Clock clock;

  public SignOut(Sessions sessions, Challenges challenges, AuditTrail trail, Clock clock) {
    this.sessions = sessions;
    this.challenges = challenges;
    this.trail = trail;
    this.clock = clock;
  }

  /// The visitor wants to leave; whose visit or step it was.
  public Optional<Subject> leave(Token cookie, String requestId) {
    return end(cookie, "logout", requestId);
  }

  /// Another sign-in takes its place in the browser.
  public void replace(Token cookie, String requestId) {
    var _ = end(cookie, "replaced", requestId);
  }

  private Optional<Subject> end(Token cookie, String why, String requestId) {
    var whose = visit(cookie).or(() -> step(cookie));
    whose
        .map(SignOut::visitor)
        .ifPresent(
            who ->
                trail.record(
                    new AuditEvent(
                        who.trail(),
                        clock.instant(),
                        who,
                        AuditAction.SIGNED_OUT,
                        why,
                        requestId)));
    return whose;
  }

  private Optional<Subject> visit(Token cookie) {
    return sessions
        .end(cookie.hash())
        .filter(session -> session.live(clock.instant()))
        .map(Session::subject);
  }

  private Optional<Subject> step(Token cookie) {
    return challenges
        .end(cookie.hash())
        .filter(challenge -> challenge.live(clock.instant()))
        .map(Challenge::subject)
        .filter(Subject.OfBucket.class::isInstance); // a name that was typed is nobody yet
  }

  private static Actor.Visitor visitor(Subject whose) {
    return switch (whose) {
      case Subject.OfBucket(var bucket) -> new Actor.Patient(bucket);
      case Subject.OfAccount(var account) -> new Actor.Professional(account);
    };
  }
}
