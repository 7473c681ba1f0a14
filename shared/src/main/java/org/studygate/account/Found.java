package org.studygate.account;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How somebody is looked for: by the beginning of a name, by a physician number, by a mobile, each
/// in the one way in which it is written down.
public final class Found {
  /// In which partition of the index `ByFound` physician numbers are.
  public static final String NUMBER = "number";

  public static final String MOBILE = "mobile";
  private static final String NAME = "name#";
  private static final int MOST_WORDS = 8;

  private Found() {}

  /// In which partition names are that begin like this one.
  public static String name(String name) {
    var key = Account.Name.key(name);
    return NAME + key.substring(0, key.isEmpty() ? 0 : key.offsetByCodePoints(0, 1));
  }

  /// A physician number however it is written.
  public static String number(String written) {
    return written.replaceAll("[^\\p{L}\\p{N}]", "").toUpperCase(Locale.ROOT);
  }

  /// A mobile likewise, with its country.
  public static String mobile(String written) {
    return written.replaceAll("[^+0-9]", "");
  }

  /// Whether every word that was typed is the beginning of a word of this name, or of a part of it
  /// written in one.
  ///
  /// @param parts of the name, as a family name and a given one
  public static boolean begins(String typed, String... parts) {
    var words = Stream.concat(words(parts), inOne(parts)).toList();
    return words(typed).allMatch(part -> words.stream().anyMatch(word -> word.startsWith(part)));
  }

  /// `van damme dirk`, `damme dirk van`, `dirk van damme`: however somebody begins; and `vandamme`
  /// or `oneill` with all the words behind it, as they who do not know the name write it.
  static List<String> turned(String... parts) {
    var words = words(parts).toList();
    var inOne = inOne(parts).toList();
    var all = new LinkedHashSet<>(turned(words));
    if (!inOne.equals(words)) {
      turned(inOne).forEach(one -> all.add(one + ' ' + String.join(" ", words)));
    }
    return List.copyOf(all);
  }

  private static List<String> turned(List<String> words) {
    return IntStream.range(0, Math.min(words.size(), MOST_WORDS))
        .mapToObj(
            from ->
                Stream.of(words.subList(from, words.size()), words.subList(0, from))
                    .flatMap(List::stream)
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static Stream<String> words(String... parts) {
    return Stream.of(Account.Name.key(String.join(" ", parts)).split(" "))
        .filter(word -> !word.isEmpty());
  }

  private static Stream<String> inOne(String... parts) {
    return Stream.of(parts)
        .map(part -> Account.Name.key(part).replace(" ", ""))
        .filter(word -> !word.isEmpty());
  }
}
