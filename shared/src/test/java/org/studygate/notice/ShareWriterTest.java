package org.studygate.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.studygate.department.Department;
import org.studygate.department.Noord;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.i18n.Catalogue;
import org.studygate.notice.ShareMessage.Exam;
import org.studygate.notice.ShareMessage.Way;
import org.xml.sax.InputSource;

/// What people are told of sharing, in every language: who and which, nothing that opens anything
/// in a link, and nothing that acts in what somebody wrote.
final class ShareWriterTest {
  private static final String ORIGIN = "https://studygate.example.org";
  private static final String NUMBER = "7K2M-9F3Q-X4TB-6HJR-5";
  private static final String STUDY = "0123456789abcdefghjkmnpqrs";
  private static final Exam CT =
      new Exam("A.P.", "CT thorax", Optional.of(LocalDate.of(2026, 11, 20)));
  private static final Exam MR = new Exam("A.P.", "MR knie", Optional.empty());
  private static final String HOSTILE =
      "</blockquote><script>alert(1)</script><a href='https://evil.example'>&amp; {by} {{title}}\r\n"
          + "\r\n\r\nhttps://evil.example/x mail a@evil.example www.evil.example \u202eeneiR\u2028.";
  private static final List<String> NAMES =
      List.of(
          "Jan Maes",
          "Dr. Marie-Françoise Vandenbroucke-Descheemaeker van den Bossche de la Tour",
          "Čedomir Žižek",
          "Иван Петров",
          "<b>Jan</b> {number}");

