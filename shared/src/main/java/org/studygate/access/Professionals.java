package org.studygate.access;

import java.util.Optional;
import org.studygate.session.Session;

/// Accounts as far as visits ask of them.
public interface Professionals {
  /// No account has signed in where only numbers do.
  Professionals NONE = (_, _) -> Optional.empty();

  /// The account with its groups as they are now; empty where it is closed, or has another epoch
  /// than the visit.
  Optional<Principal.Professional> live(String account, Session session);
}
