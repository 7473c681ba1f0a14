package org.studygate.json;

/// What somebody sent is not what was asked for. The message names fields, never their content.
public final class BadJson extends RuntimeException {
  private final String code;

  public BadJson(String message) {
    this("bad-json", message);
  }

  /// What was sent breaks a rule of what it is for.
  public BadJson(String message, RuntimeException cause) {
    super(message, cause);
    this.code = "bad-json";
  }

  private BadJson(String code, String message) {
    super(message);
    this.code = code;
  }

  /// More than what it is kept in can hold.
  public static BadJson tooLong(String what, int most, String unit) {
    return new BadJson("field-too-long", what + " has more than " + most + " " + unit);
  }

  /// Tells what is too long from what is not understood.
  public String code() {
    return code;
  }
}
