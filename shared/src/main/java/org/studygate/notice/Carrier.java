package org.studygate.notice;

/// Hands a message to whoever carries it.
public interface Carrier {
  Answer hand(Written written);

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
