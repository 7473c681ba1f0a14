package org.studygate.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Days as files write them: today's standard, the one before it, and what scanners make of both.
class FactsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "20261120",
        "2026.11.20",
        "2026-11-20",
        "2026/11/20",
        " 20261120 ",
        "20261120101500",
        "20261120101500.000000+0100",
        "2026-11-20T10:15:00",
      })
  void aDayIsRead(String written) {
    assertThat(dated(written).day()).contains(LocalDate.of(2026, 11, 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "00000000",
        "2026",
        "202611",
        "20261131",
        "20261320",
        "20.11.2026",
        "11/20/2026",
        "2026.1120",
        "20261120-20261121",
        "yesterday",
        "２０２６１１２０",
      })
  void whatIsNoneIsNone(String written) {
    assertThat(dated(written).day()).isEmpty();
  }

  private static Facts dated(String date) {
    return new Facts("", "", "", "", "", date, "", "", "");
  }
}
