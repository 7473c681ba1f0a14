package org.studygate.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.studygate.credential.PasswordRule.Verdict;

final class PasswordRuleTest {
  private static final String NAME = "Jan.Maes@praktijk.example";

  private final PasswordRule rule = new PasswordRule();

  @Test
  void oneThatStandsAloneIsLonger() {
    assertThat(rule.judge("veertien lang!", NAME, false)).isEqualTo(Verdict.TOO_SHORT);
    assertThat(rule.judge("vijftien lang!!", NAME, false)).isEqualTo(Verdict.FINE);
    assertThat(rule.judge("zeven!!", NAME, true)).isEqualTo(Verdict.TOO_SHORT);
    assertThat(rule.judge("acht lg!", NAME, true)).isEqualTo(Verdict.FINE);
    assertThat(rule.judge("x".repeat(257), NAME, true)).isEqualTo(Verdict.TOO_LONG);
  }

  /// Letters count as people count them, and however a keyboard makes them.
  @Test
  void aLetterWithItsAccentIsOne() {
    var apart = "e\u0301e\u0301e\u0301e\u0301";
    assertThat(rule.judge(apart, NAME, true)).isEqualTo(Verdict.TOO_SHORT);
    assertThat(PasswordRule.plain("e\u0301")).isEqualTo("\u00e9");
  }

  @Test
  void whatManyHaveOrTheNameTellsIsRefused() {
    assertThat(rule.judge("Password1", NAME, true)).isEqualTo(Verdict.TOO_COMMON);
    assertThat(rule.judge("mijn JAN.MAES 2026", NAME, true)).isEqualTo(Verdict.TOO_COMMON);
    assertThat(rule.judge("geen enkel deel ervan", NAME, true)).isEqualTo(Verdict.FINE);
  }

  @Test
  void aBrowserIsToldByItsKindAndItsSystem() {
    assertThat(
            Device.words(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0"))
        .isEqualTo("Edge, Windows");
    assertThat(Device.words("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"))
        .isEqualTo("Safari, iPhone");
    assertThat(Device.words("")).isEqualTo("Browser");
  }
}
