package org.studygate.reference;

import java.time.Instant;
import java.util.Optional;
import org.studygate.limit.Tries;
import org.studygate.order.BirthDate.Known;

/// Reference numbers by their keyed hash, and how often a date of birth was wrong in a row.
public interface References {
  /// Counts a try before it is judged. A number that does not exist is counted alike.
  Try charge(String referenceHash, Instant now);

  /// The date of birth was right: what was counted up to this try counts no longer.
  ///
  /// @param counted 0 makes the same write and changes nothing
  void forgive(String referenceHash, int counted);

  /// Registers a number for a bucket.
  ///
  /// @param version compared as text: of two messages that name the number, the newer one's date of
  ///     birth holds, whichever comes last
  Claiming register(String referenceHash, Entry entry, String version);

  /// What became of a number to be registered.
  enum Claiming {
    WRITTEN,
    /// It belongs to another bucket.
    TAKEN,
    NEWER_THERE
  }

  /// What a number stands for.
  ///
  /// @param known how much of the date of birth the hospital knows: no more of it is compared
  record Entry(String bucketId, String birthHash, Known known) {}

  /// The answer to a try.
  sealed interface Try {
    /// What a right date takes off.
    int counted();

    /// To be judged; `counted` is this try's place in the run of wrong ones.
    record Charged(int counted, Optional<Entry> entry) implements Try {
      /// Wrong, it blocks.
      public boolean last() {
        return counted == Tries.DATE.max();
      }
    }

    /// The number is blocked until it is unlocked.
    record Blocked() implements Try {
      @Override
      public int counted() {
        return 0;
      }
    }
  }
}
