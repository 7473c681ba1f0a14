package org.studygate.accountsettings;

import java.time.Clock;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Factor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.credential.Login;
import org.studygate.credential.PasswordRule;
import org.studygate.credential.SignIns;
import org.studygate.credential.SignIns.Charge;
import org.studygate.credential.SignIns.Refusal;
import org.studygate.credential.UserPool;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.limit.Tries;
import org.studygate.platform.Tokens;
import org.studygate.session.Session;
import org.studygate.session.SessionCookie;
import org.studygate.settings.Settings;
import org.studygate.settings.Settings.Renewal;

/// Another password, for whoever knows the present one. It is counted before it is judged, as at
/// the door: somebody who finds a page open gets no more tries than there. A federated account has
/// no password here.
final class OwnPassword {
  private final Accounts accounts;
  private final SignIns signIns;
  private final UserPool pool;
  private final PasswordRule rule;
  private final Settings settings;
  private final SessionCookie cookie;
  private final Tokens tokens;
  private final Clock clock;

  OwnPassword(
      Accounts accounts,
      SignIns signIns,
      UserPool pool,
      PasswordRule rule,
      Settings settings,
      SessionCookie cookie,
      Tokens tokens,
      Clock clock) {
    this.accounts = accounts;
    this.signIns = signIns;
    this.pool = pool;
    this.rule = rule;
    this.settings = settings;
    this.cookie = cookie;
    this.tokens = tokens;
    this.clock = clock;
  }

  HttpResponse change(Call call) {
    var body = call.body();
    var current = PasswordRule.plain(body.string("current"));
    var chosen = PasswordRule.plain(body.string("password"));
    body.done();
    check(accounts.find(call.account()).orElseThrow(Problem.SESSION_ENDED::refusal), chosen);
    return switch (signIns.charge(call.account(), Tries.PASSWORD)) {
      case Charge.Refused _ -> throw Problem.COMBINATION_INCORRECT.refusal();
      case Charge.Charged(var account, var counted) -> {
        if (!right(account, current)) {
          signIns.refused(refusal(call, counted));
          throw Problem.COMBINATION_INCORRECT.refusal();
        }
        pool.set(account.id(), chosen);
        yield renewed(call, counted);
      }
    };
  }

  private void check(Account account, String chosen) {
    if (account.provider().isPresent()) {
      throw Problem.READ_ONLY.refusal("password"); // whoever signs it in keeps it
    }
    switch (rule.judge(chosen, account.username(), account.factor() != Factor.NONE)) {
      case FINE -> {}
      case TOO_SHORT -> throw Problem.PASSWORD_TOO_SHORT.refusal();
      case TOO_COMMON -> throw Problem.PASSWORD_TOO_COMMON.refusal();
      case TOO_LONG -> throw Problem.BAD_REQUEST.refusal("password");
    }
  }

  /// The pool refuses by shape what is none; nobody has this one.
  private boolean right(Account account, String typed) {
    var password = typed.isEmpty() || typed.length() > PasswordRule.MOST ? "-" : typed;
    return !(pool.judge(account.id(), password) instanceof UserPool.Password.Wrong);
  }

  private Refusal refusal(Call call, int counted) {
    var from = call.request().sourceAddress();
    var login = new Login(clock.instant(), from, Login.Outcome.WRONG_PASSWORD);
    var event = event(call, AuditAction.SIGN_IN_REFUSED, login.outcome().code());
    return new Refusal(call.account(), true, counted >= Tries.PASSWORD.max(), login, event);
  }

  /// Everything that was open ends, also in remembered browsers; this visit goes on under another
  /// cookie, no longer than it would have.
  private HttpResponse renewed(Call call, int counted) {
    var token = tokens.next();
    var former = call.visit().session();
    var next =
        new Session(
            token.hash(),
            former.subject(),
            former.epoch() + 1,
            former.department(),
            former.idleUntil(),
            former.expires(),
            former.proved());
    var event = event(call, AuditAction.PASSWORD_CHANGED, "by-owner");
    if (!settings.renew(new Renewal(call.account(), counted, former, next, event))) {
      throw Problem.SESSION_ENDED.refusal(); // locked or ended a moment ago: the new one signs in
    }
    return HttpResponse.noContent().withCookie(cookie.set(token));
  }

  private AuditEvent event(Call call, AuditAction action, String outcome) {
    var who = call.visit().actor();
    return new AuditEvent(who.trail(), clock.instant(), who, action, outcome, call.requestId());
  }
}
