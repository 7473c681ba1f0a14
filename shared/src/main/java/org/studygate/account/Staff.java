package org.studygate.account;

/// Who works for a department, by account and never by name; the service desk is of the whole
/// environment.
public record Staff(String account, String department, Role role) {
  /// Whether there is anything for this one to see. To everybody else there is nothing.
  public boolean worksFor(String owner) {
    return switch (role) {
      case SERVICE_DESK -> true;
      case STAFF, ADMIN -> department.equals(owner);
      case PROFESSIONAL -> false;
    };
  }

  public boolean may(DeskAct act, String owner) {
    return worksFor(owner) && act.mayBeDoneBy(role);
  }
}
