package org.studygate.notice;

/// Hands a message to whoever carries it.
public interface Carrier {
  Handed hand(Letter letter);

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
