package org.studygate.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.audit.AuditEvent;
import org.studygate.department.Department;

/// The versions of a department, for those of its people who change it.
public interface PolicyDesk {
  /// The one in force.
  Optional<Version> current(String department);

  Optional<Version> version(String department, long number);

  /// The newest first, `limit` at most.
  List<Stamp> versions(String department, int limit);

  /// Puts the next version in force, if `former` is the one that is, together with the event, which
  /// tells each changed field before and after.
  Outcome change(Department wanted, Version former, AuditEvent event);

  /// @param by who put it in force: an actor of the trail, or an operator's own name
  /// @param changed fields in which it differs from the one before; of versions from before these
  ///     were kept, none
  record Stamp(long number, Instant at, String by, List<String> changed) {
    public Stamp {
      changed = List.copyOf(changed);
    }
  }

  /// @param json the whole department, as it is kept
  record Version(Stamp stamp, String json) {}

  /// What became of a change.
  sealed interface Outcome {
    record Changed(long number) implements Outcome {}

    /// It says what is in force already.
    record Same() implements Outcome {}

    /// Somebody else was quicker.
    record Overtaken(Version standing) implements Outcome {}
  }
}
