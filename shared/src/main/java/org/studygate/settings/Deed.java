package org.studygate.settings;

import org.studygate.audit.AuditAction;

/// What the service desk does about an account, besides verifying it.
public enum Deed {
  /// Whoever registered is not who it says: nothing ever flows.
  REFUSE(AuditAction.ACCOUNT_REFUSED),
  /// After too many wrong passwords or codes.
  UNLOCK(AuditAction.UNLOCKED),
  DISABLE(AuditAction.ACCOUNT_DISABLED),
  /// As it was before it was disabled; a refused one waits to be looked at again.
  ENABLE(AuditAction.ACCOUNT_ENABLED);

  private final AuditAction action;

  Deed(AuditAction action) {
    this.action = action;
  }

  public AuditAction action() {
    return action;
  }
}
