package org.studygate.notice;

import java.util.Optional;

/// Hands a message to whoever carries it.
public interface Carrier {
  /// @param about the bucket of a share that a mail tells of: whoever carries it says so again when
  ///     the mail comes back
  Answer hand(Written written, Optional<String> about);

  /// What came of it.
  ///
  /// @param why of what was taken the carrier's own id, by which it can be asked after; of all else
  ///     the class of the reason, `throttled` for example
  record Answer(Handed handed, String why) {}

  enum Handed {
    TAKEN,
    /// This address or number can never be reached.
    REFUSED,
    /// Certainly not taken; it may be tried again.
    BUSY,
    /// There was no clear answer: it may have been taken.
    UNKNOWN
  }
}
