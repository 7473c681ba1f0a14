package org.studygate.account;

/// What somebody shows beside the password.
public enum Factor {
  NONE("none"),
  TOTP("totp"),
  SMS("sms"),
  EMAIL("email");

  private final String code;

  Factor(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  public static Factor of(String code) {
    for (var factor : values()) {
      if (factor.code.equals(code)) {
        return factor;
      }
    }
    throw new IllegalArgumentException("no such factor");
  }
}
