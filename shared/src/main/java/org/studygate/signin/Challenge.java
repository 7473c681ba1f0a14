package org.studygate.signin;

import java.time.Instant;

/// A visitor who knew number and date of birth and still owes a code, a payment or a pincode.
///
/// @param codeHash of the code that was sent; empty where none was
public record Challenge(
    String hash,
    String bucketId,
    long epoch,
    String codeHash,
    Instant codeExpires,
    int sends,
    Instant nextSendAt,
    Instant expires) {

  public boolean live(Instant now) {
    return now.isBefore(expires);
  }

  /// Strictly under ten minutes.
  public boolean codeLive(Instant now) {
    return !codeHash.isEmpty() && now.isBefore(codeExpires);
  }

  @Override
  public String toString() {
    return "Challenge[" + bucketId + "]";
  }
}
