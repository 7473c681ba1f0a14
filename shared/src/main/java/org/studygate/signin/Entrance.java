package org.studygate.signin;

import org.studygate.audit.AuditEvent;
import org.studygate.session.Session;

/// Where no code is asked for: the visit begins with the event that tells of it, or not at all.
public interface Entrance {
  void open(Session session, AuditEvent event);
}
