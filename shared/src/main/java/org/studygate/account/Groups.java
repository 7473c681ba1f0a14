package org.studygate.account;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The groups with their members.
public interface Groups {
  Optional<Group> find(String id);

  /// What these are called; one that is not there has no name.
  Map<String, String> names(Set<String> groups);

  /// Writes the group with its members, and the group into the account of each: all or nothing.
  /// `false` if it is there already, or an account is not.
  boolean create(Group group);
}
