package org.studygate.settings;

import java.util.List;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Mapping;
import org.studygate.audit.AuditEvent;
import org.studygate.notice.Outgoing;

/// Accounts as the service desk sees and changes them. Every act is one write with its line of the
/// trail, which keeps the reason that was given.
public interface AccountDesk {
  /// Those in a state, by name.
  List<Account> in(Account.State state, int most);

  /// Those whose family name, with the given name behind it, begins so, by name; however many there
  /// are, a query a state is all that it costs.
  List<Account> called(String beginning, int most);

  /// These, as far as they are there.
  List<Account> find(List<String> accounts);

  /// From now on exams arrive through these mappings. `false` if the account does not wait for it.
  boolean verify(String account, String physicianNumber, List<Mapping> mappings, Act act);

  /// `false` if the account is in no state for it.
  boolean done(String account, Deed deed, Act act);

  /// `false` if the account is not in force, or not there.
  boolean map(Mapping mapping, Act act);

  /// What came through it is gone at the next request. `false` if there is no such mapping.
  boolean unmap(Mapping mapping, Act act);

  /// @param ofDepartment the same for the trail of the department that it touches
  /// @param mail to whom the account belongs
  record Act(
      AuditEvent event, Optional<AuditEvent> ofDepartment, String reason, Optional<Outgoing> mail) {
    @Override
    public String toString() {
      return "Act[" + event.action() + "]";
    }
  }
}
