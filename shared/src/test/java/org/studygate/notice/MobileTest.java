package org.studygate.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MobileTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+32470123456",
        "+31612345678",
        "+33612345678",
        "+4915123456789",
        "+447400123456",
        "+34612345678",
        "+4740612345",
        "+38640123456"
      })
  void mobilesOfOurCountriesAreReachable(String number) {
    assertThat(Mobile.reachable(number)).isTrue();
  }

  /// Too short, premium, shared cost, without a country, nothing, words.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+32470",
        "+3290212345",
        "+31900123456",
        "+33891123456",
        "0470123456",
        "",
        "call me"
      })
  void othersAreNot(String number) {
    assertThat(Mobile.reachable(number)).isFalse();
  }
}
