package org.studygate.study;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.audit.AuditEvent;
import org.studygate.study.Studies.Link;

/// Studies as the people of their department judge them, where files and orders do not tell.
public interface StudyDesk {
  /// Those with something that nobody has looked at, the newest first.
  ///
  /// @param before where a page before ended
  Page held(String department, Optional<String> before, int limit);

  /// Writes what was decided with the events that tell of it; `false` if the study has
  /// changed since `revision`.
  boolean decide(
      StudyId study,
      long revision,
      Link link,
      Instant flaggedAt,
      List<AuditEvent> events,
      String reason);

  /// @param next continues where this page ends
  record Page(List<StudyId> studies, Optional<String> next) {}
}
