package org.studygate.reference;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.studygate.order.BirthDate;

/// What people type and paste, read for what they mean. Letters and digits count, in whatever
/// case, width or script a keyboard gives them; blanks, dashes, dots and what nobody sees do not.
/// The pages read alike (`web/src/lib/typed.ts`), by one table of examples.
public final class AsTyped {
  /// Soft hyphens, zero widths, marks of direction, accents: they do not even part what they are
  /// in.
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{M}]");

  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{Nd}]+");

  private AsTyped() {}

  /// Capitals and digits with nothing between them. A letter that has no form from A to Z stays.
  static String lettersAndDigits(String text) {
    return String.join("", parts(text));
  }

  /// The digits of a code or pincode.
  public static String digits(String text) {
    return lettersAndDigits(text).replaceAll("[^0-9]", "");
  }

  /// `1958-03-07`, 7.3.1958, 03/1958, 1958: the year first or last, as all our languages write it.
  public static Optional<BirthDate> date(String text) {
    var parts = parts(text);
    var yearFirst = !parts.isEmpty() && parts.getLast().length() == 4 ? parts.reversed() : parts;
    return BirthDate.parse(
        yearFirst.stream()
            .map(part -> part.length() == 1 ? "0" + part : part)
            .collect(Collectors.joining("-")));
  }

  private static List<String> parts(String text) {
    var plain = Normalizer.normalize(text, Normalizer.Form.NFKD);
    var seen = UNSEEN.matcher(plain).replaceAll("").toUpperCase(Locale.ROOT);
    return BETWEEN
        .splitAsStream(seen)
        .filter(part -> !part.isEmpty())
        .map(AsTyped::ourDigits)
        .toList();
  }

  private static String ourDigits(String text) {
    var ours = new StringBuilder();
    text.codePoints()
        .map(one -> Character.isDigit(one) ? '0' + Character.digit(one, 10) : one)
        .forEach(ours::appendCodePoint);
    return ours.toString();
  }
}
