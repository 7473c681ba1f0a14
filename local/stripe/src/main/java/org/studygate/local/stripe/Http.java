package org.studygate.local.stripe;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Requests and answers, bounded.
final class Http {
  private static final int LARGEST = 256 << 10;

  private Http() {}

  static String body(HttpExchange exchange) throws IOException {
    var bytes = exchange.getRequestBody().readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw Refusal.tooLarge();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static String header(HttpExchange exchange, String name) {
    var value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  /// A name that another site has pointed at this machine is not ours, nor is a form of its page.
  static boolean ours(HttpExchange exchange) {
    var host = header(exchange, "host");
    var site = header(exchange, "sec-fetch-site");
    var reading = exchange.getRequestMethod().equals("GET");
    return (host.startsWith("127.0.0.1:") || host.startsWith("localhost:"))
        && (reading || site.isEmpty() || site.equals("same-origin") || site.equals("none"));
  }

  static void json(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.getResponseHeaders().set("cache-control", "no-cache, no-store");
    send(exchange, status, body);
  }

  static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("location", URI.create(to).toASCIIString());
    send(exchange, 303, new byte[0]);
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
