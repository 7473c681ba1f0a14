package org.studygate.local.stripe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Parameters read strictly: what nobody asked for is refused by `done`, as Stripe does.
final class Parameters {
  private static final int TEXT = 5_000;
  private static final int METADATA_KEYS = 50;
  private static final int METADATA_KEY = 40;
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
    return text(name, TEXT);
  }

  Optional<String> text(String name, int longest) {
    read.add(name);
    var value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text)) {
      throw Refusal.invalid("Invalid string: a hash was given", at(name));
    }
    if (text.isEmpty()) {
      throw Refusal.bad(
          "parameter_invalid_empty",
          "You passed an empty string for '" + at(name) + "'.",
          at(name));
    }
    if (text.length() > longest) {
      throw Refusal.invalid("Invalid string: must be at most " + longest + " characters", at(name));
    }
    return Optional.of(text);
  }

  String required(String name) {
    return text(name).orElseThrow(() -> Refusal.missing(at(name)));
  }

  Optional<Long> whole(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Long.parseLong(text);
              } catch (NumberFormatException malformed) {
                throw Refusal.bad("parameter_invalid_integer", "Invalid integer", at(name));
              }
            });
  }

  Optional<Boolean> flag(String name) {
    return oneOf(name, List.of("true", "false")).map("true"::equals);
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
    return map(name).map(map -> added(new Parameters(at(name), map)));
  }

  private Optional<Map<?, ?>> map(String name) {
    read.add(name);
    var value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw Refusal.invalid("Invalid object", at(name));
    }
    return Optional.of(map);
  }

  List<Parameters> objects(String name) {
    var objects = new ArrayList<Parameters>();
    items(name)
        .forEach(
            (index, item) -> {
              var at = at(name) + "[" + index + "]";
              if (!(item instanceof Map<?, ?> map)) {
                throw Refusal.invalid("Invalid object", at);
              }
              objects.add(added(new Parameters(at, map)));
            });
    return objects;
  }

  List<String> texts(String name) {
    var texts = new ArrayList<String>();
    items(name)
        .forEach(
            (index, item) -> {
              if (!(item instanceof String text)) {
                throw Refusal.invalid("Invalid string", at(name) + "[" + index + "]");
              }
              texts.add(text);
            });
    return texts;
  }

  List<String> manyOf(String name, Collection<String> known) {
    var texts = texts(name);
    for (var i = 0; i < texts.size(); i++) {
      member(texts.get(i), known, at(name) + "[" + i + "]");
    }
    return texts;
  }

  private Map<Integer, Object> items(String name) {
    var items = new TreeMap<Integer, Object>();
    map(name)
        .orElse(Map.of())
        .forEach(
            (key, value) -> {
              try {
                items.put(Integer.parseInt(String.valueOf(key)), value);
              } catch (NumberFormatException notAnIndex) {
                throw Refusal.invalid("Invalid array", at(name));
              }
            });
    return items;
  }

  Map<String, String> metadata() {
    var metadata = new LinkedHashMap<String, String>();
    var given = map("metadata").orElse(Map.of());
    if (given.size() > METADATA_KEYS) {
      throw Refusal.invalid("Metadata can hold up to 50 keys", at("metadata"));
    }
    given.forEach(
        (key, value) -> {
          var name = String.valueOf(key);
          var at = at("metadata") + "[" + name + "]";
          if (!(value instanceof String text)) {
            throw Refusal.invalid("Invalid string", at);
          }
          if (name.length() > METADATA_KEY || text.length() > METADATA_VALUE) {
            throw Refusal.invalid(
                "Metadata keys must be at most 40 characters and values at most 500", at);
          }
          if (!text.isEmpty()) { // an empty value unsets a key
            metadata.put(name, text);
          }
        });
    return metadata;
  }

  private Parameters added(Parameters parameters) {
    inner.add(parameters);
    return parameters;
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
