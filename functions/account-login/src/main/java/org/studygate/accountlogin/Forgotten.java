package org.studygate.accountlogin;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Factor;
import org.studygate.audit.AuditAction;
import org.studygate.credential.AccountCodes;
import org.studygate.credential.AccountCodes.Way;
import org.studygate.credential.Login;
import org.studygate.credential.PasswordRule;
import org.studygate.credential.SignIns;
import org.studygate.credential.SignIns.Charge;
import org.studygate.credential.Stage;
import org.studygate.credential.Step;
import org.studygate.credential.UserPool;
import org.studygate.http.Problem;
import org.studygate.limit.SourceLimits;
import org.studygate.limit.Tries;
import org.studygate.platform.Pepper;
import org.studygate.platform.Tokens;
import org.studygate.signin.Challenges.Sending;
import org.studygate.signin.Combination;

/// Another password: for whoever has forgotten the own one, by a code to what is registered; for
/// whoever signs in with one that somebody else has chosen. Whether anybody has a name is not told.
final class Forgotten {
  private final Doorstep door;
  private final SignIns signIns;
  private final Accounts accounts;
  private final UserPool pool;
  private final SourceLimits limits;
  private final AccountCodes codes;
  private final PasswordRule rule;
  private final Manner manner;
  private final Providers providers;
  private final Onward onward;
  private final Records records;
  private final Pepper pepper;
  private final Tokens tokens;
  private final Clock clock;

  Forgotten(Parts parts, Doorstep door, Onward onward) {
    this.door = door;
    this.signIns = parts.signIns();
    this.accounts = parts.accounts();
    this.pool = parts.pool();
    this.limits = parts.limits();
    this.codes = parts.codes();
    this.rule = parts.rule();
    this.manner = parts.manner();
    this.providers = parts.providers();
    this.onward = onward;
    this.records = parts.records();
    this.pepper = parts.pepper();
    this.tokens = parts.tokens();
    this.clock = parts.clock();
  }

  /// A code goes to the mobile, or else to the address; to nobody where there is none.
  Outcome begin(String username, Ask ask) {
    var now = clock.instant();
    var room = limits.take(Combination.source(pepper, ask.address()), now);
    if (room.isPresent()) {
      return new Outcome.TooMany(room.get());
    }
    door.leave(ask);
    var id = door.account(username);
    var own = providers.of(username).isEmpty(); // else a hospital keeps the password
    var account = accounts.find(id).filter(one -> own && one.live());
    var way = account.flatMap(this::way).orElse(Way.NOWHERE);
    var kept = new HashMap<>(way.kept());
    kept.put("username", account.map(Account::username).orElse(username));
    var cookie = tokens.next();
    var epoch = account.map(Account::epoch).orElse(0L);
    var step = Step.begin(cookie.hash(), id, epoch, Stage.FORGOTTEN, kept, now);
    var drawn = codes.first(step);
    return switch (signIns.begin(step, drawn.code(), drawn.message(), now)) {
      case Sending.Sent _ -> new Outcome.On(cookie, new Next.NewPassword(true));
      case Sending.TooMany(var retryAt) -> new Outcome.TooMany(retryAt);
      case Sending.Gone() -> Outcome.ended();
    };
  }

  private Optional<Way> way(Account account) {
    if (account.mobile().isPresent()) {
      return Optional.of(Way.of(account, Factor.SMS));
    }
    return manner.emailCodes() ? Optional.of(Way.of(account, Factor.EMAIL)) : Optional.empty();
  }

  Outcome choose(Optional<String> code, String password, Ask ask) {
    var found = door.find(ask);
    if (found.isEmpty()) {
      return Outcome.ended();
    }
    var step = found.get();
    return switch (step.stage()) {
      case FIRST_PASSWORD -> first(step, password, ask);
      case FORGOTTEN ->
          forgotten(step, code.orElseThrow(Problem.BAD_REQUEST::refusal), password, ask);
      default -> Outcome.ended();
    };
  }

  private Outcome first(Step step, String password, Ask ask) {
    var found =
        accounts.find(step.account()).filter(one -> one.live() && one.epoch() == step.epoch());
    if (found.isEmpty()) {
      return Outcome.ended();
    }
    var account = found.get();
    var factor = manner.mandatory() || account.factor() != Factor.NONE;
    var unfit = unfit(password, account.username(), factor);
    if (unfit.isPresent()) {
      return new Outcome.Refused(unfit.get());
    }
    pool.set(account.id(), password);
    return onward.proved(step, account, 0, pool.judge(account.id(), password), ask);
  }

  /// What is told of the password does not depend on whether anybody has the name; the code is
  /// counted first, and used up before the password is set.
  private Outcome forgotten(Step step, String code, String password, Ask ask) {
    var now = clock.instant();
    var unfit = unfit(password, step.kept("username"), manner.mandatory());
    if (unfit.isPresent()) {
      return new Outcome.Refused(unfit.get());
    }
    if (step.code().filter(sent -> sent.codeLive(now)).isEmpty()) {
      return new Outcome.Refused(Problem.CODE_INCORRECT);
    }
    return switch (signIns.charge(step.account(), Tries.CODE)) {
      case Charge.Refused(var standing) -> {
        signIns.refused(records.unjudged(step.account(), standing, ask));
        yield new Outcome.Refused(Problem.CODE_INCORRECT);
      }
      case Charge.Charged(var account, var counted) when !codes.right(step, code) -> {
        var locks = counted >= Tries.CODE.max();
        signIns.refused(records.refusal(account, Login.Outcome.WRONG_CODE, locks, ask));
        yield new Outcome.Refused(Problem.CODE_INCORRECT);
      }
      case Charge.Charged(var account, var counted) -> reset(step, account, counted, password, ask);
    };
  }

  private Outcome reset(Step step, Account account, int counted, String password, Ask ask) {
    var login = records.login(Login.Outcome.PASSWORD_RESET, ask);
    var event = records.event(account.id(), AuditAction.PASSWORD_CHANGED, "forgotten", ask);
    if (!signIns.reset(step, counted, login, event, clock.instant())) {
      return new Outcome.Refused(Problem.CODE_INCORRECT);
    }
    pool.set(account.id(), password);
    return door.begin(account.id(), 0, Stage.PASSWORD, Map.of(), new Next.Password());
  }

  private Optional<Problem> unfit(String password, String username, boolean factor) {
    return switch (rule.judge(password, username, factor)) {
      case FINE -> Optional.empty();
      case TOO_SHORT -> Optional.of(Problem.PASSWORD_TOO_SHORT);
      case TOO_COMMON -> Optional.of(Problem.PASSWORD_TOO_COMMON);
      case TOO_LONG -> Optional.of(Problem.BAD_REQUEST);
    };
  }
}
