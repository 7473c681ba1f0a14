package org.studygate.notice;

import java.time.Duration;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.department.Department;
import org.studygate.department.IntakeRules;
import org.studygate.department.Policy;
import org.studygate.department.PrintRules;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;

/// Who writes to people with an account: no department but the environment itself. To the writer
/// of letters it looks like one, with a name, a telephone and countries to which SMS may go.
public final class House {
  private static final String NAME = "Studygate";

  private House() {}

  /// @param phone of the service desk; empty where the environment names none
  /// @param prefixes calling codes, as `+31 +32`; none: no SMS goes anywhere
  public static Department of(Optional<String> phone, String prefixes) {
    return new Department(
        "studygate",
        NAME,
        NAME,
        new Department.Contact(
            phone.orElse(""), Optional.empty(), Optional.empty(), Optional.empty()),
        Optional.empty(),
        new Department.Brand("#0b5c7a", "#7cc4de"),
        List.of("en"),
        ZoneOffset.UTC,
        "1",
        new Policy(
            Verification.OTP_SMS,
            new ReportRule.AtOnce(),
            Period.ofMonths(1),
            Period.ofMonths(1),
            40,
            Duration.ofMinutes(1),
            prefixes(prefixes),
            Optional.empty(),
            IntakeRules.STANDARD,
            Optional.empty(),
            PrintRules.ANY));
  }

  public static List<String> prefixes(String text) {
    return Pattern.compile("\\s+").splitAsStream(text).filter(prefix -> !prefix.isEmpty()).toList();
  }
}
