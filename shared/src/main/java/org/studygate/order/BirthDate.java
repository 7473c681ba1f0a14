package org.studygate.order;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.studygate.json.AsText;

/// A date of birth as far as it is known. Of some people only the year, or the year and the month,
/// stands in the register; what is not known is 0, as in DICOM and HL7.
public record BirthDate(int year, int month, int day) implements AsText {
  private static final Pattern SHAPE =
      Pattern.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?");

  /// How much is known.
  public enum Known {
    YEAR,
    MONTH,
    DAY
  }

  public BirthDate {
    if (month == 0 && day != 0) {
      throw new DateTimeException("a day of birth has its month");
    }
    if (year < 1 || year > 9999) {
      throw new DateTimeException("a year of birth has four digits");
    }
    LocalDate.of(year, Math.max(1, month), Math.max(1, day)); // refuses what no calendar has
  }

  public static BirthDate of(LocalDate date) {
    return new BirthDate(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
  }

  /// `1958-03-07`, `1958-03` or `1958`; what is not known may also be written `00`. Empty for
  /// everything else.
  public static Optional<BirthDate> parse(String text) {
    var parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BirthDate(number(parts.group(1)), number(parts.group(2)), number(parts.group(3))));
    } catch (DateTimeException unreal) {
      return Optional.empty();
    }
  }

  public Known known() {
    return month == 0 ? Known.YEAR : day == 0 ? Known.MONTH : Known.DAY;
  }

  /// Whether the day is missing.
  public boolean partial() {
    return known() != Known.DAY;
  }

  /// No more than this of it.
  public BirthDate upTo(Known known) {
    return switch (known) {
      case YEAR -> new BirthDate(year, 0, 0);
      case MONTH -> new BirthDate(year, month, 0);
      case DAY -> this;
    };
  }

  /// Whether both may be one person's: nothing that both know is different.
  public boolean agreesWith(BirthDate other) {
    var common = known().compareTo(other.known()) <= 0 ? known() : other.known();
    return upTo(common).equals(other.upTo(common));
  }

  public boolean agreesWith(LocalDate date) {
    return agreesWith(of(date));
  }

  /// The first day that it can be.
  public LocalDate earliest() {
    return LocalDate.of(year, Math.max(1, month), Math.max(1, day));
  }

  /// As far as it is known: `1958-03-07`, `1958-03` or `1958`.
  @Override
  public String text() {
    return switch (known()) {
      case YEAR -> "%04d".formatted(year);
      case MONTH -> YearMonth.of(year, month).toString();
      case DAY -> LocalDate.of(year, month, day).toString();
    };
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /// A date of birth opens a study: it is never shown by accident.
  @Override
  public String toString() {
    return "BirthDate[…]";
  }
}
