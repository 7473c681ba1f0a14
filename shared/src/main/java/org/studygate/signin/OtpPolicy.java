package org.studygate.signin;

import java.time.Duration;
import org.studygate.limit.LimitRule;

/// The numbers of one-time codes (product.md 2.7; NIST SP 800-63B, 3.1.3.2). How many are sent in
/// an hour or a day stands with the other windows, in `LimitRule`.
public final class OtpPolicy {
  public static final int DIGITS = 6;
  public static final Duration LIFE = Duration.ofMinutes(10);
  public static final Duration SPACING = LimitRule.OTP_SPACING.window();
  public static final int SENDS_PER_CHALLENGE = 3;

  /// How long a challenge may be worked on, codes and all.
  public static final Duration CHALLENGE_LIFE = Duration.ofMinutes(30);

  /// How long a visitor may take to pay or to find the pincode: longer than a payment page lives.
  public static final Duration STEP_LIFE = Duration.ofMinutes(60);

  private OtpPolicy() {}
}
