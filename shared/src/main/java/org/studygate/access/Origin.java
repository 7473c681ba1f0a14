package org.studygate.access;

import java.time.Instant;
import java.util.Optional;

/// How a bucket came to be.
///
/// @param by the account that made it, where a person did
/// @param madeAt when; empty of those that last, and of numbers from before it was noted
/// @param anonymised what it opens are copies without the identity, and no report
/// @param ready an anonymised one opens nothing before all of its copies are there
public record Origin(
    Kind kind, Optional<String> by, Optional<Instant> madeAt, boolean anonymised, boolean ready) {
  /// Of a number that a hospital sent with an order.
  public static final Origin REGISTERED = plain(Kind.NUMBER);

  public enum Kind {
    /// A hospital's own number, registered with an order.
    NUMBER("number"),
    PRINT("print"),
    SHARE("share"),
    GLASS("glass"),
    MAPPING("mapping"),
    DEPARTMENT("department");

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
      throw new IllegalArgumentException("no such kind of bucket");
    }
  }

  /// Of what nobody gave by hand.
  static Origin of(Scope scope) {
    return switch (scope) {
      case Scope.OfMapping _ -> plain(Kind.MAPPING);
      case Scope.OfDepartment _ -> plain(Kind.DEPARTMENT);
      case Scope.OfOrder _, Scope.OfStudies _, Scope.OfCopies _, Scope.OfOne _ -> REGISTERED;
    };
  }

  static Origin registered(Instant at) {
    return new Origin(Kind.NUMBER, Optional.empty(), Optional.of(at), false, true);
  }

  /// Of a number that somebody prints.
  public static Origin printed(String by, Instant at) {
    return new Origin(Kind.PRINT, Optional.of(by), Optional.of(at), false, true);
  }

  /// Of what somebody shares with people who have accounts.
  public static Origin shared(String by, Instant at) {
    return new Origin(Kind.SHARE, Optional.of(by), Optional.of(at), false, true);
  }

  /// The same, of copies without the identity that are still to be made.
  public Origin anonymous() {
    return new Origin(kind, by, madeAt, true, false);
  }

  /// Of what somebody opens for himself.
  static Origin glass(String by, Instant at) {
    return new Origin(Kind.GLASS, Optional.of(by), Optional.of(at), false, true);
  }

  private static Origin plain(Kind kind) {
    return new Origin(kind, Optional.empty(), Optional.empty(), false, true);
  }

  @Override
  public String toString() {
    return "Origin[" + kind.code() + "]";
  }
}
