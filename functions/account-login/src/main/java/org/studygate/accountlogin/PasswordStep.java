package org.studygate.accountlogin;

import java.time.Clock;
import org.studygate.account.Account;
import org.studygate.credential.Login;
import org.studygate.credential.SignIns;
import org.studygate.credential.SignIns.Charge;
import org.studygate.credential.Stage;
import org.studygate.credential.UserPool;
import org.studygate.credential.UserPool.Password;
import org.studygate.http.Problem;
import org.studygate.limit.SourceLimits;
import org.studygate.limit.Tries;
import org.studygate.platform.Pepper;
import org.studygate.signin.Combination;

/// A password is judged: counted first, compared after. A name that nobody has, a locked account
/// and a wrong password cost the same calls and get the same answer.
final class PasswordStep {
  private static final int LONGEST = 256;

  private final Doorstep door;
  private final SignIns signIns;
  private final UserPool pool;
  private final SourceLimits limits;
  private final Onward onward;
  private final Records records;
  private final Pepper pepper;
  private final Clock clock;

  PasswordStep(Parts parts, Doorstep door, Onward onward) {
    this.door = door;
    this.signIns = parts.signIns();
    this.pool = parts.pool();
    this.limits = parts.limits();
    this.onward = onward;
    this.records = parts.records();
    this.pepper = parts.pepper();
    this.clock = parts.clock();
  }

  Outcome judge(String password, Ask ask) {
    var now = clock.instant();
    var found = door.find(ask, Stage.PASSWORD);
    if (found.isEmpty()) {
      return Outcome.ended();
    }
    var from = Combination.source(pepper, ask.address());
    var room = limits.take(from, now);
    if (room.isPresent()) {
      return new Outcome.TooMany(room.get());
    }
    var step = found.get();
    return switch (signIns.charge(step.account(), Tries.PASSWORD)) {
      case Charge.Refused(var standing) -> {
        pool.judge("nobody-" + step.account(), password(password)); // nothing is told by the time
        signIns.refused(records.unjudged(step.account(), standing, ask));
        yield new Outcome.Refused(Problem.COMBINATION_INCORRECT);
      }
      case Charge.Charged(var account, var counted) ->
          switch (pool.judge(account.id(), password(password))) {
            case Password.Wrong() -> wrong(account, counted, ask);
            case Password right -> {
              var outcome = onward.proved(step, account, counted, right, ask);
              limits.giveBack(from, now);
              yield outcome;
            }
          };
    };
  }

  private Outcome wrong(Account account, int counted, Ask ask) {
    var locks = counted >= Tries.PASSWORD.max();
    signIns.refused(records.refusal(account, Login.Outcome.WRONG_PASSWORD, locks, ask));
    return new Outcome.Refused(Problem.COMBINATION_INCORRECT);
  }

  /// The pool refuses by shape what is none; nobody has this one.
  private static String password(String typed) {
    return typed.isEmpty() || typed.length() > LONGEST ? "-" : typed;
  }
}
