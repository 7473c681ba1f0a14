package org.studygate.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.studygate.json.Json;

/// Answers over HTTP.
final class Replies {
  private Replies() {}

  static void json(HttpExchange exchange, int status, @Nullable Object body) throws IOException {
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.getResponseHeaders().set("cache-control", "no-store");
    send(exchange, status, Json.bytes(body));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    var none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : body.length);
    if (!none) {
      try (var out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
    exchange.close();
  }
}
