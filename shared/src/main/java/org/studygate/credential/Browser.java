package org.studygate.credential;

import java.time.Duration;
import java.time.Instant;

/// A browser that was asked to be remembered: it skips the second factor, never the password.
///
/// @param id the hash of what its cookie holds
/// @param device its kind and its system, and nothing else of what it says of itself
/// @param epoch of the account when it was remembered: a later one has forgotten it
public record Browser(String id, String device, long epoch, Instant since, Instant expires) {
  public static final Duration LIFE = Duration.ofDays(30);

  public static Browser remember(String id, String device, long epoch, Instant now) {
    return new Browser(id, device, epoch, now, now.plus(LIFE));
  }

  public boolean live(long ofAccount, Instant now) {
    return epoch == ofAccount && now.isBefore(expires);
  }
}
