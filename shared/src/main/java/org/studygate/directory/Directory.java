package org.studygate.directory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.account.Account;

/// Where to look for people and groups. What it says of an index is a guess: `read` tells what
/// stands.
public interface Directory {
  /// Accounts with a word of the name that begins like the first one of these, and the others
  /// behind it as they stand.
  List<String> called(String name);

  /// Accounts with a word that begins like this one and others that begin like the rest: of a name
  /// that many have, the first few hundred are looked at.
  List<String> withWords(String name);

  List<String> numbered(String beginning);

  List<String> reachedAt(String mobile);

  Optional<String> addressed(String email);

  /// Public groups, likewise by words of their names.
  List<String> groupsCalled(String name);

  List<String> groupsWithWords(String name);

  /// What stands of these, in one request.
  Standing read(Collection<String> accounts, Collection<String> groups);

  record Standing(Map<String, Account> accounts, Map<String, Practice> groups) {}

  /// @param publicly whether others than its members find it
  record Practice(String id, String name, boolean publicly) {
    @Override
    public String toString() {
      return "Practice[" + id + "]";
    }
  }
}
