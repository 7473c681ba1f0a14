package org.studygate.i18n;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.studygate.json.JsonObject;

/// The sentences of one room (`notice`, …) in one language: `/org/studygate/i18n/nl/notice.json`.
/// A language is a folder; which there are is written nowhere else, for the server or the pages.
/// A sentence that counts has a form for each of the language's plural categories; its hole `n`
/// chooses.
public final class Catalogue {
  private static final String FOLDERS = "/org/studygate/i18n/";
  private static final Pattern CODE = Pattern.compile("[a-z]{2,3}");
  private static final String FALLBACK = "en";
  private static final String ONLY = "other";
  private static final String COUNTED = "n";

  private final String language;
  private final Map<String, Map<String, String>> sentences;

  private Catalogue(String language, Map<String, Map<String, String>> sentences) {
    this.language = language;
    this.sentences = Map.copyOf(sentences);
  }

  /// Whether pages and messages speak a language.
  public static boolean speaks(String language) {
    return CODE.matcher(language).matches()
        && Catalogue.class.getResource(FOLDERS + language + "/language.json") != null;
  }

  /// The languages that there are, by their codes.
  public static List<String> languages() {
    return Stream.of(Locale.getISOLanguages()).filter(Catalogue::speaks).toList();
  }

  /// `nl-BE` is read as `nl`, all Norwegian as `nb`; an unknown language is English.
  public static Catalogue of(String room, String tag) {
    var own = Locale.forLanguageTag(tag).getLanguage();
    var language = own.equals("no") || own.equals("nn") ? "nb" : own;
    var known = speaks(language) ? language : FALLBACK;
    var path = FOLDERS + known + "/" + room + ".json";
    try (var in = Catalogue.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no catalogue " + room);
      }
      var json = JsonObject.parse(in.readAllBytes());
      var sentences = new LinkedHashMap<String, Map<String, String>>();
      for (var key : json.names()) {
        sentences.put(key, forms(json, key));
      }
      return new Catalogue(known, sentences);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Map<String, String> forms(JsonObject json, String key) {
    if (!json.isObject(key)) {
      return Map.of(ONLY, json.string(key));
    }
    var forms = new LinkedHashMap<String, String>();
    var counted = json.object(key);
    for (var category : counted.names()) {
      forms.put(category, counted.string(category));
    }
    return Map.copyOf(forms);
  }

  public String language() {
    return language;
  }

  public Set<String> keys() {
    return sentences.keySet();
  }

  /// A sentence with its holes filled; what stands in them is put in as it is.
  public String text(String key, Map<String, String> holes) {
    var forms =
        Optional.ofNullable(sentences.get(key))
            .orElseThrow(() -> new IllegalArgumentException("no sentence " + key));
    var n = Long.parseLong(holes.getOrDefault(COUNTED, "0"));
    var text =
        Optional.ofNullable(forms.get(Plurals.category(language, n)))
            .orElseGet(() -> Objects.requireNonNull(forms.get(ONLY)));
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
