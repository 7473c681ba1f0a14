package org.studygate.messageingest;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.studygate.reference.ReferenceNumber;

/// The shortest way to say one number, in bits: the cheapest path over its characters, where each
/// step says one character as it stands, or several by a pattern.
final class Saying {
  private static final double DIGIT = log2(10);
  private static final double LETTER = log2(23); // I, L and O are digits in a number
  private static final double PATTERN = 2; // that one begins here, and of which kind
  private static final double LEET = 3; // which digits stand for letters
  private static final double LABEL = 4;
  private static final int LONGEST_LABEL = 4;
  private static final int FEWEST_BEHIND_A_LABEL = 7; // chance seldom has so many digits in a row
  private static final int SHORTEST_WORD = 4;
  private static final int LONGEST_WORD = 20;
  private static final int SHORTEST_COPY = 3;
  private static final int SHORTEST_LINE = 4;
  private static final int NO_STEP = Integer.MAX_VALUE;

  /// Rows of keyboards and keypads, alphabets, famous constants; read in both directions.
  private static final List<String> LINES =
      Stream.of(
              "12345678901234567890",
              "1472583690",
              "789456123",
              "3692581470",
              "159357",
              "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
              "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
              "QWERTYUIOP",
              "AZERTYUIOP",
              "QWERTZUIOP",
              "ASDFGHJKL",
              "QSDFGHJKLM",
              "ZXCVBNM",
              "YXCVBNM",
              "WXCVBN",
              "1QAZ2WSX3EDC4RFV5TGB6YHN7UJM",
              "1AQW2ZSX3EDC4RFV5TGB6YHN7UJ",
              "1Q2W3E4R5T6Y7U8I9O0P",
              "1Q2W3E4R5T6Z7U8I9O0P",
              "1A2Z3E4R5T6Y7U8I9O0P",
              "3141592653589793238",
              "2718281828459045235",
              "1414213562373095")
          .map(ReferenceNumber::plain)
          .flatMap(line -> Stream.of(line, backwards(line)))
          .toList();

  private static final double LINE = log2(LINES.stream().mapToInt(String::length).sum());

  private final String text;
  private final double perCharacter;
  private final Set<String> words;
  private final LocalDate day;
  private final List<String> facts;
  private final double place; // where, or how many: one of as many as there are characters
  private final double[] bits; // of the cheapest way to say so many characters

  Saying(String text, double perCharacter, Set<String> words, LocalDate day, List<String> facts) {
    this.text = text;
    this.perCharacter = perCharacter;
    this.words = words;
    this.day = day;
    this.facts = facts;
    this.place = log2(text.length());
    this.bits = new double[text.length() + 1];
  }

  /// Characters as they stand are of one alphabet; or it is told where letters and digits change,
  /// which is cheaper for `RX202677812` and dearer for `7H2K9M3P`.
  double shortest() {
    return Math.min(walk(at -> perCharacter), PATTERN + walk(this::byKind));
  }

  private double byKind(int at) {
    var change = at == 0 || digit(text.charAt(at)) != digit(text.charAt(at - 1));
    return plain(text.charAt(at)) + (change ? place : 0);
  }

  private double walk(IntToDoubleFunction asItStands) {
    Arrays.fill(bits, Double.MAX_VALUE);
    bits[0] = 0;
    label();
    for (var at = 0; at < text.length(); at++) {
      say(at, 1, asItStands.applyAsDouble(at));
      runs(at);
      for (var turns = 1; turns <= 3; turns++) {
        steps(at, turns);
      }
      lines(at);
      copies(at);
      facts(at);
      dates(at);
      words(at);
    }
    return bits[text.length()];
  }

  private void say(int at, int characters, double cost) {
    bits[at + characters] = Math.min(bits[at + characters], bits[at] + cost);
  }

  /// RIS- in front of digits: on every letter of the hospital. Of hexadecimal letters alone it may
  /// be the beginning of a drawn number.
  private void label() {
    var end = text.length();
    while (end > 0 && digit(text.charAt(end - 1))) {
      end--;
    }
    var label = text.substring(0, end);
    if (label.length() <= LONGEST_LABEL
        && label.chars().anyMatch(one -> one > 'F')
        && text.length() - end >= FEWEST_BEHIND_A_LABEL) {
      say(0, end, PATTERN + LABEL);
    }
  }

  /// 0000
  private void runs(int at) {
    var cost = PATTERN + plain(text.charAt(at)) + place;
    for (var end = at + 1; end < text.length() && text.charAt(end) == text.charAt(at); end++) {
      say(at, end + 1 - at, cost);
    }
  }

  /// 1234, 97531, A1B2C3, 101102103: one, or two or three in turns, that rise or fall evenly.
  private void steps(int at, int turns) {
    var second = at + turns;
    if (second + turns > text.length()) {
      return;
    }
    var cost = PATTERN + place;
    for (var i = second; i < second + turns; i++) {
      var step = step(i, turns);
      if (step == NO_STEP || (turns > 1 && Math.abs(step) > 2)) {
        return;
      }
      cost += plain(text.charAt(i)) + log2(turns == 1 ? 19 : 5);
    }
    var end = second + turns;
    while (end < text.length() && step(end, turns) == step(end - turns, turns)) {
      end++;
    }
    say(at, end - at, Math.max(SHORTEST_LINE, 3 * turns), cost);
  }

