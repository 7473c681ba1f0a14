package org.studygate.dynamo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The names and values of one request, each with the placeholder that stands for it.
final class Places {
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, AttributeValue> values = new LinkedHashMap<>();

  String name(String name) {
    return place(names, "#n", name);
  }

  String element(String list, int index) {
    return name(list) + "[" + index + "]";
  }

  String value(AttributeValue value) {
    return place(values, ":v", value);
  }

  /// The same thing has one placeholder, whatever letters it holds.
  private static <T> String place(Map<String, T> places, String prefix, T thing) {
    for (var there : places.entrySet()) {
      if (there.getValue().equals(thing)) {
        return there.getKey();
      }
    }
    var place = prefix + places.size();
    places.put(place, thing);
    return place;
  }

  /// DynamoDB refuses an empty map, so there is none then.
  @Nullable Map<String, String> names() {
    return names.isEmpty() ? null : Map.copyOf(names);
  }

  @Nullable Map<String, AttributeValue> values() {
    return values.isEmpty() ? null : Map.copyOf(values);
  }
}
