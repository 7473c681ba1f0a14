package org.studygate.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.study.StudyContents;

/// What somebody may do with one study at this moment.
public sealed interface Decision {
  /// @param opened its order with what may be read of this study alone
  /// @param until when that ends by itself
  /// @param via the bucket that gives it
  /// @param ways every open way that leads to it
  /// @param reasons why somebody with an account sees it, each once
  record Permitted(
      Opened opened, Optional<Instant> until, String via, List<Held> ways, List<Reason> reasons)
      implements Decision {
    public Permitted {
      ways = List.copyOf(ways);
      reasons = List.copyOf(reasons);
    }

    public StudyContents contents() {
      return opened.studies().getFirst();
    }

    boolean gives(Right right) {
      return switch (right) {
        case STUDY -> true;
        case IMAGES -> !contents().series().isEmpty() || !contents().documents().isEmpty();
        case REPORT -> !contents().reports().isEmpty();
      };
    }
  }

  /// There is a way that opens with the code of this bucket.
  record NeedsCode(String bucket) implements Decision {}

  record Refused() implements Decision {}
}
