package org.studygate.payment;

import java.time.Duration;

/// The numbers of payments.
public final class PaymentPolicy {
  /// How long a Checkout Session may be paid. Stripe allows no less than 30 minutes, and the
  /// request that opens it may take its time.
  public static final Duration SESSION = Duration.ofMinutes(35);

  /// How long an attempt without a session is carried on with the very same request; after that a
  /// new one begins.
  public static final Duration ATTEMPT = Duration.ofMinutes(2);

  /// When the provider is asked about a session that nobody has told us of.
  public static final Duration FIRST_ASK = Duration.ofMinutes(5);

  /// When it is asked again about a session of which it could not be asked.
  public static final Duration AGAIN_FAILED = Duration.ofMinutes(10);

  /// When it is asked again about one that it does not know, or not as we know it.
  public static final Duration AGAIN_UNKNOWN = Duration.ofDays(1);

  /// When it is asked again about one that stands as it stood.
  static Duration again(Stage stage) {
    return switch (stage) {
      case OPEN -> Duration.ofMinutes(10);
      case PENDING -> Duration.ofHours(6);
      case EXPIRED, FAILED, PAID, DISPUTED, WON, LOST, REFUNDED -> Duration.ofMinutes(10);
    };
  }

  private PaymentPolicy() {}
}
