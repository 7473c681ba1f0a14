package org.studygate.sharing;

import java.time.Instant;
import org.studygate.notice.Outgoing;

/// What was shared and is opened for the first time, where whoever shared it wants to hear of it.
public interface Openings {
  /// Notes it, with the mail that tells it: both or neither. `false` if it was noted before.
  boolean tell(String bucket, Instant at, Outgoing mail);
}
