package org.studygate.i18n;

/// Which form of a sentence a whole number takes, by the rules of Unicode CLDR for our languages;
/// browsers know the same as `Intl.PluralRules`. The `many` of French and Spanish is left out: it
/// begins at a million, and nothing here is counted that far.
final class Plurals {
  private Plurals() {}

  static String category(String language, long n) {
    return switch (language) {
      case "sl" ->
          switch ((int) (n % 100)) {
            case 1 -> "one";
            case 2 -> "two";
            case 3, 4 -> "few";
            default -> "other";
          };
      case "fr" -> n == 0 || n == 1 ? "one" : "other";
      default -> n == 1 ? "one" : "other";
    };
  }
}
