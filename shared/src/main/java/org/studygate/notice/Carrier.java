package org.studygate.notice;

/// Hands a message to whoever carries it.
public interface Carrier {
  /// Throws when it could not be handed over and may be tried again.
  Handed hand(Letter letter);

  enum Handed {
    TAKEN,
    /// This address or number can never be reached.
    REFUSED
  }
}
