package org.studygate.department;

import java.util.Optional;
import java.util.Set;

/// How what a hospital sends is read, and who hears of what could not be used (product.md 10 and
/// 11).
///
/// @param accessionCaseKept whether `a17` and `A17` are two accession numbers
/// @param partialBirthDates whether somebody of whom only the year, or year and month, of birth is
///     known may sign in with just that
/// @param codes channels of one-time codes, `OTP_SMS` and `OTP_EMAIL`: by no other one goes
/// @param technicalAddress where the daily mail of receipts goes
public record IntakeRules(
    boolean accessionCaseKept,
    boolean partialBirthDates,
    Set<Verification> codes,
    Optional<String> technicalAddress) {
  public static final Set<Verification> EACH = Set.of(Verification.OTP_SMS, Verification.OTP_EMAIL);
  public static final IntakeRules STANDARD = new IntakeRules(false, false, Optional.empty());

  public IntakeRules {
    codes = Set.copyOf(codes);
    if (!codes.stream().allMatch(Verification::byCode)) {
      throw new Unfit("policy.channels", "wrong", "policy.channels are sms and email");
    }
  }

  void judge() {
    technicalAddress.ifPresent(mail -> Wording.mail("policy.technicalAddress", mail));
  }

  /// Codes go by each channel.
  public IntakeRules(
      boolean accessionCaseKept, boolean partialBirthDates, Optional<String> technicalAddress) {
    this(accessionCaseKept, partialBirthDates, EACH, technicalAddress);
  }

  @Override
  public String toString() {
    return "IntakeRules[…]";
  }
}
