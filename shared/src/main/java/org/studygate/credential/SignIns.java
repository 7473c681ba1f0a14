package org.studygate.credential;

import java.time.Instant;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Factor;
import org.studygate.audit.AuditEvent;
import org.studygate.limit.Tries;
import org.studygate.notice.Outgoing;
import org.studygate.session.Session;
import org.studygate.signin.Challenges.Code;
import org.studygate.signin.Challenges.Sending;

/// Accounts as far as signing in goes: steps, tries, what was tried, and remembered browsers.
public interface SignIns {
  /// The account of a name, however its letters are written.
  Optional<String> named(String username);

  void begin(Step step);

  Optional<Step> find(String stepHash, Instant now);

  /// Counts a password or code before it is judged: no more than `tries` are ever judged in a row.
  Charge charge(String account, Tries tries);

  sealed interface Charge {
    /// To be judged.
    ///
    /// @param counted its place in the run of wrong ones
    record Charged(Account account, int counted) implements Charge {}

    /// Locked, closed, or nobody's: it is not judged.
    ///
    /// @param standing the account, if there is one
    record Refused(Optional<Account> standing) implements Charge {}
  }

  /// A password was right and led nowhere yet: it counts no longer.
  void forgive(String account, int passwords);

  /// One step leads to the next, and the password that was right counts no longer: all or nothing.
  /// `false` when somebody was quicker, or the account has changed.
  ///
  /// @param passwords how many were counted up to the right one
  boolean advance(Step from, Step to, int passwords, Instant now);

  /// The same where the next step begins with a code on its way.
  Sending advance(
      Step from, Step to, int passwords, Code code, Optional<Outgoing> message, Instant now);

  /// A step that begins with a code on its way, and follows none. Without a message everything else
  /// is done: the name is nobody's.
  Sending begin(Step step, Code code, Optional<Outgoing> message, Instant now);

  /// Another code for a step; the former one is dead from then on.
  Sending again(Code code, Optional<Outgoing> message, Instant now);

  /// Writes down what was refused, with its event; the last of a row locks the account. A name that
  /// is nobody's costs the same.
  void refused(Refusal refusal);

  /// @param known whether there is such an account
  record Refusal(String account, boolean known, boolean locks, Login login, AuditEvent event) {}

  /// The visit begins, with all that belongs to it, or not at all.
  boolean open(Opening opening, Instant now);

  /// @param codes how many codes were counted up to the right one
  /// @param chosen a second factor that was shown for the first time
  record Opening(
      Step step,
      int passwords,
      int codes,
      Optional<Factor> chosen,
      Optional<Browser> browser,
      Session session,
      Login login,
      AuditEvent event) {}

  /// A code for a new password was right: it is used up, and whatever was open ends.
  boolean reset(Step step, int codes, Login login, AuditEvent event, Instant now);

  /// Somebody has shown the code that was sent to the mobile: the account is there from now on, and
  /// the step is over. `false` when somebody was quicker, or has the name meanwhile.
  boolean register(Step step, Account account, AuditEvent event, Instant now);

  /// A wrong code at a step of which no account exists yet: counted with the step, `false` where
  /// there were too many.
  boolean chargeStep(Step step, Tries tries);

  /// A step is used, and never again. `false` when it was used before.
  boolean use(Step step, Instant now);

  /// The account that is bound to somebody of a provider's.
  Optional<String> bound(String provider, String subject);

  /// Binds an account to somebody of a provider's. `false` when it is bound to somebody else.
  boolean bind(String account, String provider, String subject);

  /// A remembered browser of an account, if it is one.
  Optional<Browser> browser(String account, String id);
}
