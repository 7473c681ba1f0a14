package org.studygate.account;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// How somebody is looked for: by the beginning of a name, by a physician number, by a mobile, each
/// in the one way in which it is written down.
public final class Found {
  /// In which partition of the index `ByFound` physician numbers are.
  public static final String NUMBER = "number";

  public static final String MOBILE = "mobile";
  private static final String NAME = "name#";

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

  /// Whether every word that was typed is the beginning of a word of this name.
  public static boolean begins(String name, String typed) {
    var words = List.of(Account.Name.key(name).split(" "));
    return Stream.of(Account.Name.key(typed).split(" "))
        .allMatch(part -> words.stream().anyMatch(word -> word.startsWith(part)));
  }
}
