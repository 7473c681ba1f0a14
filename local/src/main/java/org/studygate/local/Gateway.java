package org.studygate.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.local.template.Template;

/// The HTTP API of the template, as API Gateway and CloudFront together play it: payload format
/// 2.0, lower-case headers, cookies apart, path and its parameters decoded, the origin header put
/// on and a spoofed one taken off.
final class Gateway {
  private static final int LARGEST = 6 << 20;
  private static final String ORIGIN_HEADER = "x-studygate-origin";

  private final List<Route> routes;
  private final Lambda functions;
  private final Clock clock;
  private final String originSecret;
  private final Supplier<Optional<String>> country;

  /// `country` is where browsers are said to be; a call that names one itself is believed.
  Gateway(
      Template template,
      Lambda functions,
      Clock clock,
      String originSecret,
      Supplier<Optional<String>> country) {
    this.routes = routes(template);
    this.functions = functions;
    this.clock = clock;
    this.originSecret = originSecret;
    this.country = country;
  }

  record Route(String function, String method, String path) {
    private static final String GREEDY = "+}";

    /// As API Gateway calls it, and as handlers know it.
    String key() {
      return method + " " + path;
    }

    /// The path parameters, if this route is meant.
    Optional<Map<String, String>> match(String calledMethod, String calledPath) {
      if (!method.equals("ANY") && !method.equals(calledMethod)) {
        return Optional.empty();
      }
      var parts = path.split("/", -1);
      var called =
          Stream.of(calledPath.split("/", -1)).map(Gateway::decoded).toArray(String[]::new);
      var parameters = new LinkedHashMap<String, String>();
      for (var i = 0; i < parts.length; i++) {
        if (parts[i].endsWith(GREEDY)) {
          var rest = List.of(called).subList(Math.min(i, called.length), called.length);
          parameters.put(parts[i].substring(1, parts[i].length() - 2), String.join("/", rest));
          return Optional.of(parameters);
        }
        if (i >= called.length) {
          return Optional.empty();
        }
        if (parts[i].startsWith("{")) {
          parameters.put(parts[i].substring(1, parts[i].length() - 1), called[i]);
        } else if (!parts[i].equals(called[i])) {
          return Optional.empty();
        }
      }
      return parts.length == called.length ? Optional.of(parameters) : Optional.empty();
    }
  }

  static List<Route> routes(Template template) {
    var routes = new ArrayList<Route>();
    for (var function : template.functions()) {
      for (var event : function.events("HttpApi")) {
        var method = event.at("Method").text().toUpperCase(Locale.ROOT);
        routes.add(new Route(function.name(), method, event.at("Path").text()));
      }
    }
    return routes;
  }

  void serve(HttpExchange exchange) throws IOException {
    var method = exchange.getRequestMethod();
    var path = exchange.getRequestURI().getRawPath();
    for (var route : routes) {
      var parameters = route.match(method, path);
      if (parameters.isPresent()) {
        call(exchange, route, parameters.get());
        return;
      }
    }
    Replies.json(exchange, 404, Map.of("message", "Not Found"));
  }

  private void call(HttpExchange exchange, Route route, Map<String, String> parameters)
      throws IOException {
    var body = exchange.getRequestBody().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      Replies.json(exchange, 413, Map.of("message", "Request Entity Too Large"));
      return;
    }
    byte[] answer;
    try {
      answer = functions.call(route.function(), event(exchange, route, parameters, body));
    } catch (IOException | RuntimeException failure) {
      Replies.json(exchange, 500, Map.of("message", "Internal Server Error"));
      return;
    }
    reply(exchange, JsonObject.parse(answer));
  }

  private byte[] event(
      HttpExchange exchange, Route route, Map<String, String> parameters, byte[] body) {
    var headers = new TreeMap<String, String>();
    var cookies = new ArrayList<String>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              var lower = name.toLowerCase(Locale.ROOT);
              if (lower.equals("cookie")) {
                for (var value : values) {
                  cookies.addAll(List.of(value.split("; *")));
                }
              } else if (!lower.equals(ORIGIN_HEADER)) {
                headers.put(lower, String.join(",", values));
              }
            });
    var remote = exchange.getRemoteAddress();
    headers.put(ORIGIN_HEADER, originSecret);
    headers.put(
        "cloudfront-viewer-address", remote.getAddress().getHostAddress() + ":" + remote.getPort());
    country.get().ifPresent(code -> headers.putIfAbsent("cloudfront-viewer-country", code));
    var path = exchange.getRequestURI().getPath();
    var http = new LinkedHashMap<String, Object>();
    http.put("method", exchange.getRequestMethod());
    http.put("path", path);
    http.put("protocol", exchange.getProtocol());
    http.put("sourceIp", remote.getAddress().getHostAddress());
    http.put("userAgent", headers.getOrDefault("user-agent", ""));
    var context = new LinkedHashMap<String, Object>();
    context.put("accountId", Names.ACCOUNT);
    context.put("apiId", "local");
    context.put("domainName", headers.getOrDefault("host", ""));
    context.put("http", http);
    context.put("requestId", UUID.randomUUID().toString());
    context.put("routeKey", route.key());
    context.put("stage", "$default");
    context.put("timeEpoch", clock.millis());
    var event = new LinkedHashMap<String, Object>();
    event.put("version", "2.0");
    event.put("routeKey", route.key());
    event.put("rawPath", path);
    var query = exchange.getRequestURI().getRawQuery();
    event.put("rawQueryString", query == null ? "" : query);
    if (!cookies.isEmpty()) {
      event.put("cookies", cookies);
    }
    event.put("headers", headers);
    event.put("requestContext", context);
    if (!parameters.isEmpty()) {
      event.put("pathParameters", parameters);
    }
    if (body.length > 0) {
      var text = isText(headers.getOrDefault("content-type", ""));
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
      event.put("isBase64Encoded", !text);
    } else {
      event.put("isBase64Encoded", false);
    }
    return Json.bytes(event);
  }

  private static String decoded(String step) {
    return URI.create("/" + step).getPath().substring(1);
  }

  private static boolean isText(String type) {
    return type.startsWith("text/") || type.contains("json") || type.contains("xml");
  }

  private static void reply(HttpExchange exchange, JsonObject answer) throws IOException {
    var headers = answer.object("headers");
    for (var name : headers.names()) {
      exchange.getResponseHeaders().set(name, headers.string(name));
    }
    if (answer.names().contains("cookies")) {
      for (var cookie : answer.strings("cookies")) {
        exchange.getResponseHeaders().add("set-cookie", cookie);
      }
    }
    var body = answer.string("body");
    var bytes =
        answer.bool("isBase64Encoded", false)
            ? Base64.getDecoder().decode(body)
            : body.getBytes(StandardCharsets.UTF_8);
    Replies.send(exchange, answer.optionalInt("statusCode").orElse(200), bytes);
  }
}
