package org.studygate.audit;

import java.util.List;
import java.util.Optional;

/// The one port to the trail. It is written before data leaves: when it cannot be, nothing leaves.
public interface AuditTrail {
  void record(AuditEvent event);

  /// The events of one trail, newest first, `limit` at most, older than `before`.
  Page read(String trail, Optional<String> before, int limit);

  /// `next` continues where this page ends.
  record Page(List<AuditEvent> events, Optional<String> next) {}
}
