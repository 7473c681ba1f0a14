package org.studygate.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.json.Json;

class BirthDateTest {
  @ParameterizedTest
  @CsvSource({
    "1958-03-07, 1958-03-07, DAY",
    "2000-02-29, 2000-02-29, DAY",
    "1958-03, 1958-03, MONTH",
    "1958-03-00, 1958-03, MONTH",
    "1958, 1958, YEAR",
    "1958-00, 1958, YEAR",
    "1958-00-00, 1958, YEAR",
    "0958, 0958, YEAR"
  })
  void isReadAsFarAsItIsKnown(String text, String known, BirthDate.Known much) {
    var date = BirthDate.parse(text).orElseThrow();
    assertThat(date.text()).isEqualTo(known);
    assertThat(date.known()).isEqualTo(much);
    assertThat(date.partial()).isEqualTo(much != BirthDate.Known.DAY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1958",
        "58",
        "19580307",
        "195803",
        "0000-00-00",
        "1958-00-07",
        "1958-13",
        "1958-3-7",
        "1958-02-29",
        "1958-03-32",
        "07-03-1958",
        "1958-03-07T00:00",
        "+1958",
        "-1958",
        "١٩٥٨",
        "12345"
      })
  void nothingElseIsOne(String text) {
    assertThat(BirthDate.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1958, 1958-03-07, true",
    "1958, 1959-03-07, false",
    "1958-03, 1958-03-31, true",
    "1958-03, 1958-04-01, false",
    "1958-03-07, 1958-03-07, true",
    "1958-03-07, 1958-07-03, false"
  })
  void agreesWithADayThatItMayBe(String known, LocalDate day, boolean agrees) {
    var date = BirthDate.parse(known).orElseThrow();
    assertThat(date.agreesWith(day)).isEqualTo(agrees);
    assertThat(BirthDate.of(day).agreesWith(date)).isEqualTo(agrees);
  }

  @Test
  void isWrittenAsItIsKnownAndNeverShownByAccident() {
    var date = new BirthDate(1958, 3, 0);
    assertThat(Json.text(Map.of("birthDate", date))).isEqualTo("{\"birthDate\":\"1958-03\"}");
    assertThat(date.toString()).doesNotContain("1958");
  }
}
