package org.studygate.accountlogin;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.credential.SignIns;
import org.studygate.credential.Stage;
import org.studygate.credential.Step;
import org.studygate.http.Problem;
import org.studygate.platform.Pepper;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.Sessions;
import org.studygate.session.Subject;
import org.studygate.signin.SignOut;

/// A name is given. Whether anybody has it is not told: the next step is the same.
final class Doorstep {
  private static final int ID_LENGTH = 32;
  private static final int LONGEST = 254;

  private final SignIns signIns;
  private final SignOut signOut;
  private final Sessions sessions;
  private final Accounts accounts;
  private final Pepper pepper;
  private final Tokens tokens;
  private final Clock clock;

  Doorstep(Parts parts, SignOut signOut, Sessions sessions) {
    this.signIns = parts.signIns();
    this.accounts = parts.accounts();
    this.pepper = parts.pepper();
    this.tokens = parts.tokens();
    this.clock = parts.clock();
    this.signOut = signOut;
    this.sessions = sessions;
  }

  /// Whatever the browser was signed in to before ends.
  Outcome knock(String username, Ask ask) {
    leave(ask);
    return begin(account(username), 0, Stage.PASSWORD, Map.of(), new Next.Password());
  }

  /// Whoever is in begins anew with the password, to choose another second factor. A federated
  /// account has no password here.
  Outcome change(Ask ask) {
    var account = inside(ask);
    if (account.isEmpty()) {
      return Outcome.ended();
    }
    if (account.get().provider().isPresent()) {
      throw Problem.CONFLICT.refusal();
    }
    leave(ask);
    return begin(account.get().id(), 0, Stage.PASSWORD, Onward.CHANGING, new Next.Password());
  }

  private Optional<Account> inside(Ask ask) {
    return ask.cookie()
        .map(Token::hash)
        .flatMap(hash -> sessions.find(hash, clock.instant()))
        .filter(session -> session.subject() instanceof Subject.OfAccount)
        .flatMap(
            session ->
                accounts
                    .find(session.subject().id())
                    .filter(Account::live)
                    .filter(found -> found.epoch() == session.epoch()));
  }

  void leave(Ask ask) {
    ask.cookie().ifPresent(former -> signOut.replace(former, ask.requestId()));
  }

  /// Of a name that nobody has, an id that no account has: always the same one.
  String account(String username) {
    var name = username.length() > LONGEST ? "" : username.strip().toLowerCase(Locale.ROOT);
    return signIns.named(name).orElseGet(() -> pepper.hash("nobody", name).substring(0, ID_LENGTH));
  }

  /// A step that follows none, under a new cookie.
  Outcome begin(String account, long epoch, Stage stage, Map<String, String> kept, Next next) {
    var cookie = tokens.next();
    signIns.begin(Step.begin(cookie.hash(), account, epoch, stage, kept, clock.instant()));
    return new Outcome.On(cookie, next);
  }

  Optional<Step> find(Ask ask) {
    return ask.cookie().map(Token::hash).flatMap(hash -> signIns.find(hash, clock.instant()));
  }

  Optional<Step> find(Ask ask, Stage stage) {
    return find(ask).filter(step -> step.stage() == stage);
  }
}
