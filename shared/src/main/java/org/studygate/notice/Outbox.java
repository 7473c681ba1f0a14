package org.studygate.notice;

import java.time.Instant;
import java.util.List;
import org.studygate.audit.AuditEvent;

/// Messages on their way. A message is claimed, marked as being handed over, and closed; of
/// several senders one does it, and a sender whose claim has run out can do nothing more
/// (docs/adr/0013-a-code-is-sent-at-most-once.md).
public interface Outbox {
  Claim claim(String messageId, Instant now, Instant until);

  /// The last step before the hand-over. `false` if the claim has been lost.
  boolean handing(Waiting message, Instant now);

  /// Gives a message back, to be tried again then.
  void release(Waiting message, Instant again);

  /// The same, of a message that was marked and certainly not taken: the mark does not count.
  void takeBack(Waiting message, Instant again);

  /// Removes a message and records what became of it, both or neither. `false` if the claim has
  /// been
  /// lost.
  boolean close(Waiting message, AuditEvent event);

  /// Messages that should have gone by then, the oldest first.
  List<String> due(Instant by);

  /// What came of asking for a message.
  sealed interface Claim {
    record Taken(Waiting message) implements Claim {}

    /// An earlier sender ended while handing it over: it may have been sent, nobody can tell, and
    /// it must not be sent again.
    record Doubtful(Waiting message) implements Claim {}

    /// It is gone, or in somebody's hands.
    record Refused() implements Claim {}
  }

  /// @param claim tells this claim from later ones
  /// @param handed how often it may have been handed over already
  /// @param trail where its sending is told
  record Waiting(
      String messageId,
      MessageKind kind,
      long claim,
      int handed,
      String sealed,
      String trail,
      Instant expires) {
    /// Whether one more doubt can be met by sending it again.
    boolean mayGoAgain(int handed) {
      return handed < kind.hands();
    }

    @Override
    public String toString() {
      return "Waiting[" + messageId + "]";
    }
  }
}
