package org.studygate.accountlogin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Factor;
import org.studygate.accountlogin.Onward.Shown;
import org.studygate.credential.AccountCodes;
import org.studygate.credential.Login;
import org.studygate.credential.SignIns;
import org.studygate.credential.SignIns.Charge;
import org.studygate.credential.Stage;
import org.studygate.credential.Step;
import org.studygate.credential.UserPool;
import org.studygate.http.Problem;
import org.studygate.limit.Tries;
import org.studygate.signin.Challenges.Sending;
import org.studygate.signin.OtpPolicy;

/// Codes of apps, SMS and mails are judged, a factor is chosen, an app gets its secret.
final class SecondFactor {
  private static final String ISSUER = "Studygate";

  private final Doorstep door;
  private final SignIns signIns;
  private final Accounts accounts;
  private final UserPool pool;
  private final AccountCodes codes;
  private final Manner manner;
  private final Onward onward;
  private final Records records;
  private final Clock clock;

  SecondFactor(Parts parts, Doorstep door, Onward onward) {
    this.door = door;
    this.signIns = parts.signIns();
    this.accounts = parts.accounts();
    this.pool = parts.pool();
    this.codes = parts.codes();
    this.manner = parts.manner();
    this.onward = onward;
    this.records = parts.records();
    this.clock = parts.clock();
  }

  /// A code: counted first, compared after.
  Outcome judge(String code, boolean remember, Ask ask) {
    var found = door.find(ask);
    if (found.isEmpty()) {
      return Outcome.ended();
    }
    var step = found.get();
    return switch (step.stage()) {
      case TOTP, ENROL_TOTP -> judge(step, code, remember, ask);
      case OTP ->
          step.code().filter(sent -> sent.codeLive(clock.instant())).isPresent()
              ? judge(step, code, remember, ask)
              : new Outcome.Refused(Problem.CODE_INCORRECT); // a dead code is not judged
      default -> Outcome.ended();
    };
  }

  private Outcome judge(Step step, String code, boolean remember, Ask ask) {
    return switch (signIns.charge(step.account(), Tries.CODE)) {
      case Charge.Refused(var standing) -> {
        signIns.refused(records.unjudged(step.account(), standing, ask));
        yield new Outcome.Refused(Problem.CODE_INCORRECT);
      }
      case Charge.Charged(var account, _) when account.epoch() != step.epoch() -> Outcome.ended();
      case Charge.Charged(var account, var counted) ->
          switch (compared(step, code)) {
            case UserPool.Code.Right(var token) when Onward.changing(step) ->
                onward.choose(step, account, 0, token);
            case UserPool.Code.Right _ -> {
              var chosen = chosen(step, account);
              if (account.factor() == Factor.TOTP && chosen.isPresent()) {
                pool.forgetApp(account.id());
              }
              yield onward.open(step, account, new Shown(0, counted, chosen, remember), ask);
            }
            case UserPool.Code.Wrong _ -> {
              var locks = counted >= Tries.CODE.max();
              signIns.refused(records.refusal(account, Login.Outcome.WRONG_CODE, locks, ask));
              yield new Outcome.Refused(Problem.CODE_INCORRECT);
            }
            case UserPool.Code.Late _ -> Outcome.ended();
          };
    };
  }

  private UserPool.Code compared(Step step, String code) {
    if (code.length() != OtpPolicy.DIGITS) {
      return new UserPool.Code.Wrong();
    }
    return switch (step.stage()) {
      case TOTP -> pool.judge(step.account(), step.kept("session"), code);
      case ENROL_TOTP -> pool.enrolled(step.account(), step.kept("token"), code);
      default ->
          codes.right(step, code)
              ? new UserPool.Code.Right(step.kept("token"))
              : new UserPool.Code.Wrong();
    };
  }

  /// The factor that the account has from now on, where it is another.
  private static Optional<Factor> chosen(Step step, Account account) {
    var shown =
        switch (step.stage()) {
          case TOTP, ENROL_TOTP -> Factor.TOTP;
          default ->
              step.kept("chosen").isEmpty() ? account.factor() : Factor.of(step.kept("chosen"));
        };
    return Optional.of(shown).filter(factor -> factor != account.factor());
  }

  /// Somebody chooses, or chooses otherwise, before anything is proved.
  Outcome choose(String factor, Ask ask) {
    var found = door.find(ask).filter(step -> !step.kept("factors").isEmpty());
    var account = found.flatMap(step -> accounts.find(step.account())).filter(Account::live);
    if (found.isEmpty() || account.isEmpty() || account.get().epoch() != found.get().epoch()) {
      return Outcome.ended();
    }
    var step = found.get();
    var factors = List.of(step.kept("factors").split(" "));
    if (!factors.contains(factor)) {
      throw Problem.BAD_REQUEST.refusal();
    }
    return switch (Factor.of(factor)) {
      case TOTP -> enrol(step, account.get());
      case NONE -> onward.open(step, account.get(), Shown.password(0), ask);
      case Factor sent -> {
        var besides =
            Map.of(
                "chosen",
                sent.code(),
                "token",
                step.kept("token"),
                "factors",
                step.kept("factors"));
        yield onward.send(step, account.get(), 0, sent, besides);
      }
    };
  }

  private Outcome enrol(Step step, Account account) {
    var token = step.kept("token");
    return pool.enrol(token)
        .map(
            secret -> {
              var next = new Next.EnrolTotp(secret, uri(account.username(), secret));
              var kept =
                  Map.of(
                      "token",
                      token,
                      "secret",
                      secret,
                      "uri",
                      next.uri(),
                      "factors",
                      step.kept("factors"));
              return onward.to(step, account, 0, Stage.ENROL_TOTP, kept, next);
            })
        .orElseGet(Outcome::ended);
  }

  /// As apps read it from a picture (Key URI Format).
  static String uri(String username, String secret) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30"
        .formatted(ISSUER, URLEncoder.encode(username, StandardCharsets.UTF_8), secret, ISSUER);
  }

  /// Another code on the same way.
  Outcome again(Ask ask) {
    var found = door.find(ask).filter(step -> step.code().isPresent());
    if (found.isEmpty()) {
      return Outcome.ended();
    }
    var drawn = codes.again(found.get());
    return switch (signIns.again(drawn.code(), drawn.message(), clock.instant())) {
      case Sending.Sent _ ->
          door.find(ask)
              .flatMap(Step::sent)
              .<Outcome>map(Outcome.Sent::new)
              .orElseGet(Outcome::ended);
      case Sending.TooMany(var retryAt) -> new Outcome.TooMany(retryAt);
      case Sending.Gone() -> Outcome.ended();
    };
  }

  /// Where a browser stands, for a page that was loaded again.
  Outcome standing(Ask ask) {
    return door.find(ask)
        .map(this::next)
        .<Outcome>map(Outcome.Still::new)
        .orElseGet(Outcome::ended);
  }

  private Next next(Step step) {
    return switch (step.stage()) {
      case PASSWORD -> new Next.Password();
      case PROVIDER -> new Next.Redirect(step.kept("url"));
      case TOTP -> new Next.Totp();
      case OTP, REGISTER -> Next.Otp.of(step.sent().orElseThrow());
      case CHOOSE_FACTOR ->
          new Next.ChooseFactor(List.of(step.kept("factors").split(" ")), manner.mandatory());
      case ENROL_TOTP -> new Next.EnrolTotp(step.kept("secret"), step.kept("uri"));
      case FIRST_PASSWORD -> new Next.NewPassword(false);
      case FORGOTTEN -> new Next.NewPassword(true);
    };
  }
}
