package org.studygate.notice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Messages on their way.
public interface Outbox {
  /// Takes a message for a while, so that of several at work one sends it. Empty if it is gone or
  /// somebody else has it.
  Optional<Waiting> claim(String messageId, Instant now, Instant until);

  /// Gives a message back: it could not be handed over.
  void release(String messageId, Instant again);

  void remove(String messageId);

  /// Messages that should have gone by then, the oldest first.
  List<String> due(Instant by);

  record Waiting(String messageId, String sealed, String bucketId, Instant created) {
    @Override
    public String toString() {
      return "Waiting[" + messageId + "]";
    }
  }
}
