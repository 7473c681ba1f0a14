package org.studygate.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.department.IntakeRules;

final class OrderIdTest {
  private static final IntakeRules KEPT = new IntakeRules(true, false, Optional.empty());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A-17",
        " A-17",
        "A-17  ",
        "A-17\0",
        "\0\0A-17",
        "\u00A0A-17\u00A0",
        "\tA-17\r\n",
        "\u2007A-17\u202F",
        "\u200BA-17\uFEFF",
        "\u3000A-17 \0"
      })
  void whatPadsAnAccessionNumberIsNoPartOfIt(String padded) {
    assertThat(of(padded)).contains(new OrderId("noord", "A-17"));
    assertThat(OrderId.of("noord", padded, KEPT)).contains(new OrderId("noord", "A-17"));
  }

  @Test
  void theCaseOfLettersCountsWhereTheDepartmentSaysSo() {
    assertThat(of("a17b")).isEqualTo(of("A17B"));
    assertThat(OrderId.of("noord", "a17b", KEPT)).contains(new OrderId("noord", "a17b"));
  }

  @Test
  void whatStandsWithinStays() {
    assertThat(of("A 17/2#x")).contains(new OrderId("noord", "A 17/2#X"));
    assertThat(OrderId.parse("noord/A 17/2#X")).isEqualTo(new OrderId("noord", "A 17/2#X"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\0\0", "\u00A0\u200B"})
  void blanksAloneNameNoOrder(String blank) {
    assertThat(of(blank)).isEmpty();
  }

  @Test
  void moreThanSixtyFourCharactersNameNoOrder() {
    assertThat(of(" ".repeat(9) + "a".repeat(64) + "\0")).isPresent();
    assertThat(of("a".repeat(65))).isEmpty();
    assertThat(of("a".repeat(63) + "\u00DF")).isEmpty(); // two letters as capitals
  }

  private static Optional<OrderId> of(String accession) {
    return OrderId.of("noord", accession, IntakeRules.STANDARD);
  }
}
