package org.studygate.department;

/// A rule of a department that cannot hold: which field, and what is wrong with it as a code. A
/// page says it beside the field; the message is for whoever writes a department's file.
public final class Unfit extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String code;

  Unfit(String field, String code, String message) {
    super(message);
    this.field = field;
    this.code = code;
  }

  /// As it stands in the department's JSON: `policy.validityMaximum`.
  public String field() {
    return field;
  }

  public String code() {
    return code;
  }
}
