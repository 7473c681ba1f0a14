package org.studygate.department;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.studygate.json.BadJson;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// A department's description, field by field: `policy.report`, `contact.phone`,
/// `statements.privacy.nl`. What is not said is no field; a list is one.
public final class Fields {
  private final SortedMap<String, Object> values;

  private Fields(SortedMap<String, Object> values) {
    this.values = values;
  }

  public static Fields of(String json) {
    return of(JsonObject.parse(json.getBytes(UTF_8)));
  }

  public static Fields of(JsonObject json) {
    return new Fields(new TreeMap<>(json.leaves()));
  }

  public boolean has(String field) {
    return values.containsKey(field);
  }

  public boolean any(String beginning) {
    return values.keySet().stream().anyMatch(field -> field.startsWith(beginning));
  }

  public Optional<Object> value(String field) {
    return Optional.ofNullable(values.get(field));
  }

  /// The same with some fields as another has them, or has them not.
  public Fields taking(Fields other, Predicate<String> which) {
    var all = new TreeMap<>(values);
    all.keySet().removeIf(which);
    other.values.entrySet().stream()
        .filter(field -> which.test(field.getKey()))
        .forEach(field -> all.put(field.getKey(), field.getValue()));
    return new Fields(all);
  }

  /// In which this and another differ, in order.
  public SortedSet<String> against(Fields other) {
    var differ = new TreeSet<String>();
    values.forEach(
        (field, value) -> {
          if (!value.equals(other.values.get(field))) {
            differ.add(field);
          }
        });
    other.values.keySet().stream().filter(field -> !has(field)).forEach(differ::add);
    return differ;
  }

  /// The description as JSON again.
  public String json() {
    var all = new LinkedHashMap<String, Object>();
    values.forEach((field, value) -> put(all, field, value));
    return Json.text(all);
  }

  @SuppressWarnings("unchecked") // objects within are made here
  private static void put(Map<String, Object> within, String field, Object value) {
    var dot = field.indexOf('.');
    if (dot < 0) {
      within.put(field, value);
      return;
    }
    var inner =
        within.computeIfAbsent(field.substring(0, dot), _ -> new LinkedHashMap<String, Object>());
    if (!(inner instanceof Map<?, ?>)) {
      throw new BadJson("a field is a value and an object");
    }
    put((Map<String, Object>) inner, field.substring(dot + 1), value);
  }
}
