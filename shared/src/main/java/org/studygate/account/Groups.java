package org.studygate.account;

import java.util.Optional;

/// The groups with their members.
public interface Groups {
  Optional<Group> find(String id);

  /// Writes the group with its members, and the group into the account of each: all or nothing.
  /// `false` if it is there already, or an account is not.
  boolean create(Group group);
}
