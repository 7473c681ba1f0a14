package org.studygate.department;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.studygate.json.BadJson;

class DepartmentJsonTest {
  static Stream<ReportRule> rules() {
    return Stream.of(
        new ReportRule.Never(),
        new ReportRule.AtOnce(),
        new ReportRule.AfterDays(1),
        new ReportRule.AfterDays(365),
        new ReportRule.WhenReleased());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void readsWhatItWrote(ReportRule rule) {
    var department = Noord.with("noord", "Radiologie Noord", rule);
    assertThat(DepartmentJson.read(DepartmentJson.write(department))).isEqualTo(department);
  }

  /// A misspelt or wrong rule is refused and never read as another.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"report\":\"after-14-days\" | \"report\":\"after-0-days\"",
        "\"report\":\"after-14-days\" | \"report\":\"sometimes\"",
        "\"report\":\"after-14-days\" | \"report\":\"never\",\"releasd\":true",
        "\"verification\":\"otp-sms\" | \"verification\":\"otp\"",
        "\"zone\":\"Europe/Brussels\" | \"zone\":\"Europe/Nowhere\"",
        "\"quiet\":\"PT5M\" | \"quiet\":\"5\"",
        "\"validityDefault\":\"P1M\" | \"validityDefault\":30",
        "\"light\":\"#0b5c7a\" | \"light\":\"red;x:y\"",
        "\"light\":\"#0b5c7a\" | \"light\":\"#0b5c7a\",\"blue\":\"#0b5c7a\"",
        "\"id\":\"noord\" | \"id\":\"Noord/\"",
        "\"languages\":[\"nl\",\"fr\"] | \"languages\":[]",
        "\"hospital\":\"Ziekenhuis Noord\" | \"hospital\":null",
        "\"conditionsVersion\":\"2026-01\" | \"conditionsVersion\":\"1\",\"owner\":\"x\"",
      })
  void refusesWhatItDoesNotKnow(String right, String wrong) {
    var json = DepartmentJson.write(Noord.department());
    assertThat(json).contains(right);
    var changed = json.replace(right, wrong);
    assertThatThrownBy(() -> DepartmentJson.read(changed)).isInstanceOf(BadJson.class);
  }

  @Test
  void countryPrefixesDecideWhereCodesMayGo() {
    var policy = Noord.department().policy();
    assertThat(policy.maySendTo("+32470123456")).isTrue();
    assertThat(policy.maySendTo("+33612345678")).isFalse();
  }
}
