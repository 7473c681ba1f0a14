package org.studygate.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The accounts, and through which mappings studies come to them.
public interface Accounts {
  Optional<Account> find(String id);

  /// By the name with which one signs in, however its letters are written.
  Optional<Account> named(String username);

  /// `false` if somebody has this name already: that one stays as it is.
  boolean create(Account account);

  /// Those of these that are there, by id.
  Map<String, Account> each(Set<String> accounts);

  /// What these are called; whoever is not there has no name.
  Map<String, Account.Name> names(Set<String> accounts);

  List<Mapping> mappings(String account);

  /// Whose studies those are that a department made for this physician number. Of an index: what
  /// it gives is looked at again by whoever gives a right.
  List<Mapping> mapped(String department, String physicianNumber);

  /// Writes a mapping, a new one or one that is changed.
  void map(Mapping mapping);

  void unmap(Mapping mapping);

  /// What was signed in before is over at the next request.
  void endVisits(String account);
}
