package org.studygate.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A group practice: its members see each other's studies.
///
/// @param primary the account of the primary contact
public record Group(String id, String name, String primary, List<Member> members) {
  public Group {
    members = List.copyOf(members);
  }

  /// @param confirmedAt when this one said last that the group is as it should be
  public record Member(String account, boolean admin, Optional<Instant> confirmedAt) {}

  @Override
  public String toString() {
    return "Group[" + id + "]";
  }
}
