package org.studygate.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.studygate.limit.Tries;

/// What was given, with what was wrong on it, as whoever looks after it sees it.
///
/// @param wrongDates dates of birth in a row
/// @param wrongCodes codes or pincodes in a row
/// @param reason why it was given: for the department alone
/// @param refused why the number is of no use that came for it: it waits for one of ours
public record Standing(
    Bucket bucket,
    int wrongDates,
    int wrongCodes,
    Optional<String> reason,
    Optional<String> refused) {
  public enum State {
    ACTIVE,
    BLOCKED,
    EXPIRED,
    WITHDRAWN,
    /// Copies without the identity are not all there yet.
    WAITING,
    /// No number opens it, since the one that came is of no use.
    REFUSED;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<State> of(String code) {
      for (var state : values()) {
        if (state.code().equals(code)) {
          return Optional.of(state);
        }
      }
      return Optional.empty();
    }
  }

  public State state(Instant now) {
    if (refused.isPresent()) {
      return State.REFUSED;
    }
    if (bucket.withdrawn()) {
      return State.WITHDRAWN;
    }
    if (bucket.blocked() || wrongDates >= Tries.DATE.max()) {
      return State.BLOCKED;
    }
    if (bucket.expired(now)) {
      return State.EXPIRED;
    }
    return bucket.origin().ready() ? State.ACTIVE : State.WAITING;
  }

  @Override
  public String toString() {
    return "Standing[" + bucket + "]";
  }
}
