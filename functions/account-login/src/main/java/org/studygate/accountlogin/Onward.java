package org.studygate.accountlogin;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Composition;
import org.studygate.account.Factor;
import org.studygate.account.GroupsDue;
import org.studygate.audit.AuditAction;
import org.studygate.credential.AccountCodes;
import org.studygate.credential.AccountCodes.Way;
import org.studygate.credential.Browser;
import org.studygate.credential.Login;
import org.studygate.credential.SignIns;
import org.studygate.credential.SignIns.Opening;
import org.studygate.credential.Stage;
import org.studygate.credential.Step;
import org.studygate.credential.UserPool.Password;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Session;
import org.studygate.signin.Challenges.Sending;

/// What comes once somebody has shown something: the next step, or the visit.
final class Onward {
  private final SignIns signIns;
  private final GroupsDue groups;
  private final AccountCodes codes;
  private final Manner manner;
  private final Records records;
  private final Tokens tokens;
  private final Clock clock;

  Onward(Parts parts) {
    this.signIns = parts.signIns();
    this.groups = parts.groups();
    this.codes = parts.codes();
    this.manner = parts.manner();
    this.records = parts.records();
    this.tokens = parts.tokens();
    this.clock = parts.clock();
  }

  /// Who changes the second factor shows the present one, whatever the browser remembers, and
  /// chooses then.
  static final Map<String, String> CHANGING = Map.of("change", "true");

  static boolean changing(Step step) {
    return !step.kept("change").isEmpty();
  }

  private static Map<String, String> kept(Step step, String name, String value) {
    var kept = new HashMap<>(changing(step) ? CHANGING : Map.of());
    kept.put(name, value);
    return kept;
  }

  /// The password was right.
  ///
  /// @param passwords its place in the run of wrong ones
  Outcome proved(Step step, Account account, int passwords, Password proof, Ask ask) {
    return switch (proof) {
      case Password.First() ->
          to(step, account, passwords, Stage.FIRST_PASSWORD, Map.of(), new Next.NewPassword(false));
      case Password.AppAsked _ when remembered(step, account, ask) ->
          open(step, account, Shown.password(passwords), ask);
      case Password.AppAsked(var session) ->
          to(step, account, passwords, Stage.TOTP, kept(step, "session", session), new Next.Totp());
      case Password.Right(var token) -> secondFactor(step, account, passwords, token, ask);
      case Password.Wrong() -> throw new IllegalArgumentException("nothing was proved");
    };
  }

  /// @param token with which an app can be added; empty for whoever has no password in the pool
  ///     and so gets codes by SMS or mail
  Outcome secondFactor(Step step, Account account, int passwords, String token, Ask ask) {
    var asked = manner.asked(account);
    return switch (asked) {
      case SMS, EMAIL -> {
        if (remembered(step, account, ask)) {
          yield open(step, account, Shown.password(passwords), ask);
        }
        var besides = changing(step) ? kept(step, "token", token) : Map.<String, String>of();
        yield send(step, account, passwords, asked, besides);
      }
      case NONE -> {
        if (!manner.mandatory() && !changing(step)) {
          yield open(step, account, Shown.password(passwords), ask);
        }
        yield choose(step, account, passwords, token);
      }
      case TOTP -> {
        if (token.isEmpty() && account.mobile().isPresent()) {
          yield send(step, account, passwords, Factor.SMS, Map.of("chosen", "totp"));
        }
        yield choose(step, account, passwords, token); // the pool knows of no app any more
      }
    };
  }

  /// One that is there is not taken off: whether the password is long enough alone is not known.
  Outcome choose(Step step, Account account, int passwords, String token) {
    var choices =
        manner.choices(account).stream()
            .filter(factor -> factor != Factor.TOTP || !token.isEmpty())
            .filter(factor -> factor != Factor.NONE || account.factor() == Factor.NONE)
            .map(Factor::code)
            .toList();
    var kept = Map.of("token", token, "factors", String.join(" ", choices));
    var next = new Next.ChooseFactor(choices, manner.mandatory());
    return to(step, account, passwords, Stage.CHOOSE_FACTOR, kept, next);
  }

  /// On to another step, under another cookie.
  Outcome to(
      Step step, Account account, int passwords, Stage stage, Map<String, String> kept, Next next) {
    var cookie = tokens.next();
    var now = clock.instant();
    var to = Step.begin(cookie.hash(), account.id(), account.epoch(), stage, kept, now);
    return signIns.advance(step, to, passwords, now)
        ? new Outcome.On(cookie, next)
        : Outcome.ended();
  }

  /// The same with a code on its way.
  ///
  /// @param besides what the step keeps besides the way of its code
  Outcome send(
      Step step, Account account, int passwords, Factor factor, Map<String, String> besides) {
    var cookie = tokens.next();
    var now = clock.instant();
    var kept = new HashMap<>(Way.of(account, factor).kept());
    kept.putAll(besides);
    var to = Step.begin(cookie.hash(), account.id(), account.epoch(), Stage.OTP, kept, now);
    var drawn = codes.first(to);
    return switch (signIns.advance(step, to, passwords, drawn.code(), drawn.message(), now)) {
      case Sending.Sent(var resendAt, var expiresAt) ->
          new Outcome.On(
              cookie,
              new Next.Otp(
                  "otp", to.kept("channel"), to.kept("sentTo"), Optional.of(resendAt), expiresAt));
      case Sending.TooMany(var retryAt) -> {
        signIns.forgive(account.id(), passwords);
        yield new Outcome.TooMany(retryAt);
      }
      case Sending.Gone() -> Outcome.ended();
    };
  }

  /// What the trail tells of the last step.
  private static String shown(Step step) {
    return step.stage().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private boolean remembered(Step step, Account account, Ask ask) {
    return ask.browser()
        .filter(_ -> !changing(step))
        .map(Token::hash)
        .flatMap(id -> signIns.browser(account.id(), id))
        .filter(browser -> browser.live(account.epoch(), clock.instant()))
        .isPresent();
  }

  /// What was shown in the last step.
  ///
  /// @param chosen a second factor that was shown for the first time
  record Shown(int passwords, int codes, Optional<Factor> chosen, boolean remember) {
    static Shown password(int passwords) {
      return new Shown(passwords, 0, Optional.empty(), false);
    }
  }

  /// The visit begins.
  Outcome open(Step step, Account account, Shown shown, Ask ask) {
    var now = clock.instant();
    var cookie = tokens.next();
    var browser = shown.remember() ? Optional.of(tokens.next()) : Optional.<Token>empty();
    var session =
        Session.begin(
            cookie.hash(), step.subject(), account.epoch(), account.department().orElse(""), now);
    var opening =
        new Opening(
            step,
            shown.passwords(),
            shown.codes(),
            shown.chosen(),
            browser.map(
                token -> Browser.remember(token.hash(), ask.device(), account.epoch(), now)),
            session,
            records.login(Login.Outcome.SIGNED_IN, ask),
            records.event(account.id(), AuditAction.SIGNED_IN, shown(step), ask));
    return signIns.open(opening, now)
        ? new Outcome.On(cookie, inside(account), browser)
        : Outcome.ended();
  }

  /// The visit is open; whoever is in a group says every three months whether it is still right.
  private Next inside(Account account) {
    var due =
        account.state() == Account.State.ACTIVE && !account.groups().isEmpty()
            ? groups.due(account)
            : List.<Composition>of();
    return due.isEmpty()
        ? new Next.Open(account.failedAt())
        : Next.ConfirmGroups.of(due, account.failedAt());
  }
}
