package org.studygate.department;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules of a department (product.md 10).
///
/// @param verification what patients show besides number and date of birth, unless an order says
///     otherwise
/// @param validityDefault how long a number opens if the order does not say
/// @param validityMaximum the longest that an order may ask for
/// @param minimumComplexityBits a hospital's own number weaker than this opens nothing
/// @param quiet a study to which nothing was added for so long is complete
/// @param countryPrefixes to which countries codes are sent, as `+32`; the first is its
///     own, in which a mobile without a country is read
/// @param payment what access costs; there wherever `verification` is payment, and where orders
///     may ask for it
/// @param intake how what the hospital sends is read
/// @param retention how long images are kept after the exam; empty: without end
/// @param printing what printed numbers may ask for
/// @param unlimited whether what is shared with accounts may be without an end; never a number
public record Policy(
    Verification verification,
    ReportRule report,
    Period validityDefault,
    Period validityMaximum,
    int minimumComplexityBits,
    Duration quiet,
    List<String> countryPrefixes,
    Optional<PaymentRules> payment,
    IntakeRules intake,
    Optional<Period> retention,
    PrintRules printing,
    boolean unlimited) {
  private static final LocalDate START = LocalDate.of(2026, 2, 1);
  private static final Period LONGEST = Period.ofYears(30);
  private static final int FEWEST_BITS = 20;
  private static final int MOST_BITS = 128;
  private static final Duration SHORTEST_QUIET = Duration.ofMinutes(1);
  private static final Duration LONGEST_QUIET = Duration.ofDays(1);
  private static final Pattern PREFIX =
      Pattern.compile(
          "\\+(?=.{1,7}$)(?:(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])[0-9]*"
              + "|[1-9][0-9]{2,})");

  public Policy {
    countryPrefixes = List.copyOf(countryPrefixes);
    if (!countryPrefixes.stream().allMatch(one -> PREFIX.matcher(one).matches())) {
      throw new IllegalArgumentException("policy.countryPrefixes are calling codes such as +32");
    }
    if (verification == Verification.PAYMENT && payment.isEmpty()) {
      throw new Unfit(
          "policy.payment", "missing", "policy.payment is missing, and verification asks for it");
    }
    var printed = printing.verifications().stream();
    if (!sends(intake, verification) || printed.noneMatch(one -> sends(intake, one))) {
      throw new Unfit("policy.channels", "in-use", "policy.channels lacks one that is asked for");
    }
    within("policy.validityMaximum", validityMaximum, LONGEST);
    within("policy.validityDefault", validityDefault, validityMaximum);
    if (minimumComplexityBits < FEWEST_BITS || minimumComplexityBits > MOST_BITS) {
      throw new IllegalArgumentException(
          "policy.minimumComplexityBits is " + FEWEST_BITS + " to " + MOST_BITS);
    }
    if (quiet.compareTo(SHORTEST_QUIET) < 0 || quiet.compareTo(LONGEST_QUIET) > 0) {
      throw new IllegalArgumentException("policy.quiet is a minute to a day");
    }
    if (retention.filter(kept -> kept.isNegative() || kept.isZero()).isPresent()) {
      throw new IllegalArgumentException("policy.retention is a period such as P10Y");
    }
  }

  /// What is shared has an end.
  public Policy(
      Verification verification,
      ReportRule report,
      Period validityDefault,
      Period validityMaximum,
      int minimumComplexityBits,
      Duration quiet,
      List<String> countryPrefixes,
      Optional<PaymentRules> payment,
      IntakeRules intake,
      Optional<Period> retention,
      PrintRules printing) {
    this(
        verification,
        report,
        validityDefault,
        validityMaximum,
        minimumComplexityBits,
        quiet,
        countryPrefixes,
        payment,
        intake,
        retention,
        printing,
        false);
  }

  /// Whether a one-time code may go so, where one is asked for.
  public boolean sends(Verification asked) {
    return sends(intake, asked);
  }

  private static boolean sends(IntakeRules intake, Verification asked) {
    return !asked.byCode() || intake.codes().contains(asked);
  }

  /// Whether a printed number may ask for it.
  public boolean prints(Verification asked) {
    return printing.allows(asked) && sends(asked);
  }

  /// Days of a month differ: the shortest months count.
  private static void within(String field, Period period, Period most) {
    var end = START.plus(period);
    if (!end.isAfter(START)) {
      throw new Unfit(field, "wrong", field + " is a period such as P1M");
    }
    if (end.isAfter(START.plus(most))) {
      throw new Unfit(field, "over-maximum", field + " is over the longest");
    }
  }

  /// No calling code begins with another (ITU-T E.164), and a prefix holds a whole one: so the
  /// beginning of the number tells its country. Where a code has several, as +1, more digits may
  /// follow: `+1242` is the Bahamas alone, `+1` everything under it.
  ///
  /// @param mobile as it is sent to: `+32470123456`
  public boolean maySendTo(String mobile) {
    return countryPrefixes.stream().anyMatch(mobile::startsWith);
  }
}
