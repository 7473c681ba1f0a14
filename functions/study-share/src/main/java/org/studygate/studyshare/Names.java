package org.studygate.studyshare;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.studygate.access.Bucket;
import org.studygate.access.Standing;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Groups;
import org.studygate.department.Departments;
import org.studygate.department.Verification;
import org.studygate.dynamo.Together;

/// What those are called who shared something, and those with whom.
final class Names {
  private final Accounts accounts;
  private final Groups groups;
  private final Departments departments;

  Names(Accounts accounts, Groups groups, Departments departments) {
    this.accounts = accounts;
    this.groups = groups;
    this.departments = departments;
  }

  /// By principal; whoever is there no more has no name.
  record Known(Map<String, String> names) {
    String account(String id) {
      return names.getOrDefault("account:" + id, "");
    }

    RecipientView recipient(Bucket bucket) {
      return bucket.share().recipient().map(this::recipient).orElseGet(() -> typed(bucket));
    }

    private RecipientView recipient(String principal) {
      var at = principal.indexOf(':');
      var kind = principal.substring(0, at);
      return new RecipientView(
          kind.equals("account") ? "user" : kind,
          Optional.of(principal.substring(at + 1)),
          names.getOrDefault(principal, ""));
    }

    /// Whoever shared it typed it, and sees it as it was typed.
    private static RecipientView typed(Bucket bucket) {
      return new RecipientView(
          bucket.verification() == Verification.OTP_EMAIL ? "email" : "mobile",
          Optional.empty(),
          bucket.destination().orElse(""));
    }

    @Override
    public String toString() {
      return "Known[…]";
    }
  }

  Known of(Collection<Standing> all) {
    var principals = new HashSet<String>();
    for (var one : all) {
      one.bucket().share().recipient().ifPresent(principals::add);
      one.bucket().origin().by().map(by -> "account:" + by).ifPresent(principals::add);
    }
    var people = ids(principals, "account:");
    var practices = ids(principals, "group:");
    var read =
        Together.both(
            () -> people.isEmpty() ? Map.<String, Account.Name>of() : accounts.names(people),
            () -> practices.isEmpty() ? Map.<String, String>of() : groups.names(practices));
    var names = new HashMap<String, String>();
    read.first().forEach((id, name) -> names.put("account:" + id, name.whole()));
    read.second().forEach((id, name) -> names.put("group:" + id, name));
    for (var id : ids(principals, "department:")) {
      departments.find(id).ifPresent(found -> names.put("department:" + id, found.name()));
    }
    return new Known(names);
  }

  private static Set<String> ids(Collection<String> principals, String kind) {
    return principals.stream()
        .filter(one -> one.startsWith(kind))
        .map(one -> one.substring(kind.length()))
        .collect(Collectors.toSet());
  }
}
