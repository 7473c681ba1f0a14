package org.studygate.department;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContrastTest {
  @ParameterizedTest
  @CsvSource({
    "#000000, #ffffff, 21.0",
    "#ffffff, #000000, 21.0",
    "#777777, #ffffff, 4.48",
    "#767676, #ffffff, 4.54",
    "#0b5c7a, #0b5c7a, 1.0",
  })
  void isTheRatioOfWcag(String one, String other, double ratio) {
    assertThat(Contrast.between(one, other)).isCloseTo(ratio, within(0.01));
  }

  @Test
  void aDepartmentsNameIsReadableInItsColour() {
    assertThat(new Department.Brand("#0b5c7a", "#7cc4de").light()).isEqualTo("#0b5c7a");
    assertThatThrownBy(() -> new Department.Brand("#ffcc00", "#7cc4de"))
        .hasMessageContaining("readable");
    assertThatThrownBy(() -> new Department.Brand("#0b5c7a", "#0b5c7a"))
        .hasMessageContaining("readable");
  }
}
