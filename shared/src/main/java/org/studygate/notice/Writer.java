package org.studygate.notice;

import java.net.URI;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.studygate.department.Department;
import org.studygate.i18n.Catalogue;
import org.studygate.notice.MailContent.Block;

/// Writes SMS and mails: in the patient's language, from the department. Subject and preheader
/// hold no code, for they are shown on locked screens; a mail with a code holds no link.
public final class Writer {
  private static final String CUT = "...";

  private final URI publicOrigin;

  public Writer(URI publicOrigin) {
    this.publicOrigin = publicOrigin;
  }

  public Letter write(Message message, Department department) {
    var words = Catalogue.of("notice", message.language());
    return switch (message) {
      case CodeMessage code when code.channel().equals("email") -> mail(code, department, words);
      case CodeMessage code -> sms(code.to(), "sms.code", code.code(), department, words);
      case PincodeMessage pincode ->
          sms(pincode.to(), "sms.pincode", pincode.pincode(), department, words);
      case ReceiptMessage receipt -> receipt(receipt, department, words);
    };
  }

  /// The last line lets the browser of the phone offer the code to our page and to no other
  /// (WebOTP, origin-bound one-time codes).
  private Letter sms(String to, String key, String code, Department department, Catalogue words) {
    var last = "\n\n@" + publicOrigin.getHost() + " #" + code;
    var name = Gsm7.plain(department.hospital());
    var text = sms(key, code, name, words) + last;
    var over = Gsm7.length(text) - Gsm7.ONE_MESSAGE;
    if (over > 0 && over + CUT.length() < name.length()) { // a long name is cut, never the code
      var cut = name.substring(0, name.length() - over - CUT.length()).strip() + CUT;
      text = sms(key, code, cut, words) + last;
    }
    return new Letter.Sms(to, text);
  }

  private static String sms(String key, String code, String name, Catalogue words) {
    return words.text(key, Map.of("code", code, "department", name));
  }

  private static Letter mail(CodeMessage message, Department department, Catalogue words) {
    var sender = department.hospital();
    var phone = department.contact().phone().replace(' ', '\u00a0'); // stays on one line
    var holes = Map.of("department", sender, "phone", phone);
    var content =
        new MailContent(
            words.language(),
            sender,
            words.text("mail.code.subject", holes),
            words.text("mail.code.preheader", holes),
            words.text("mail.code.title", holes),
            List.of(
                new Block.Paragraph(words.text("mail.code.body", holes)),
                new Block.Code(message.code()),
                new Block.Paragraph(words.text("mail.code.valid", holes)),
                new Block.Note(words.text("mail.code.ignore", holes))),
            words.text("mail.footer", holes));
    return new Letter.Mail(
        message.to(),
        sender,
        content.subject(),
        MailText.write(content),
        MailHtml.write(content, department.brand()));
  }

  private static Letter receipt(ReceiptMessage message, Department department, Catalogue words) {
    var sender = department.hospital();
    var locale = Locale.forLanguageTag(words.language());
    var holes =
        Map.of(
            "department",
            sender,
            "phone",
            department.contact().phone().replace(' ', '\u00a0'),
            "amount",
            Money.write(message.price(), locale),
            "date",
            DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(message.paid()),
            "number",
            message.number());
    var content =
        new MailContent(
            words.language(),
            sender,
            words.text("mail.receipt.subject", holes),
            words.text("mail.receipt.preheader", holes),
            words.text("mail.receipt.title", holes),
            List.of(
                new Block.Paragraph(words.text("mail.receipt.body", holes)),
                new Block.Paragraph(words.text("mail.receipt.amount", holes)),
                new Block.Paragraph(words.text("mail.receipt.date", holes)),
                new Block.Paragraph(words.text("mail.receipt.number", holes)),
                new Block.Note(words.text("mail.receipt.again", holes))),
            words.text("mail.footer", holes));
    return new Letter.Mail(
        message.to(),
        sender,
        content.subject(),
        MailText.write(content),
        MailHtml.write(content, department.brand()));
  }
}
