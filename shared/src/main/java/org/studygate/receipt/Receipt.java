package org.studygate.receipt;

import java.time.Instant;
import java.util.Optional;

/// What was refused, flagged or held back, for the people of the hospital who can mend it.
///
/// @param key of the object that it is about, as the hospital named it; empty where it is about
///     what several objects say together
/// @param code stable, one of those in docs/receipts.md
/// @param sentence says what to do; never a name, a number to sign in with, a date of birth
/// @param at when the object came: the same thing told again has the same time
public record Receipt(
    String department,
    Optional<String> key,
    String code,
    String sentence,
    Instant at,
    About about) {

  /// What it is about, as the hospital knows it.
  public record About(
      Optional<String> accession, Optional<String> studyUid, Optional<String> sopUid) {
    public static final About NOTHING =
        new About(Optional.empty(), Optional.empty(), Optional.empty());

    @Override
    public String toString() {
      return "About[…]";
    }
  }

  @Override
  public String toString() {
    return "Receipt[" + department + ", " + code + "]";
  }
}
