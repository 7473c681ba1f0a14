package org.studygate.studyview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// No other function takes a parameter in a query, so the contract's are this one's, letter by
/// letter: what is not written there is refused.
final class AskedTest {
  @Test
  @SuppressWarnings("unchecked") // the shape of the contract
  void theContractTellsOfEveryParameterAndOfNoOther() throws IOException {
    Map<String, Object> contract =
        new Yaml().load(Files.readString(Path.of("../../docs/openapi.yaml")));
    var written = new TreeMap<String, Object>();
    ((Map<String, Map<String, Map<String, Object>>>) contract.get("paths"))
        .forEach(
            (path, calls) ->
                calls.values().stream()
                    .map(
                        call ->
                            (List<Map<String, Object>>) call.getOrDefault("parameters", List.of()))
                    .flatMap(List::stream)
                    .filter(parameter -> "query".equals(parameter.get("in")))
                    .forEach(
                        parameter ->
                            written.put(
                                path + "?" + parameter.get("name"),
                                ((Map<String, Object>) parameter.get("schema")).get("pattern"))));
    var taken = new TreeMap<String, Object>();
    Asked.PARAMETERS.forEach(
        (path, parameters) ->
            parameters.forEach(one -> taken.put(path + "?" + one.name(), "^" + one.shape() + "$")));
    assertThat(written).hasSize(4).isEqualTo(taken);
  }
}
