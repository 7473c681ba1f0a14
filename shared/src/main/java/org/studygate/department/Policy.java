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
/// @param countryPrefixes to which countries codes are sent, as `+32`; the first is its
///     own, in which a mobile without a country is read
/// @param payment what access costs; there wherever `verification` is payment, and where orders
///     may ask for it
/// @param intake how what the hospital sends is read
/// @param retention how long images are kept after the exam; empty: without end
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
    Optional<Period> retention) {
  public Policy {
    countryPrefixes = List.copyOf(countryPrefixes);
    if (verification == Verification.PAYMENT && payment.isEmpty()) {
      throw new IllegalArgumentException("policy.payment is missing, and verification asks for it");
    }
    if (retention.filter(kept -> kept.isNegative() || kept.isZero()).isPresent()) {
      throw new IllegalArgumentException("policy.retention is a period such as P10Y");
    }
  }

  public boolean maySendTo(String mobile) {
    return countryPrefixes.stream().anyMatch(mobile::startsWith);
  }
}
