package org.studygate.printing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Given;
import org.studygate.audit.AuditEvent;
import org.studygate.order.BirthDate.Known;

/// What was printed, for a month; and what somebody begins with the next time.
public interface Prints {
  /// So long its letter can be had.
  Duration KEPT = Duration.ofDays(30);

  /// An act as it was done.
  ///
  /// @param digest of what was asked for
  record Act(String digest, Instant at, Printed printed) {}

  Optional<Act> find(String id);

  /// Number, bucket, act, events, what is remembered and that copies are to be made: all or
  /// nothing. `false` if this act has been done, or its number is taken: look again.
  boolean write(Writing writing);

  Optional<Remembered> remembered(String account);

  /// @param bucket what the number opens
  /// @param given its reason goes with the first event
  /// @param events one of the bucket, then one a study
  record Writing(
      Act act,
      Bucket bucket,
      String referenceHash,
      String birthHash,
      Known birthKnown,
      Given given,
      Remembered remembered,
      List<AuditEvent> events) {
    public Writing {
      events = List.copyOf(events);
    }

    @Override
    public String toString() {
      return "Writing[…]";
    }
  }
}
