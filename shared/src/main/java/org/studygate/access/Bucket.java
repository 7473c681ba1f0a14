package org.studygate.access;

import java.time.Instant;
import java.util.Optional;
import org.studygate.department.Verification;

/// What one number opens: which studies, until when, after which proof.
/// `epoch` rises with every withdrawal, unlock, block by dates of birth, and with a correction that
/// changes who may come in; a challenge or session of an earlier epoch is dead.
///
/// @param validFrom with `validUntil` what the order says; what is paid for is not bound by it
/// @param blocked too many codes were wrong in a row; somebody has to unlock it
public record Bucket(
    String id,
    String department,
    Scope scope,
    boolean report,
    Verification verification,
    Optional<String> destination,
    String language,
    Instant validFrom,
    Instant validUntil,
    boolean withdrawn,
    boolean blocked,
    Paid paid,
    long epoch) {

  /// Whether it opens anything at this moment.
  public boolean open(Instant now) {
    return !blocked && valid(now);
  }

  /// The same for a code that has been counted already: as the last try it may be the right one.
  /// `validUntil` is the start of the first day after.
  public boolean valid(Instant now) {
    return !withdrawn && !expired(now) && (paid.now() || !now.isBefore(validFrom));
  }

  public boolean expired(Instant now) {
    return until().filter(end -> !now.isBefore(end)).isPresent();
  }

  /// When it ends by itself; empty if it does not.
  public Optional<Instant> until() {
    return paid.now() ? paid.until() : Optional.of(validUntil);
  }

  /// As it is once it has been paid for.
  public Bucket paidFor() {
    return new Bucket(
        id,
        department,
        scope,
        report,
        verification,
        destination,
        language,
        validFrom,
        validUntil,
        withdrawn,
        blocked,
        new Paid(true, Optional.empty(), paid.returned()),
        epoch);
  }

  @Override
  public String toString() {
    return "Bucket[" + id + "]";
  }
}
