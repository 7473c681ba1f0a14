package org.studygate.visit;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.studygate.access.Buckets;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Session;
import org.studygate.session.Sessions;

/// A patient's visit as long as it lasts: its own two ends, and the bucket it was opened with.
final class Visit {
  private final Sessions sessions;
  private final Buckets buckets;
  private final Clock clock;

  Visit(Sessions sessions, Buckets buckets, Clock clock) {
    this.sessions = sessions;
    this.buckets = buckets;
    this.clock = clock;
  }

  /// Looking is not a click, so it lengthens nothing.
  Optional<Session> find(Token token) {
    var now = clock.instant();
    return sessions.find(token.hash(), now).filter(session -> stillOpen(session, now));
  }

  Optional<Session> extend(Token token) {
    return find(token).flatMap(session -> sessions.touch(session.hash(), clock.instant()));
  }

  void end(Token token) {
    sessions.end(token.hash());
  }

  private boolean stillOpen(Session session, Instant now) {
    return buckets
        .find(session.bucketId())
        .filter(bucket -> bucket.epoch() == session.epoch() && bucket.open(now))
        .isPresent();
  }
}
