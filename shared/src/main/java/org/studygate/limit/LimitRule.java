package org.studygate.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Every window of the product in one place: no more than `max` in any time of that length,
/// whenever it begins. All fail closed: with the table out of reach nothing is let through.
public enum LimitRule {
  /// Wrong combinations from one client address; a hospital's whole waiting room may share one.
  LOGIN_ADDRESS("login-address", 30, Duration.ofMinutes(10)),
  /// Wrong combinations from one network (IPv4 /24, IPv6 /48).
  LOGIN_NETWORK("login-network", 150, Duration.ofMinutes(10)),
  /// Payments begun for one bucket: each is a call to the provider.
  PAYMENT_BEGUN("payment-begun", 60, Duration.ofHours(1)),
  /// Questions to the provider on behalf of one bucket; a page that waits asks every few seconds.
  PAYMENT_ASKED("payment-asked", 150, Duration.ofMinutes(5)),
  /// Pincodes that staff had sent again for one bucket.
  PINCODE_RESENT("pincode-resent", 5, Duration.ofHours(1)),
  /// Studies that one account opened without a right (security rule 32).
  GLASS("glass", 20, Duration.ofHours(1)),
  /// Questions of one account for people to share with, asked while somebody types: nobody copies
  /// the directory.
  DIRECTORY("directory", 120, Duration.ofMinutes(10)),
  /// The time between two codes of one bucket, over logins and browsers (product.md 2.7).
  OTP_SPACING("otp-spacing", 1, Duration.ofMinutes(1)),
  /// Codes sent for one bucket (product.md 2.7).
  OTP_BUCKET("otp-bucket", 5, Duration.ofHours(1)),
  /// Codes sent to one telephone or mailbox, over all visitors and buckets (product.md 2.7).
  OTP_DESTINATION("otp-destination", 10, Duration.ofDays(1));

  private final String code;
  private final int max;
  private final Duration window;

  LimitRule(String code, int max, Duration window) {
    this.code = code;
    this.max = max;
    this.window = window;
  }

  public int max() {
    return max;
  }

  public Duration window() {
    return window;
  }

  /// Of times that were taken those that count at this moment, the oldest first.
  List<Long> counting(List<Long> taken, Instant now) {
    var since = now.minus(window).toEpochMilli();
    return taken.stream().filter(time -> time > since).sorted().toList();
  }

  /// When there will be room; empty: there is.
  Optional<Instant> room(List<Long> taken, Instant now) {
    var counting = counting(taken, now);
    return counting.size() < max
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(counting.get(counting.size() - max)).plus(window));
  }

  String key(String who) {
    return code + '#' + who;
  }
}
