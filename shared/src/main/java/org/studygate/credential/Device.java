package org.studygate.credential;

import java.util.List;

/// The words by which somebody knows an own browser again, out of what it says of itself: its
/// family and its system, no version and no number.
public final class Device {
  private static final String UNKNOWN = "Browser";

  /// Whoever stands first is meant: others name themselves after it, too.
  private static final List<Word> FAMILIES =
      List.of(
          new Word("Edg", "Edge"),
          new Word("OPR/", "Opera"),
          new Word("SamsungBrowser", "Samsung Internet"),
          new Word("Firefox", "Firefox"),
          new Word("FxiOS", "Firefox"),
          new Word("CriOS", "Chrome"),
          new Word("Chrome", "Chrome"),
          new Word("Safari", "Safari"));

  private static final List<Word> SYSTEMS =
      List.of(
          new Word("iPhone", "iPhone"),
          new Word("iPad", "iPad"),
          new Word("Android", "Android"),
          new Word("Windows", "Windows"),
          new Word("Mac OS X", "macOS"),
          new Word("CrOS", "ChromeOS"),
          new Word("Linux", "Linux"));

  private Device() {}

  private record Word(String sign, String told) {}

  /// `Firefox, Windows`
  public static String words(String userAgent) {
    var family = first(FAMILIES, userAgent, UNKNOWN);
    var system = first(SYSTEMS, userAgent, "");
    return system.isEmpty() ? family : family + ", " + system;
  }

  private static String first(List<Word> words, String userAgent, String otherwise) {
    return words.stream()
        .filter(word -> userAgent.contains(word.sign()))
        .map(Word::told)
        .findFirst()
        .orElse(otherwise);
  }
}
