package org.studygate.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialsTest {
  @ParameterizedTest
  @CsvSource({
    "An Peeters, A.P.",
    "Peeters^An, P.A.",
    "Jan-Willem van der Berg, J.W.V.D.B.",
    "émile  Östlund, É.Ö.",
    "'', ''",
    "12^(x), ''"
  })
  void ofANameInitialsAloneAreTold(String name, String initials) {
    assertThat(Initials.of(name)).isEqualTo(initials);
  }
}