  /// From the character so many places before: round the ten digits, along the letters.
  private int step(int at, int back) {
    var from = text.charAt(at - back);
    var to = text.charAt(at);
    if (digit(from) != digit(to)) {
      return NO_STEP;
    }
    return digit(from) ? Math.floorMod(to - from + 4, 10) - 4 : to - from;
  }

  private void lines(int at) {
    for (var line : LINES) {
      for (var from = 0; from < line.length(); from++) {
        say(at, same(line, from, at), SHORTEST_LINE, PATTERN + LINE + place);
      }
    }
  }

  /// What stands earlier in the number, forwards or backwards, or in a fact of the order.
  private void copies(int at) {
    var all = at * 2 + facts.stream().mapToInt(String::length).sum();
    var cost = PATTERN + log2(Math.max(2, all)) + place;
    var earlier = backwards(text.substring(0, at));
    for (var from = 0; from < at; from++) {
      say(at, same(text, from, at), SHORTEST_COPY, cost); // may run into itself: ABCABCABC
      say(at, same(earlier, from, at), SHORTEST_COPY, cost);
    }
    for (var fact : facts) {
      for (var from = 0; from < fact.length(); from++) {
        say(at, same(fact, from, at), SHORTEST_COPY, cost);
      }
    }
  }

  private void facts(int at) {
    for (var fact : facts) {
      if (text.startsWith(fact, at)) {
        say(at, fact.length(), PATTERN + log2(facts.size()) + place);
      }
    }
  }

  /// 20261120, 20112026, 11202026, 261120, 201126, and the year in front of other digits.
  private void dates(int at) {
    date(at, 8, "yyyymmdd");
    date(at, 8, "ddmmyyyy");
    date(at, 8, "mmddyyyy");
    date(at, 6, "yymmdd");
    date(at, 6, "ddmmyy");
    var year = number(at, 4);
    var front = at == 0 || !digit(text.charAt(at - 1));
    if (front && (year == day.getYear() || year == day.getYear() - 1)) {
      say(at, 4, PATTERN + log2(2));
    }
  }

  private void date(int at, int characters, String form) {
    if (number(at, characters) < 0) {
      return;
    }
    var whole = form.contains("yyyy");
    var year = number(at + form.indexOf('y'), whole ? 4 : 2);
    var century = whole ? 0 : year > day.getYear() % 100 ? 1900 : 2000;
    var month = number(at + form.indexOf('m'), 2);
    var dayOfMonth = number(at + form.indexOf('d'), 2);
    if (month < 1
        || month > 12
        || dayOfMonth < 1
        || dayOfMonth > YearMonth.of(century + year, month).lengthOfMonth()) {
      return;
    }
    var date = LocalDate.of(century + year, month, dayOfMonth);
    var away = Math.abs(ChronoUnit.DAYS.between(date, day));
    var days = away <= 7 ? 15 : away <= 400 ? 801 : 73_049; // near, about a year, two centuries
    if (days < 73_049 || (date.getYear() >= 1900 && date.getYear() < 2100)) {
      var edge = at == 0 || at + characters == text.length();
      say(at, characters, PATTERN + log2(5 * days) + (edge ? 1 : place));
    }
  }

  /// RADIOLOGY, and R4D10L0GY.
  private void words(int at) {
    var longest = Math.min(LONGEST_WORD, text.length() - at);
    for (var characters = SHORTEST_WORD; characters <= longest; characters++) {
      var part = text.substring(at, at + characters);
      if (words.contains(part)) {
        say(at, characters, PATTERN + log2(words.size()));
      } else if (3 * part.chars().filter(Character::isLetter).count() >= characters
          && words.contains(asWritten(part))) {
        say(at, characters, PATTERN + log2(words.size()) + LEET);
      }
    }
  }

  private static String asWritten(String part) {
    return part.replace('4', 'A')
        .replace('3', 'E')
        .replace('5', 'S')
        .replace('7', 'T')
        .replace('8', 'B');
  }

  /// As many of these characters as it takes, from the fewest that are a pattern.
  private void say(int at, int characters, int fewest, double cost) {
    for (var some = fewest; some <= characters; some++) {
      say(at, some, cost);
    }
  }

  private int same(String source, int from, int at) {
    var same = 0;
    while (from + same < source.length()
        && at + same < text.length()
        && source.charAt(from + same) == text.charAt(at + same)) {
      same++;
    }
    return same;
  }

  /// -1 where these are not all digits.
  private int number(int at, int characters) {
    if (at + characters > text.length()) {
      return -1;
    }
    var part = text.substring(at, at + characters);
    return part.chars().allMatch(Character::isDigit) ? Integer.parseInt(part) : -1;
  }

  private static double plain(char character) {
    return digit(character) ? DIGIT : LETTER;
  }

  private static boolean digit(char character) {
    return Character.isDigit(character);
  }

  private static String backwards(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
