package org.studygate.messageingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.reference.ReferenceNumber;

final class NumberStrengthTest {
  private static final int MINIMUM = 40;
  private static final long SEED = 20261127;
  private static final String DIGITS = "0123456789";
  private static final String HEX = "0123456789ABCDEF";
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  /// Of the order of An Peeters.
  private static final List<String> FACTS =
      List.of(
          "A20261120-17",
          "P-4711",
          "Peeters",
          "An",
          "19580307",
          "07031958",
          "580307",
          "070358",
          "+32470123456",
          "Radiologie Noord",
          "Ziekenhuis Noord");

  private final NumberStrength strength = new NumberStrength();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1111111111111",
        "00000000000000000", // of our shape, with a right check character
        "1234567890123",
        "9876543210987",
        "0123456789012345",
        "2468024680246",
        "1357913579135",
        "1212121212121",
        "1231231231231",
        "1234123412341234",
        "1122334455667",
        "1234567887654321",
        "0000000000017",
        "1000000000000",
        "1000000000001",
        "2026112000017",
        "2026112012345",
        "2011202600017",
        "1120202600017",
        "202611200815",
        "20261120081500",
        "2026000001234",
        "202600012345",
        "1010101010101",
        "101102103104105",
        "100200300400500",
        "1020304050607",
        "1472583690147",
        "7894561230789",
        "3141592653589",
        "ABCABCABCABC",
        "ABCDEFGHIJKLM",
        "ZYXWVUTSRQPONM",
        "AAAAAAAAAAAA",
        "ABABABABABAB",
        "A1B2C3D4E5F6",
        "1A2B3C4D5E6F",
        "AABBCCDDEEFF",
        "QWERTYUIOP123",
        "AZERTYUIOP123",
        "QWERTZUIOPAS",
        "ASDFGHJKLASDF",
        "POIUYTREWQ987",
        "1QAZ2WSX3EDC",
        "1Q2W3E4R5T6Y",
        "RADIOLOGIE2026",
        "ZIEKENHUIS123",
        "PASSWORD12345",
        "WELKOM2026001",
        "JANSSENS1234",
        "NOVEMBER2026",
        "HOSPITALPATIENT",
        "RX-2026-77812",
        "RIS-2026-000123",
        "RIS-2026-0099-4711",
        "CT-82917035",
        "STUDY-00012345",
        "ACC-2026-11-20-17",
        "R4D10L0GY1234",
        // what stands in the order
        "A20261120-17",
        "P4711-A20261120-17",
        "19580307-1958",
        "1958030712345",
        "0703195812345",
        "PEETERS-19580307",
        "PEETERS-AN-1958",
        "AN-PEETERS-12345",
        "P-4711-580307-17",
        "32470123456",
        "+32470123456-4711",
        "NOORD-4711-4711"
      })
  void whatIsMadeAndNotDrawnIsWeak(String number) {
    assertThat(bits(number)).isLessThan(MINIMUM);
  }

  /// Drawn once, by chance, and written down here.
  @ParameterizedTest
  @CsvSource({
    "4829170356821, 43",
    "739 105 826 417, 40",
    "90817-46253-80917, 50",
    "7H2K-9F3Q, 40",
    "T4WX-8MZ2-QR6J, 60",
    "9f86d081884c7d65, 64",
    "PSPQV6K3NE47FJ3Z882P, 100",
    "7H0K01XW20Q1V9MB4T8C, 100"
  })
  void whatIsDrawnIsWorthItsLength(String number, int bits) {
    assertThat(bits(number)).isEqualTo(bits);
  }

  /// A hospital that draws its numbers is not refused for what chance has made of one.
  @ParameterizedTest
  @CsvSource({
    "12, digits, 40, 0.001",
    "13, digits, 40, 0.001",
    "15, digits, 40, 0.001",
    "20, digits, 64, 0.001",
    "24, digits, 64, 0.001",
    "8, crockford, 40, 0.001",
    "10, crockford, 40, 0.001",
    "13, crockford, 64, 0.001",
    "16, crockford, 64, 0",
    "12, hex, 40, 0.001",
    "14, hex, 40, 0.001",
    "16, hex, 64, 0.001"
  })
  void numbersDrawnAtRandomPass(int length, String alphabet, int minimum, double mostRefused) {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    var from = alphabet.equals("digits") ? DIGITS : alphabet.equals("hex") ? HEX : CROCKFORD;
    var refused = 0;
    var rounds = 5_000;
    for (var i = 0; i < rounds; i++) {
      var number = new StringBuilder();
      random.ints(length, 0, from.length()).forEach(at -> number.append(from.charAt(at)));
      if (bits(number.toString()) < minimum) {
        refused++;
      }
    }
    System.out.printf(
        "%d %s at %d bits: %d of %d refused%n", length, alphabet, minimum, refused, rounds);
    assertThat((double) refused / rounds).isLessThanOrEqualTo(mostRefused);
  }

  @Test
  void oursAlwaysPass() {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    for (var i = 0; i < 2_000; i++) {
      assertThat(bits(ReferenceNumber.random(random).printed())).isGreaterThanOrEqualTo(64);
    }
  }

  private int bits(String number) {
    var read = ReferenceNumber.typed(number).orElseThrow(() -> new AssertionError(number));
    return strength.bits(read, DAY, FACTS);
  }
}
