package org.studygate.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.session.Subject;
import org.studygate.signin.Challenge;
import org.studygate.signin.Codes;

/// A browser on the way in with an account. Each step has a cookie value of its own, and leads
/// on once.
///
/// @param account of whom; of a name that does not exist, one that nobody has
/// @param kept what only the next step needs, sealed in the table
/// @param code what was sent, and when there may be another
public record Step(
    String hash,
    String account,
    long epoch,
    Stage stage,
    Map<String, String> kept,
    Optional<Challenge> code,
    Instant expires) {
  /// As long as the user pool waits for an answer.
  public static final Duration LIFE = Duration.ofMinutes(15);

  public Step {
    kept = Map.copyOf(kept);
  }

  public static Step begin(
      String hash, String account, long epoch, Stage stage, Map<String, String> kept, Instant now) {
    return new Step(hash, account, epoch, stage, kept, Optional.empty(), now.plus(LIFE));
  }

  /// The same step, now that it is known whose it is.
  public Step of(Account known) {
    return new Step(hash, known.id(), known.epoch(), stage, kept, code, expires);
  }

  public boolean live(Instant now) {
    return now.isBefore(expires);
  }

  public Subject.OfAccount subject() {
    return new Subject.OfAccount(account);
  }

  /// What was put aside under this name; empty where nothing was.
  public String kept(String name) {
    return kept.getOrDefault(name, "");
  }

  /// What the page is told of the code that was sent.
  public Optional<Codes.Sent> sent() {
    return code.map(one -> Codes.standing(one, kept("channel"), kept("sentTo")));
  }

  @Override
  public String toString() {
    return "Step[" + stage + "]";
  }
}
