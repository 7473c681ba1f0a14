package org.studygate.letter;

import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.studygate.i18n.Catalogue;

/// A letter as its template takes it: sentences, in the order in which they are read.
///
/// @param groups the number as it is typed, in parts that stay on one line
/// @param access whether it is images alone or the report as well
public record Sheet(
    String language,
    String colour,
    String hospital,
    String department,
    List<String> contact,
    boolean logo,
    Map<String, String> words,
    Optional<String> patient,
    List<String> groups,
    List<String> steps,
    List<Line> exams,
    boolean anonymised,
    String access,
    Optional<String> message,
    List<String> help) {
  private static final int FITS_LARGE = 20;

  public record Line(String date, String description) {}

  /// A sentence that needs nothing but the letter itself.
  public String say(String key) {
    return words.getOrDefault(key, "");
  }

  /// A hospital's own number may have forty characters.
  public boolean large() {
    return String.join("", groups).length() <= FITS_LARGE + groups.size();
  }

  static Sheet of(Letter letter, boolean logo, PrintableText print) {
    var words = Catalogue.of("letter", letter.language());
    var locale = european(words.language());
    var day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
    var holes = new HashMap<String, String>();
    holes.put("hospital", print.line(letter.hospital()));
    holes.put("department", print.line(letter.department()));
    holes.put("site", print.line(site(letter.address())));
    holes.put("date", day.format(letter.validUntil()));
    holes.put("to", print.line(letter.sentTo().orElse("")).replace(' ', '\u00a0'));
    holes.put("phone", print.line(letter.contact().phone()).replace(' ', '\u00a0'));
    holes.put("email", print.line(letter.contact().email().orElse("")));
    var said = new HashMap<String, String>();
    words.keys().forEach(key -> said.put(key, words.text(key, holes)));
    return new Sheet(
        words.language(),
        letter.colour(),
        print.line(letter.hospital()),
        print.line(letter.department()),
        contact(letter, print),
        logo,
        Map.copyOf(said),
        letter.patient().map(print::line).filter(name -> !name.isBlank()),
        List.of(letter.number().printed().split("(?<=-)")),
        steps(letter).stream().map(key -> words.text(key, holes)).toList(),
        letter.exams().stream()
            .map(
                exam ->
                    new Line(
                        exam.date().map(day::format).orElse(""), print.line(exam.description())))
            .toList(),
        letter.anonymised(),
        words.text(letter.report() ? "access.report" : "access.images", holes),
        letter.message().map(print::lines).filter(text -> !text.isBlank()),
        help(letter).stream().map(key -> words.text(key, holes)).toList());
  }

  private static List<String> contact(Letter letter, PrintableText print) {
    var lines = new ArrayList<String>();
    letter.contact().address().map(print::line).ifPresent(lines::add);
    lines.add(print.line(letter.contact().phone()).replace(' ', '\u00a0'));
    letter.contact().email().map(print::line).ifPresent(lines::add);
    letter.contact().website().map(Sheet::plain).map(print::line).ifPresent(lines::add);
    lines.removeIf(String::isBlank);
    return List.copyOf(lines);
  }

  private static List<String> steps(Letter letter) {
    var code = "step." + letter.verification().code();
    var bare = letter.verification().byCode() && letter.sentTo().isEmpty();
    return List.of(
        "step.open",
        letter.anonymised() ? "step.number.anonymised" : "step.number",
        bare ? code + ".bare" : code);
  }

  private static List<String> help(Letter letter) {
    var help = new ArrayList<String>();
    if (!letter.contact().phone().isBlank()) {
      help.add("help.phone");
    }
    if (letter.contact().email().filter(email -> !email.isBlank()).isPresent()) {
      help.add("help.email");
    }
    return help;
  }

  /// What is typed into a browser: the page, without what the QR code tells it besides.
  private static String site(String address) {
    return plain(address.replaceFirst("[?#].*", ""));
  }

  private static String plain(String address) {
    return address.replaceFirst("^https?://", "").replaceFirst("/$", "");
  }

  /// Letters are read in Europe: plain `en` would write dates as in America.
  private static Locale european(String language) {
    return language.equals("en") ? Locale.UK : Locale.forLanguageTag(language);
  }
}