  private final Writer writer = new Writer(URI.create(ORIGIN), Duration.ofMinutes(10));

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void aMailToAnAccountSaysWhoAndWhichAndLeadsToTheStudy(String language) throws IOException {
    var mail = mail(signedIn(language, List.of(CT), Optional.of(STUDY)));
    assertSound(mail, language);
    assertThat(mail.text())
        .contains("Jan Maes", "A.P.", "CT thorax", "2026", "Ziekenhuis Noord")
        .contains("\n" + ORIGIN + "/professional/studies/" + STUDY + "\n")
        .contains("De Linde", "Graag uw mening.");
    assertThat(mail.html())
        .contains("<a href=\"" + ORIGIN + "/professional/studies/" + STUDY + "\"");
    shown(language + "-account", mail);
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void ofSeveralItLeadsToTheList(String language) throws IOException {
    var mail = mail(signedIn(language, List.of(CT, MR), Optional.empty()));
    assertSound(mail, language);
    assertThat(mail.text())
        .contains("CT thorax", "MR knie", "\n" + ORIGIN + "/professional/studies\n");
    shown(language + "-several", mail);
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void ofAnonymisedOnesItSaysHowManyAndNothingOfThem(String language) throws IOException {
    var mail = mail(signedIn(language, List.of(), Optional.empty()));
    assertSound(mail, language);
    var words = Catalogue.of("notice", language);
    var patient = words.text("mail.news.patient", Map.of());
    assertThat(words(mail.text()))
        .contains("2")
        .doesNotContain("A.P.", "CT", patient.strip() + " A");
    shown(language + "-anonymised", mail);
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void whoeverHasNoAccountGetsTheNumberAndIsToldWhatToDoWithIt(String language) throws IOException {
    for (var code : List.of(Verification.OTP_EMAIL, Verification.OTP_SMS)) {
      var mail = mail(byNumber("email", language, code));
      assertSound(mail, language);
      assertThat(mail.text()).contains("\n" + NUMBER + "\n", "\n" + ORIGIN + "/?d=noord\n");
      assertThat(mail.subject() + preview(mail)).doesNotContain("7K2M");
      assertThat(mail.html()).contains("href=\"" + ORIGIN + "/?d=noord\"");
      assertThat(mail.html().indexOf(NUMBER)).isEqualTo(mail.html().lastIndexOf(NUMBER));
      shown(language + "-number-" + code.code(), mail);
    }
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void whatIsUrgentSaysSoFirst(String language) {
    var urgent = Catalogue.of("notice", language).text("mail.share.urgent", Map.of());
    var calm = mail(signedIn(language, List.of(CT), Optional.of(STUDY)));
    var loud = mail(urgent(signedIn(language, List.of(CT), Optional.of(STUDY))));
    assertThat(loud.subject())
        .isEqualTo(urgent)
        .matches("(Urgent|Urgente|Dringend|Haster|Nujno) ?:.*");
    assertThat(calm.subject()).isNotEqualTo(urgent);
    assertThat(loud.subject().toLowerCase(Locale.ROOT))
        .endsWith(calm.subject().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void anSmsHasTheWholeNumberAndIsOneMessageWhateverNamesAreLike(String language)
      throws IOException {
    var lines = new ArrayList<String>();
    for (var by : NAMES) {
      for (var hospital :
          List.of("Ziekenhuis Noord", "Hôpital de l’Île", "CHU " + "Nord ".repeat(20))) {
        for (var urgent : List.of(false, true)) {
          var share = by(byNumber("sms", language, Verification.OTP_SMS), by);
          var sms = (Written.Sms) writer.write(urgent ? urgent(share) : share, called(hospital));
          assertThat(sms.to()).isEqualTo("+32470123456");
          assertThat(sms.text()).contains(NUMBER, "studygate.example.org ").doesNotContain("\n");
          assertThat(Gsm7.length(sms.text())).as(sms.text()).isLessThanOrEqualTo(160);
          lines.add(Gsm7.length(sms.text()) + " " + sms.text());
        }
      }
    }
    keep(language + "-sms.txt", String.join("\n", lines));
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void theCodeOfAShareIsOneSmsThatSaysWhatItIsFor(String language) throws IOException {
    var use = CodeMessage.Use.OPENING;
    var code = new CodeMessage("sms", "+32470123456", language, "", "204816", use);
    assertThat(Message.parse(code.json())).isEqualTo(code);
    var sms = (Written.Sms) writer.write(code, House.of(Optional.empty(), "+32"));
    assertThat(sms.text())
        .startsWith("204816 ")
        .contains(" 10 ", "Studygate")
        .endsWith("\n\n@studygate.example.org #204816");
    assertThat(Gsm7.length(sms.text())).as(sms.text()).isLessThanOrEqualTo(160);
    var signIn = new CodeMessage("sms", "+32470123456", language, "", "204816");
    var other = (Written.Sms) writer.write(signIn, House.of(Optional.empty(), "+32"));
    assertThat(sms.text()).isNotEqualTo(other.text());
    keep(language + "-code.txt", sms.text());
  }

  /// On its way while a new version was deployed.
  @Test
  void aCodeOfBeforeItsUseWasToldIsReadAsItWasMeant() {
    var code = new CodeMessage("sms", "+32470123456", "en", "", "204816");
    assertThat(Message.parse(code.json().replace(",\"use\":\"SIGNIN\"", ""))).isEqualTo(code);
  }

  /// Two messages of other letters at most: 67 in each.
  @Test
  void namesOfOtherLettersAloneMakeAnSmsThatIsStillShort() {
    var share = by(byNumber("sms", "en", Verification.OTP_SMS), "Иван Петров");
    var sms = (Written.Sms) writer.write(share, called("Клиника Святого Пантелеймона"));
    assertThat(sms.text()).contains(NUMBER);
    assertThat(sms.text().length()).isLessThanOrEqualTo(160);
  }

  @Test
  void whatSomebodyWroteIsTextAndNothingElse() throws IOException {
    var exam = new Exam("A.P.", "<img src=x onerror=y> https://evil.example", Optional.empty());
    var mail = mail(by(wrote(signedIn("en", List.of(exam), Optional.of(STUDY)), HOSTILE), HOSTILE));
    assertThat(mail.html())
        .doesNotContain("<script", "<img", "<a href='", "onerror=y>", "\u202e", "\u2028")
        .contains("&lt;script&gt;", "&amp;amp; {by} {{title}}");
    assertThat(mail.html().split("<a ", -1)).as("our own link").hasSize(2);
    for (var part : List.of(mail.text(), mail.html())) {
      assertThat(part)
          .doesNotContain("https://evil", "evil.example", "a@evil", "\u202e")
          .contains("https:\u200b//evil\u200b.example");
    }
    assertThat(mail.text().lines()).allMatch(line -> line.length() <= 78);
    assertThat(mail.html()).contains("\u200b.example/x mail a\u200b@evil");
    assertWellFormed(mail.html());
    shown("hostile", mail);
  }

  @Test
  void aMessageKeepsItsLinesAndOneEmptyLineOfMany() {
    var mail = mail(wrote(signedIn("en", List.of(CT), Optional.empty()), "\n a \r\n\n\n\nb\tc\n"));
    assertThat(mail.text()).contains("Message from Jan Maes:\na\n\nb c\n");
    assertThat(mail.html()).contains(">a<br/><br/>b c</blockquote>");
  }

  @ParameterizedTest
  @CsvSource({
    "nl, 1, 1 onderzoek met",
    "nl, 2, 2 onderzoeken met",
    "sl, 1, 1 preiskavo.",
    "sl, 2, 2 preiskavi.",
    "sl, 4, 4 preiskave.",
    "sl, 5, 5 preiskav.",
    "sl, 101, 101 preiskavo.",
    "fr, 1, 1 examen avec",
    "fr, 2, 2 examens avec",
    "de, 1, 1 Untersuchung mit",
    "de, 2, 2 Untersuchungen mit",
    "es, 1, 1 examen con",
    "es, 2, 2 exámenes con",
    "nb, 1, 1 undersøkelse med",
    "nb, 2, 2 undersøkelser med",
    "en, 1, 1 exam with",
    "en, 2, 2 exams with",
  })
  void examsAreCountedInTheFormsOfTheLanguage(String language, int count, String words) {
    var one = signedIn(language, List.of(), Optional.empty());
    assertThat(mail(counted(one, count)).text()).contains(words);
  }

  @Test
  void withoutAnEndACodeOrAMessageNothingIsSaidOfThem() {
    var bare =
        new ShareMessage(
            "email",
            "claes@example.org",
            "en",
            "noord",
            "Jan Maes",
            Optional.empty(),
            false,
            1,
            List.of(CT),
            Optional.empty(),
            Optional.empty(),
            new Way.SignedIn(Optional.of(STUDY), false));
    assertThat(mail(bare).text()).doesNotContain("Message", "up to", "code", "Shared with:");
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void whoeverSharedIsToldThatItWasOpened(String language) throws IOException {
    for (var exam : List.of(CT, new Exam("", "", Optional.empty()))) {
      var study = Optional.of(STUDY).filter(_ -> exam.equals(CT));
      var opened =
          new OpenedMessage("maes@example.org", language, "noord", "Els Claes", exam, study);
      assertThat(Message.parse(opened.json())).isEqualTo(opened);
      var mail = (Written.Mail) writer.write(opened, called("Ziekenhuis Noord"));
      assertSound(mail, language);
      assertThat(mail.text())
          .contains(
              "Els Claes",
              ORIGIN
                  + study.map(id -> "/professional/studies/" + id).orElse("/professional/shares"));
      assertThat(mail.text().contains("CT thorax")).isEqualTo(exam.equals(CT));
      shown(language + "-opened", mail);
    }
  }

  /// What a sealed message says is nobody else's.
  @Test
  void nothingOfItIsInItsNameForLogs() {
    assertThat(byNumber("sms", "en", Verification.OTP_SMS).toString())
        .isEqualTo("ShareMessage[sms]");
    assertThat(new Way.ByNumber(NUMBER, Verification.OTP_SMS).toString()).doesNotContain("7K2M");
  }

  private void assertSound(Written.Mail mail, String language) {
    assertThat(mail.subject())
        .isNotBlank()
        .doesNotContainPattern("\\d")
        .doesNotContain("{", "A.P.", "Jan Maes");
    assertThat(preview(mail)).isNotBlank().doesNotContainPattern("\\d").doesNotContain("A.P.");
    assertThat(mail.text()).doesNotContain("{", "claes@", "null");
    assertThat(mail.text().lines()).allMatch(line -> line.length() <= 78);
    assertThat(mail.html())
        .contains("lang=\"" + language + "\"")
        .doesNotContain("{{", "<img", "<script", "#7K2M");
    var shown =
        mail.html()
            .substring(mail.html().indexOf("<h1"))
            .replaceAll("<[^>]*>", " ")
            .replace("&#39;", "'");
    assertThat(words(shown)).isEqualTo(words(mail.text().replace("-- \n", "")));
    assertWellFormed(mail.html());
  }

  private static void assertWellFormed(String html) {
    var xml =
        html.replace("<!doctype html>", "")
            .replaceAll("<meta ([^>]*)>", "<meta $1/>")
            .replaceAll("&(zwnj|nbsp);", " ");
    assertThatCode(
            () ->
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml.strip()))))
        .doesNotThrowAnyException();
  }

  private static String preview(Written.Mail mail) {
    var from = mail.html().indexOf("max-height:0");
    return mail.html()
        .substring(from, mail.html().indexOf("</div>", from))
        .replaceAll("&[#a-z0-9]+;|^[^>]*>", "");
  }

  private static String words(String text) {
    return text.strip().replaceAll("[\\s\u00a0\u202f]+", " ");
  }

  private Written.Mail mail(ShareMessage share) {
    assertThat(Message.parse(share.json())).isEqualTo(share);
    return (Written.Mail) writer.write(share, called("Ziekenhuis Noord"));
  }

  private static ShareMessage signedIn(String language, List<Exam> exams, Optional<String> study) {
    return new ShareMessage(
        "email",
        "claes@example.org",
        language,
        "noord",
        "Jan Maes",
        Optional.of("De Linde"),
        false,
        exams.isEmpty() ? 2 : exams.size(),
        exams,
        Optional.of("Graag uw mening."),
        Optional.of(LocalDate.of(2026, 12, 28)),
        new Way.SignedIn(study, true));
  }

  private static ShareMessage byNumber(String channel, String language, Verification code) {
    return new ShareMessage(
        channel,
        channel.equals("sms") ? "+32470123456" : "claes@example.org",
        language,
        "noord",
        "Jan Maes",
        Optional.empty(),
        false,
        1,
        List.of(CT),
        Optional.of("Graag uw mening."),
        Optional.of(LocalDate.of(2026, 12, 28)),
        new Way.ByNumber(NUMBER, code));
  }

  private static ShareMessage urgent(ShareMessage of) {
    return with(of, of.by(), true, of.count(), of.text());
  }

  private static ShareMessage by(ShareMessage of, String name) {
    return with(of, name, of.urgent(), of.count(), of.text());
  }

  private static ShareMessage wrote(ShareMessage of, String text) {
    return with(of, of.by(), of.urgent(), of.count(), Optional.of(text));
  }

  private static ShareMessage counted(ShareMessage of, int count) {
    return with(of, of.by(), of.urgent(), count, of.text());
  }

  private static ShareMessage with(
      ShareMessage of, String by, boolean urgent, int count, Optional<String> text) {
    return new ShareMessage(
        of.channel(),
        of.to(),
        of.language(),
        of.department(),
        by,
        of.with(),
        urgent,
        count,
        of.exams(),
        text,
        of.lastDay(),
        of.way());
  }

  /// To be read by people: `target/mails`.
  private static void shown(String name, Written.Mail mail) throws IOException {
    keep(name + ".txt", mail.subject() + "\n\n" + mail.text());
    keep(name + ".html", mail.html());
  }

  private static void keep(String name, String text) throws IOException {
    Files.writeString(Files.createDirectories(Path.of("target", "mails")).resolve(name), text);
  }

  private static Department called(String hospital) {
    var noord = Noord.with("noord", "Radiologie", new ReportRule.Never());
    return new Department(
        noord.id(),
        noord.name(),
        hospital,
        noord.contact(),
        noord.logo(),
        noord.brand(),
        noord.languages(),
        noord.zone(),
        noord.conditionsVersion(),
        noord.policy());
  }
}
