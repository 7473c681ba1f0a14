package org.studygate.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.studygate.department.Logo;
import org.studygate.department.Verification;
import org.studygate.i18n.Catalogue;
import org.studygate.letter.Letter.Exam;

/// What stands on the paper is what was given, read back from the PDF.
final class LetterTextTest {
  private static final int MOST_BYTES = 60 * 1024;

  @ParameterizedTest
  @FieldSource("org.studygate.letter.Letters#LANGUAGES")
  void aLetterSaysForWhomWhatAndHow(String language) throws Exception {
    try (var paper = Paper.of(Letters.usual(language))) {
      var text = paper.text();
      var holes =
          Map.of(
              "site", "studygate.example.org",
              "to", "+32 … 56",
              "phone", "+32 9 123 45 67",
              "email", "radiologie@lindenhof.example.org");
      for (var key :
          List.of(
              "title",
              "scan",
              "number",
              "steps",
              "step.open",
              "step.number",
              "step.otp-sms",
              "opens",
              "access.report",
              "date",
              "exam",
              "help",
              "help.phone",
              "help.email",
              "keep",
              "diagnosis")) {
        assertThat(text).contains(plain(Catalogue.of("letter", language).text(key, holes)));
      }
      assertThat(text)
          .contains("Đặng Thị Müller-Žižek", "7H2K-9F3Q-M4XW-8RTD-6")
          .contains("Kliniek Lindenhof", "Radiologie", "Lindelaan 1, 9000 Gent")
          .contains("RX thorax, opname 1 van 2", "RX thorax, opname 2 van 2")
          .contains("1 / 1");
      assertThat(paper.scanned()).isEqualTo("https://studygate.example.org/#" + Letters.NUMBER);
      assertThat(paper.size()).isLessThan(MOST_BYTES);
    }
  }

  @Test
  void whatIsTypedIsThePageAloneAndTheCodeTellsTheRest() throws Exception {
    var address = Letters.ORIGIN + "/?d=noord#" + Letters.NUMBER;
    try (var paper = Paper.of(Letters.at(address))) {
      assertThat(paper.text()).contains("go to studygate.example.org on a computer");
      assertThat(paper.scanned()).isEqualTo(address);
    }
  }

