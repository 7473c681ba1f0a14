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
    var place = "#" + name;
    names.put(place, name);
    return place;
  }

  String value(AttributeValue value) {
    for (var there : values.entrySet()) {
      if (there.getValue().equals(value)) {
        return there.getKey();
      }
    }
    var place = ":v" + values.size();
    values.put(place, value);
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
