package org.studygate.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The header value that CloudFront adds. The current and the previous one count, so that it can be
/// rotated.
public final class OriginSecret {
  private final Secrets secrets;
  private final RotatedSecret values;

  public OriginSecret(Secrets secrets, RotatedSecret values) {
    this.secrets = secrets;
    this.values = values;
  }

  public static OriginSecret of(Platform platform) {
    var arn = platform.environment().required("ORIGIN_SECRET_ARN");
    return new OriginSecret(
        platform.secrets(),
        new RotatedSecret(platform.secrets(), arn, "value", platform.clock(), platform.log()));
  }

  public boolean matches(String header) {
    var matching = 0L;
    for (var value : values.values()) { // each is compared, so the time tells nothing
      matching += equal(header, value) ? 1 : 0;
    }
    return matching > 0;
  }

  /// Asks for a secret that does not exist: the way there is known then, and no secret.
  public void prime() {
    try {
      secrets.current("priming", "value");
    } catch (RuntimeException expected) {
      // as it should be
    }
  }

  /// After a restore nothing of the snapshot counts.
  public void forget() {
    values.forget();
  }

  private static boolean equal(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
