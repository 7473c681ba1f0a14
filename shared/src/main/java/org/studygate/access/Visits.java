package org.studygate.access;

import java.time.Clock;
import java.util.Optional;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Session;
import org.studygate.session.Sessions;
import org.studygate.session.Subject;

/// Visits as long as they last: their own two ends, and whose they are. A bucket that is withdrawn,
/// blocked or expired, or an account that is closed, ends them at the next request, wherever that
/// comes in.
public final class Visits {
  private final Sessions sessions;
  private final Buckets buckets;
  private final Professionals professionals;
  private final Clock clock;

  /// For numbers alone.
  public Visits(Sessions sessions, Buckets buckets, Clock clock) {
    this(sessions, buckets, Professionals.NONE, clock);
  }

  public Visits(Sessions sessions, Buckets buckets, Professionals professionals, Clock clock) {
    this.sessions = sessions;
    this.buckets = buckets;
    this.professionals = professionals;
    this.clock = clock;
  }

  /// Looking is not a click, so it lengthens nothing.
  public Optional<Visit> find(Token token) {
    return sessions.find(token.hash(), clock.instant()).flatMap(this::open);
  }

  /// A click: the idle time begins anew, told to the table once a minute at most.
  public Optional<Visit> click(Token token) {
    return find(token)
        .flatMap(
            visit ->
                visit.session().worthMoving(clock.instant()) ? moved(visit) : Optional.of(visit));
  }

  /// A visitor who is asked says that the visit goes on: the idle time begins anew, to the second.
  public Optional<Visit> extend(Token token) {
    return find(token).flatMap(this::moved);
  }

  private Optional<Visit> moved(Visit visit) {
    return sessions
        .touch(visit.session(), clock.instant())
        .map(session -> new Visit(session, visit.principal()));
  }

  /// Whether a visit is over because the money for it went back: to be told to whoever held it.
  public boolean paidBack(Token token) {
    return sessions
        .find(token.hash(), clock.instant())
        .filter(
            session ->
                bucket(session)
                    .map(Bucket::paid)
                    .filter(paid -> !paid.now() && paid.returned() > session.epoch())
                    .isPresent())
        .isPresent();
  }

  private Optional<Visit> open(Session session) {
    var principal =
        switch (session.subject()) {
          case Subject.OfBucket _ ->
              bucket(session)
                  .filter(bucket -> bucket.epoch() == session.epoch())
                  .filter(bucket -> bucket.open(clock.instant()))
                  .map(Principal.Patient::new);
          case Subject.OfAccount(var account) -> professionals.live(account, session);
        };
    return principal.map(whose -> new Visit(session, whose));
  }

  private Optional<Bucket> bucket(Session session) {
    return switch (session.subject()) {
      case Subject.OfBucket(var id) -> buckets.find(id);
      case Subject.OfAccount _ -> Optional.empty();
    };
  }
}
