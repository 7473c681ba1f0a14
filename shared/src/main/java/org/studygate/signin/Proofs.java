package org.studygate.signin;

import java.time.Instant;
import org.studygate.audit.AuditEvent;

/// Codes that somebody with an account gives for what was shared.
public interface Proofs {
  /// The code was right: the challenge ends, the visit says which bucket it may open at its present
  /// epoch, the bucket forgets the tries up to `counted`, and the trail tells of it, all in one
  /// write. `false` when somebody was quicker, a newer code has replaced this one, the bucket was
  /// withdrawn or unlocked since, or the visit has ended.
  boolean prove(
      Challenge challenge, int counted, String sessionHash, AuditEvent event, Instant now);
}
