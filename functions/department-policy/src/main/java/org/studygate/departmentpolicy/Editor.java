package org.studygate.departmentpolicy;

import java.util.Optional;
import org.studygate.access.Principal;
import org.studygate.access.Visit;
import org.studygate.account.DeskAct;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditEvent;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;

/// Whoever asks for a department's rules. Another department's are not there, exactly as those of
/// one that never was; what the own role may not is refused.
record Editor(Staff staff) {
  static final Parameter DEPARTMENT = new Parameter("department", "[a-z0-9-]{2,32}");

  /// Empty for everybody whom no desk knows.
  static Optional<Editor> of(Visit visit) {
    return visit.principal() instanceof Principal.Professional who ? of(who) : Optional.empty();
  }

  private static Optional<Editor> of(Principal.Professional who) {
    var department = who.role() == Role.SERVICE_DESK ? Optional.of("") : who.staffOf();
    return department
        .filter(_ -> who.role() != Role.PROFESSIONAL)
        .map(of -> new Editor(new Staff(who.account(), of, who.role())));
  }

  /// The department that is asked for, the own one if none is; the service desk says which.
  String department(Optional<String> asked) {
    var own = Optional.of(staff.department()).filter(one -> !one.isEmpty());
    var department =
        asked.or(() -> own).orElseThrow(() -> Problem.BAD_REQUEST.refusal("department"));
    if (!staff.worksFor(department)) {
      throw Problem.NOT_FOUND.refusal();
    }
    if (!staff.may(DeskAct.POLICY, department)) {
      throw Problem.FORBIDDEN.refusal();
    }
    return department;
  }

  Actor actor() {
    return new Actor.Staff(staff.account());
  }

  /// Where it is told that this one asked for what is not there or not allowed.
  String trail() {
    return staff.department().isEmpty()
        ? AuditEvent.account(staff.account())
        : AuditEvent.department(staff.department());
  }
}
