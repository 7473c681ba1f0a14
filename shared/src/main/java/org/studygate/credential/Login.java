package org.studygate.credential;

import java.time.Instant;

/// One attempt to sign in, as its owner may read it.
///
/// @param from the address that it came from
public record Login(Instant at, String from, Outcome outcome) {
  /// What became of it.
  public enum Outcome {
    SIGNED_IN("signed-in"),
    WRONG_PASSWORD("wrong-password"),
    WRONG_CODE("wrong-code"),
    /// Too many were wrong; this one was not judged any more.
    LOCKED("locked"),
    /// The account is closed.
    DISABLED("disabled"),
    /// A new password was set by whoever got the code for it.
    PASSWORD_RESET("password-reset");

    private final String code;

    Outcome(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    static Outcome of(String code) {
      for (var outcome : values()) {
        if (outcome.code.equals(code)) {
          return outcome;
        }
      }
      throw new IllegalArgumentException("no such outcome");
    }
  }

  @Override
  public String toString() {
    return "Login[" + outcome + "]";
  }
}
