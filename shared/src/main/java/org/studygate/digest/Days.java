package org.studygate.digest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.notice.Outgoing;

/// The days of departments in which they were told something.
public interface Days {
  /// Those that are over and of which nobody has been mailed yet.
  List<Day> over(Instant now);

  /// Ends a day and puts its mail into the outbox, both or neither. False if it has ended already.
  boolean close(Day day, Optional<Outgoing> mail, Instant now);
}
