package org.studygate.access;

import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a patient types from a letter: letters and digits, however they are parted and written
/// (see [AsTyped]); O is 0, I and L are 1.
/// Seventeen Crockford characters are ours: sixteen of chance (80 bits) and one that checks them.
/// Every other shape is a hospital's own and is looked up as it stands.
public record ReferenceNumber(String normalised) {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CHANCE = 16;
  private static final int MAX_TYPED = 1000; // a pasted page of blanks is forgiven too
  private static final int MAX_LENGTH = 40;

  /// Empty when nothing can be registered under it: no characters, too many, other letters than A
  /// to Z, or one of ours with a wrong check character.
  public static Optional<ReferenceNumber> typed(String text) {
    if (text.length() > MAX_TYPED) {
      return Optional.empty();
    }
    var number = new StringBuilder();
    var typed = AsTyped.lettersAndDigits(text);
    for (var i = 0; i < typed.length(); i++) {
      var character = typed.charAt(i);
      if (!((character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z'))) {
        return Optional.empty();
      }
      number.append(
          switch (character) {
            case 'O' -> '0';
            case 'I', 'L' -> '1';
            default -> character;
          });
    }
    var normalised = number.toString();
    if (normalised.isEmpty() || normalised.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (isOurs(normalised) && normalised.charAt(CHANCE) != check(normalised)) {
      return Optional.empty();
    }
    return Optional.of(new ReferenceNumber(normalised));
  }

  public static ReferenceNumber random(RandomGenerator random) {
    var number = new StringBuilder();
    for (var i = 0; i < CHANCE; i++) {
      number.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new ReferenceNumber(number.append(check(number)).toString());
  }

  private static boolean isOurs(String number) {
    return number.length() == CHANCE + 1
        && number.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0);
  }

  /// A weighted sum over GF(32), polynomial x^5 + x^3 + 1: every single wrong character and every
  /// swap of two neighbours changes it.
  private static char check(CharSequence number) {
    var sum = 0;
    for (var i = 0; i < CHANCE; i++) {
      sum = twice(sum) ^ ALPHABET.indexOf(number.charAt(i));
    }
    return ALPHABET.charAt(twice(sum));
  }

  private static int twice(int element) {
    var doubled = element << 1;
    return (doubled & 32) == 0 ? doubled : doubled ^ 0b101001;
  }

  /// How much chance a number of this shape can hold at most: its length times the bits of the
  /// smallest usual alphabet it fits. Departments refuse a registered number below their minimum.
  public int complexityBits() {
    var digitsOnly = normalised.chars().allMatch(character -> character <= '9');
    var perCharacter = digitsOnly ? Math.log(10) : Math.log(32);
    return (int) Math.floor(normalised.length() * perCharacter / Math.log(2));
  }

  /// In groups of four, as on the letter.
  public String printed() {
    return normalised.replaceAll("(.{4})(?=.)", "$1-");
  }

  /// A number opens a study: it is never shown by accident.
  @Override
  public String toString() {
    return "ReferenceNumber[…]";
  }
}
