package org.studygate.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.studygate.local.Template.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.studygate.local.Gateway.Route;
import org.yaml.snakeyaml.Yaml;

/// The local gateway leads where AWS's does: `docs/routes.json` is what AWS's own translator makes
/// of the template.
final class GatewayTest {
  private final List<Route> routes;

  GatewayTest() throws IOException {
    routes = Gateway.routes(Template.read(Path.of("../template.yaml")));
  }

  @Test
  void itsRoutesAreThoseThatAwsServes() throws IOException {
    List<Map<String, String>> served =
        new Yaml().load(Files.readString(Path.of("../docs/routes.json")));
    assertThat(routes)
        .extracting(Route::function, Route::key)
        .containsExactlyInAnyOrderElementsOf(
            served.stream()
                .map(
                    route ->
                        tuple(route.get("function"), route.get("method") + " " + route.get("path")))
                .toList());
  }

  /// What the tests of the functions are handed is what a gateway would hand over.
  @Test
  void theEventsOfTheTestsHaveTheRouteAndTheParametersOfTheirAddress() throws IOException {
    var seen = new ArrayList<String>();
    for (var file : events()) {
      Map<String, Object> event = new Yaml().load(Files.readString(file));
      var key = String.valueOf(event.get("routeKey"));
      var http = map(map(event.get("requestContext")).get("http"));
      assertThat(map(event.get("requestContext")).get("routeKey")).as("%s", file).isEqualTo(key);
      assertThat(http.get("path")).as("%s", file).isEqualTo(event.get("rawPath"));
      var route = routes.stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
      assertThat(route.match(String.valueOf(http.get("method")), String.valueOf(http.get("path"))))
          .as("%s", file)
          .isEqualTo(Optional.of(map(event.get("pathParameters"))));
      seen.add(key);
    }
    assertThat(seen)
        .as("every route has an event")
        .containsAll(routes.stream().map(Route::key).toList());
  }

  @Test
  void aParameterIsDecodedAfterItsRouteIsFound() {
    var route = new Route("StudyViewFunction", "GET", "/api/studies/{id}");
    assertThat(route.match("GET", "/api/studies/a%2Fb%20+")).contains(Map.of("id", "a/b +"));
    assertThat(route.match("GET", "/api/studies/a/b")).isEmpty();
    assertThat(route.match("POST", "/api/studies/a")).isEmpty();
  }

  private static List<Path> events() throws IOException {
    try (var files = Files.walk(Path.of("../events"))) {
      var found = new ArrayList<Path>();
      for (var file : files.filter(one -> one.toString().endsWith(".json")).toList()) {
        if (Files.readString(file).contains("\"routeKey\"")) {
          found.add(file);
        }
      }
      return found;
    }
  }
}
