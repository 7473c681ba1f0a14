package org.studygate.signin;

import java.time.Clock;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;

/// Visitors who have shown number and date of birth and are on their way in: what they may do next
/// is told by their bucket, as long as it stands as it stood when they came.
public final class Steps {
  private final Challenges challenges;
  private final Buckets buckets;
  private final Tokens tokens;
  private final Clock clock;

  public Steps(Challenges challenges, Buckets buckets, Tokens tokens, Clock clock) {
    this.challenges = challenges;
    this.buckets = buckets;
    this.tokens = tokens;
    this.clock = clock;
  }

  public record Standing(Challenge challenge, Bucket bucket) {}

  /// Under a new cookie, as at every step.
  public Token begin(Bucket bucket) {
    var cookie = tokens.next();
    begin(bucket, cookie);
    return cookie;
  }

  /// The same under a name that is there already, where no step stands.
  public void begin(Bucket bucket, Token cookie) {
    challenges.begin(cookie.hash(), bucket, clock.instant().plus(OtpPolicy.STEP_LIFE));
  }

  public Optional<Standing> find(Token cookie) {
    return begun(cookie).filter(standing -> standing.bucket().open(clock.instant()));
  }

  /// The same, whatever the day: a step that was begun before its number's last day ended.
  public Optional<Standing> begun(Token cookie) {
    return challenges
        .find(cookie.hash(), clock.instant())
        .flatMap(
            challenge ->
                challenge
                    .bucket()
                    .flatMap(buckets::find)
                    .filter(bucket -> !bucket.withdrawn() && !bucket.blocked())
                    .filter(bucket -> bucket.epoch() == challenge.epoch())
                    .map(bucket -> new Standing(challenge, bucket)));
  }
}
