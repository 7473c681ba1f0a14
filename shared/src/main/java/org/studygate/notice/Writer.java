package org.studygate.notice;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
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
  private final String minutes;
  private final ShareWriter shares;

  /// @param codeLife how long a code works
  public Writer(URI publicOrigin, Duration codeLife) {
    this.publicOrigin = publicOrigin;
    this.minutes = String.valueOf(codeLife.toMinutes());
    this.shares = new ShareWriter(publicOrigin);
  }

  public Written write(Message message, Department department) {
    var words = Catalogue.of("notice", message.language());
    return switch (message) {
      case CodeMessage code when code.channel().equals("email") -> code(code, department, words);
      case CodeMessage code -> sms(code.to(), "sms." + use(code), code.code(), department, words);
      case AttemptMessage attempt -> attempt(attempt, department, words);
      case NoteMessage note -> note(note, department, words);
      case PincodeMessage pincode ->
          sms(pincode.to(), "sms.pincode", pincode.pincode(), department, words);
      case ReceiptMessage receipt -> receipt(receipt, department, words);
      case DigestMessage digest -> digest(digest, department, words);
      case NewsMessage news -> news(news, department, words);
      case ShareMessage share -> shares.write(share, department, words);
      case OpenedMessage opened -> shares.write(opened, department, words);
    };
  }

  /// The last line lets the browser of the phone offer the code to our page and to no other
  /// (WebOTP, origin-bound one-time codes).
  private Written sms(String to, String key, String code, Department department, Catalogue words) {
    var last = "\n\n@" + publicOrigin.getHost() + " #" + code;
    var name = Gsm7.plain(department.hospital());
    var text = sms(key, code, name, words) + last;
    var over = Gsm7.length(text) - Gsm7.ONE_MESSAGE;
    if (over > 0 && over + CUT.length() < name.length()) { // a long name is cut, never the code
      var cut = name.substring(0, name.length() - over - CUT.length()).strip() + CUT;
      text = sms(key, code, cut, words) + last;
    }
    return new Written.Sms(to, text);
  }

  private String sms(String key, String code, String name, Catalogue words) {
    return words.text(key, Map.of("code", code, "department", name, "n", minutes));
  }

  private Written code(CodeMessage message, Department department, Catalogue words) {
    var say = new Speech("mail." + use(message) + ".", words, holes(department));
    return mail(
        message.to(),
        department,
        say,
        List.of(
            new Block.Paragraph(say.of("body")),
            new Block.Code(message.code()),
            new Block.Paragraph(say.of("valid")),
            new Block.Note(say.of("ignore"))));
  }

  private static String use(CodeMessage code) {
    return code.use().code();
  }

  private Written attempt(AttemptMessage message, Department house, Catalogue words) {
    var say = new Speech("mail.attempt.", words, holes(house));
    return mail(
        message.to(),
        house,
        say,
        List.of(
            new Block.Paragraph(say.of("body")),
            new Block.Paragraph(say.of("forgotten")),
            new Block.Note(say.of("ignore"))));
  }

  private Written note(NoteMessage message, Department house, Catalogue words) {
    var holes = new HashMap<>(holes(house));
    holes.put("group", message.group());
    holes.put("member", message.member());
    var say = new Speech("mail." + message.about().code() + ".", words, holes);
    return mail(
        message.to(),
        house,
        say,
        List.of(new Block.Paragraph(say.of("body")), new Block.Paragraph(say.of("next"))));
  }

  private Written receipt(ReceiptMessage message, Department department, Catalogue words) {
    var locale = european(words.language());
    var day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
    var holes = new HashMap<>(holes(department));
    holes.put("amount", Money.write(message.price(), locale));
    holes.put("date", day.format(message.paid()));
    holes.put("number", message.number());
    var say = new Speech("mail.receipt.", words, holes);
    return mail(
        message.to(),
        department,
        say,
        List.of(
            new Block.Paragraph(say.of("body")),
            new Block.Paragraph(say.of("to")),
            new Block.Paragraph(say.of("amount")),
            new Block.Paragraph(say.of("date")),
            new Block.Paragraph(say.of("number")),
            new Block.Note(say.of("again"))));
  }

  /// To the hospital's own people: codes as they stand in the receipts.
  private Written digest(DigestMessage message, Department department, Catalogue words) {
    var locale = european(words.language());
    var day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
    var holes = new HashMap<>(holes(department));
    holes.put("date", day.format(message.day()));
    holes.put("n", Long.toString(message.total()));
    holes.put("where", message.where());
    var say = new Speech("mail.digest.", words, holes);
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Paragraph(say.of("body")));
    message.counts().forEach((code, n) -> blocks.add(new Block.Paragraph(code + ": " + n)));
    blocks.add(new Block.Paragraph(say.of("where")));
    blocks.add(new Block.Note(say.of("again")));
    return mail(message.to(), department, say, blocks);
  }

  /// To whoever asked for a study or gets a copy of it: no more of the patient than initials.
  private Written news(NewsMessage message, Department department, Catalogue words) {
    var locale = european(words.language());
    var day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
    var holes = new HashMap<>(holes(department));
    holes.put("initials", message.initials());
    holes.put("description", message.description());
    holes.put("date", message.date().map(day::format).orElse(""));
    holes.put("n", Integer.toString(message.images()));
    var say = new Speech("mail." + message.what().code() + ".", words, holes);
    var both = new Speech("mail.news.", words, holes);
    var blocks = new ArrayList<Block>();
    blocks.add(new Block.Paragraph(say.of("body")));
    blocks.add(new Block.Paragraph(both.of("patient")));
    if (!message.description().isBlank()) {
      blocks.add(new Block.Paragraph(both.of("exam")));
    }
    if (message.date().isPresent()) {
      blocks.add(new Block.Paragraph(both.of("date")));
    }
    if (message.images() > 0) {
      blocks.add(new Block.Paragraph(both.of("images")));
    }
    var page = publicOrigin.resolve("/professional/studies/" + message.study());
    blocks.add(new Block.Link(both.of("open"), page));
    blocks.add(new Block.Note(both.of("again")));
    return mail(message.to(), department, say, blocks);
  }

  /// Mails are read in Europe: plain `en` would write dates as in America.
  static Locale european(String language) {
    return language.equals("en") ? Locale.UK : Locale.forLanguageTag(language);
  }

  private Map<String, String> holes(Department department) {
    return holes(department, minutes);
  }

  /// @param counted what sentences that count are about
  static Map<String, String> holes(Department department, String counted) {
    var phone = department.contact().phone().replace(' ', '\u00a0'); // stays on one line
    return Map.of("department", department.hospital(), "phone", phone, "n", counted);
  }

  /// The words of one kind of mail.
  record Speech(String kind, Catalogue words, Map<String, String> holes) {
    String of(String part) {
      return words.text(kind + part, holes);
    }
  }

  private static String footer(Department department) {
    return department.contact().phone().isEmpty() ? "mail.sender" : "mail.footer";
  }

  private static Written mail(String to, Department department, Speech say, List<Block> blocks) {
    return mail(to, department, say, "subject", blocks);
  }

  /// @param subject which of the sentences is the subject
  static Written mail(
      String to, Department department, Speech say, String subject, List<Block> blocks) {
    var content =
        new MailContent(
            say.words().language(),
            department.hospital(),
            say.of(subject),
            say.of("preheader"),
            say.of("title"),
            blocks,
            say.words().text(footer(department), say.holes()));
    return new Written.Mail(
        to,
        department.hospital(),
        content.subject(),
        MailText.write(content),
        MailHtml.write(content, department.brand()));
  }
}
