package org.studygate.signin;

import java.time.Instant;
import java.util.Optional;
import org.studygate.session.Subject;

/// A visitor on the way in who still owes something: a code, a payment, a pincode; of an account, a
/// password or another step of its own.
///
/// @param subject whose visit it would become
/// @param codeHash of the code that was sent; empty where none was
public record Challenge(
    String hash,
    Subject subject,
    long epoch,
    String codeHash,
    Instant codeExpires,
    int sends,
    Instant nextSendAt,
    Instant expires) {

  public boolean live(Instant now) {
    return now.isBefore(expires);
  }

  /// Strictly under ten minutes.
  public boolean codeLive(Instant now) {
    return !codeHash.isEmpty() && now.isBefore(codeExpires);
  }

  /// The bucket of a patient; an account has none.
  public Optional<String> bucket() {
    return subject instanceof Subject.OfBucket(var id) ? Optional.of(id) : Optional.empty();
  }

  @Override
  public String toString() {
    return "Challenge[" + subject.text() + "]";
  }
}
