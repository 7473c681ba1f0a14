package org.studygate.studyaccess;

import java.time.Clock;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.http.Problem;

/// What the trail is told: before data leave, and of every refusal.
final class Told {
  private final AuditTrail trail;
  private final Clock clock;

  Told(AuditTrail trail, Clock clock) {
    this.trail = trail;
    this.clock = clock;
  }

  void listed(Asker asker, String trailOf, String what, String requestId) {
    trail.record(event(asker, trailOf, AuditAction.ACCESS_LISTED, what, requestId));
  }

  /// Not what was mistyped, nor what was no more to be done: what was not there or not allowed.
  void refused(Asker asker, Problem problem, String requestId) {
    if (problem == Problem.NOT_FOUND || problem == Problem.FORBIDDEN) {
      trail.record(
          event(asker, asker.trail(), AuditAction.ACCESS_REFUSED, problem.code(), requestId));
    }
  }

  AuditEvent event(
      Asker asker, String trailOf, AuditAction action, String outcome, String requestId) {
    return new AuditEvent(trailOf, clock.instant(), asker.actor(), action, outcome, requestId);
  }
}
