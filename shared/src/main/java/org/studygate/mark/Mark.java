package org.studygate.mark;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one account has seen of one study, and what it is marked with for it.
///
/// @param opened when it was opened first
/// @param last when it was opened last
/// @param report the version of its report that was read last
public record Mark(
    Optional<Instant> opened, Optional<Instant> last, Optional<String> report, List<Label> labels) {
  public static final Mark NONE =
      new Mark(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public Mark {
    labels = List.copyOf(labels);
  }

  /// Whether it was opened at this moment or later.
  public boolean openedSince(Instant at) {
    return last.or(() -> opened).filter(seen -> !seen.isBefore(at)).isPresent();
  }

  public record Label(String text, String colour) {
    @Override
    public String toString() {
      return "Label[…]";
    }
  }
}
