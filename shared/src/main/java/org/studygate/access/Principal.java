package org.studygate.access;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.Actor;

/// Who asks, as far as rights go.
public sealed interface Principal {
  Actor.Visitor actor();

  /// Whoever came in with the number of a bucket, and has given the proof that it asks for.
  record Patient(Bucket bucket) implements Principal {
    @Override
    public Actor.Visitor actor() {
      return new Actor.Patient(bucket.id());
    }
  }

  /// @param staffOf the department that this one works for
  /// @param proved `bucket@epoch` of each bucket whose code was given in this visit
  record Professional(
      String account, Role role, Set<String> groups, Optional<String> staffOf, Set<String> proved)
      implements Principal {
    public Professional {
      groups = Set.copyOf(groups);
      proved = Set.copyOf(proved);
    }

    @Override
    public Actor.Visitor actor() {
      return new Actor.Professional(account);
    }

    /// As whoever works for a department, or at the service desk; empty for everybody else.
    public Optional<Staff> staff() {
      return role == Role.SERVICE_DESK
          ? Optional.of(new Staff(account, "", role))
          : staffOf
              .filter(_ -> role.ofDepartment())
              .map(department -> new Staff(account, department, role));
    }

    /// Whether the code of this bucket was given, and nothing since then asks for it anew.
    public boolean hasProved(Bucket bucket) {
      return proved.contains(Bucket.proof(bucket.id(), bucket.epoch()));
    }

    /// Whose rows are this one's.
    public Set<String> principals() {
      var all = new HashSet<String>();
      all.add(Grant.ofAccount(account));
      groups.forEach(group -> all.add(Grant.ofGroup(group)));
      staffOf.map(Grant::ofDepartment).ifPresent(all::add);
      return all;
    }
  }
}
