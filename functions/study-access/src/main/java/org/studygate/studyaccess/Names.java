package org.studygate.studyaccess;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Groups;
import org.studygate.department.Departments;
import org.studygate.dynamo.Together;

/// What those are called to whom something was given, and who gave it: one request for all
/// accounts, one for all groups.
final class Names {
  private final Accounts accounts;
  private final Groups groups;
  private final Departments departments;

  Names(Accounts accounts, Groups groups, Departments departments) {
    this.accounts = accounts;
    this.groups = groups;
    this.departments = departments;
  }

  Map<String, String> accounts(Set<String> ids) {
    return ids.isEmpty()
        ? Map.of()
        : accounts.names(ids).entrySet().stream()
            .collect(toMap(Map.Entry::getKey, named -> whole(named.getValue())));
  }

  private static String whole(Account.Name name) {
    return name.whole();
  }

  /// @param principals `account:…`, `group:…`, `department:…`
  Known of(Collection<String> principals, Set<String> more) {
    var people = new HashSet<>(more);
    people.addAll(ids(principals, "account:"));
    var practices = ids(principals, "group:");
    var read =
        Together.both(
            () -> accounts(people),
            () -> practices.isEmpty() ? Map.<String, String>of() : groups.names(practices));
    var houses =
        ids(principals, "department:").stream()
            .flatMap(id -> departments.find(id).stream())
            .collect(toMap(found -> found.id(), found -> found.name()));
    return new Known(read.first(), read.second(), houses);
  }

  private static Set<String> ids(Collection<String> principals, String kind) {
    return principals.stream()
        .filter(one -> one.startsWith(kind))
        .map(one -> one.substring(kind.length()))
        .collect(toUnmodifiableSet());
  }

  record Known(
      Map<String, String> accounts, Map<String, String> groups, Map<String, String> departments) {
    Optional<String> account(String id) {
      return Optional.ofNullable(accounts.get(id));
    }

    /// Empty for who is there no more.
    String of(String principal) {
      var at = principal.indexOf(':');
      var id = principal.substring(at + 1);
      return switch (principal.substring(0, at)) {
        case "account" -> accounts.getOrDefault(id, "");
        case "group" -> groups.getOrDefault(id, "");
        default -> departments.getOrDefault(id, "");
      };
    }

    @Override
    public String toString() {
      return "Known[…]";
    }
  }
}
