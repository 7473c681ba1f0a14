package org.studygate.session;

import java.time.Instant;
import java.util.Optional;

/// Visits, kept on the server and ended there.
public interface Sessions {
  void begin(Session session);

  /// Looks without counting as activity.
  Optional<Session> find(String sessionHash, Instant now);

  /// A click: moves the idle end of a visit that was found. Empty when it has ended meanwhile.
  Optional<Session> touch(Session found, Instant now);

  /// Ends a visit; tells what it was.
  Optional<Session> end(String sessionHash);
}
