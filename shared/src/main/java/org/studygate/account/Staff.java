package org.studygate.account;

/// Who works for a department, by account and never by name; the service desk is of the whole
/// environment.
public record Staff(String account, String department, Role role) {
  /// Blocked numbers and payments are the business of the service desk, wherever they are, and of
  /// the sending department's own admins (security rule 9).
  public boolean worksFor(String owner) {
    return switch (role) {
      case SERVICE_DESK -> true;
      case ADMIN -> department.equals(owner);
      case STAFF, PROFESSIONAL -> false;
    };
  }
}
