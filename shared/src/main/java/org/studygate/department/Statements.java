package org.studygate.department;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.studygate.i18n.Catalogue;

/// What a department has to say of privacy (GDPR 13), accessibility (EN 301 549), of itself, and
/// to professionals of using its images for a diagnosis, by kind and language: a text, or an
/// address of its website.
///
/// @param texts at least one language a kind; a kind that is not there is not shown
public record Statements(Map<String, Map<String, String>> texts) {
  private static final Set<String> KINDS =
      Set.of("privacy", "accessibility", "imprint", "diagnosis");
  private static final int LONGEST = 40_000;
  public static final Statements NONE = new Statements(Map.of());

  public Statements {
    var sorted = new TreeMap<String, Map<String, String>>();
    texts.forEach((kind, languages) -> sorted.put(kind, Map.copyOf(languages)));
    if (!KINDS.containsAll(sorted.keySet())) {
      throw new IllegalArgumentException(
          "statements are privacy, accessibility, imprint and diagnosis");
    }
    for (var languages : sorted.values()) {
      if (languages.isEmpty() || !languages.keySet().stream().allMatch(Catalogue::speaks)) {
        throw new IllegalArgumentException(
            "a statement has at least one of the languages that the pages speak, and no other");
      }
      if (!languages.values().stream().allMatch(Statements::sayable)) {
        throw new IllegalArgumentException("a statement is a text or an address of https://");
      }
    }
    var length =
        sorted.values().stream().flatMap(all -> all.values().stream()).mapToInt(String::length);
    if (length.sum() > LONGEST) {
      throw new IllegalArgumentException("statements are over " + LONGEST + " characters");
    }
    texts = Map.copyOf(sorted);
  }

  private static boolean sayable(String text) {
    return !text.isBlank() && !text.strip().startsWith("http://");
  }

  /// In an order of its own, so that the same is always written alike.
  Map<String, Map<String, String>> written() {
    var all = new LinkedHashMap<String, Map<String, String>>();
    new TreeMap<>(texts).forEach((kind, languages) -> all.put(kind, new TreeMap<>(languages)));
    return all;
  }
}
