package org.studygate.receipt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.audit.AuditEvent;

/// What each department was told, as the people at its desk read it ([ReceiptNotes]).
public interface ReceiptBook {
  /// As long as the objects of the bucket.
  Duration KEPT = Duration.ofDays(90);

  /// The newest first.
  ///
  /// @param before the id of a receipt: those that are older
  /// @param since when the oldest came that is still kept
  Page page(String department, Optional<String> before, Instant since, int limit);

  /// Marks one as dealt with, or takes the mark off, with the event that tells of it. Done
  /// twice it stays with who was first. `false` if there is none.
  boolean done(String department, String id, boolean done, AuditEvent event);

  /// @param next continues where this page ends
  record Page(List<Line> lines, Optional<String> next) {}

  record Line(String id, Receipt receipt, Optional<Done> done) {}

  /// @param by the account
  record Done(Instant at, String by) {}
}
