package org.studygate.credential;

import java.time.Instant;
import java.util.List;
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

  /// One step leads to the next, and the password that was right counts no longer: all or nothing.
  /// `false` when somebody was quicker, or the account has changed.
  ///
  /// @param passwords how many were counted up to the right one
  boolean advance(Step from, Step to, int passwords, Instant now);

  /// The same where the next step begins with a code on its way.
  Sending advance(Step from, Step to, int passwords, Code code, Outgoing message, Instant now);

  /// A step that begins with a code on its way, and follows none. Without a message everything else
  /// is done: the name is nobody's.
  Sending begin(Step step, Code code, Optional<Outgoing> message, Instant now);

  /// Another code for a step; the former one is dead from then on.
  Sending again(Code code, Outgoing message, Instant now);

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

  /// A remembered browser of an account, if it is one.
  Optional<Browser> browser(String account, String id);

  List<Browser> browsers(String account);

  void forget(String account, String id);

  /// The last attempts, newest first.
  List<Login> logins(String account, int most);
}
