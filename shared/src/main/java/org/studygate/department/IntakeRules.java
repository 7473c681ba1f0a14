package org.studygate.department;

import java.util.Optional;

/// How what a hospital sends is read, and who hears of what could not be used (product.md 10 and
/// 11).
///
/// @param accessionCaseKept whether `a17` and `A17` are two accession numbers
/// @param partialBirthDates whether somebody of whom only the year, or year and month, of birth is
///     known may sign in with just that
/// @param technicalAddress where the daily mail of receipts goes
public record IntakeRules(
    boolean accessionCaseKept, boolean partialBirthDates, Optional<String> technicalAddress) {
  public static final IntakeRules STANDARD = new IntakeRules(false, false, Optional.empty());

  public IntakeRules {
    technicalAddress.ifPresent(mail -> Wording.mail("policy.technicalAddress", mail));
  }

  @Override
  public String toString() {
    return "IntakeRules[…]";
  }
}
