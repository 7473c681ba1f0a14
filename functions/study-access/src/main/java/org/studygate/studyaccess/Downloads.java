package org.studygate.studyaccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.study.StudyId;

/// Who got files of a study as they came, the newest first: of its newest events, so that a trail
/// that is long keeps nobody waiting.
record Downloads(AuditTrail trail) {
  private static final int PAGE = 500;
  private static final int PAGES = 4;

  List<AuditEvent> of(StudyId study) {
    var found = new ArrayList<AuditEvent>();
    var before = Optional.<String>empty();
    for (var pages = 0; pages < PAGES; pages++) {
      var page = trail.read(AuditEvent.study(study.value()), before, PAGE);
      page.events().stream()
          .filter(event -> event.action() == AuditAction.FILE_DOWNLOADED)
          .forEach(found::add);
      before = page.next();
      if (before.isEmpty()) {
        break;
      }
    }
    return List.copyOf(found);
  }

  /// Whoever holds a number has none.
  static Optional<String> account(AuditEvent event) {
    return switch (event.who()) {
      case Actor.Professional(var id) -> Optional.of(id);
      case Actor.Staff(var id) -> Optional.of(id);
      case Actor.Patient _, Actor.Hospital _, Actor.Studygate _, Actor.Unknown _ ->
          Optional.empty();
    };
  }
}
