package org.studygate.account;

import java.time.Clock;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The groups of somebody, and which of them are to be confirmed: each member says every three
/// months whether a group is still as it is shown. Who said that it is not is asked again at the
/// next sign-in.
public final class GroupsDue {
  public static final Period EVERY = Period.ofMonths(3);

  private final Accounts accounts;
  private final Groups groups;
  private final Clock clock;

  public GroupsDue(Accounts accounts, Groups groups, Clock clock) {
    this.accounts = accounts;
    this.groups = groups;
    this.clock = clock;
  }

  /// Those that are to be confirmed now; for most at most times none.
  public List<Composition> due(Account account) {
    return all(account).stream().filter(Composition::due).toList();
  }

  public List<Composition> all(Account account) {
    var mine =
        account.groups().stream()
            .map(groups::find)
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing(Group::name).thenComparing(Group::id))
            .toList();
    var members =
        mine.stream()
            .flatMap(group -> group.members().stream())
            .map(Group.Member::account)
            .collect(Collectors.toSet());
    var names = accounts.names(members);
    return mine.stream().map(group -> shown(group, account.id(), names)).toList();
  }

  private Composition shown(Group group, String account, Map<String, Account.Name> names) {
    var confirmedAt =
        group.members().stream()
            .filter(member -> member.account().equals(account))
            .findFirst()
            .flatMap(Group.Member::confirmedAt);
    var oldest = clock.instant().atZone(ZoneOffset.UTC).minus(EVERY).toInstant();
    var members =
        group.members().stream()
            .flatMap(member -> shown(member, group, names).stream())
            .sorted(
                Comparator.comparing(Composition.Member::primary)
                    .reversed()
                    .thenComparing(Composition.Member::name))
            .toList();
    var due = confirmedAt.filter(oldest::isBefore).isEmpty();
    return new Composition(group.id(), group.name(), due, confirmedAt, members);
  }

  private static Optional<Composition.Member> shown(
      Group.Member member, Group group, Map<String, Account.Name> names) {
    var primary = member.account().equals(group.primary());
    return Optional.ofNullable(names.get(member.account()))
        .map(name -> new Composition.Member(name.whole(), member.admin(), primary));
  }
}
