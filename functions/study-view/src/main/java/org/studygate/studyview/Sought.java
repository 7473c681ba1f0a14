package org.studygate.studyview;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.http.HttpRequest;
import org.studygate.http.Parameter;
import org.studygate.http.Problem;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.order.BirthDate;
import org.studygate.order.Card;
import org.studygate.order.Term;
import org.studygate.study.Person;

/// What a professional looks for in the list. What names a person comes in a body and never stands
/// in an address.
///
/// @param unread only what has a report that this one has not read
/// @param before where the page before ended
/// @param quiet nobody has asked for it: the page looks again by itself
record Sought(
    Optional<String> modality,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    Optional<String> department,
    Optional<String> label,
    boolean unread,
    Optional<String> before,
    boolean quiet,
    Terms terms) {
  private static final Parameter MODALITY = new Parameter("modality", "[A-Z0-9]{1,16}");
  private static final Parameter FROM = new Parameter("from", "\\d{4}-\\d\\d-\\d\\d");
  private static final Parameter TO = new Parameter("to", "\\d{4}-\\d\\d-\\d\\d");
  private static final Parameter DEPARTMENT = new Parameter("department", "[a-z0-9-]{2,32}");
  private static final Parameter LABEL = new Parameter("label", "[^\\p{Cntrl}]{1,64}");
  private static final Parameter UNREAD = new Parameter("unread", "true");
  private static final Parameter BEFORE = new Parameter("before", "[A-Za-z0-9_-]{1,128}");
  private static final Parameter QUIET = new Parameter("quiet", "true");

  static final List<Parameter> PARAMETERS =
      List.of(MODALITY, FROM, TO, DEPARTMENT, LABEL, UNREAD, BEFORE, QUIET);

  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_ID = 64;

  /// As it stands in the index.
  private static final Pattern PLACE = Pattern.compile("[\\x21-\\x7d]{1,90}");

  /// @param name words of a name in capitals, in whatever order
  record Terms(
      List<String> name,
      Optional<String> patientId,
      Optional<String> accession,
      Optional<BirthDate> born) {
    static final Terms NONE =
        new Terms(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    private static Terms of(JsonObject body) {
      var name = Person.of("", "", "", body.optionalText("q", LONGEST_NAME).orElse("")).name();
      return new Terms(
          name.isEmpty() ? List.of() : Arrays.asList(name.split(" ")),
          said(body, "patientId"),
          said(body, "accession"),
          body.optionalString("birthDate")
              .filter(text -> !text.isBlank())
              .map(
                  text ->
                      BirthDate.parse(text.strip())
                          .orElseThrow(() -> new BadJson("birthDate must be a date"))));
    }

    private static Optional<String> said(JsonObject body, String field) {
      return body.optionalText(field, LONGEST_ID).filter(text -> !text.isBlank());
    }

    /// What an index of its own leads to; of several the one that leads to fewest.
    Optional<Term> term() {
      return accession.map(Term::accession).or(() -> patientId.map(Term::patient));
    }

    private boolean fits(Card card) {
      var patient = card.patient();
      return named(Person.of("", "", "", patient.name()).name())
          && sameTerm(patientId.map(Term::patient), patient.id().map(Term::patient))
          && sameTerm(accession.map(Term::accession), card.accession().map(Term::accession))
          && born.map(day -> patient.birthDate().filter(day::agreesWith).isPresent()).orElse(true);
    }

    /// Each word begins one of the name.
    private boolean named(String words) {
      var all = List.of(words.split(" "));
      return name.stream().allMatch(word -> all.stream().anyMatch(one -> one.startsWith(word)));
    }

    private static boolean sameTerm(Optional<Term> sought, Optional<Term> there) {
      return sought.isEmpty() || sought.equals(there);
    }

    @Override
    public String toString() {
      return "Terms[…]";
    }
  }

  static Sought of(HttpRequest request) {
    return new Sought(
        request.query(MODALITY),
        request.query(FROM).map(Sought::day),
        request.query(TO).map(Sought::day),
        request.query(DEPARTMENT),
        request.query(LABEL),
        request.query(UNREAD).isPresent(),
        request.query(BEFORE).map(Sought::place),
        request.query(QUIET).isPresent(),
        Terms.NONE);
  }

  /// The same in a body, with what names a person.
  static Sought of(JsonObject body) {
    var sought =
        new Sought(
            written(body, MODALITY),
            written(body, FROM).map(Sought::day),
            written(body, TO).map(Sought::day),
            written(body, DEPARTMENT),
            written(body, LABEL),
            body.bool("unread", false),
            written(body, BEFORE).map(Sought::place),
            body.bool("quiet", false),
            Terms.of(body));
    body.done();
    return sought;
  }

  private static Optional<String> written(JsonObject body, Parameter parameter) {
    var value = body.optionalString(parameter.name());
    if (value.filter(text -> !parameter.takes(text)).isPresent()) {
      throw new BadJson(parameter.name() + " is written otherwise");
    }
    return value;
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException none) {
      throw Problem.BAD_REQUEST.refusal();
    }
  }

  /// Where a page ended, as the next one is asked for.
  static String next(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static String place(String next) {
    try {
      var place = new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8);
      if (PLACE.matcher(place).matches()) {
        return place;
      }
    } catch (IllegalArgumentException notOurs) {
      // said below
    }
    throw Problem.BAD_REQUEST.refusal();
  }

  /// Whether a line is left out of the list but for its place in it.
  boolean narrows() {
    return modality.isPresent()
        || from.isPresent()
        || to.isPresent()
        || department.isPresent()
        || label.isPresent()
        || unread
        || !terms.equals(Terms.NONE);
  }

  boolean fits(Worklist.Row row) {
    var card = row.card();
    return modality.map(card.modalities()::contains).orElse(true)
        && from.map(day -> card.date().filter(at -> !at.isBefore(day)).isPresent()).orElse(true)
        && to.map(day -> card.date().filter(at -> !at.isAfter(day)).isPresent()).orElse(true)
        && department.map(card.department()::equals).orElse(true)
        && label.map(row::labelled).orElse(true)
        && (!unread || row.unreadReport())
        && terms.fits(card);
  }

  /// No study of the period has a later place. The moment of an exam is of the hospital's clock,
  /// and an order may name the day beside it: two days are left.
  Optional<String> start() {
    var latest = to.map(day -> day.plusDays(2).toString());
    return before
        .map(place -> latest.filter(end -> end.compareTo(place) < 0).orElse(place))
        .or(() -> latest);
  }

  /// Whether no study of the period has this place or an earlier one.
  boolean over(String place) {
    return from.map(day -> day.minusDays(2).toString())
        .filter(first -> place.compareTo(first) < 0)
        .isPresent();
  }

  static String plain(String label) {
    return label.strip().toLowerCase(Locale.ROOT);
  }
}
