package org.studygate.access;

import java.util.function.Predicate;
import org.studygate.audit.AuditEvent;

/// Unlocking, in one write with the event that tells of it.
public interface Unlocks {
  /// The number's wrong dates and the bucket's wrong codes count no longer, its epoch rises. How
  /// many codes were sent is not forgotten, nor the failures of the bucket's whole life.
  ///
  /// @param mine whose buckets may be unlocked, by department
  Unlocking unlock(String bucketId, Predicate<String> mine, AuditEvent event, String reason);

  /// What became of it.
  enum Unlocking {
    DONE,
    /// There is none of these departments.
    NOT_THERE,
    /// Wrong too often in its life: the order needs another number.
    FOR_GOOD
  }
}
