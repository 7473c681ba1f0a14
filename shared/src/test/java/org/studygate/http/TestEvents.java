package org.studygate.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.studygate.platform.Tokens.Token;

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
    return copy(request, request.path(), request.rawQuery(), request.cookies(), body);
  }

  public static HttpRequest cookie(HttpRequest request, Token token) {
    var cookies = List.of("__Host-session=" + token.secret());
    return copy(request, request.path(), request.rawQuery(), cookies, request.body());
  }

  public static HttpRequest path(HttpRequest request, String path) {
    return path(request, path, "");
  }

  public static HttpRequest path(HttpRequest request, String path, String query) {
    return copy(request, path, query, request.cookies(), request.body());
  }

  /// The cookie that an answer sets.
  public static Token cookie(HttpResponse answer) {
    var cookie = answer.cookies().getFirst();
    return new Token(cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
  }

  private static HttpRequest copy(
      HttpRequest request, String path, String query, List<String> cookies, String body) {
    return new HttpRequest(
        request.method(),
        path,
        query,
        request.headers(),
        cookies,
        Map.of(),
        request.sourceAddress(),
        request.requestId(),
        body);
  }
}
