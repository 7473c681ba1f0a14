package org.studygate.settings;

import java.time.Instant;

/// Somebody tried to sign in with an account.
///
/// @param from the address that it came from
/// @param outcome a code: `open` where it succeeded
public record Attempt(Instant at, String from, String outcome) {
  @Override
  public String toString() {
    return "Attempt[" + at + "]";
  }
}
