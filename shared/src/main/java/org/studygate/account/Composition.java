package org.studygate.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A group as it is shown to one of its members: who is in it, by name, the primary contact first.
///
/// @param due whether this member has to say again whether it is right
/// @param confirmedAt when this member said so last
public record Composition(
    String id, String name, boolean due, Optional<Instant> confirmedAt, List<Member> members) {
  public Composition {
    members = List.copyOf(members);
  }

  public record Member(String name, boolean admin, boolean primary) {
    @Override
    public String toString() {
      return "Member[…]";
    }
  }

  @Override
  public String toString() {
    return "Composition[" + id + "]";
  }
}
