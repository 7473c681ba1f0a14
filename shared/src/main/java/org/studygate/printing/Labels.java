package org.studygate.printing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.access.Grants;
import org.studygate.access.Principal;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Group;
import org.studygate.account.Groups;
import org.studygate.dynamo.Together;
import org.studygate.mark.Mark;
import org.studygate.mark.Marks;
import org.studygate.study.StudyId;

/// Marks on studies in the lists of those who have to do with them: oneself and one's groups, and
/// whoever holds the studies by a row. A group's is set for each that is a member now.
public final class Labels {
  private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}|]{1,40}");
  private static final String COLOUR = "grey";

  private final Grants grants;
  private final Accounts accounts;
  private final Groups groups;
  private final Marks marks;

  public Labels(Grants grants, Accounts accounts, Groups groups, Marks marks) {
    this.grants = grants;
    this.accounts = accounts;
    this.groups = groups;
    this.marks = marks;
  }

  /// For whom a label may be, by id with the name.
  public record Targets(Map<String, String> accounts, Map<String, String> groups) {
    public Targets {
      accounts = Map.copyOf(accounts);
      groups = Map.copyOf(groups);
    }

    @Override
    public String toString() {
      return "Targets[…]";
    }
  }

  public Targets targets(Principal.Professional who, Collection<StudyId> studies) {
    var all = concerned(who, studies);
    return Together.both(
        () -> accounts.names(all.accounts()),
        () -> groups.names(all.groups()),
        (people, practices) -> new Targets(whole(people), practices));
  }

  private static Map<String, String> whole(Map<String, Account.Name> names) {
    return names.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> one.getValue().whole()));
  }

  private record Concerned(Set<String> accounts, Set<String> groups) {}

  private Concerned concerned(Principal.Professional who, Collection<StudyId> studies) {
    var people = new TreeSet<>(Set.of(who.account()));
    var practices = new TreeSet<>(who.groups());
    Together.each(studies, grants::of).stream()
        .flatMap(List::stream)
        .forEach(
            row -> {
              row.account().ifPresent(people::add);
              row.group().ifPresent(practices::add);
            });
    return new Concerned(people, practices);
  }

  Optional<Fault> fault(
      Principal.Professional who, Collection<StudyId> studies, Asked.Label label) {
    if (!TEXT.matcher(label.text().strip()).matches()
        || label.account().isPresent() == label.group().isPresent()) {
      return Optional.of(Fault.LABEL_WRONG);
    }
    var all = concerned(who, studies);
    var known =
        label.account().map(all.accounts()::contains).orElse(true)
            && label.group().map(all.groups()::contains).orElse(true);
    return known ? Optional.empty() : Optional.of(Fault.LABEL_UNKNOWN);
  }

  /// Again is the same as once.
  void set(Collection<StudyId> studies, Asked.Label label) {
    var mark = new Mark.Label(label.text().strip(), COLOUR);
    Stream.concat(label.account().stream(), label.group().stream().flatMap(this::members))
        .distinct()
        .forEach(account -> marks.label(account, studies, mark));
  }

  private Stream<String> members(String group) {
    return groups.find(group).stream()
        .flatMap(found -> found.members().stream())
        .map(Group.Member::account);
  }
}
