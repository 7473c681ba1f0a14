package org.studygate.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.studygate.platform.TestFiles;
import org.studygate.platform.Tokens.Token;
import org.yaml.snakeyaml.Yaml;

/// Calls made of the payloads in `events/`, with another body, cookie or path.
public final class TestEvents {
  private TestEvents() {}

  public static HttpRequest read(String function, String name) {
    try (var in = Files.newInputStream(Path.of("../../events", function, name + ".json"))) {
      return HttpRequest.read(in);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static HttpRequest body(HttpRequest request, String body) {
    return copy(request, request.cookies(), body);
  }

  public static HttpRequest cookie(HttpRequest request, Token token) {
    return copy(request, List.of("__Host-session=" + token.secret()), request.body());
  }

  public static HttpRequest path(HttpRequest request, String path) {
    return path(request, path, "");
  }

  /// A call of another address, with the route and the parameters that the gateway finds for it.
  public static HttpRequest path(HttpRequest request, String path, String query) {
    var method = request.route().substring(0, request.route().indexOf(' ') + 1);
    for (var route : routes()) {
      var shape = Pattern.compile(route.replaceAll("\\{(\\w+)}", "(?<$1>[^/]+)"));
      var match = shape.matcher(method + path);
      if (match.matches()) {
        var parameters = new HashMap<String, String>();
        shape.namedGroups().keySet().forEach(name -> parameters.put(name, match.group(name)));
        return new HttpRequest(
            route,
            path,
            query,
            request.headers(),
            request.cookies(),
            parameters,
            request.sourceAddress(),
            request.requestId(),
            request.body());
      }
    }
    throw new IllegalArgumentException("no route leads to " + method + path);
  }

  private static List<String> routes() {
    try {
      List<Map<String, String>> routes =
          new Yaml().load(Files.readString(TestFiles.fromTheRoot("docs/routes.json")));
      return routes.stream().map(route -> route.get("method") + " " + route.get("path")).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static HttpRequest header(HttpRequest request, String name, String value) {
    var headers = new HashMap<>(request.headers());
    headers.put(name, value);
    return new HttpRequest(
        request.route(),
        request.path(),
        request.rawQuery(),
        headers,
        request.cookies(),
        request.pathParameters(),
        request.sourceAddress(),
        request.requestId(),
        request.body());
  }

  /// The cookie that an answer sets.
  public static Token cookie(HttpResponse answer) {
    var cookie = answer.cookies().getFirst();
    return new Token(cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
  }

  private static HttpRequest copy(HttpRequest request, List<String> cookies, String body) {
    return new HttpRequest(
        request.route(),
        request.path(),
        request.rawQuery(),
        request.headers(),
        cookies,
        request.pathParameters(),
        request.sourceAddress(),
        request.requestId(),
        body);
  }
}
