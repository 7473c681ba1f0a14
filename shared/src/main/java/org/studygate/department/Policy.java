package org.studygate.department;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.studygate.access.Verification;

/// The rules of a department (product.md 10).
///
/// @param verification what patients show besides number and date of birth, unless an order says
///     otherwise
/// @param validityDefault how long a number opens if the order does not say
/// @param validityMaximum the longest that an order may ask for
/// @param minimumComplexityBits a hospital's own number weaker than this opens nothing
/// @param quiet a study to which nothing was added for so long is complete
/// @param countryPrefixes to which countries codes are sent, as `+32`
/// @param payment what access costs; there wherever `verification` is payment, and where orders
///     may ask for it
public record Policy(
    Verification verification,
    ReportRule report,
    Period validityDefault,
    Period validityMaximum,
    int minimumComplexityBits,
    Duration quiet,
    List<String> countryPrefixes,
    Optional<PaymentRules> payment) {
  public Policy {
    countryPrefixes = List.copyOf(countryPrefixes);
    if (verification == Verification.PAYMENT && payment.isEmpty()) {
      throw new IllegalArgumentException("policy.payment is missing, and verification asks for it");
    }
  }

  public boolean maySendTo(String mobile) {
    return countryPrefixes.stream().anyMatch(mobile::startsWith);
  }
}
