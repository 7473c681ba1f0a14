package org.studygate.signin;

import java.time.Instant;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.notice.Outgoing;
import org.studygate.session.Session;
import org.studygate.session.Subject;

/// Open challenges and the sending of their codes.
public interface Challenges {
  Optional<Challenge> find(String challengeHash, Instant now);

  /// Opens a step that needs no code sent: what comes next is a payment or a pincode.
  void begin(String challengeHash, Bucket bucket, Instant expires);

  /// Opens a challenge or renews its code, counts the sending and puts the message in the outbox:
  /// all of it or nothing.
  Sending send(Code code, Outgoing message, Instant now);

  /// The code was right: the challenge ends, the visit begins and the bucket forgets the tries up
  /// to `counted`, all in one write. `false` when somebody was quicker, a newer code has replaced
  /// this one, or the bucket was withdrawn or unlocked since the challenge was opened.
  boolean redeem(Challenge challenge, int counted, Session session, Instant now);

  /// The same for somebody who has a visit already, so that none begins.
  boolean spend(Challenge challenge, int counted, Instant now);

  /// Ends a challenge, whatever it still owed; tells what it was.
  Optional<Challenge> end(String challengeHash);

  /// A code seen after its end stays dead, also if a clock is set back.
  void kill(Challenge challenge);

  /// A new code for a challenge. `first` opens the challenge.
  record Code(
      String challengeHash,
      Subject subject,
      long epoch,
      String codeHash,
      String destinationHash,
      boolean first) {
    @Override
    public String toString() {
      return "Code[" + subject.text() + "]";
    }
  }

  /// What became of a sending.
  sealed interface Sending {
    record Sent(Instant resendAt, Instant expiresAt) implements Sending {}

    /// A limit of product.md 2.7 is reached, or another request is sending at this moment.
    record TooMany(Instant retryAt) implements Sending {}

    /// There is no such challenge any more.
    record Gone() implements Sending {}
  }
}
