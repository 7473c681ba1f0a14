package org.studygate.reference;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// What a patient types from a letter: letters and digits, however they are parted and written
/// (see [AsTyped]); O is 0, I and L are 1.
/// Seventeen Crockford characters are ours: sixteen of chance (80 bits) and one that checks them.
/// Every other shape is a hospital's own and is looked up as it stands.
public record ReferenceNumber(String normalised) {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CHANCE = 16;
  private static final int MAX_TYPED = 1000; // a pasted page of blanks is forgiven too
  private static final Pattern PLAIN = Pattern.compile("[0-9A-Z]{1,40}");

  /// Empty when nothing can be registered under it: no characters, too many, other letters than A
  /// to Z, or one of ours with a wrong check character.
  public static Optional<ReferenceNumber> typed(String text) {
    if (text.length() > MAX_TYPED) {
      return Optional.empty();
    }
    var normalised = plain(text);
    if (!PLAIN.matcher(normalised).matches()) {
      return Optional.empty();
    }
    if (isOurs(normalised) && normalised.charAt(CHANCE) != check(normalised)) {
      return Optional.empty();
    }
    return Optional.of(new ReferenceNumber(normalised));
  }

  /// Letters and digits as they count in a number, of any text.
  public static String plain(String text) {
    return lookAlikes(AsTyped.lettersAndDigits(text));
  }

  /// Of capitals and digits: O is 0, I and L are 1.
  public static String lookAlikes(String text) {
    return text.replace('O', '0').replace('I', '1').replace('L', '1');
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
