package org.studygate.local.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Stripe's description of its API, and what an answer has against it. Stricter than JSON Schema: a
/// field that the description does not know is a fault too.
final class OpenApi {
  /// The description is of 2025-09-30; these are of the version that stripe-java pins.
  private static final Set<String> NEWER = Set.of("checkout.session.ui_mode=hosted_page");

  private final JsonObject root;

  private OpenApi(JsonObject root) {
    this.root = root;
  }

  static OpenApi read(Path file) throws IOException {
    try (var reader = Files.newBufferedReader(file)) {
      return new OpenApi(JsonParser.parseReader(reader).getAsJsonObject());
    }
  }

  /// Empty when the answer is as described.
  List<String> faultsOfAnswer(String path, String method, String status, JsonElement answer) {
    var schema =
        root.getAsJsonObject("paths")
            .getAsJsonObject(path)
            .getAsJsonObject(method)
            .getAsJsonObject("responses")
            .getAsJsonObject(status)
            .getAsJsonObject("content")
            .getAsJsonObject("application/json")
            .getAsJsonObject("schema");
    return faults("answer", "", schema, answer);
  }

  List<String> faults(String name, JsonElement value) {
    return faults(name, name, schema(name), value);
  }

  private JsonObject schema(String name) {
    var schema =
        root.getAsJsonObject("components").getAsJsonObject("schemas").getAsJsonObject(name);
    return Objects.requireNonNull(schema, name);
  }

  private List<String> faults(String at, String name, JsonObject schema, JsonElement value) {
    if (schema.has("$ref")) {
      var ref = schema.get("$ref").getAsString();
      var inner = ref.substring(ref.lastIndexOf('/') + 1);
      return faults(at, inner, schema(inner), value);
    }
    if (value.isJsonNull()) {
      return schema.has("nullable") && schema.get("nullable").getAsBoolean()
          ? List.of()
          : List.of(at + " is null");
    }
    if (schema.has("anyOf")) {
      return anyOf(at, name, schema, value);
    }
    if (!schema.has("type")) {
      return List.of();
    }
    return switch (schema.get("type").getAsString()) {
      case "object" -> object(at, name, schema, value);
      case "array" -> array(at, name, schema, value);
      case "string" -> string(at, name, schema, value);
      case "boolean" ->
          kind(at, value, isPrimitive(value) && value.getAsJsonPrimitive().isBoolean());
      case "integer" ->
          kind(
              at,
              value,
              isPrimitive(value)
                  && value.getAsJsonPrimitive().isNumber()
                  && value.getAsString().matches("-?\\d+"));
      case "number" -> kind(at, value, isPrimitive(value) && value.getAsJsonPrimitive().isNumber());
      default -> List.of(at + ": unknown type in the description");
    };
  }

  private static boolean isPrimitive(JsonElement value) {
    return value.isJsonPrimitive();
  }

  private static List<String> kind(String at, JsonElement value, boolean right) {
    return right ? List.of() : List.of(at + " is of another type: " + value);
  }

  private List<String> anyOf(String at, String name, JsonObject schema, JsonElement value) {
    var all = new ArrayList<String>();
    for (var choice : schema.getAsJsonArray("anyOf")) {
      var faults = faults(at, name, choice.getAsJsonObject(), value);
      if (faults.isEmpty()) {
        return List.of();
      }
      all.addAll(faults);
    }
    return all;
  }

  private List<String> object(String at, String name, JsonObject schema, JsonElement value) {
    if (!value.isJsonObject()) {
      return List.of(at + " is not an object");
    }
    var faults = new ArrayList<String>();
    if (schema.has("required")) {
      for (var required : schema.getAsJsonArray("required")) {
        if (!value.getAsJsonObject().has(required.getAsString())) {
          faults.add(at + "." + required.getAsString() + " is missing");
        }
      }
    }
    var properties =
        schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
    var described = !properties.isEmpty();
    for (var entry : value.getAsJsonObject().entrySet()) {
      var inside = at + "." + entry.getKey();
      if (properties.has(entry.getKey())) {
        var inner = properties.getAsJsonObject(entry.getKey());
        faults.addAll(faults(inside, name + "." + entry.getKey(), inner, entry.getValue()));
      } else if (described) {
        faults.add(inside + " is not described");
      } else if (schema.has("additionalProperties")
          && schema.get("additionalProperties").isJsonObject()) {
        var inner = schema.getAsJsonObject("additionalProperties");
        faults.addAll(faults(inside, name, inner, entry.getValue()));
      }
    }
    return faults;
  }

  private List<String> array(String at, String name, JsonObject schema, JsonElement value) {
    if (!value.isJsonArray()) {
      return List.of(at + " is not an array");
    }
    var faults = new ArrayList<String>();
    for (var item : value.getAsJsonArray()) {
      faults.addAll(faults(at + "[]", name, schema.getAsJsonObject("items"), item));
    }
    return faults;
  }

  private static List<String> string(String at, String name, JsonObject schema, JsonElement value) {
    if (!isPrimitive(value) || !value.getAsJsonPrimitive().isString()) {
      return List.of(at + " is not a string");
    }
    var text = value.getAsString();
    if (schema.has("maxLength") && text.length() > schema.get("maxLength").getAsInt()) {
      return List.of(at + " is too long");
    }
    if (schema.has("enum") && !NEWER.contains(name + "=" + text)) {
      for (var known : schema.getAsJsonArray("enum")) {
        if (known.getAsString().equals(text)) {
          return List.of();
        }
      }
      return List.of(at + " is not one of those described: " + text);
    }
    return List.of();
  }
}
