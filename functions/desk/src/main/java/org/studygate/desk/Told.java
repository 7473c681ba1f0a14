package org.studygate.desk;

import java.time.Clock;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.http.Problem;

/// What the trail is told of the desk: before data leave, and of every refusal.
final class Told {
  private final AuditTrail trail;
  private final Clock clock;

  Told(AuditTrail trail, Clock clock) {
    this.trail = trail;
    this.clock = clock;
  }

  void looked(Clerk clerk, String department, String at, String requestId) {
    trail.record(ofDepartment(clerk, department, AuditAction.DESK_VIEWED, at, requestId));
  }

  void searched(Clerk clerk, String department, String requestId) {
    trail.record(ofDepartment(clerk, department, AuditAction.DESK_SEARCHED, "ok", requestId));
  }

  void pictures(Clerk clerk, String study, String requestId) {
    trail.record(event(clerk, AuditEvent.study(study), AuditAction.IMAGES_VIEWED, "ok", requestId));
  }

  /// Not what was mistyped, nor what was no more to be done: what was not there or not allowed.
  void refused(Clerk clerk, Problem problem, String requestId) {
    if (problem == Problem.NOT_FOUND || problem == Problem.FORBIDDEN) {
      trail.record(
          event(clerk, clerk.trail(), AuditAction.ACCESS_REFUSED, problem.code(), requestId));
    }
  }

  AuditEvent ofDepartment(
      Clerk clerk, String department, AuditAction action, String outcome, String requestId) {
    return event(clerk, AuditEvent.department(department), action, outcome, requestId);
  }

  AuditEvent event(
      Clerk clerk, String trailOf, AuditAction action, String outcome, String requestId) {
    return new AuditEvent(trailOf, clock.instant(), clerk.actor(), action, outcome, requestId);
  }
}
