package org.studygate.department;

import java.util.EnumSet;
import java.util.Set;

/// What a number that is printed may ask for besides itself and a date of birth.
///
/// @param verifications never payment: what is printed has been given
public record PrintRules(Set<Verification> verifications) {
  public static final PrintRules ANY =
      new PrintRules(EnumSet.complementOf(EnumSet.of(Verification.PAYMENT)));

  public PrintRules {
    if (verifications.isEmpty() || verifications.contains(Verification.PAYMENT)) {
      throw new Unfit(
          "policy.printing",
          verifications.isEmpty() ? "missing" : "wrong",
          "policy.printing is at least one of date-of-birth, otp-sms and otp-email");
    }
    verifications = Set.copyOf(verifications);
  }

  public boolean allows(Verification verification) {
    return verifications.contains(verification);
  }
}
