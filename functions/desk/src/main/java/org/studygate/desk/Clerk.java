package org.studygate.desk;

import java.util.Optional;
import org.studygate.access.Principal;
import org.studygate.access.Visit;
import org.studygate.account.DeskAct;
import org.studygate.account.Staff;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditEvent;
import org.studygate.http.Problem;

/// Whoever stands at the desk. What is of another department is not there, exactly as what never
/// was; what the own role may not is refused.
record Clerk(Staff staff) {
  /// Empty for everybody whom the desk does not know: to them nothing of it is there.
  static Optional<Clerk> of(Visit visit) {
    return visit.principal() instanceof Principal.Professional who
        ? who.staff().map(Clerk::new)
        : Optional.empty();
  }

  /// The department that is asked for, the own one if none is; the service desk says which.
  String department(Optional<String> asked) {
    var department =
        asked.or(this::own).orElseThrow(() -> Problem.BAD_REQUEST.refusal("department"));
    if (!staff.worksFor(department)) {
      throw Problem.NOT_FOUND.refusal();
    }
    return department;
  }

  private Optional<String> own() {
    return Optional.of(staff.department()).filter(department -> !department.isEmpty());
  }

  /// To be asked once something of this department was found.
  void check(DeskAct act, String department) {
    if (!staff.worksFor(department)) {
      throw Problem.NOT_FOUND.refusal();
    }
    if (!staff.may(act, department)) {
      throw Problem.FORBIDDEN.refusal();
    }
  }

  boolean may(DeskAct act, String department) {
    return staff.may(act, department);
  }

  Actor actor() {
    return new Actor.Staff(staff.account());
  }

  /// Where it is told that this one asked for what is not there or not allowed.
  String trail() {
    return own().map(AuditEvent::department).orElseGet(() -> AuditEvent.account(staff.account()));
  }
}
