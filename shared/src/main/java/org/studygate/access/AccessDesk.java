package org.studygate.access;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.studygate.audit.AuditEvent;
import org.studygate.study.StudyId;

/// What was given to whom, for those who look after it, and its end. Each act is one transaction
/// with what the trail tells of it, and takes hold at the next request.
public interface AccessDesk {
  /// As they stand, in no order; one that is not there is left out.
  List<Standing> standing(Collection<String> buckets);

  /// Every row of a study, those that were withdrawn too.
  List<Row> rows(StudyId study);

  /// @param withdrawnAt empty while it stands
  record Row(Grant grant, Optional<Instant> withdrawnAt) {
    /// Names the row in an address, and tells nothing of whose it is.
    public String id() {
      return grant.study().value() + "." + StudyId.name(grant.holder());
    }

    /// The study that a name of a row begins with.
    public static Optional<StudyId> study(String id) {
      var point = id.indexOf('.');
      return point < 0 ? Optional.empty() : StudyId.parse(id.substring(0, point));
    }
  }

  /// The numbers of a department and what its people gave, the newest first.
  ///
  /// @param before where the page before ended
  Sent sent(String department, Optional<String> before, int limit);

  record Sent(List<Standing> buckets, Optional<String> next) {}

  /// What was shared by or with these, the newest first.
  ///
  /// @param before where the page before ended
  Sent shared(Side side, Set<String> whose, Optional<String> before, int limit);

  enum Side {
    /// By accounts.
    GIVEN,
    /// With principals.
    RECEIVED
  }

  /// How often it was given on.
  int children(String bucket);

  /// `false` if somebody was quicker.
  boolean withdraw(Grant row, List<AuditEvent> events);

  /// `false` if it was ended for good already.
  boolean withdraw(Bucket bucket, List<AuditEvent> events);

  /// Opens one study for one account, with the reason beside the first event.
  void open(Bucket bucket, Grant row, String reason, List<AuditEvent> events);

  /// Takes one study out of a bucket that opens others besides. `false` if it opens no other, or
  /// not this one.
  boolean takeOut(Bucket bucket, StudyId study, List<AuditEvent> events);
}
