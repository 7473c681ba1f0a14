package org.studygate.studyview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// What the contract says of queries below `/api/studies` is this function's, letter by letter:
/// what is not written there is refused.
final class AskedTest {
  @Test
  void theContractTellsOfEveryParameterAndOfNoOther() throws IOException {
    Map<String, Object> contract =
        new Yaml().load(Files.readString(Path.of("../../docs/openapi.yaml")));
    var written = new TreeMap<String, String>();
    for (var path : map(contract.get("paths")).entrySet()) {
      for (var call : map(path.getValue()).entrySet()) {
        var route = call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        for (var one : list(map(call.getValue()).get("parameters"))) {
          var parameter = map(one);
          if ("query".equals(parameter.get("in")) && path.getKey().startsWith("/api/studies")) {
            var shape = map(parameter.get("schema")).get("pattern");
            written.put(route + "?" + parameter.get("name"), String.valueOf(shape));
          }
        }
      }
    }
    var taken = new TreeMap<String, String>();
    Asked.PARAMETERS.forEach(
        (route, parameters) ->
            parameters.forEach(
                one -> taken.put(route + "?" + one.name(), "^" + one.shape() + "$")));
    assertThat(written).hasSize(15).isEqualTo(taken);
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  @SuppressWarnings("unchecked") // the shape of the contract
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
