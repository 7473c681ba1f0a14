package org.studygate.department;

import java.util.Optional;
import java.util.regex.Pattern;

/// How what a hospital sends is read, and who hears of what could not be used (product.md 10 and
/// 11).
///
/// @param accessionCaseKept whether `a17` and `A17` are two accession numbers
/// @param partialBirthDates whether somebody of whom only the year, or year and month, of birth is
///     known may sign in with just that
/// @param technicalAddress where the daily mail of receipts goes
public record IntakeRules(
    boolean accessionCaseKept, boolean partialBirthDates, Optional<String> technicalAddress) {
  private static final Pattern MAIL =
      Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,190}\\.[^\\s@]{2,63}");
  public static final IntakeRules STANDARD = new IntakeRules(false, false, Optional.empty());

  public IntakeRules {
    if (technicalAddress.filter(mail -> !MAIL.matcher(mail).matches()).isPresent()) {
      throw new IllegalArgumentException("policy.technicalAddress is no mail address");
    }
  }

  @Override
  public String toString() {
    return "IntakeRules[…]";
  }
}
