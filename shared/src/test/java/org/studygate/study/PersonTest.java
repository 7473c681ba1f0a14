package org.studygate.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.studygate.study.Person.Likeness;

final class PersonTest {
  @ParameterizedTest
  @CsvSource({
    // id and issuer on both sides decide, whatever else is said
    "P1,NOORD,19580307, P1,NOORD,19580307, SAME",
    "P1,NOORD,19580307, P1,NOORD,19580703, SAME",
    "P1,NOORD,'',       P1,NOORD,19580703, SAME",
    "P1,NOORD,19580307, P1,ZUID,19580307,  OTHER",
    "P1,NOORD,19580307, P2,NOORD,19580307, OTHER",
    // an id contradicts without its issuer, but does not prove
    "P1,'',19580307,    P2,NOORD,19580307, OTHER",
    "P1,'',19580307,    P2,'',19580307,    OTHER",
    "P1,'',19580307,    P1,NOORD,19580307, SAME",
    "P1,'',19580307,    P1,NOORD,19580703, OTHER",
    "P1,'',19580307,    P1,'',19580703,    OTHER",
    "P1,'','',          P1,'',19580307,    UNKNOWN",
    "P1,'','',          P1,NOORD,'',       UNKNOWN",
    // without an id the date of birth decides
    "'','',19580307,    P1,NOORD,19580307, SAME",
    "'','',19580307,    P1,NOORD,19580703, OTHER",
    "'',NOORD,19580307, P1,ZUID,19580307,  SAME",
    "'','','',          P1,NOORD,19580307, UNKNOWN",
    "'','','',          '','','',          UNKNOWN",
    // of which no more is compared than both know, and that proves nothing alone
    "P1,'',1958,        P1,NOORD,19580307, SAME",
    "P1,'',195804,      P1,NOORD,19580307, OTHER",
    "P1,'',1957,        P1,NOORD,19580307, OTHER",
    "'','',1958,        '','',19580307,    UNKNOWN",
    "'','',1958,        '','',1958,        UNKNOWN",
    "'','',1957,        '','',19580307,    OTHER"
  })
  void whetherTwoAreOne(
      String id,
      String issuer,
      String born,
      String otherId,
      String otherIssuer,
      String otherBorn,
      Likeness likeness) {
    var one = Person.of(id, issuer, born, "Peeters^An");
    var other = Person.of(otherId, otherIssuer, otherBorn, "Claes^Tom");
    assertThat(one.compare(other)).isEqualTo(likeness);
    assertThat(other.compare(one)).isEqualTo(likeness);
  }

  @ParameterizedTest
  @CsvSource({
    "1958-03-07, 19580307",
    "1958.03.07, 19580307",
    "' 19580307', 19580307",
    "1958, 1958",
    "1958-03, 195803",
    "19580000, 1958",
    "19580300, 195803",
    "19580230, ''",
    "07.03.1958, ''",
    "00000000, ''",
    "195, ''",
    "unknown, ''",
    "'', ''"
  })
  void aDateOfBirthIsReadAsFarAsItIsKnown(String written, String born) {
    assertThat(Person.of("", "", written, "").born()).isEqualTo(born);
  }

  @Test
  void paddingIsNoPartOfAnId() {
    assertThat(Person.of(" P1\0", "\u00A0NOORD", "19580307", ""))
        .isEqualTo(Person.of("P1", "NOORD", "19580307", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "Peeters An, PEETERS^AN, true",
    "Müller Käthe, MULLER^KATHE^^Dr, true",
    "Peeters, Peeters^An, true",
    "Van den Berg Jan, Berg^Jan^van den, true",
    "'', Peeters^An, true",
    "Peeters An, Claes^An, false",
    "Peeters An, Peeters^Tom, false",
    "山田 太郎, Yamada^Tarou=山田^太郎, true"
  })
  void namesAreSpelledInManyWays(String one, String other, boolean alike) {
    assertThat(named(one).namedLike(named(other))).isEqualTo(alike);
    assertThat(named(other).namedLike(named(one))).isEqualTo(alike);
  }

  private static Person named(String name) {
    return Person.of("", "", "", name);
  }

  @ParameterizedTest
  @CsvSource({
    // date of birth corrected
    "P1,NOORD,19580307,Peeters An,  P1,NOORD,19580703,Claes Tom,   true",
    "P1,'',19580307,Peeters An,     P1,NOORD,19580703,Peeters An,  true",
    "P1,'',19580307,Peeters An,     P1,'',19580703,Peeters An,     true",
    "P1,'',19580307,Claes Tom,      P1,'',19580703,Peeters An,     false",
    "'','',19580307,Peeters An,     '','',19580703,Peeters An,     false",
    // record merged
    "P2,NOORD,19580307,Peeters An,  P1,NOORD,19580307,PEETERS An,  true",
    "P1,NOORD,19580307,Peeters An,  P1,ZUID,19580307,Peeters An,   true",
    "P2,NOORD,19580307,Peeters An,  P1,NOORD,19580703,Peeters An,  false",
    "P2,NOORD,19580307,Peeters Ans, P1,NOORD,19580307,Peeters An,  false",
    "P2,NOORD,19580307,Peeters,     P1,NOORD,19580307,Peeters An,  false",
    "P2,NOORD,1958,Peeters An,      P1,NOORD,1958,Peeters An,      false",
    // nothing but the date of birth
    "'','',19580307,Claes An,       '','',19580307,Peeters An,     true",
    "P1,NOORD,19580307,Peeters An,  '','',19580307,Peeters An,     true",
    "P1,NOORD,19850914,Peeters An,  '','',19580307,Peeters An,     false"
  })
  void whatIsACorrectionAndWhatIsSomebodyElse(
      String id,
      String issuer,
      String born,
      String name,
      String formerId,
      String formerIssuer,
      String formerBorn,
      String formerName,
      boolean corrects) {
    var former = Person.of(formerId, formerIssuer, formerBorn, formerName);
    assertThat(Person.of(id, issuer, born, name).corrects(former)).isEqualTo(corrects);
  }

  @Test
  void itIsReadBackAsItWas() {
    var person = Person.of("P\"1", "NOORD", "19580307", "Müller^Käthe");
    assertThat(Person.parse(person.text())).isEqualTo(person);
    var whose = new Whose(person, "A17");
    assertThat(Whose.parse(whose.text())).isEqualTo(whose);
    assertThat(person + " " + whose).doesNotContain("P\"1").doesNotContain("1958");
  }
}
