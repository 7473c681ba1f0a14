package org.studygate.department;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReportRuleTest {
  private static final Instant REPORT = Instant.parse("2026-11-01T09:00:00Z");

  @Test
  void neverAndNotReleasedPermitNothing() {
    var late = REPORT.plusSeconds(1_000_000_000);
    assertThat(new ReportRule.Never().permits(REPORT, late)).isFalse();
    assertThat(new ReportRule.WhenReleased().permits(REPORT, late)).isFalse();
    assertThat(new ReportRule.Never().opens(REPORT)).isEmpty();
    assertThat(new ReportRule.WhenReleased().opens(REPORT)).isEmpty();
  }

  @Test
  void atOncePermitsAtOnce() {
    assertThat(new ReportRule.AtOnce().permits(REPORT, REPORT)).isTrue();
  }

  @Test
  void afterDaysPermitsFromThatMomentOn() {
    var rule = new ReportRule.AfterDays(14);
    var then = Instant.parse("2026-11-15T09:00:00Z");
    assertThat(rule.permits(REPORT, then.minusMillis(1))).isFalse();
    assertThat(rule.permits(REPORT, then)).isTrue();
    assertThat(rule.opens(REPORT)).contains(then);
  }
}
