package org.studygate.accountlogin;

import java.time.Clock;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.credential.Login;
import org.studygate.credential.SignIns.Refusal;

/// What is written down of each attempt: for its owner, and for the trail.
final class Records {
  private final Clock clock;

  Records(Clock clock) {
    this.clock = clock;
  }

  Login login(Login.Outcome outcome, Ask ask) {
    return new Login(clock.instant(), ask.address(), outcome);
  }

  AuditEvent event(String account, AuditAction action, String outcome, Ask ask) {
    return new AuditEvent(
        AuditEvent.account(account),
        clock.instant(),
        new Actor.Professional(account),
        action,
        outcome,
        ask.requestId());
  }

  Refusal refusal(Account account, Login.Outcome outcome, boolean locks, Ask ask) {
    return refusal(account.id(), Optional.of(account), outcome, locks, ask);
  }

  /// Of what was not judged at all.
  ///
  /// @param account empty for a name that nobody has
  Refusal unjudged(String id, Optional<Account> account, Ask ask) {
    var disabled = account.filter(one -> one.state() == Account.State.DISABLED).isPresent();
    var outcome = disabled ? Login.Outcome.DISABLED : Login.Outcome.LOCKED;
    return refusal(id, account, outcome, false, ask);
  }

  private Refusal refusal(
      String id, Optional<Account> account, Login.Outcome outcome, boolean locks, Ask ask) {
    var event =
        account.isPresent()
            ? event(id, AuditAction.SIGN_IN_REFUSED, outcome.code(), ask)
            : new AuditEvent(
                AuditEvent.environment(),
                clock.instant(),
                new Actor.Unknown(),
                AuditAction.SIGN_IN_REFUSED,
                "unknown",
                ask.requestId());
    return new Refusal(id, account.isPresent(), locks, login(outcome, ask), event);
  }
}
