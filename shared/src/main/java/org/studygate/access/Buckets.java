package org.studygate.access;

import java.time.Instant;
import java.util.Optional;
import org.studygate.limit.Tries;

/// The buckets, and the codes that were wrong on each.
public interface Buckets {
  Optional<Bucket> find(String bucketId);

  /// Writes a bucket; its counters stay as they are. Its epoch rises in the same write if the proof
  /// that it asks for has changed: verification, destination or date of birth. A superseded bucket
  /// opens again, a withdrawn one does not.
  ///
  /// @param referenceHash the number that opens it, so that both can be unlocked together
  /// @param birthHash the date of birth that opens it, to tell whether it has changed
  /// @param version compared as text
  Registering register(Bucket bucket, String referenceHash, String birthHash, String version);

  /// Keeps what an order's number was to open where the number itself is of no use: nothing opens
  /// it until it gets one of ours. One that has got it already is `NUMBERED` and stays as it is.
  ///
  /// @param why the code of the receipt
  Registering refuse(Bucket bucket, String why, String version);

  /// The keyed hash of the number that opens a bucket.
  Optional<String> number(String bucketId);

  /// What became of a bucket to be written.
  enum Registering {
    WRITTEN,
    NUMBERED,
    WITHDRAWN,
    NEWER_THERE
  }

  /// Makes the bucket of a mapping or a department, if it is not there: one that somebody has ended
  /// stays ended.
  void last(Scope scope);

  /// Notes that somebody added its number at this epoch. `false` if it has another, or is ended,
  /// or too many have added it.
  boolean add(String bucketId, String account, long epoch);

  /// Ends a bucket with everything opened through it, until a newer version of it is written.
  void supersede(String bucketId, String version);

  /// Ends a bucket for good, with everything opened through it.
  void withdraw(String bucketId);

  /// Ends what was opened through the bucket. `false` makes the same write and ends nothing.
  void endVisits(String bucketId, boolean really);

  /// Notes that something of it was opened. `false` if that is known.
  boolean opened(String bucketId, Instant at);

  /// How many codes were wrong in a row.
  int wrongCodes(String bucketId);

  /// Counts a code or pincode before it is compared.
  CodeTry chargeCode(String bucketId, long epoch, Tries tries);

  /// The answer to a code.
  sealed interface CodeTry {
    /// To be compared; `counted` is its place in the run of wrong ones.
    record Charged(int counted) implements CodeTry {}

    /// Blocked, withdrawn, or of an earlier epoch.
    record Refused() implements CodeTry {}
  }
}
