package org.studygate.access;

import java.util.Optional;
import java.util.Set;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.session.Session;

/// Accounts as they are at this moment: a disabled or locked one, or one with a later epoch, has
/// ended its visits.
public final class LiveAccounts implements Professionals {
  private final Accounts accounts;

  public LiveAccounts(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Optional<Principal.Professional> live(String account, Session session) {
    return accounts
        .find(account)
        .filter(Account::live)
        .filter(found -> found.epoch() == session.epoch())
        .map(found -> principal(found, session));
  }

  /// Nothing flows to somebody whom the service desk has still to look at.
  private static Principal.Professional principal(Account account, Session session) {
    var looked = account.state() == Account.State.ACTIVE;
    return new Principal.Professional(
        account.id(),
        account.role(),
        looked ? account.groups() : Set.of(),
        account.department().filter(_ -> looked),
        session.proved());
  }
}