  /// Who listens to a letter hears it in the order of the page.
  @Test
  void aLetterIsReadFromTheTopDown() throws Exception {
    try (var paper = Paper.of(Letters.usual("nl"))) {
      assertThat(paper.text())
          .containsSubsequence(
              "Kliniek Lindenhof",
              "Lindelaan 1",
              "Đặng Thị",
              "Uw beelden online",
              "7H2K",
              "Scan met uw telefoon",
              "Zo bekijkt u",
              "Wat dit nummer opent",
              "opname 2",
              "Vragen?");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nl, 31 december 2026",
    "fr, 31 décembre 2026",
    "de, 31. Dezember 2026",
    "en, 31 December 2026",
    "es, 31 de diciembre de 2026",
    "nb, 31. desember 2026",
    "sl, 31. december 2026"
  })
  void theLastDayIsWrittenAsItsReadersWriteIt(String language, String day) throws Exception {
    try (var paper = Paper.of(Letters.usual(language))) {
      assertThat(paper.text()).contains(day);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theThirdStepIsThatOfTheVerification(Verification verification) throws Exception {
    try (var paper = Paper.of(Letters.verifiedBy(verification, Optional.of("a…@example.org")))) {
      for (var other : Verification.values()) {
        var step =
            Catalogue.of("letter", "en")
                .text("step." + other.code(), Map.of("to", "a…@example.org"));
        if (other == verification) {
          assertThat(paper.text()).contains(step);
        } else {
          assertThat(paper.text()).doesNotContain(step);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OTP_SMS", "OTP_EMAIL"})
  void nobodyIsToldOfADestinationThatIsNotKnown(Verification verification) throws Exception {
    try (var paper = Paper.of(Letters.verifiedBy(verification, Optional.empty()))) {
      var step = Catalogue.of("letter", "en").text("step." + verification + ".bare", Map.of());
      assertThat(paper.text()).contains(step).doesNotContain("code to  by");
    }
  }

  @ParameterizedTest
  @FieldSource("org.studygate.letter.Letters#LANGUAGES")
  void anAnonymisedLetterSaysNoMoreThanThat(String language) throws Exception {
    var exams = List.of(new Exam(Optional.of(LocalDate.of(2025, 2, 3)), "MR brain"));
    var letter = Letters.of(language, Optional.empty(), Optional.of("Jansen"), exams, true);
    try (var paper = Paper.of(letter)) {
      var words = Catalogue.of("letter", language);
      assertThat(paper.text())
          .contains(words.text("anonymised", Map.of()))
          .contains(words.text("access.images", Map.of()))
          .contains(plain(words.text("step.number.anonymised", Map.of())))
          .doesNotContain("Jansen")
          .doesNotContain("2025")
          .doesNotContain("MR brain")
          .doesNotContain(words.text("access.report", Map.of()));
    }
  }

  @Test
  void aMessageKeepsItsLines() throws Exception {
    var letter =
        Letters.of(
            "en", Optional.of("One\r\n\r\n  two\nthree "), Optional.empty(), List.of(), false);
    try (var paper = Paper.of(letter)) {
      assertThat(paper.lines().lines().map(String::strip))
          .containsSubsequence("One", "two", "three");
    }
  }

  @Test
  void aSecondPageSaysWhoseItIsAndWhich() throws Exception {
    var letter =
        Letters.of(
            "en", Optional.of("A line.\n".repeat(25)), Optional.empty(), Letters.exams(10), false);
    try (var paper = Paper.of(letter)) {
      assertThat(paper.pages()).isEqualTo(2);
      assertThat(paper.page(1)).contains("1 / 2").doesNotContain("Kliniek Lindenhof · Your images");
      assertThat(paper.page(2))
          .contains("2 / 2")
          .contains("Kliniek Lindenhof · Your images online");
    }
  }

  @Test
  void twentyEightExamsAreAllOnTheLetter() throws Exception {
    var exams = Letters.exams(28);
    try (var paper = Paper.of(Letters.of("nl", Optional.empty(), Optional.empty(), exams, false))) {
      assertThat(exams).allSatisfy(exam -> assertThat(paper.text()).contains(exam.description()));
    }
  }

  @Test
  void aHospitalsOwnLongNumberStaysInItsFrame() throws Exception {
    var number = "ABCDEFGH".repeat(5);
    try (var paper = Paper.of(Letters.numbered(number))) {
      assertThat(paper.lines().replaceAll("\\s", ""))
          .contains("ABCD-EFGH-".repeat(4) + "ABCD-EFGH");
      assertThat(paper.scanned()).endsWith("#" + number);
    }
  }

  @Test
  void picturesAreToldInWords() throws Exception {
    var code = "QR code that opens studygate.example.org and fills in your reference number";
    try (var paper = Paper.of(Letters.withLogo(Letters.LOGO))) {
      assertThat(paper.alternatives()).containsExactly("Logo of Kliniek Lindenhof", code);
      assertThat(paper.text()).contains("Kliniek Lindenhof Radiologie Lindelaan");
    }
    try (var paper = Paper.of(Letters.usual("en"))) {
      assertThat(paper.alternatives()).containsExactly(code);
    }
  }

  /// A department's description is old, damaged or ill-meant: its letters are printed all the same.
  @ParameterizedTest
  @MethodSource
  void aLogoThatCannotBePrintedIsLeftOut(Logo logo) throws Exception {
    try (var paper = Paper.of(Letters.withLogo(logo))) {
      assertThat(paper.alternatives()).hasSize(1);
      assertThat(paper.text()).contains("Kliniek Lindenhof Radiologie");
    }
  }

  static Stream<Named<Logo>> aLogoThatCannotBePrintedIsLeftOut() throws IOException {
    var dot = Base64.getDecoder().decode(Letters.LOGO.base64());
    var vast = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(15_000, 15_000, BufferedImage.TYPE_BYTE_BINARY), "png", vast);
    return Stream.of(
        Named.of("WebP", new Logo("image/webp", "UklGRgAAAABXRUJQVlA4IAAAAAA=")),
        Named.of("cut off", logo(Arrays.copyOf(dot, dot.length / 2))),
        Named.of("vast", logo(vast.toByteArray())));
  }

  private static Logo logo(byte[] png) {
    return new Logo("image/png", Base64.getEncoder().encodeToString(png));
  }

  @Test
  void fontsAreEmbeddedAndCarryWhatTheLetterNeedsAlone() throws Exception {
    try (var paper = Paper.of(Letters.usual("sl"))) {
      assertThat(paper.fonts())
          .hasSize(2)
          .allMatch(name -> name.matches("[A-Z]{6}\\+NotoSans-(Regular|Bold)"));
    }
  }

  /// As PDF's text has it: no-break spaces are spaces.
  private static String plain(String text) {
    return text.replace('\u00a0', ' ');
  }
}
