package org.studygate.notice;

import java.net.URI;
import java.util.Map;
import org.studygate.department.Department;
import org.studygate.i18n.Catalogue;

/// Writes SMS and mails: in the patient's language, from the department. A subject holds no code,
/// for it is shown on locked screens.
public final class Writer {
  private final URI publicOrigin;

  public Writer(URI publicOrigin) {
    this.publicOrigin = publicOrigin;
  }

  public Letter write(CodeMessage message, Department department) {
    var words = Catalogue.of("notice", message.language());
    return message.channel().equals("email")
        ? mail(message, department, words)
        : sms(message, department, words);
  }

  /// The last line lets the browser of the phone offer the code to our page and to no other
  /// (WebOTP, origin-bound one-time codes).
  private Letter sms(CodeMessage message, Department department, Catalogue words) {
    var text =
        words.text("sms.code", Map.of("code", message.code(), "department", department.hospital()));
    return new Letter.Sms(
        message.to(), text + "\n\n@" + publicOrigin.getHost() + " #" + message.code());
  }

  private static Letter mail(CodeMessage message, Department department, Catalogue words) {
    var holes = Map.of("department", department.hospital(), "phone", department.contact().phone());
    var footer = words.text("mail.footer", holes);
    var text =
        String.join(
            "\n\n",
            words.text("mail.code.body", holes),
            message.code(),
            words.text("mail.code.valid", holes),
            words.text("mail.code.ignore", holes),
            "-- \n" + footer);
    var html =
        MailPage.html(
            new MailPage.Content(
                words.language(),
                department.hospital(),
                department.brand().light(),
                words.text("mail.code.preheader", holes),
                words.text("mail.code.title", holes),
                words.text("mail.code.body", holes),
                message.code(),
                words.text("mail.code.valid", holes),
                words.text("mail.code.ignore", holes),
                footer));
    var subject = words.text("mail.code.subject", holes);
    return new Letter.Mail(message.to(), department.hospital(), subject, text, html);
  }
}
