package org.studygate.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /// As it stands in hospitals' systems in Belgium.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+32470123407",
        "+32 (0)470 12 34 07",
        "+32(0)470123407",
        "+32 0470 12 34 07",
        "0032470123407",
        "00 32 470 12 34 07",
        "0032 (0) 470/123407",
        "0470/12.34.07",
        "0470 12 34 07",
        "0470-123407",
        "0470 / 12 34 07",
        "32470123407",
        "(0470) 12.34.07",
        "tel:+32-470-12-34-07",
        "tel: 0470/12.34.07",
        "GSM 0470 12 34 07",
        "Mobiel: 0470.123.407",
        "0470\u00a012\u00a034\u00a007",
        "\u202a+32\u202f470\u202f12\u202f34\u202f07\u202c",
        "0470\u201312\u201334\u201307",
        "\uff10\uff14\uff17\uff10 \uff11\uff12 \uff13\uff14 \uff10\uff17",
        "\u0660\u0664\u0667\u0660 \u0661\u0662 \u0663\u0664 \u0660\u0667",
        " \t0470 12 34 07\r\n"
      })
  void aMobileIsReadAsItStandsInASystemOfItsCountry(String written) {
    assertThat(Mobile.read(written, List.of("+32", "+31"))).contains("+32470123407");
  }

  @ParameterizedTest
  @CsvSource({
    "+31, 06-12345678, +31612345678",
    "+31, +31 (0)6 1234 5678, +31612345678",
    "+33, 06 12 34 56 78, +33612345678",
    "+49, 0151 23456789, +4915123456789",
    "+44, 07400 123456, +447400123456",
    "+34, 612 34 56 78, +34612345678",
    "+47, 406 12 345, +4740612345",
    "+386, 040 123 456, +38640123456",
    "+39, 320 123 4567, +393201234567",
    "+1, (201) 555-0123, +12015550123",
    "+1242, (242) 359-1234, +12423591234",
    "+32, +31 6 12345678, +31612345678",
    "+32, 00 33 6 12 34 56 78, +33612345678"
  })
  void aCountryThatIsNamedCountsMoreThanTheOwn(String own, String written, String read) {
    assertThat(Mobile.read(written, List.of(own))).contains(read);
  }

  /// A landline, premium, too short, too long, two numbers, words, an extension, nothing.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "03 234 56 78",
        "+32 3 234 56 78",
        "0900 12 345",
        "0800 12 345",
        "112",
        "0470 12 34",
        "0470 12 34 07 0",
        "0470123407 / 0471234567",
        "0470123407; 0471234567",
        "0470123407 0471234567",
        "0470 12 34 07 (dochter)",
        "0470-BELMIJ",
        "0470 12 34 07 #12",
        "0470 12 34 07 x12",
        "+32 470 12 34 07 ext. 4",
        "0000000000",
        "+",
        "-",
        "?",
        "",
        "geen"
      })
  void whatCannotGetAnSmsIsNoMobile(String written) {
    assertThat(Mobile.read(written, List.of("+32"))).isEmpty();
  }

  @Test
  void withoutACountryOfItsOwnADepartmentReadsWholeNumbersOnly() {
    assertThat(Mobile.read("0470123407", List.of())).isEmpty();
    assertThat(Mobile.read("+32470123407", List.of())).contains("+32470123407");
  }
}
