package org.studygate.study;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// Whom a file, an order or a report is about, as it says itself; a part that it does not say is
/// empty. Whether two are one person is decided here and nowhere else.
///
/// @param issuer who gave the id: the same id of another issuer is another id
/// @param born `YYYYMMDD`, or `YYYYMM` or `YYYY` where no more is known
/// @param name its words in capitals without accents, in whatever order they came
public record Person(String id, String issuer, String born, String name) {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int DAY = 8;

  /// What the parts of two persons say.
  public enum Likeness {
    SAME,
    OTHER,
    /// Nothing that both say can be compared.
    UNKNOWN
  }

  /// @param born as in DICOM or ISO 8601; what is no date is not known
  public static Person of(String id, String issuer, String born, String name) {
    return new Person(Blanks.strip(id), Blanks.strip(issuer), date(born), words(name));
  }

  private static String date(String text) {
    var digits = Blanks.strip(text).replaceAll("[-./]", "");
    if (digits.length() == DAY
        && digits.endsWith("00")) { // so HL7 and some files write the unknown
      digits = digits.substring(0, digits.endsWith("0000") ? 4 : 6);
    }
    try {
      switch (digits.length()) {
        case 4 -> DateTimeFormatter.ofPattern("uuuu").parse(digits);
        case 6 -> YearMonth.parse(digits, DateTimeFormatter.ofPattern("uuuuMM"));
        default -> LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE);
      }
      return digits.length() > DAY || digits.startsWith("0000") ? "" : digits;
    } catch (DateTimeException none) {
      return "";
    }
  }

  private static String words(String name) {
    var plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
    return NO_WORD.matcher(plain.toUpperCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  /// Id and issuer decide where both say both. Otherwise the date of birth does, and the ids must
  /// not contradict it. Names are spelled in many ways and never decide.
  public Likeness compare(Person other) {
    var ids = !id.isEmpty() && !other.id.isEmpty();
    var issuers = !issuer.isEmpty() && !other.issuer.isEmpty();
    if (ids && (!id.equals(other.id) || (issuers && !issuer.equals(other.issuer)))) {
      return Likeness.OTHER;
    }
    if (ids && issuers) {
      return Likeness.SAME;
    }
    if (born.isEmpty() || other.born.isEmpty()) {
      return Likeness.UNKNOWN;
    }
    if (!bornLike(other)) {
      return Likeness.OTHER;
    }
    var known = born.length() == DAY && other.born.length() == DAY;
    return known || ids ? Likeness.SAME : Likeness.UNKNOWN;
  }

  /// The same one, or known in just the same words: of whom too little is known to tell two orders
  /// apart, one order is still one person's.
  public boolean sameAs(Person other) {
    return equals(other) || is(other);
  }

  public boolean is(Person other) {
    return compare(other) == Likeness.SAME;
  }

  /// Whether a message about this person may correct one about `former`, under the same accession
  /// number: the date of birth (the id is the same, or nobody says whose it is), or the id of a
  /// record that was merged (name and date of birth agree).
  public boolean corrects(Person former) {
    if (is(former)) {
      return true;
    }
    if (id.isEmpty() || former.id.isEmpty() || !named(former)) {
      return false;
    }
    var issuers = !issuer.isEmpty() && !former.issuer.isEmpty();
    var sameId = id.equals(former.id) && (!issuers || issuer.equals(former.issuer));
    return sameId || (born.length() == DAY && born.equals(former.born));
  }

  /// Whether one name holds the other, or one is not known: a middle name or a title more makes
  /// nobody else.
  public boolean namedLike(Person other) {
    var mine = words();
    var others = other.words();
    return mine.containsAll(others) || others.containsAll(mine);
  }

  /// The same, where the name has to prove something: a family name alone does not.
  private boolean named(Person other) {
    var fewest = Math.min(words().size(), other.words().size());
    return namedLike(other) && (fewest > 1 || (fewest == 1 && name.equals(other.name)));
  }

  /// Whether the dates of birth do not contradict each other.
  public boolean bornLike(Person other) {
    return born.startsWith(other.born) || other.born.startsWith(born);
  }

  private Set<String> words() {
    return name.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(name.split(" ")));
  }

  /// As it stands in a table.
  public String text() {
    return Json.text(this);
  }

  public static Person parse(String text) {
    return read(JsonObject.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Person read(JsonObject json) {
    return new Person(
        json.string("id"), json.string("issuer"), json.string("born"), json.string("name"));
  }

  @Override
  public String toString() {
    return "Person[…]";
  }
}
