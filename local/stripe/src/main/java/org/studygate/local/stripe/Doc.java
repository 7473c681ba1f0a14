package org.studygate.local.stripe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.studygate.json.Json;

/// One of Stripe's objects as its JSON, never changed: `with` gives another. So an event keeps the
/// object as it was.
record Doc(Map<String, @Nullable Object> fields) {
  private static final JsonFactory JSON = new JsonFactory();

  Doc {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /// Names and values by turns.
  static Doc of(@Nullable Object... namesAndValues) {
    return new Doc(Map.of()).with(namesAndValues);
  }

  Doc with(@Nullable Object... namesAndValues) {
    var changed = new LinkedHashMap<String, @Nullable Object>(fields);
    for (var i = 0; i < namesAndValues.length; i += 2) {
      var value = namesAndValues[i + 1];
      changed.put(String.valueOf(namesAndValues[i]), value instanceof Doc doc ? doc.fields : value);
    }
    return new Doc(changed);
  }

  /// With all of the other's fields.
  Doc with(Doc other) {
    var changed = new LinkedHashMap<String, @Nullable Object>(fields);
    changed.putAll(other.fields);
    return new Doc(changed);
  }

  /// What must be there, `null` though it may be.
  @Nullable Object given(String name) {
    if (!fields.containsKey(name)) {
      throw new IllegalStateException("nothing is given under " + name);
    }
    return fields.get(name);
  }

  String id() {
    return text("id");
  }

  /// What kind of object it is.
  String object() {
    return text("object");
  }

  /// Empty where there is none.
  String text(String name) {
    return find(name).orElse("");
  }

  Optional<String> find(String name) {
    return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  long number(String name) {
    return fields.get(name) instanceof Number number ? number.longValue() : 0;
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  boolean is(String name, String value) {
    return value.equals(fields.get(name));
  }

  Doc doc(String name) {
    return fields.get(name) instanceof Map<?, ?> map ? copied(map) : new Doc(Map.of());
  }

  List<String> texts(String name) {
    return fields.get(name) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static Doc copied(Map<?, ?> map) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((name, value) -> fields.put(String.valueOf(name), value));
    return new Doc(fields);
  }

  String text() {
    return Json.text(fields);
  }

  byte[] json() {
    return Json.bytes(fields);
  }

  static Doc parse(byte[] json) throws IOException {
    try (var parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("an object was expected");
      }
      return new Doc(object(parser));
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        var items = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("this is not well-formed JSON");
    };
  }
}
