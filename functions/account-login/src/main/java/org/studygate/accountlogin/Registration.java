package org.studygate.accountlogin;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Factor;
import org.studygate.account.Role;
import org.studygate.audit.AuditAction;
import org.studygate.credential.AccountCodes;
import org.studygate.credential.AccountCodes.Way;
import org.studygate.credential.PasswordRule;
import org.studygate.credential.SignIns;
import org.studygate.credential.Stage;
import org.studygate.credential.Step;
import org.studygate.credential.UserPool;
import org.studygate.http.Problem;
import org.studygate.i18n.Catalogue;
import org.studygate.limit.SourceLimits;
import org.studygate.limit.Tries;
import org.studygate.notice.MailAddress;
import org.studygate.notice.Mobile;
import org.studygate.notice.Notices;
import org.studygate.platform.Pepper;
import org.studygate.platform.Tokens;
import org.studygate.signin.Challenges.Sending;
import org.studygate.signin.Combination;

/// Somebody wants an account. The mobile is proved by a code; then the account is there, and
/// nothing flows to it before the service desk has looked at the physician number. An address that
/// has an account is answered alike, and its owner gets a mail.
final class Registration {
  private final Doorstep door;
  private final SignIns signIns;
  private final Accounts accounts;
  private final UserPool pool;
  private final SourceLimits limits;
  private final AccountCodes codes;
  private final Notices notices;
  private final PasswordRule rule;
  private final Manner manner;
  private final Records records;
  private final Pepper pepper;
  private final Tokens tokens;
  private final Clock clock;

  Registration(Parts parts, Doorstep door) {
    this.door = door;
    this.signIns = parts.signIns();
    this.accounts = parts.accounts();
    this.pool = parts.pool();
    this.limits = parts.limits();
    this.codes = parts.codes();
    this.notices = parts.notices();
    this.rule = parts.rule();
    this.manner = parts.manner();
    this.records = parts.records();
    this.pepper = parts.pepper();
    this.tokens = parts.tokens();
    this.clock = parts.clock();
  }

  /// What somebody says of oneself; each field is told by its name where it cannot be.
  record Wish(
      String givenName,
      String familyName,
      String username,
      String mobile,
      String physicianNumber,
      String language) {
    Map<String, String> kept() {
      return Map.of(
          "givenName",
          givenName,
          "familyName",
          familyName,
          "username",
          username,
          "mobile",
          mobile,
          "physicianNumber",
          physicianNumber,
          "wished",
          language);
    }

    static Wish kept(Step step) {
      return new Wish(
          step.kept("givenName"),
          step.kept("familyName"),
          step.kept("username"),
          step.kept("mobile"),
          step.kept("physicianNumber"),
          step.kept("wished"));
    }

    @Override
    public String toString() {
      return "Wish[…]";
    }
  }

  Outcome begin(Wish typed, String password, Ask ask) {
    var wish = checked(typed);
    switch (rule.judge(password, wish.username(), manner.mandatory())) {
      case TOO_SHORT -> throw Problem.PASSWORD_TOO_SHORT.refusal("password");
      case TOO_COMMON -> throw Problem.PASSWORD_TOO_COMMON.refusal("password");
      case TOO_LONG -> throw Problem.BAD_REQUEST.refusal("password");
      case FINE -> {}
    }
    var now = clock.instant();
    var room = limits.take(Combination.source(pepper, ask.address()), now);
    if (room.isPresent()) {
      return new Outcome.TooMany(room.get());
    }
    door.leave(ask);
    var id = tokens.id();
    var owner = accounts.find(signIns.named(wish.username()).orElse(id));
    // The pool keeps the password from the beginning, under an id that is nobody's until the code
    // was right; so it lies in no table of ours.
    pool.create(id, password);
    return send(wish, id, owner);
  }

  private Outcome send(Wish wish, String id, Optional<Account> owner) {
    var now = clock.instant();
    var cookie = tokens.next();
    var to = new Way("sms", wish.mobile(), wish.language());
    var kept = new HashMap<>(wish.kept());
    kept.putAll(to.kept());
    kept.put("known", owner.map(Account::id).orElse(""));
    var step = Step.begin(cookie.hash(), id, 0, Stage.REGISTER, kept, now);
    var drawn = codes.first(step);
    var message =
        owner
            .map(one -> notices.attempt(one.id(), one.username(), one.language()))
            .or(drawn::message);
    return switch (signIns.begin(step, drawn.code(), message, now)) {
      case Sending.Sent(var resendAt, var expiresAt) ->
          new Outcome.On(
              cookie, new Next.Otp("otp", "sms", to.masked(), Optional.of(resendAt), expiresAt));
      case Sending.TooMany(var retryAt) -> new Outcome.TooMany(retryAt);
      case Sending.Gone() -> Outcome.ended();
    };
  }

  private Wish checked(Wish typed) {
    return new Wish(
        typed.givenName(),
        typed.familyName(),
        MailAddress.read(typed.username()).orElseThrow(() -> unfit("username")),
        Mobile.read(typed.mobile(), manner.prefixes())
            .filter(number -> manner.prefixes().stream().anyMatch(number::startsWith))
            .orElseThrow(() -> unfit("mobile")),
        Optional.of(typed.physicianNumber().replaceAll("[^0-9A-Za-z]", ""))
            .filter(number -> !number.isEmpty() && number.length() <= 32)
            .orElseThrow(() -> unfit("physicianNumber")),
        Optional.of(typed.language())
            .filter(Catalogue::speaks)
            .orElseThrow(() -> unfit("language")));
  }

  private static Problem.Refusal unfit(String field) {
    return Problem.BAD_REQUEST.refusal(field);
  }

  /// The code that was sent to the mobile.
  Outcome verify(String code, Ask ask) {
    var now = clock.instant();
    var found = door.find(ask, Stage.REGISTER);
    if (found.isEmpty()) {
      return Outcome.ended();
    }
    var step = found.get();
    var live = step.code().filter(sent -> sent.codeLive(now)).isPresent();
    if (!live || !signIns.chargeStep(step, Tries.CODE) || !codes.right(step, code)) {
      return new Outcome.Refused(Problem.CODE_INCORRECT);
    }
    var account = account(step);
    var event = records.event(account.id(), AuditAction.REGISTERED, "code", ask);
    return signIns.register(step, account, event, now)
        ? door.begin(account.id(), 0, Stage.PASSWORD, Map.of(), new Next.Password())
        : new Outcome.Refused(Problem.CODE_INCORRECT);
  }

  private static Account account(Step step) {
    var wish = Wish.kept(step);
    return new Account(
        step.account(),
        wish.username(),
        new Account.Name(wish.familyName(), wish.givenName()),
        Optional.empty(),
        wish.language(),
        Role.PROFESSIONAL,
        Optional.empty(),
        Account.State.REGISTERED,
        false,
        0,
        Set.of(),
        Factor.NONE,
        Optional.of(wish.mobile()),
        Optional.empty(),
        List.of(wish.physicianNumber()),
        Account.Privacy.FIRST,
        Account.MailDefaults.FIRST,
        Optional.empty(),
        Optional.empty());
  }
}
