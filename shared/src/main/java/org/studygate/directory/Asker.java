package org.studygate.directory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.studygate.account.Account;
import org.studygate.audit.Actor;

/// Who looks for somebody.
public record Asker(String account, Set<String> groups, Actor.Visitor actor) {
  public Asker {
    groups = Set.copyOf(groups);
  }

  /// Public ones, and the own.
  boolean sees(Directory.Practice group) {
    return group.publicly() || groups.contains(group.id());
  }

  /// Somebody whom the service desk has still to look at is shown nobody: everybody can register.
  Optional<List<Line>> inForce(Directory.Standing standing, Supplier<List<Line>> lines) {
    return Optional.ofNullable(standing.accounts().get(account))
        .filter(own -> own.state() == Account.State.ACTIVE)
        .map(_ -> lines.get());
  }

  @Override
  public String toString() {
    return "Asker[" + account + "]";
  }
}
