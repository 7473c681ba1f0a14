package org.studygate.access;

import java.time.Clock;
import java.util.Optional;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Session;
import org.studygate.session.Sessions;

/// Visits as long as they last: their own two ends, and the bucket they were opened with. Withdrawn
/// or expired, it ends them at the next request, wherever that comes in.
public final class Visits {
  private final Sessions sessions;
  private final Buckets buckets;
  private final Clock clock;

  public Visits(Sessions sessions, Buckets buckets, Clock clock) {
    this.sessions = sessions;
    this.buckets = buckets;
    this.clock = clock;
  }

  /// Looking is not a click, so it lengthens nothing.
  public Optional<Visit> find(Token token) {
    return sessions.find(token.hash(), clock.instant()).flatMap(this::open);
  }

  /// A click: the idle time begins anew.
  public Optional<Visit> click(Token token) {
    return find(token)
        .flatMap(
            visit ->
                sessions
                    .touch(visit.session().hash(), clock.instant())
                    .map(session -> new Visit(session, visit.bucket())));
  }

  /// Whether a visit is over because the money for it went back: to be told to whoever held it.
  public boolean paidBack(Token token) {
    return sessions
        .find(token.hash(), clock.instant())
        .filter(
            session ->
                buckets
                    .find(session.bucketId())
                    .map(Bucket::paid)
                    .filter(paid -> !paid.now() && paid.returned() > session.epoch())
                    .isPresent())
        .isPresent();
  }

  private Optional<Visit> open(Session session) {
    return buckets
        .find(session.bucketId())
        .filter(bucket -> bucket.epoch() == session.epoch() && bucket.open(clock.instant()))
        .map(bucket -> new Visit(session, bucket));
  }
}
