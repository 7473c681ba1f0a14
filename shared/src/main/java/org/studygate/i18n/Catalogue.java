package org.studygate.i18n;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.json.JsonObject;

/// The sentences of one room (`notice`, …) in one language: `/org/studygate/i18n/nl/notice.json`.
public final class Catalogue {
  public static final List<String> LANGUAGES = List.of("nl", "fr", "de", "en", "es", "nb", "sl");
  private static final String FALLBACK = "en";

  private final String language;
  private final Map<String, String> sentences;

  private Catalogue(String language, Map<String, String> sentences) {
    this.language = language;
    this.sentences = Map.copyOf(sentences);
  }

  /// `nl-BE` is read as `nl`, all Norwegian as `nb`; an unknown language is English.
  public static Catalogue of(String room, String tag) {
    var own = Locale.forLanguageTag(tag).getLanguage();
    var language = own.equals("no") || own.equals("nn") ? "nb" : own;
    var known = LANGUAGES.contains(language) ? language : FALLBACK;
    var path = "/org/studygate/i18n/" + known + "/" + room + ".json";
    try (var in = Catalogue.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no catalogue " + room);
      }
      var json = JsonObject.parse(in.readAllBytes());
      var sentences = new LinkedHashMap<String, String>();
      for (var key : json.names()) {
        sentences.put(key, json.string(key));
      }
      return new Catalogue(known, sentences);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public String language() {
    return language;
  }

  public Set<String> keys() {
    return sentences.keySet();
  }

  /// A sentence with its holes filled; what stands in them is put in as it is.
  public String text(String key, Map<String, String> holes) {
    var text =
        Optional.ofNullable(sentences.get(key))
            .orElseThrow(() -> new IllegalArgumentException("no sentence " + key));
    var filled = new StringBuilder();
    var at = 0;
    for (var open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      var close = text.indexOf('}', open);
      var hole = text.substring(open + 1, close);
      filled.append(text, at, open).append(holes.getOrDefault(hole, ""));
      at = close + 1;
    }
    return filled.append(text.substring(at)).toString();
  }
}
