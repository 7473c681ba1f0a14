package org.studygate.checks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.studygate.checks.Contract.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.studygate.http.Problem;
import org.yaml.snakeyaml.Yaml;

/// `docs/openapi.yaml` says what the template routes, and knows every problem.
final class ContractTest {
  private static final Pattern REFERENCE = Pattern.compile("\\$ref: '#/([^']+)'");

  @Test
  void itsCallsAreTheTemplatesRoutes() throws IOException {
    var written = new TreeSet<String>();
    for (var path : map(Contract.read().yaml().get("paths")).entrySet()) {
      for (var method : map(path.getValue()).keySet()) {
        written.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    var routed = new TreeSet<String>();
    List<Map<String, Object>> routes =
        new Yaml().load(Files.readString(Path.of("../docs/routes.json")));
    for (var route : routes) {
      routed.add(route.get("method") + " " + route.get("path"));
    }
    assertThat(written).isEqualTo(routed);
  }

  @Test
  void itKnowsEveryProblem() throws IOException {
    var schemas = map(map(Contract.read().yaml().get("components")).get("schemas"));
    var code = map(map(map(schemas.get("Problem")).get("properties")).get("code"));
    assertThat((List<?>) requireNonNull(code.get("enum")))
        .isEqualTo(Arrays.stream(Problem.values()).map(Problem::code).toList());
  }

  @Test
  void everyReferenceLeadsSomewhere() throws IOException {
    var text = Files.readString(Path.of("../docs/openapi.yaml"));
    var contract = Contract.read().yaml();
    var found = 0;
    for (var match = REFERENCE.matcher(text); match.find(); found++) {
      Object at = contract;
      for (var step : match.group(1).split("/", -1)) {
        at = map(at).get(step);
      }
      assertThat(at).as(match.group()).isNotNull();
    }
    assertThat(found).isGreaterThan(50);
  }
}
