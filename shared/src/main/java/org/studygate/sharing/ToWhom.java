package org.studygate.sharing;

import java.util.Optional;
import java.util.Set;

/// With whom a study was shared, as its trail keeps it and its patient is told: what they are, and
/// never who.
///
/// @param kind of the one recipient, or [#SEVERAL]
public record ToWhom(String kind, boolean anonymized) {
  static final String SEVERAL = "several";
  private static final String ANONYMIZED = "-anonymized";
  private static final Set<String> KINDS =
      Set.of("user", "group", "department", "email", "mobile", SEVERAL);

  public String code() {
    return kind + (anonymized ? ANONYMIZED : "");
  }

  /// Empty of what was kept before this was.
  public static Optional<ToWhom> of(String code) {
    var anonymized = code.endsWith(ANONYMIZED);
    var kind = anonymized ? code.substring(0, code.length() - ANONYMIZED.length()) : code;
    return Optional.of(kind).filter(KINDS::contains).map(one -> new ToWhom(one, anonymized));
  }

  /// As somebody without an account is told of it: how whoever has none was reached is all one.
  public String told() {
    return switch (kind) {
      case "email", "mobile" -> "other";
      default -> kind;
    };
  }
}
