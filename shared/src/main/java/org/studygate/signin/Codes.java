package org.studygate.signin;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.department.Verification;
import org.studygate.notice.Notices;
import org.studygate.notice.Outgoing;
import org.studygate.platform.Pepper;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Subject;
import org.studygate.signin.Challenges.Code;
import org.studygate.signin.Challenges.Sending;

/// Draws one-time codes and puts them on their way to what is registered with the bucket, or with
/// the account that opens it, never to what a visitor types.
public final class Codes {
  private final Challenges challenges;
  private final Notices notices;
  private final Pepper pepper;
  private final Tokens tokens;
  private final Clock clock;

  public Codes(Challenges challenges, Notices notices, Pepper pepper, Tokens tokens, Clock clock) {
    this.challenges = challenges;
    this.notices = notices;
    this.pepper = pepper;
    this.tokens = tokens;
    this.clock = clock;
  }

  /// What the code page shows. `resendAt` is empty when no more codes are sent.
  public record Sent(
      String channel, String sentTo, Optional<Instant> resendAt, Instant expiresAt) {}

  public sealed interface Outcome {
    /// A challenge is open under a new cookie.
    record Opened(Token cookie, Sent sent) implements Outcome {}

    record TooMany(Instant retryAt) implements Outcome {}

    /// The hospital has registered nothing that a code could be sent to.
    record NoDestination() implements Outcome {}
  }

  /// Where the codes of a bucket go, and what they say.
  public record Way(String channel, String to, Letter letter) {
    public interface Letter {
      Outgoing of(String code);
    }

    String masked() {
      return channel.equals("email") ? Masked.email(to) : Masked.mobile(to);
    }

    @Override
    public String toString() {
      return "Way[" + channel + "]";
    }
  }

  /// To what is registered with the bucket; empty if that is nothing.
  public Optional<Way> registered(Bucket bucket) {
    return bucket
        .destination()
        .map(to -> new Way(channel(bucket), to, code -> notices.code(bucket, code)));
  }

  /// To the mobile of an account, for whoever opens what was shared with it.
  public Way opening(Bucket bucket, String mobile, String language) {
    return new Way("sms", mobile, code -> notices.opening(bucket, mobile, language, code));
  }

  /// Opens a challenge and sends its first code, in one write.
  public Outcome open(Bucket bucket) {
    return registered(bucket)
        .map(way -> open(bucket, tokens.next(), way))
        .orElseGet(Outcome.NoDestination::new);
  }

  private Outcome open(Bucket bucket, Token cookie, Way way) {
    return switch (send(cookie, bucket, way, true)) {
      case Sending.Sent(var resendAt, var expiresAt) ->
          new Outcome.Opened(
              cookie, new Sent(way.channel(), way.masked(), Optional.of(resendAt), expiresAt));
      case Sending.TooMany(var retryAt) -> new Outcome.TooMany(retryAt);
      case Sending.Gone() -> new Outcome.TooMany(clock.instant().plus(OtpPolicy.SPACING));
    };
  }

  /// Another code for an open challenge; the former one is dead from then on.
  public Sending again(Token cookie, Bucket bucket) {
    return send(cookie, bucket, registered(bucket).orElseThrow(), false);
  }

  /// For somebody who has a visit already, under a name of that: the first code, or another one.
  /// Who asks again too soon goes on with the code that was sent.
  public Outcome ask(Bucket bucket, Token step, Way way) {
    var standing = challenge(bucket, step);
    if (standing.isEmpty()) {
      challenges.end(step.hash());
      return open(bucket, step, way);
    }
    return switch (send(step, bucket, way, false)) {
      case Sending.Sent _ ->
          challenge(bucket, step)
              .<Outcome>map(one -> opened(one, step, way))
              .orElseGet(() -> new Outcome.TooMany(clock.instant().plus(OtpPolicy.SPACING)));
      case Sending.TooMany(var retryAt) ->
          standing
              .filter(one -> one.codeLive(clock.instant()))
              .<Outcome>map(one -> opened(one, step, way))
              .orElseGet(() -> new Outcome.TooMany(retryAt));
      case Sending.Gone() -> new Outcome.TooMany(clock.instant().plus(OtpPolicy.SPACING));
    };
  }

  private static Outcome opened(Challenge challenge, Token step, Way way) {
    return new Outcome.Opened(step, standing(challenge, way.channel(), way.masked()));
  }

  /// One of before the bucket's epoch rose is worth nothing any more.
  private Optional<Challenge> challenge(Bucket bucket, Token step) {
    return challenges
        .find(step.hash(), clock.instant())
        .filter(one -> !one.codeHash().isEmpty())
        .filter(one -> one.bucket().equals(Optional.of(bucket.id())))
        .filter(one -> one.epoch() == bucket.epoch());
  }

  /// How an open challenge stands, for a page that was loaded again.
  public static Sent standing(Challenge challenge, Bucket bucket) {
    return standing(challenge, channel(bucket), Masked.destination(bucket));
  }

  /// The same for a channel and a masked destination that are known already.
  public static Sent standing(Challenge challenge, String channel, String sentTo) {
    var more = challenge.sends() < OtpPolicy.SENDS_PER_CHALLENGE;
    var resendAt = more ? Optional.of(challenge.nextSendAt()) : Optional.<Instant>empty();
    return new Sent(channel, sentTo, resendAt, challenge.codeExpires());
  }

  private static String channel(Bucket bucket) {
    return bucket.verification() == Verification.OTP_EMAIL ? "email" : "sms";
  }

  private Sending send(Token cookie, Bucket bucket, Way way, boolean first) {
    var code = tokens.digits(OtpPolicy.DIGITS);
    var hash = cookie.hash();
    return challenges.send(
        new Code(
            hash,
            new Subject.OfBucket(bucket.id()),
            bucket.epoch(),
            VerifyCode.hash(pepper, hash, code),
            pepper.hash("destination", way.to()),
            first),
        way.letter().of(code),
        clock.instant());
  }
}
