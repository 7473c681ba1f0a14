package org.studygate.local.stripe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Parameters read strictly: what nobody asked for is refused by `done`, as Stripe does.
final class Parameters {
  private static final int METADATA_VALUE = 500;

  private final String path;
  private final Map<?, ?> fields;
  private final Set<String> read = new HashSet<>();
  private final List<Parameters> inner = new ArrayList<>();

  private Parameters(String path, Map<?, ?> fields) {
    this.path = path;
    this.fields = fields;
  }

  static Parameters parse(String encoded) {
    return new Parameters("", Form.parse(encoded));
  }

  Optional<String> text(String name) {
    read.add(name);
    var text = Optional.ofNullable(fields.get(name)).map(value -> string(value, at(name)));
    if (text.filter(String::isEmpty).isPresent()) {
      throw Refusal.bad("parameter_invalid_empty", "An empty string was given.", at(name));
    }
    return text;
  }

  private static String string(Object value, String at) {
    if (!(value instanceof String text)) {
      throw Refusal.invalid("Invalid string", at);
    }
    return text;
  }

  String required(String name) {
    return text(name).orElseThrow(() -> Refusal.missing(at(name)));
  }

  Optional<Long> whole(String name) {
    try {
      return text(name).map(Long::parseLong);
    } catch (NumberFormatException malformed) {
      throw Refusal.bad("parameter_invalid_integer", "Invalid integer", at(name));
    }
  }

  Optional<String> oneOf(String name, Collection<String> known) {
    return text(name).map(text -> member(text, known, at(name)));
  }

  private static String member(String text, Collection<String> known, String at) {
    if (!known.contains(text)) {
      throw Refusal.invalid("Invalid " + at + ": must be one of " + String.join(", ", known), at);
    }
    return text;
  }

  Optional<Parameters> object(String name) {
    return map(name)
        .map(
            map -> {
              var object = new Parameters(at(name), map);
              inner.add(object);
              return object;
            });
  }

  private Optional<Map<?, ?>> map(String name) {
    read.add(name);
    return Optional.ofNullable(fields.get(name)).map(value -> map(value, at(name)));
  }

  private static Map<?, ?> map(Object value, String at) {
    if (!(value instanceof Map<?, ?> map)) {
      throw Refusal.invalid("Invalid object", at);
    }
    return map;
  }

  /// Of a list; their numbers are not looked at.
  List<String> texts(String name) {
    return map(name).orElse(Map.of()).values().stream().map(v -> string(v, at(name))).toList();
  }

  List<String> manyOf(String name, Collection<String> known) {
    return texts(name).stream().map(text -> member(text, known, at(name))).toList();
  }

  Map<String, String> metadata() {
    var metadata = new LinkedHashMap<String, String>();
    map("metadata")
        .orElse(Map.of())
        .forEach(
            (key, value) -> {
              var at = at("metadata") + "[" + key + "]";
              var text = string(value, at);
              if (text.length() > METADATA_VALUE) {
                throw Refusal.invalid("Metadata values must be at most 500 characters", at);
              }
              metadata.put(String.valueOf(key), text);
            });
    return metadata;
  }

  /// Refuses every parameter that nobody asked for, here and inside.
  void done() {
    for (var name : fields.keySet()) {
      if (!read.contains(String.valueOf(name))) {
        throw Refusal.unknown(at(String.valueOf(name)));
      }
    }
    inner.forEach(Parameters::done);
  }

  String at(String name) {
    return path.isEmpty() ? name : path + "[" + name + "]";
  }
}
