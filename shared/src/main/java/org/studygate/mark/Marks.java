package org.studygate.mark;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.studygate.audit.AuditEvent;
import org.studygate.study.StudyId;

/// What accounts have seen. To see is to be written down: mark and event are one write.
public interface Marks {
  /// Of those studies that have one; a hundred are one request.
  Map<StudyId, Mark> find(String account, Collection<StudyId> studies);

  /// The study is opened; `event` says so in the trail.
  ///
  /// @param report the version that is shown with it, if one is
  void opened(String account, StudyId study, Optional<String> report, AuditEvent event);

  /// Marks these studies for an account; the same label twice is one.
  void label(String account, Collection<StudyId> studies, Mark.Label label);
}
