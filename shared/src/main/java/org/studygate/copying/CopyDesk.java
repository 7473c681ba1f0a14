package org.studygate.copying;

import java.util.List;
import java.util.Optional;
import org.studygate.audit.AuditEvent;
import org.studygate.study.StudyId;

/// Copies that wait for the people of a department.
public interface CopyDesk {
  record Page(List<Copies.Copy> copies, Optional<String> next) {}

  /// Those of a department that wait for somebody, the newest first.
  ///
  /// @param before where a page before ended
  Page waiting(String department, Optional<String> before, int limit);

  /// What somebody decided, with the events that tell of it. `false` if somebody was quicker, or
  /// it does not wait.
  boolean decide(StudyId copy, Pixels pixels, List<AuditEvent> events);
}
