package org.studygate.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.net.URI;
import java.text.Normalizer;
import java.time.Duration;
import java.time.LocalDate;
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
import org.studygate.department.Price;
import org.studygate.department.ReportRule;
import org.studygate.i18n.Catalogue;
import org.xml.sax.InputSource;

final class WriterTest {
  private static final String LAST_LINE = "\n\n@studygate.example.org #204816";

  private static final List<String> HOSPITALS =
      List.of(
          "Ziekenhuis Noord",
          "Bolnišnica Čakovec – Žalec",
          "Hôpital de l’Île",
          "Centre hospitalier universitaire et psychiatrique de la Région du Grand Nord et des Îles");

  private final Writer writer =
      new Writer(URI.create("https://studygate.example.org"), Duration.ofMinutes(10));

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void anSmsIsOneMessageWithTheCodeInFrontAndForTheBrowserAtItsEnd(String language) {
    for (var hospital : HOSPITALS) {
      var text = sms(language, hospital);
      assertThat(text).contains("204816 ").endsWith(LAST_LINE);
      assertThat(text.indexOf("204816")).isZero();
      assertThat(Gsm7.length(text)).as(text).isLessThanOrEqualTo(160);
    }
  }

  @Test
  void accentsOfANameGiveWayAndLettersOfTheAlphabetStay() {
    assertThat(sms("sl", "Bolnišnica Čakovec – Žalec")).contains("Bolnisnica Cakovec - Zalec");
    assertThat(sms("de", "Klinik Köln-Süd")).contains("Klinik Köln-Süd");
    assertThat(sms("nb", "Sykehuset Ålesund")).contains("Sykehuset Ålesund");
  }

