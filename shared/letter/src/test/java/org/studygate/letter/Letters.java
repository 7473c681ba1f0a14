package org.studygate.letter;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.studygate.department.Department.Contact;
import org.studygate.department.Logo;
import org.studygate.department.Verification;
import org.studygate.letter.Letter.Exam;
import org.studygate.reference.ReferenceNumber;

/// Letters of a hospital that is not.
final class Letters {
  static final String ORIGIN = "https://studygate.example.org";
  static final String NUMBER = "7H2K9F3QM4XW8RTD6";
  static final List<String> LANGUAGES = List.of("nl", "fr", "de", "en", "es", "nb", "sl");

  /// A red dot.
  static final Logo LOGO =
      new Logo(
          "image/png",
          "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==");

  private Letters() {}

  static Letter usual(String language) {
    return of(language, Optional.empty(), Optional.of("Đặng Thị Müller-Žižek"), exams(2), false);
  }

  static Letter verifiedBy(Verification verification, Optional<String> sentTo) {
    return new Making().verifiedBy(verification, sentTo).letter();
  }

  static Letter numbered(String number) {
    return new Making().numbered(number).letter();
  }

  static Letter at(String address) {
    return new Making().at(address).letter();
  }

  static Letter withLogo(Logo logo) {
    return new Making().with(logo).letter();
  }

  /// The same words wherever somebody can type some.
  static Letter with(String words, List<Exam> exams) {
    return new Making().with(words).opening(exams, false).letter();
  }

  static Letter of(
      String language,
      Optional<String> message,
      Optional<String> patient,
      List<Exam> exams,
      boolean anonymised) {
    return new Making()
        .in(language)
        .saying(message)
        .named(patient)
        .opening(exams, anonymised)
        .letter();
  }

  static List<Exam> exams(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            n ->
                new Exam(
                    Optional.of(LocalDate.of(2026, 11, n)),
                    "RX thorax, opname " + n + " van " + count))
        .toList();
  }

  private static final class Making {
    private String language = "en";
    private String department = "Radiologie";
    private Optional<Logo> logo = Optional.empty();
    private String number = NUMBER;
    private String address = ORIGIN + "/#" + NUMBER;
    private Verification verification = Verification.OTP_SMS;
    private Optional<String> sentTo = Optional.of("+32 … 56");
    private Optional<String> patient = Optional.empty();
    private List<Exam> exams = List.of();
    private boolean anonymised;
    private Optional<String> message = Optional.empty();

    Making in(String newLanguage) {
      language = newLanguage;
      return this;
    }

    Making with(Logo newLogo) {
      logo = Optional.of(newLogo);
      return this;
    }

    Making with(String words) {
      department = words;
      patient = Optional.of(words);
      message = Optional.of(words);
      return this;
    }

    Making at(String newAddress) {
      address = newAddress;
      return this;
    }

    Making numbered(String newNumber) {
      number = newNumber;
      address = ORIGIN + "/#" + newNumber;
      return this;
    }

    Making verifiedBy(Verification by, Optional<String> to) {
      verification = by;
      sentTo = to;
      return this;
    }

    Making named(Optional<String> name) {
      patient = name;
      return this;
    }

    Making opening(List<Exam> what, boolean withoutNames) {
      exams = what;
      anonymised = withoutNames;
      return this;
    }

    Making saying(Optional<String> words) {
      message = words;
      return this;
    }

    Letter letter() {
      return new Letter(
          language,
          "Kliniek Lindenhof",
          department,
          new Contact(
              "+32 9 123 45 67",
              Optional.of("radiologie@lindenhof.example.org"),
              Optional.of("Lindelaan 1, 9000 Gent"),
              Optional.of("https://lindenhof.example.org")),
          logo,
          "#0b5c63",
          new ReferenceNumber(number),
          verification,
          sentTo,
          LocalDate.of(2026, 12, 31),
          patient,
          exams,
          anonymised,
          true,
          message,
          address);
    }
  }
}
