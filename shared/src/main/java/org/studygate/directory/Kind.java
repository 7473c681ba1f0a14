package org.studygate.directory;

import java.util.Optional;

/// What somebody shares with.
public enum Kind {
  USER("user"),
  GROUP("group"),
  DEPARTMENT("department");

  private final String code;

  Kind(String code) {
    this.code = code;
  }

  /// As contracts and tables have it.
  public String code() {
    return code;
  }

  public static Optional<Kind> of(String code) {
    for (var kind : values()) {
      if (kind.code.equals(code)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
