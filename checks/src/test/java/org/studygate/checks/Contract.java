package org.studygate.checks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/// `docs/openapi.yaml`.
record Contract(Map<String, Object> yaml) {
  static Contract read() throws IOException {
    return new Contract(
        new Yaml().load(Files.readString(Folders.ROOT.resolve("docs/openapi.yaml"))));
  }

  /// The status codes that a route (`GET /api/session`) may answer.
  Set<Integer> statuses(String route) {
    var method = route.substring(0, route.indexOf(' ')).toLowerCase(Locale.ROOT);
    var path = route.substring(route.indexOf(' ') + 1);
    var call = map(map(map(yaml.get("paths")).get(path)).get(method));
    return map(call.get("responses")).keySet().stream()
        .map(code -> Integer.valueOf(String.valueOf(code)))
        .collect(Collectors.toSet());
  }

  @SuppressWarnings("unchecked") // the shape of an OpenAPI document
  static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) requireNonNull(value);
  }
}
