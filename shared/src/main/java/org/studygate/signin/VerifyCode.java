package org.studygate.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.access.Buckets.CodeTry;
import org.studygate.limit.Tries;
import org.studygate.platform.Pepper;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Session;
import org.studygate.session.Subject;

/// Judges a one-time code: charged first, compared after, consumed in the write that opens the
/// visit.
public final class VerifyCode {
  private final Challenges challenges;
  private final Buckets buckets;
  private final Pepper pepper;
  private final Tokens tokens;
  private final Clock clock;

  public VerifyCode(
      Challenges challenges, Buckets buckets, Pepper pepper, Tokens tokens, Clock clock) {
    this.challenges = challenges;
    this.buckets = buckets;
    this.pepper = pepper;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// What became of a code. Outside, every refusal looks the same.
  public sealed interface Outcome {
    record Opened(Token token, Session session) implements Outcome {}

    /// By somebody who has a visit already.
    record Proved(Bucket bucket) implements Outcome {}

    record Wrong(String bucketId) implements Outcome {}

    record Blocked(String bucketId) implements Outcome {}

    record NoLiveCode() implements Outcome {}
  }

  /// Opens the visit of the bucket.
  public Outcome check(Token cookie, String guess) {
    return judge(cookie, guess, this::redeem);
  }

  /// The same for somebody who has a visit already: none begins.
  public Outcome prove(Token step, String guess) {
    return judge(step, guess, this::spend);
  }

  /// The same, where more is written than that the code is spent.
  public Outcome prove(Token step, String guess, Spending spending) {
    return judge(
        step,
        guess,
        (challenge, bucket, counted) ->
            spending.spend(challenge, counted)
                ? new Outcome.Proved(bucket)
                : new Outcome.NoLiveCode());
  }

  public interface Spending {
    /// `false` where somebody was quicker, or things do not stand any more as they stood.
    boolean spend(Challenge challenge, int counted);
  }

  /// What a right code leads to.
  private interface Right {
    Outcome of(Challenge challenge, Bucket bucket, int counted);
  }

  private Outcome judge(Token cookie, String guess, Right right) {
    var now = clock.instant();
    var found = challenges.find(cookie.hash(), now);
    if (found.isEmpty()) {
      return new Outcome.NoLiveCode();
    }
    var challenge = found.get();
    var bucket = challenge.bucket();
    if (bucket.isEmpty()) {
      return new Outcome.NoLiveCode(); // the step of an account
    }
    if (!challenge.codeLive(now)) {
      challenges.kill(challenge);
      return new Outcome.NoLiveCode();
    }
    return switch (buckets.chargeCode(bucket.get(), challenge.epoch(), Tries.CODE)) {
      case CodeTry.Refused() -> new Outcome.Blocked(bucket.get());
      case CodeTry.Charged _ when !matches(pepper, challenge, guess) ->
          new Outcome.Wrong(bucket.get());
      case CodeTry.Charged(var counted) ->
          buckets
              .find(bucket.get())
              .filter(standing -> standing.valid(now))
              .map(standing -> right.of(challenge, standing, counted))
              .orElseGet(Outcome.NoLiveCode::new);
    };
  }

  /// Whether it is the code that was sent for this challenge.
  public static boolean matches(Pepper pepper, Challenge challenge, String guess) {
    return MessageDigest.isEqual(
        challenge.codeHash().getBytes(StandardCharsets.UTF_8),
        hash(pepper, challenge.hash(), guess).getBytes(StandardCharsets.UTF_8));
  }

  /// A code is worth something with its own challenge only.
  public static String hash(Pepper pepper, String challengeHash, String code) {
    return pepper.hash("otp", challengeHash + '|' + code);
  }

  private Outcome redeem(Challenge challenge, Bucket bucket, int counted) {
    var token = tokens.next();
    var session = begin(token, bucket, challenge);
    return challenges.redeem(challenge, counted, session, clock.instant())
        ? new Outcome.Opened(token, session)
        : new Outcome.NoLiveCode();
  }

  private Outcome spend(Challenge challenge, Bucket bucket, int counted) {
    return challenges.spend(challenge, counted, clock.instant())
        ? new Outcome.Proved(bucket)
        : new Outcome.NoLiveCode();
  }

  private Session begin(Token token, Bucket bucket, Challenge challenge) {
    return Session.begin(
        token.hash(),
        new Subject.OfBucket(bucket.id()),
        challenge.epoch(),
        bucket.department(),
        clock.instant());
  }
}
