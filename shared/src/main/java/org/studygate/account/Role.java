package org.studygate.account;

/// What somebody is here. A professional reads what others let them; staff and admins are of one
/// department; the service desk is of the whole environment.
public enum Role {
  PROFESSIONAL("professional"),
  STAFF("department-staff"),
  ADMIN("department-admin"),
  SERVICE_DESK("service-desk");

  private final String code;

  Role(String code) {
    this.code = code;
  }

  /// As contracts and tables have it.
  public String code() {
    return code;
  }

  public static Role of(String code) {
    for (var role : values()) {
      if (role.code.equals(code)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no such role");
  }

  /// Whether somebody in this role works for a department, and so sees its studies.
  public boolean ofDepartment() {
    return this == STAFF || this == ADMIN;
  }
}
