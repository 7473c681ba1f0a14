package org.studygate.settings;

import java.util.List;
import org.studygate.audit.AuditEvent;

/// What an account's owner sees and changes of it. Each change is one write with its line of the
/// trail, and none happens to an account that has ended since.
public interface Settings {
  /// `false` if the account is not there, or not one with this epoch any more.
  boolean change(String account, long epoch, List<Edit> edits, AuditEvent event);
}
