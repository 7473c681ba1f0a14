package org.studygate.department;

import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// A department for tests.
public final class Noord {
  private Noord() {}

  public static Department department() {
    return with("noord", "Radiologie Noord", new ReportRule.AfterDays(14));
  }

  public static Department with(String id, String name, ReportRule rule) {
    return with(id, name, rule, Optional.empty());
  }

  /// One that may ask for money.
  public static Department paid(PaymentRules payment) {
    var rule = new ReportRule.AfterDays(14);
    return with("noord", "Radiologie Noord", rule, Optional.of(payment));
  }

  private static Department with(
      String id, String name, ReportRule rule, Optional<PaymentRules> payment) {
    return new Department(
        id,
        name,
        "Ziekenhuis Noord",
        new Department.Contact(
            "+32 3 456 78 90",
            Optional.of("radiologie@noord.example.org"),
            Optional.of("Noordlaan 1, 2000 Antwerpen"),
            Optional.empty()),
        Optional.empty(),
        new Department.Brand("#0b5c7a", "#7cc4de"),
        List.of("nl", "fr"),
        ZoneId.of("Europe/Brussels"),
        "2026-01",
        new Policy(
            Verification.OTP_SMS,
            rule,
            Period.ofMonths(1),
            Period.ofMonths(6),
            40,
            Duration.ofMinutes(5),
            List.of("+32", "+31"),
            payment,
            IntakeRules.STANDARD,
            Optional.empty(),
            PrintRules.ANY));
  }
}
