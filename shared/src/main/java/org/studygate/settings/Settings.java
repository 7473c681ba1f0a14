package org.studygate.settings;

import java.time.Instant;
import java.util.List;
import org.studygate.audit.AuditEvent;
import org.studygate.notice.Outgoing;
import org.studygate.session.Session;

/// What an account's owner sees and changes of it. Each change is one write with its line of the
/// trail, and none happens to an account that has ended since.
public interface Settings {
  /// `false` if the account is not there, or not one with this epoch any more.
  boolean change(String account, long epoch, List<Edit> edits, AuditEvent event);

  /// What mails come for a mapping. `false` if the account has no such mapping.
  boolean switchMails(String account, String mapping, MailSwitches mails, AuditEvent event);

  /// The newest attempts to sign in, the newest first.
  List<Attempt> attempts(String account, int most);

  /// Those browsers that are remembered at this moment.
  List<Browser> browsers(String account, long epoch, Instant now);

  /// `false` if the account has no such browser.
  boolean forget(String account, String browser, AuditEvent event);

  /// A member has said that a group is as it is shown. `false` if that is no member.
  boolean confirm(String account, String group, Instant now, AuditEvent event);

  /// A member has said that it is not: it is asked for again at the next sign-in, and `mails` go
  /// out, once until it was right again or three months have passed. `false` if that is no member.
  boolean dispute(
      String account, String group, List<Outgoing> mails, Instant now, AuditEvent event);

  /// The account has another password: what was open is over, but for the visit in which it was
  /// changed, which goes on under another cookie. `false` if the account has changed meanwhile.
  boolean renew(Renewal renewal);

  /// @param passwords how many tries were counted up to the right one
  record Renewal(String account, int passwords, Session former, Session next, AuditEvent event) {}
}
