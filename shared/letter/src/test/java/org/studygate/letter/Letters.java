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

  static Letter of(
      String language,
      Optional<String> message,
      Optional<String> patient,
      List<Exam> exams,
      boolean anonymised) {
    return new Letter(
        language,
        "Kliniek Lindenhof",
        "Radiologie",
        new Contact(
            "+32 9 123 45 67",
            Optional.of("radiologie@lindenhof.example.org"),
            Optional.of("Lindelaan 1, 9000 Gent"),
            Optional.of("https://lindenhof.example.org")),
        Optional.empty(),
        "#0b5c63",
        new ReferenceNumber(NUMBER),
        Verification.OTP_SMS,
        Optional.of("+32 … 56"),
        LocalDate.of(2026, 12, 31),
        patient,
        exams,
        anonymised,
        true,
        message,
        ORIGIN + "/#" + NUMBER);
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
}
