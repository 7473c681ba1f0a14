package org.studygate.access;

import java.time.Instant;
import java.util.Optional;

/// What one number opens: the studies of one order, until when, after which proof.
/// `epoch` rises with every withdrawal, unlock, block by dates of birth, and with a correction that
/// changes who may come in; a challenge or session of an earlier epoch is dead.
///
/// @param blocked too many codes were wrong in a row; somebody has to unlock it
public record Bucket(
    String id,
    String department,
    String orderId,
    boolean report,
    Verification verification,
    Optional<String> destination,
    String language,
    Instant validFrom,
    Instant validUntil,
    boolean withdrawn,
    boolean blocked,
    long epoch) {

  /// Whether it opens anything at this moment.
  public boolean open(Instant now) {
    return !blocked && valid(now);
  }

  /// The same for a code that has been counted already: as the fifth try it may be the right one.
  /// `validUntil` is the start of the first day after.
  public boolean valid(Instant now) {
    return !withdrawn && !now.isBefore(validFrom) && now.isBefore(validUntil);
  }

  public boolean expired(Instant now) {
    return !now.isBefore(validUntil);
  }

  @Override
  public String toString() {
    return "Bucket[" + id + "]";
  }
}
