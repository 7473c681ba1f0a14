package org.studygate.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;

/// Answers DynamoDB, Secrets Manager and Stripe at once and always alike, so that what is
/// measured is the function and not a store: every counter reads 1, every other item is missing.
final class StoreStub implements AutoCloseable {
  private static final String COUNTER =
      "{\"Attributes\":{\"failures\":{\"N\":\"1\"},\"count\":{\"N\":\"1\"}}}";
  private static final String SECRET =
      "{\"SecretString\":\"{\\\"value\\\":\\\"secret of the tests\\\",\\\"pepper\\\":\\\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\\\",\\\"secretKey\\\":\\\"sk_test_stub\\\",\\\"webhookSecret\\\":\\\"whsec_stub\\\"}\"}";

  /// What Stripe says of any session: open, and of a bucket that has none on record.
  private static final String CHECKOUT =
      """
      {"id":"cs_test_stub","object":"checkout.session","status":"open","payment_status":"unpaid",
       "amount_total":1500,"currency":"eur","livemode":false,"client_reference_id":"stub",
       "url":"https://checkout.stripe.com/c/pay/cs_test_stub","payment_intent":null}
      """;

  private final HttpServer server;
  private final AtomicInteger calls = new AtomicInteger();

  private StoreStub(HttpServer server) {
    this.server = server;
  }

  static StoreStub start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var stub = new StoreStub(server);
    server.createContext("/", stub::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return stub;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int calls() {
    return calls.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    calls.incrementAndGet();
    exchange.getRequestBody().readAllBytes();
    var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    var stripe = exchange.getRequestURI().getPath().startsWith("/v1/");
    var text = stripe ? CHECKOUT : answer(target == null ? "" : target);
    var answer = text.getBytes(StandardCharsets.UTF_8);
    var crc = new CRC32();
    crc.update(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.getResponseHeaders().set("x-amz-crc32", Long.toString(crc.getValue()));
    exchange.getResponseHeaders().set("x-amzn-RequestId", "stub");
    exchange.sendResponseHeaders(200, answer.length);
    try (exchange) {
      exchange.getResponseBody().write(answer);
    }
  }

  private static String answer(String target) {
    var operation = target.substring(target.indexOf('.') + 1);
    return switch (operation) {
      case "GetSecretValue" -> SECRET;
      case "UpdateItem" -> COUNTER;
      case "Query" -> "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";
      default -> "{}";
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
