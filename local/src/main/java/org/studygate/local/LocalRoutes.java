package org.studygate.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.local.stripe.StripeStandIn;

/// `/local/…`: what only this machine has. Pages of other sites get nothing of it.
final class LocalRoutes {
  private static final int LARGEST = 4096;

  private final Stack stack;

  LocalRoutes(Stack stack) {
    this.stack = stack;
  }

  void serve(HttpExchange exchange) throws IOException {
    try {
      if (!ours(exchange)) {
        Replies.json(exchange, 403, Map.of("message", "This is for this machine alone."));
        return;
      }
      route(exchange);
    } catch (BadJson | DateTimeException malformed) {
      Replies.json(exchange, 400, Map.of("message", String.valueOf(malformed.getMessage())));
    } catch (Exception failure) {
      Replies.json(exchange, 500, Map.of("message", String.valueOf(failure.getMessage())));
    }
  }

  /// A name that another site has pointed at this machine is not ours, nor is a call of its page.
  private static boolean ours(HttpExchange exchange) {
    var host = String.valueOf(exchange.getRequestHeaders().getFirst("host"));
    var site = exchange.getRequestHeaders().getFirst("sec-fetch-site");
    var type = exchange.getRequestHeaders().getFirst("content-type");
    var post = exchange.getRequestMethod().equals("POST");
    return (host.startsWith("127.0.0.1:") || host.startsWith("localhost:"))
        && (site == null || !site.equals("cross-site"))
        && (!post || type == null || type.startsWith("application/json"));
  }

  private void route(HttpExchange exchange) throws Exception {
    var path = exchange.getRequestURI().getPath();
    switch (exchange.getRequestMethod() + " " + path) {
      case "GET /local", "GET /local/" -> page(exchange, "start.html");
      case "GET /local/inbox" -> page(exchange, "inbox.html");
      case "GET /local/letter" -> page(exchange, "letter.html");
      case "GET /local/health" -> {
        var up = stack.ready();
        Replies.json(exchange, up ? 200 : 503, Map.of("status", up ? "up" : "starting"));
      }
      case "GET /local/config.json" -> Replies.json(exchange, 200, config());
      case "GET /local/inbox.json" -> Replies.json(exchange, 200, stack.mailbox().all());
      case "GET /local/queues.json" -> Replies.json(exchange, 200, stack.standing());
      case "GET /local/clock" -> Replies.json(exchange, 200, now());
      case "POST /local/clock" -> {
        var json = body(exchange);
        stack.clock().advance(Duration.parse(json.string("advance")));
        json.done();
        stack.stripe().ifPresent(StripeStandIn::tick);
        stack.schedules().run();
        Replies.json(exchange, 200, now());
      }
      case "GET /local/country" -> Replies.json(exchange, 200, country());
      case "POST /local/country" -> {
        var json = body(exchange);
        stack.pretend(json.optionalText("country", 2).filter(code -> code.matches("[A-Z]{2}")));
        json.done();
        Replies.json(exchange, 200, country());
      }
      case "POST /local/reset" -> {
        var demo = body(exchange).bool("demo", true);
        stack.reset(demo);
        Replies.json(exchange, 200, Map.of("demo", demo));
      }
      default -> asset(exchange, path);
    }
  }

  private Map<String, Object> now() {
    return Map.of("now", stack.clock().instant());
  }

  private Map<String, Object> country() {
    return Map.of("country", stack.country(), "abroad", stack.settings().abroad().toString());
  }

  private static JsonObject body(HttpExchange exchange) throws IOException {
    var bytes = exchange.getRequestBody().readNBytes(LARGEST);
    return JsonObject.parse(bytes.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : bytes);
  }

  private Map<String, Object> config() {
    var settings = stack.settings();
    var s3 = new LinkedHashMap<String, Object>();
    s3.put("endpoint", settings.s3().toString());
    s3.put("region", Names.REGION);
    s3.put("inbox", Names.bucket("InboxBucket"));
    s3.put("receipts", Names.bucket(Stack.RECEIPTS));
    var all = new LinkedHashMap<String, Object>();
    all.put("gateway", settings.origin().toString());
    all.put("s3", s3);
    all.put("stripe", stripe());
    all.put("departments", stack.demo().credentialsOfDepartments());
    all.put("accounts", stack.cast().all());
    all.put("references", stack.demoLoaded() ? stack.demo().references() : List.of());
    return all;
  }

  /// Where somebody plays the bank: the stand-in, or Stripe's own page for its test mode.
  private Map<String, String> stripe() {
    return Map.of(
        "dashboard",
        stack
            .stripe()
            .map(standIn -> standIn.base() + "/")
            .orElse("https://dashboard.stripe.com/test/payments"));
  }

  private void page(HttpExchange exchange, String name) throws IOException {
    asset(exchange, "/local/" + name);
  }

  private void asset(HttpExchange exchange, String path) throws IOException {
    var root = stack.settings().root();
    var name = path.substring(Math.min(path.length(), "/local/".length()));
    var folder = root.resolve(name.equals("tokens.css") ? "web/styles" : "local/pages");
    var file = folder.resolve(name).normalize();
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      Replies.json(exchange, 404, Map.of("message", "There is nothing here."));
      return;
    }
    var type =
        name.endsWith(".html")
            ? "text/html; charset=utf-8"
            : name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
    exchange.getResponseHeaders().set("content-type", type);
    exchange.getResponseHeaders().set("cache-control", "no-cache");
    exchange
        .getResponseHeaders()
        .set(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
                + " data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'");
    Replies.send(exchange, 200, Files.readAllBytes(file));
  }
}
