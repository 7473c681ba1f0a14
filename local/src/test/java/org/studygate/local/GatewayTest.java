package org.studygate.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.studygate.json.JsonObject;
import org.studygate.local.Gateway.Route;
import org.studygate.local.template.Template;
import org.yaml.snakeyaml.Yaml;

/// The local gateway leads where AWS's does: `docs/routes.json` is what AWS's own translator makes
/// of the template.
final class GatewayTest {
  private final List<Route> routes;

  GatewayTest() {
    routes = Gateway.routes(Template.ofProject());
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
      var event = JsonObject.parse(Files.readAllBytes(file));
      var key = event.string("routeKey");
      var context = event.object("requestContext");
      var http = context.object("http");
      assertThat(context.string("routeKey")).as("%s", file).isEqualTo(key);
      assertThat(http.string("path")).as("%s", file).isEqualTo(event.string("rawPath"));
      var route = routes.stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
      assertThat(route.match(http.string("method"), http.string("path")))
          .as("%s", file)
          .contains(parameters(event));
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

  private static Map<String, String> parameters(JsonObject event) {
    var parameters = new HashMap<String, String>();
    event
        .optionalObject("pathParameters")
        .ifPresent(all -> all.names().forEach(name -> parameters.put(name, all.string(name))));
    return parameters;
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
