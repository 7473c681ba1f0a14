package org.studygate.signin;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.department.Verification;
import org.studygate.notice.Notices;
import org.studygate.platform.Pepper;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Subject;
import org.studygate.signin.Challenges.Code;
import org.studygate.signin.Challenges.Sending;

/// Draws one-time codes and puts them on their way to what is registered with the bucket, never to
/// what a visitor types.
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

  /// Opens a challenge and sends its first code, in one write.
  public Outcome open(Bucket bucket) {
    return open(bucket, tokens.next());
  }

  /// The same under a name that is there already, where no step stands.
  public Outcome open(Bucket bucket, Token cookie) {
    if (bucket.destination().isEmpty()) {
      return new Outcome.NoDestination();
    }
    return switch (send(cookie, bucket, true)) {
      case Sending.Sent(var resendAt, var expiresAt) ->
          new Outcome.Opened(cookie, sent(bucket, Optional.of(resendAt), expiresAt));
      case Sending.TooMany(var retryAt) -> new Outcome.TooMany(retryAt);
      case Sending.Gone() -> throw new IllegalStateException("a new challenge was gone");
    };
  }

  /// Another code for an open challenge; the former one is dead from then on.
  public Sending again(Token cookie, Bucket bucket) {
    return send(cookie, bucket, false);
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

  private static Sent sent(Bucket bucket, Optional<Instant> resendAt, Instant expiresAt) {
    return new Sent(channel(bucket), Masked.destination(bucket), resendAt, expiresAt);
  }

  private static String channel(Bucket bucket) {
    return bucket.verification() == Verification.OTP_EMAIL ? "email" : "sms";
  }

  private Sending send(Token cookie, Bucket bucket, boolean first) {
    var code = tokens.digits(OtpPolicy.DIGITS);
    var hash = cookie.hash();
    return challenges.send(
        new Code(
            hash,
            new Subject.OfBucket(bucket.id()),
            bucket.epoch(),
            VerifyCode.hash(pepper, hash, code),
            pepper.hash("destination", bucket.destination().orElseThrow()),
            first),
        notices.code(bucket, code),
        clock.instant());
  }
}
