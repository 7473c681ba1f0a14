package org.studygate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReferenceNumberTest {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  @Test
  void forgivesCaseSpacesDashesAndLookAlikes() {
    var number = new ReferenceNumber("01AB");
    assertThat(ReferenceNumber.typed("o l-a b")).contains(number);
    assertThat(ReferenceNumber.typed("0iAB")).contains(number);
  }

  @Test
  void printedNumbersAreReadBack() {
    var random = new Random(7);
    for (var i = 0; i < 1000; i++) {
      var number = ReferenceNumber.random(random);
      assertThat(ReferenceNumber.typed(number.printed().toLowerCase(java.util.Locale.ROOT)))
          .contains(number);
    }
  }

  @Test
  void everySingleWrongCharacterAndEverySwapOfNeighboursIsFound() {
    var seed = 20261123L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (var i = 0; i < 200; i++) {
      var right = ReferenceNumber.random(random).normalised();
      for (var at = 0; at < right.length(); at++) {
        for (var letter = 0; letter < ALPHABET.length(); letter++) {
          var other = ALPHABET.charAt(letter);
          if (other != right.charAt(at)) {
            assertThat(
                    ReferenceNumber.typed(right.substring(0, at) + other + right.substring(at + 1)))
                .isEmpty();
          }
        }
        if (at > 0 && right.charAt(at - 1) != right.charAt(at)) {
          var swapped =
              right.substring(0, at - 1)
                  + right.charAt(at)
                  + right.charAt(at - 1)
                  + right.substring(at + 1);
          assertThat(ReferenceNumber.typed(swapped)).isEmpty();
        }
      }
    }
  }

  @Test
  void aHospitalsOwnNumberIsTakenAsItStands() {
    assertThat(ReferenceNumber.typed("RX-2026-77812")).contains(new ReferenceNumber("RX202677812"));
  }

  @Test
  void nothingThatCannotBeANumberIsLookedUp() {
    assertThat(ReferenceNumber.typed("")).isEmpty();
    assertThat(ReferenceNumber.typed(" - ")).isEmpty();
    assertThat(ReferenceNumber.typed("\u00d81")).isEmpty();
    assertThat(ReferenceNumber.typed("1".repeat(41))).isEmpty();
  }

  @Test
  void isNeverShownByAccident() {
    assertThat(new ReferenceNumber("SECRET").toString()).doesNotContain("SECRET");
  }
}
