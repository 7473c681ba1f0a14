package org.studygate.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// Stands between a function and DynamoDB Local, counts the requests and asks each for the capacity
/// it consumed.
final class Meter implements AutoCloseable {
  private static final Pattern CAPACITY = Pattern.compile("\"CapacityUnits\":([0-9.]+)");

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI store;
  private Cost cost = new Cost(new TreeMap<>(), 0);

  /// Requests by operation, and the sum of their capacity units.
  record Cost(TreeMap<String, Integer> requests, double capacity) {}

  private Meter(HttpServer server, URI store) {
    this.server = server;
    this.store = store;
  }

  static Meter start(URI store) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var meter = new Meter(server, store);
    server.createContext("/", meter::pass);
    server.setExecutor(Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()));
    server.start();
    return meter;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What was counted since the last time.
  synchronized Cost take() {
    var taken = cost;
    cost = new Cost(new TreeMap<>(), 0);
    return taken;
  }

  private void pass(HttpExchange exchange) throws IOException {
    var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var asking = "{\"ReturnConsumedCapacity\":\"TOTAL\"," + body.substring(body.indexOf('{') + 1);
    var request =
        HttpRequest.newBuilder(store)
            .header("X-Amz-Target", target)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("Authorization", exchange.getRequestHeaders().getFirst("Authorization"))
            .header("X-Amz-Date", exchange.getRequestHeaders().getFirst("X-Amz-Date"))
            .POST(HttpRequest.BodyPublishers.ofString(asking))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      count(target.substring(target.indexOf('.') + 1), answer.body());
      var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(answer.statusCode(), bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private synchronized void count(String operation, String answer) {
    cost.requests().merge(operation, 1, Integer::sum);
    var units = CAPACITY.matcher(answer).results().mapToDouble(m -> Double.parseDouble(m.group(1)));
    cost = new Cost(cost.requests(), cost.capacity() + units.sum());
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
