package org.studygate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.studygate.local.runtime.IsolatedFunction;

/// Each zip as Lambda starts it: alone, under AWS's runtime interface client, with the variables
/// that the template gives it and no other, through the hooks of a SnapStart checkpoint, to the
/// answer of a real event. The stores are a stub that notes what it is asked.
final class StartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Map<String, String> EVENTS =
      Map.ofEntries(
          Map.entry("department-view", "list"),
          Map.entry("housekeeping", "minute"),
          Map.entry("message-ingest", "test-event"),
          Map.entry("notify", "removed"),
          Map.entry("otp-issue", "standing"),
          Map.entry("otp-verify", "verify"),
          Map.entry("reference-login", "login"),
          Map.entry("session", "look"),
          Map.entry("study-ingest", "test-event"),
          Map.entry("study-roll-up", "unknown-study"),
          Map.entry("study-view", "list"));

  /// Those that a person waits for.
  private static final List<String> PRIMED =
      List.of(
          "department-view", "otp-issue", "otp-verify", "reference-login", "session", "study-view");

  @TestFactory
  Stream<DynamicTest> everyZipStartsAndAnswers() throws IOException {
    var functions = TemplateFile.functions();
    assertThat(functions.keySet()).isEqualTo(EVENTS.keySet());
    return functions.values().stream()
        .map(function -> DynamicTest.dynamicTest(function.folder(), () -> start(function)));
  }

  private static void start(TemplateFile.Function function) throws Exception {
    var log = Files.createTempFile("start", ".log");
    var asked = new ConcurrentLinkedQueue<String>();
    var stores = stores(asked);
    var address = "http://127.0.0.1:" + stores.getAddress().getPort();
    var folder = Path.of("../functions").resolve(function.folder());
    var how =
        new IsolatedFunction.Start(
            folder.resolve("target/function.zip"),
            function.handler() + "::handleRequest",
            environment(function, address),
            List.of(),
            true,
            log);
    try (var running = IsolatedFunction.start(how)) {
      running.api().awaitReady(PATIENCE);
      assertThat(asked)
          .as("before a snapshot nothing is written and no secret fetched")
          .allMatch(call -> call.matches(".*\\.(GetItem|Query)|GetSecretValue priming"));
      if (PRIMED.contains(function.folder())) {
        assertThat(asked).as("primed").contains("GetSecretValue priming").hasSizeGreaterThan(1);
      }
      var event = Files.readAllBytes(Path.of("../events", function.folder(), event(function)));
      var answer = running.invoke(event);
      assertThat(answer.failed()).as(Files.readString(log)).isFalse();
      assertThat(Files.readString(log)).doesNotContain("\"level\":\"ERROR\"");
    } finally {
      stores.stop(0);
      Files.delete(log);
    }
  }

  private static String event(TemplateFile.Function function) {
    return EVENTS.get(function.folder()) + ".json";
  }

  private static Map<String, String> environment(TemplateFile.Function function, String address) {
    var environment = new HashMap<String, String>();
    for (var name : function.variables()) {
      environment.put(
          name,
          switch (name) {
            case "PUBLIC_ORIGIN" -> "https://studygate.example.org";
            case "MAIL_SENDER" -> "no-reply@studygate.example.org";
            default ->
                name.endsWith("_QUEUE_URL")
                    ? address + "/queue"
                    : name.toLowerCase(java.util.Locale.ROOT);
          });
    }
    environment.put("AWS_ENDPOINT_URL", address);
    return environment;
  }

  private static HttpServer stores(ConcurrentLinkedQueue<String> asked) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> serve(exchange, asked));
    server.start();
    return server;
  }

  private static void serve(HttpExchange exchange, ConcurrentLinkedQueue<String> asked)
      throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    var secret = target.endsWith("GetSecretValue");
    var priming = body.contains("\"priming\"");
    asked.add(secret ? "GetSecretValue" + (priming ? " priming" : "") : target);
    var answer = answer(target, priming).getBytes(StandardCharsets.UTF_8);
    var crc = new CRC32();
    crc.update(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.getResponseHeaders().set("x-amz-crc32", Long.toString(crc.getValue()));
    exchange.sendResponseHeaders(secret && priming ? 400 : 200, answer.length);
    try (exchange) {
      exchange.getResponseBody().write(answer);
    }
  }

  private static String answer(String target, boolean priming) {
    if (target.endsWith("GetSecretValue")) {
      return priming
          ? "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"none\"}"
          : "{\"SecretString\":\"{\\\"value\\\":\\\"secret of the tests\\\",\\\"pepper\\\":\\\"secret of the tests\\\"}\"}";
    }
    if (target.endsWith(".Query")) {
      return "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";
    }
    return target.endsWith(".UpdateItem")
        ? "{\"Attributes\":{\"failures\":{\"N\":\"1\"},\"count\":{\"N\":\"1\"}}}"
        : "{}";
  }
}
