package org.studygate.signin;

import org.studygate.access.Bucket;
import org.studygate.department.Verification;

/// Where a code went, as the page may show it: enough to recognise one's own, too little to learn
/// one (product.md 2.7).
public final class Masked {
  private static final String DOTS = "•••";

  private Masked() {}

  public static String destination(Bucket bucket) {
    var destination = bucket.destination().orElse("");
    return bucket.verification() == Verification.OTP_EMAIL
        ? email(destination)
        : mobile(destination);
  }

  /// The last two digits.
  public static String mobile(String number) {
    return DOTS + " " + number.substring(Math.max(0, number.length() - 2));
  }

  /// The first letter and the domain.
  public static String email(String address) {
    var at = address.lastIndexOf('@');
    return at < 1
        ? DOTS
        : address.substring(0, address.offsetByCodePoints(0, 1)) + DOTS + address.substring(at);
  }
}
