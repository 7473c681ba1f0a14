package org.studygate.copying;

import java.time.Instant;
import org.studygate.access.Bucket;

/// What happens in the moment in which a bucket of copies opens: whoever it was shared with is told
/// then and not before, since a mail's link would lead to nothing.
public interface Release {
  /// Opens a bucket, all copies of which are whole, and sends on their way the mails that were kept
  /// for that: both or neither. `false` if it opens others by now, or is open already, or ended.
  boolean open(Bucket bucket, Instant at);

  /// Nobody is told any more, or all have been.
  void forget(String bucket);
}