  /// A name cannot add a line, which a browser might read instead of ours.
  @Test
  void aNameStaysOnItsLine() {
    assertThat(sms("en", "Evil\u2028@evil.example #111111"))
        .contains("Evil @evil.example #111111")
        .endsWith(LAST_LINE);
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void aMailShowsItsCodeInsideAndNowhereElse(String language) {
    var mail = mail(language, "Ziekenhuis Noord");
    assertThat(mail.subject()).isNotBlank().doesNotContainPattern("\\d").doesNotContain("{");
    assertThat(mail.text()).contains("\n204816\n").contains("+32 3 456 78 90");
    assertThat(mail.text().lines()).allMatch(line -> line.length() <= 78);
    assertThat(mail.html())
        .contains("lang=\"" + language + "\"", "#0b5c7a", "#7cc4de", ">204816</p>")
        .doesNotContain("{{")
        .doesNotContain("<img")
        .doesNotContain("http")
        .doesNotContain("href")
        .doesNotContain("<script");
    assertThat(mail.html().indexOf("204816")).isEqualTo(mail.html().lastIndexOf("204816"));
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void textAndHtmlSayTheSame(String language) {
    var mail = mail(language, "Ziekenhuis Noord");
    var shown = mail.html().substring(mail.html().indexOf("<h1"));
    assertThat(words(shown.replaceAll("<[^>]*>", " ").replace("&#39;", "'")))
        .isEqualTo(words(mail.text().replace("-- \n", "")));
  }

  @Test
  void whatAHospitalIsCalledIsTextAndNothingElse() {
    var mail = mail("en", "<b onclick='x'>A & B</b> {{title}} {code}");
    assertThat(mail.html())
        .contains("&lt;b onclick=&#39;x&#39;&gt;A &amp; B&lt;/b&gt; {{title}} {code}")
        .doesNotContain("<b onclick");
  }

  @Test
  void anAddressOfTwoLinesIsRefused() {
    var two = new CodeMessage("email", "a@example.org\r\nBcc: b@example.org", "en", "noord", "1");
    assertThatThrownBy(() -> writer.write(two, Noord.department()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"nl-BE, uw code", "no, koden din", "NL, uw code", "xx, your code", "'', your code"})
  void everyTagFindsALanguage(String tag, String words) {
    assertThat(sms(tag, "A")).contains(words);
  }

  /// Somebody has paid for it and keeps it for years: one piece, whatever the hospital is called.
  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void aPincodeIsOneSmsWithTheBrowsersLineAtItsEnd(String language) {
    for (var hospital : HOSPITALS) {
      var message = new PincodeMessage("+32470123456", language, "noord", "20481637");
      var sms = (Written.Sms) writer.write(message, called(hospital));
      assertThat(sms.to()).isEqualTo("+32470123456");
      assertThat(sms.text())
          .startsWith("20481637 ")
          .endsWith("\n\n@studygate.example.org #20481637")
          .doesNotContain("{");
      assertThat(Gsm7.length(sms.text())).as(sms.text()).isLessThanOrEqualTo(160);
    }
  }

  /// One word in SMS, mail, pages and help, and never the one of a bank card. Dutch and English
  /// keep the product's own and say on the page that it is another one.
  @ParameterizedTest
  @CsvSource({
    "nl, pincode",
    "en, pincode",
    "fr, code d'accès",
    "de, Zugangscode",
    "es, codigo de acceso",
    "nb, tilgangskode",
    "sl, za dostop"
  })
  void aPincodeIsCalledTheSameEverywhere(String language, String word) {
    var notice = Catalogue.of("notice", language);
    var holes = Map.of("code", "1", "department", "A", "mobile", "2", "n", "8");
    var texts =
        List.of(
            notice.text("sms.pincode", holes),
            notice.text("mail.receipt.again", holes),
            Catalogue.of("payment", language).text("pincode.sent", holes),
            Catalogue.of("payment", language).text("pincode.label", holes),
            Catalogue.of("payment", language).text("pay.next.sms", holes),
            Catalogue.of("pages", language).text("help.pincode", holes));
    assertThat(texts).allMatch(text -> plain(text).contains(plain(word)));
    if (!language.equals("en")) {
      assertThat(texts).noneMatch(text -> text.contains("PIN"));
    }
  }

  private static String plain(String text) {
    return Normalizer.normalize(text.replace('’', '\''), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nl | €~1.234,50 | 26 november 2026",
        "fr | 1 234,50 € | 26 novembre 2026",
        "de | 1.234,50 € | 26. November 2026",
        "en | €1,234.50 | 26 November 2026",
        "es | 1.234,50 € | 26 de noviembre de 2026",
        "nb | 1 234,50 € | 26. november 2026",
        "sl | 1.234,50 € | 26. november 2026",
      })
  void aReceiptSaysWhatWasPaidAndNothingOfAnybody(String language, String amount, String date) {
    var mail = receipt(language, 123_450, "EUR");
    assertThat(mail.to()).isEqualTo("an.peeters@example.org");
    assertThat(mail.subject()).isNotBlank().doesNotContainPattern("\\d").doesNotContain("€", "{");
    for (var part : List.of(words(mail.text()), words(mail.html()))) {
      assertThat(part)
          .contains(words(amount.replace('~', ' ')), date, "B7F3A90C-2", "Ziekenhuis Noord")
          .doesNotContain("{{", "an.peeters", "Peeters", "noord\"");
    }
    assertThat(mail.html())
        .contains("lang=\"" + language + "\"")
        .doesNotContain("<img", "http", "href", "<script");
    assertThat(preview(mail)).doesNotContainPattern("\\d").doesNotContain("€");
    assertThat(mail.text().lines()).allMatch(line -> line.length() <= 78);
    assertThat(words(shown(mail))).isEqualTo(words(mail.text().replace("-- \n", "")));
    assertWellFormed(mail.html());
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void aNoteSaysWhatHappenedToAnAccountOrAGroup(String language) {
    for (var about : NoteMessage.About.values()) {
      var note = new NoteMessage("maes@example.org", language, about, "De Linde", "Jan Maes");
      assertThat(Message.parse(note.json())).isEqualTo(note);
      var mail = (Written.Mail) writer.write(note, called("Studygate"));
      assertThat(mail.subject()).isNotBlank().doesNotContain("{", "De Linde", "Jan Maes");
      assertThat(preview(mail)).isNotBlank().doesNotContain("De Linde", "Jan Maes");
      assertThat(mail.text().contains("De Linde") && mail.text().contains("Jan Maes"))
          .isEqualTo(about == NoteMessage.About.GROUP);
      assertThat(mail.text()).doesNotContain("{");
      assertThat(mail.text().lines()).allMatch(line -> line.length() <= 78);
      assertThat(words(shown(mail))).isEqualTo(words(mail.text().replace("-- \n", "")));
      assertWellFormed(mail.html());
    }
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void newsOfAStudySayInitialsAndLeadToItsPage(String language) {
    for (var what : NewsMessage.What.values()) {
      for (var images : List.of(0, 1, 2, 3, 5)) {
        var mail = news(language, what, "CT thorax", images);
        assertThat(mail.subject())
            .isNotBlank()
            .doesNotContainPattern("\\d")
            .doesNotContain("{", "A.P.");
        assertThat(preview(mail)).isNotBlank().doesNotContainPattern("\\d").doesNotContain("A.P.");
        assertThat(mail.text())
            .contains("A.P.", "CT thorax", "2026", "Ziekenhuis Noord", STUDY_PAGE)
            .doesNotContain("{", "maes");
        assertThat(mail.html())
            .contains("<a href=\"" + STUDY_PAGE + "\"")
            .doesNotContain("{{", "<img");
        assertThat(mail.text().lines()).allMatch(line -> line.length() <= 78);
        assertThat(words(shown(mail))).isEqualTo(words(mail.text().replace("-- \n", "")));
        assertWellFormed(mail.html());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nl, 1, 1 beeld.",
    "nl, 2, 2 beelden.",
    "sl, 1, 1 sliko.",
    "sl, 2, 2 sliki.",
    "sl, 3, 3 slike.",
    "sl, 5, 5 slik.",
    "fr, 1, 1 image.",
    "de, 300, 300 Bilder."
  })
  void imagesAreCountedInTheFormsOfTheLanguage(String language, int images, String words) {
    var mail = news(language, NewsMessage.What.STUDY, "CT", images);
    assertThat(mail.text()).contains(words);
  }

  @Test
  void whatIsNotKnownOfAStudyIsNotTold() {
    var mail = news("en", NewsMessage.What.STUDY, " ", 0);
    assertThat(mail.text()).doesNotContain("Exam:", "image");
  }

  private static final String STUDY_PAGE =
      "https://studygate.example.org/professional/studies/0123456789abcdefghjkmnpqrs";

  private Written.Mail news(
      String language, NewsMessage.What what, String description, int images) {
    var message =
        new NewsMessage(
            "maes@example.org",
            language,
            "noord",
            what,
            "0123456789abcdefghjkmnpqrs",
            "A.P.",
            description,
            Optional.of(LocalDate.of(2026, 11, 20)),
            images);
    assertThat(Message.parse(message.json())).isEqualTo(message);
    return (Written.Mail) writer.write(message, called("Ziekenhuis Noord"));
  }

  /// A currency without cents is not divided by a hundred.
  @Test
  void aReceiptInYenHasNoCents() {
    assertThat(receipt("en", 1500, "JPY").text()).contains("¥1,500").doesNotContain("15.00");
  }

  /// Every tag that is opened is closed: mail programs mend less than browsers do.
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

  private static String shown(Written.Mail mail) {
    return mail.html()
        .substring(mail.html().indexOf("<h1"))
        .replaceAll("<[^>]*>", " ")
        .replace("&#39;", "'");
  }

  private Written.Mail receipt(String language, long value, String currency) {
    var message =
        new ReceiptMessage(
            "an.peeters@example.org",
            language,
            "noord",
            Price.of(value, currency),
            LocalDate.of(2026, 11, 26),
            "B7F3A90C-2");
    return (Written.Mail) writer.write(message, called("Ziekenhuis Noord"));
  }

  private static String words(String text) {
    return text.strip().replaceAll("[\\s\u00a0\u202f]+", " ");
  }

  private String sms(String language, String hospital) {
    var message = new CodeMessage("sms", "+32470123456", language, "noord", "204816");
    return ((Written.Sms) writer.write(message, called(hospital))).text();
  }

  private Written.Mail mail(String language, String hospital) {
    var message = new CodeMessage("email", "an@example.org", language, "noord", "204816");
    return (Written.Mail) writer.write(message, called(hospital));
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
