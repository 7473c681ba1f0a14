package org.studygate.otp;

import java.time.Duration;

/// The numbers of one-time codes (product.md 2.7; NIST SP 800-63B, 3.1.3.2).
public final class OtpPolicy {
  public static final int DIGITS = 6;
  public static final Duration LIFE = Duration.ofMinutes(10);
  public static final Duration SPACING = Duration.ofSeconds(60);
  public static final int SENDS_PER_CHALLENGE = 3;
  public static final int SENDS_PER_BUCKET_AND_HOUR = 5;
  public static final int SENDS_PER_DESTINATION_AND_DAY = 10;

  /// How long a challenge may be worked on, codes and all.
  public static final Duration CHALLENGE_LIFE = Duration.ofMinutes(30);

  /// How long a visitor may take to pay or to find the pincode: longer than a payment page lives.
  public static final Duration STEP_LIFE = Duration.ofMinutes(60);

  private OtpPolicy() {}
}
