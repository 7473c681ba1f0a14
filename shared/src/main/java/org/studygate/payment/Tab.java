package org.studygate.payment;

import java.time.Instant;
import java.util.Optional;
import org.studygate.department.Price;

/// What has been paid for one bucket.
///
/// @param attempt how many times a payment was begun; the number of the newest
/// @param trying the newest attempt as it was begun, as long as it can still be carried on
/// @param session the one Checkout Session that may be paid now
/// @param last how the session before ended
/// @param paidBy the session whose money is there, or `STAFF`; empty: access is shut
/// @param pincode its keyed hash; made once, kept through refunds and new payments
public record Tab(
    String bucket,
    int attempt,
    Optional<Attempt> trying,
    Optional<String> session,
    Optional<Stage> last,
    Optional<String> paidBy,
    Optional<Pincode> pincode) {
  /// In place of a session: somebody of the department said so.
  public static final String STAFF = "staff";

  public static Tab empty(String bucket) {
    return new Tab(
        bucket,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public boolean paid() {
    return paidBy.isPresent();
  }

  /// What an attempt was begun with. Whoever carries it on asks the provider for exactly this.
  ///
  /// @param until when access will end, as it is said before paying
  public record Attempt(
      Price price, String method, String language, Instant begun, Optional<Instant> until) {}

  /// @param hash to compare with what is typed
  /// @param sealed to send it once more
  public record Pincode(String hash, String sealed) {
    @Override
    public String toString() {
      return "Pincode[…]";
    }
  }

  @Override
  public String toString() {
    return "Tab[" + bucket + "]";
  }
}
