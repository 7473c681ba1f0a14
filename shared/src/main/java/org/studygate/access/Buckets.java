package org.studygate.access;

import java.time.Instant;
import java.util.Optional;

/// The buckets, and the codes that were wrong on each.
public interface Buckets {
  Optional<Bucket> find(String bucketId);

  /// Writes a bucket; its counters and its epoch stay as they are. `false` when a newer version of
  /// it is there. A withdrawn bucket stays withdrawn.
  boolean register(Bucket bucket, Instant version);

  /// Ends a bucket with everything opened through it.
  void withdraw(String bucketId);

  /// Lets a blocked bucket be tried again. Challenges opened before stay dead.
  void unlock(String bucketId);

  /// Counts a code before it is compared.
  CodeTry chargeCode(String bucketId, long epoch);

  /// The answer to a code.
  sealed interface CodeTry {
    /// To be compared; `counted` is its place in the run of wrong ones.
    record Charged(int counted) implements CodeTry {}

    /// Blocked, withdrawn, or of an earlier epoch.
    record Refused() implements CodeTry {}
  }
}
