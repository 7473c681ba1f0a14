package org.studygate.studyaccess;

import java.util.Optional;
import org.studygate.access.Principal;
import org.studygate.access.Visit;
import org.studygate.account.DeskAct;
import org.studygate.account.Staff;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditEvent;
import org.studygate.http.Problem;

/// Whoever asks, with an account. Of a department or at the service desk one looks after all that
/// was given of its studies; everybody else after what he gave himself.
record Asker(Principal.Professional who, Optional<Staff> staff) {
  /// Empty for patients: to them nothing of it is there.
  static Optional<Asker> of(Visit visit) {
    return visit.principal() instanceof Principal.Professional who
        ? Optional.of(new Asker(who, who.staff()))
        : Optional.empty();
  }

  boolean worksFor(String department) {
    return staff.filter(one -> one.worksFor(department)).isPresent();
  }

  /// Whether this is his own to do: by his work, or since he gave it. What is of others is not
  /// there; what the own role may not is refused.
  void check(DeskAct act, String department, Optional<String> givenBy) {
    if (givenBy.equals(Optional.of(who.account()))) {
      return;
    }
    if (!worksFor(department)) {
      throw Problem.NOT_FOUND.refusal();
    }
    if (staff.filter(one -> one.may(act, department)).isEmpty()) {
      throw Problem.FORBIDDEN.refusal();
    }
  }

  /// For what only a department's own people and the service desk have.
  Staff atDesk() {
    return staff.orElseThrow(Problem.NOT_FOUND::refusal);
  }

  /// The department that is asked for, the own one if none is; the service desk says which.
  String department(Optional<String> asked) {
    var own = Optional.of(atDesk().department()).filter(one -> !one.isEmpty());
    var department = asked.or(() -> own).orElseThrow(() -> refused("department"));
    if (!worksFor(department)) {
      throw Problem.NOT_FOUND.refusal();
    }
    return department;
  }

  private static Problem.Refusal refused(String field) {
    return Problem.BAD_REQUEST.refusal(field);
  }

  Actor actor() {
    return staff.<Actor>map(one -> new Actor.Staff(one.account())).orElseGet(who::actor);
  }

  /// Where it is told that this one asked for what is not there or not allowed.
  String trail() {
    return staff
        .map(Staff::department)
        .filter(one -> !one.isEmpty())
        .map(AuditEvent::department)
        .orElseGet(() -> AuditEvent.account(who.account()));
  }
}
