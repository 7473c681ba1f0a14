package org.studygate.access;

import java.util.List;
import java.util.Optional;
import org.studygate.audit.AuditEvent;
import org.studygate.reference.References;

/// How the number of a bucket stands, and another one for an order whose own is of no use.
public interface NumberDesk {
  /// How many dates of birth were wrong in a row; `Tries.DATE` of them block.
  int wrongDates(String bucketId);

  /// Why the number is of no use that came for this bucket; empty if it has one, or has ended.
  Optional<String> refused(String bucketId);

  /// Number, bucket and events: all or nothing. `false` if the bucket waits for no number, or an
  /// order of another version has come.
  boolean write(Numbering numbering);

  /// @param version of the order that the number is made for
  /// @param reason goes with the first event
  record Numbering(
      String referenceHash,
      References.Entry entry,
      String version,
      String reason,
      List<AuditEvent> events) {
    public Numbering {
      events = List.copyOf(events);
    }

    @Override
    public String toString() {
      return "Numbering[" + entry.bucketId() + "]";
    }
  }
}
