package org.studygate.payment;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.studygate.department.Price;

/// Our own record of a Checkout Session, kept for good: what was asked for, and how far it came.
///
/// @param until when access will end, as it was said before paying
/// @param refund whether the money is to go back because it was paid twice
public record Checkout(
    String session,
    String bucket,
    int attempt,
    Price price,
    String method,
    Instant opened,
    Optional<Instant> until,
    Stage stage,
    Optional<String> paymentIntent,
    long refunded,
    Refund refund) {
  private static final int NUMBER = 8;

  public enum Refund {
    NONE,
    WANTED,
    ASKED
  }

  public static Checkout opened(
      String session, String bucket, int attempt, Tab.Attempt trying, Instant now) {
    return new Checkout(
        session,
        bucket,
        attempt,
        trying.price(),
        trying.method(),
        now,
        trying.until(),
        Stage.OPEN,
        Optional.empty(),
        0,
        Refund.NONE);
  }

  /// Short enough to be read out on the telephone; it stands on the receipt and at the provider.
  public String number() {
    return number(bucket, attempt);
  }

  public static String number(String bucket, int attempt) {
    return bucket.substring(0, NUMBER).toUpperCase(Locale.ROOT) + '-' + attempt;
  }

  /// Whether the provider speaks of what we asked for (security rule 40).
  public boolean agrees(PaymentProvider.Told told, boolean live) {
    return told.session().equals(session)
        && told.bucket().equals(bucket)
        && told.price().equals(price)
        && told.live() == live;
  }

  @Override
  public String toString() {
    return "Checkout[" + session + ", " + stage + "]";
  }
}
