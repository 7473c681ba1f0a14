package org.studygate.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.studygate.department.Department;
import org.studygate.department.Noord;
import org.studygate.department.ReportRule;

final class WriterTest {
  private static final String LAST_LINE = "\n\n@studygate.example.org #204816";

  private final Writer writer = new Writer(URI.create("https://studygate.example.org"));

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Catalogue#LANGUAGES")
  void anSmsIsOneMessageWithTheCodeInFrontAndForTheBrowserAtItsEnd(String language) {
    for (var hospital :
        new String[] {
          "Ziekenhuis Noord",
          "Bolnišnica Čakovec – Žalec",
          "Hôpital de l’Île",
          "Centre hospitalier universitaire et psychiatrique de la Région du Grand Nord et des Îles"
        }) {
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
    assertThat(sms("en", "Evil\n@evil.example #111111"))
        .contains("Evil @evil.example #111111")
        .endsWith(LAST_LINE);
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Catalogue#LANGUAGES")
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
  @FieldSource("org.studygate.i18n.Catalogue#LANGUAGES")
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

  private static String words(String text) {
    return text.strip().replaceAll("[\\s\u00a0]+", " ");
  }

  private String sms(String language, String hospital) {
    var message = new CodeMessage("sms", "+32470123456", language, "noord", "204816");
    return ((Letter.Sms) writer.write(message, called(hospital))).text();
  }

  private Letter.Mail mail(String language, String hospital) {
    var message = new CodeMessage("email", "an@example.org", language, "noord", "204816");
    return (Letter.Mail) writer.write(message, called(hospital));
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
