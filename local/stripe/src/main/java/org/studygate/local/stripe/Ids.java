package org.studygate.local.stripe;

import java.security.SecureRandom;

/// Ids that look like Stripe's.
record Ids(SecureRandom random) {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  String session() {
    return next("cs_test_a1", 56);
  }

  String next(String prefix) {
    return next(prefix, 24);
  }

  private String next(String prefix, int length) {
    var id = new StringBuilder(prefix);
    for (var i = 0; i < length; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
