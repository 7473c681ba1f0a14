package org.studygate.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A secret that is rotated while it is in use: the value in force and the one before it count.
/// Both are kept for five minutes, and asked for again then. If they cannot be had, the ones that
/// are known still count, since a store of secrets that is ill is no reason to send everybody
/// away; it is asked again after half a minute, not at every call.
public final class RotatedSecret {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Secrets secrets;
  private final String arn;
  private final String field;
  private final Clock clock;
  private final Log log;
  private volatile @Nullable Known known;

  public RotatedSecret(Secrets secrets, String arn, String field, Clock clock, Log log) {
    this.secrets = secrets;
    this.arn = arn;
    this.field = field;
    this.clock = clock;
    this.log = log;
  }

  /// The value in force, and the one before it if there is one.
  public List<String> values() {
    var now = clock.instant();
    var values = known;
    if (values == null || values.isOver(now)) {
      values = ask(now, Optional.ofNullable(values));
      known = values;
    }
    return values.values;
  }

  private Known ask(Instant now, Optional<Known> stale) {
    try {
      var current = secrets.current(arn, field);
      var values =
          secrets
              .previous(arn, field)
              .map(previous -> List.of(current, previous))
              .orElseGet(() -> List.of(current));
      return new Known(values, now, KEPT);
    } catch (RuntimeException failure) {
      if (stale.isEmpty()) {
        throw failure;
      }
      log.error("secret-not-renewed", Map.of("field", field), failure);
      return new Known(stale.get().values, now, AGAIN);
    }
  }

  /// After a restore nothing of the snapshot counts.
  public void forget() {
    known = null;
  }

  private record Known(List<String> values, Instant since, Duration kept) {
    boolean isOver(Instant now) {
      return Duration.between(since, now).abs().compareTo(kept) > 0;
    }

    @Override
    public String toString() {
      return "Known[…]";
    }
  }
}
