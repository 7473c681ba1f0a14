package org.studygate.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The header value that CloudFront adds. The current and the previous one count, so that it can be
/// rotated;
/// both are asked for again after five minutes.
public final class OriginSecret {
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final Secrets secrets;
  private final String arn;
  private final Clock clock;
  private volatile @Nullable Known known;

  public OriginSecret(Secrets secrets, String arn, Clock clock) {
    this.secrets = secrets;
    this.arn = arn;
    this.clock = clock;
  }

  public static OriginSecret of(Platform platform) {
    return new OriginSecret(
        platform.secrets(), platform.environment().required("ORIGIN_SECRET_ARN"), platform.clock());
  }

  public boolean matches(String header) {
    var now = clock.instant();
    var values = known;
    if (values == null || Duration.between(values.since, now).abs().compareTo(KEPT) > 0) {
      values = new Known(secrets.current(arn, "value"), secrets.previous(arn, "value"), now);
      known = values;
    }
    var current = equal(header, values.current);
    var previous = equal(header, values.previous);
    return current || previous; // both compared, so the time tells nothing
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
    known = null;
  }

  private static boolean equal(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private record Known(String current, String previous, Instant since) {
    @Override
    public String toString() {
      return "Known[…]";
    }
  }
}
