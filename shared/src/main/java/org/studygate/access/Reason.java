package org.studygate.access;

import java.time.Instant;
import java.util.Optional;

/// Why somebody with an account sees a study.
///
/// @param by the account of the colleague whose mapping gives it, of a group
/// @param until when it ends by itself
public record Reason(Kind kind, Optional<String> by, Optional<Instant> until) {
  public enum Kind {
    /// Asked for by this physician.
    REQUESTED("requested"),
    COPIED("copied"),
    /// Asked for by, or copied to, a colleague of a group.
    GROUP("group"),
    /// Works for the department.
    STAFF("staff"),
    /// Added by its reference number.
    REFERENCE("reference"),
    SHARED("shared"),
    /// Opened without a right, with a reason and for a while.
    GLASS("glass");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    static Kind of(String code) {
      for (var kind : values()) {
        if (kind.code.equals(code)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no such reason");
    }
  }
}
