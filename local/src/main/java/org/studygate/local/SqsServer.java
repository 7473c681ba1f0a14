package org.studygate.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Executors;
import org.studygate.json.BadJson;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// What functions ask of SQS, as its JSON protocol says it: to send a message. All else Lambda does
/// for them, which here asks the queues without a line between.
final class SqsServer implements AutoCloseable {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_DELAY_SECONDS = 900;
  private static final int MOST_OF_A_REQUEST = 8 * MOST_BYTES;

  private final HttpServer server;
  private final Queues queues;

  SqsServer(int port, Queues queues) throws IOException {
    this.queues = queues;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  private static final class Refused extends Exception {
    private final String code;

    Refused(String code, String sentence) {
      super(sentence);
      this.code = code;
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange, 200, sent(exchange));
      } catch (Refused refused) {
        var type = "com.amazonaws.sqs#" + refused.code;
        answer(exchange, 400, Map.of("__type", type, "message", "" + refused.getMessage()));
      }
    }
  }

  private Map<String, String> sent(HttpExchange exchange) throws IOException, Refused {
    var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (!"AmazonSQS.SendMessage".equals(target)) {
      throw new Refused("UnsupportedOperation", "Only SendMessage is played here.");
    }
    var request = request(exchange);
    var queue = request.optionalString("QueueUrl").orElse("");
    var name = queue.substring(queue.lastIndexOf('/') + 1);
    if (!queues.has(name)) {
      throw new Refused("QueueDoesNotExist", "The specified queue does not exist.");
    }
    var body = request.optionalString("MessageBody").orElse("");
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      throw new Refused("MissingParameter", "The request must contain the parameter MessageBody.");
    }
    var delay = request.optionalInt("DelaySeconds").orElse(0);
    if (bytes.length > MOST_BYTES || delay < 0 || delay > MOST_DELAY_SECONDS) {
      throw new Refused("InvalidParameterValue", "MessageBody or DelaySeconds is out of range.");
    }
    var id = queues.send(name, body, Duration.ofSeconds(delay));
    return Map.of("MessageId", id, "MD5OfMessageBody", md5(bytes));
  }

  private static JsonObject request(HttpExchange exchange) throws IOException, Refused {
    try {
      return JsonObject.parse(exchange.getRequestBody().readNBytes(MOST_OF_A_REQUEST));
    } catch (BadJson malformed) {
      throw new Refused("InvalidParameterValue", "The request is no JSON.");
    }
  }

  private static void answer(HttpExchange exchange, int status, Map<String, String> answer)
      throws IOException {
    var bytes = Json.bytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// By which the client sees that what came is what it sent.
  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
