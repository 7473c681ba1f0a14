package org.studygate.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// Stands in for S3 and SQS at once: gives the originals that lie in its folder by their keys.
/// What is written is counted and thrown away, and so is every message.
final class CopyStore implements AutoCloseable {
  private final HttpServer server;
  private final Path folder;
  private final Map<String, Path> originals = new ConcurrentHashMap<>();
  private final LongAdder written = new LongAdder();

  private CopyStore(HttpServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  static CopyStore start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var store = new CopyStore(server, Files.createTempDirectory("anonymize"));
    server.createContext("/", store::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return store;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void original(String key, byte[] object) throws IOException {
    var file = Files.write(folder.resolve(Integer.toString(originals.size())), object);
    originals.put("/StudiesBucket/" + key, file);
  }

  /// Bytes since the last time.
  long written() {
    return written.sumThenReset();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestMethod()) {
        case "GET" -> {
          var object = originals.get(exchange.getRequestURI().getPath());
          if (object == null) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            exchange.sendResponseHeaders(200, Files.size(object));
            Files.copy(object, exchange.getResponseBody());
          }
        }
        case "PUT" -> {
          written.add(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
          exchange.getResponseHeaders().set("ETag", "\"one\"");
          exchange.sendResponseHeaders(200, -1);
        }
        default -> {
          var message = JsonObject.parse(exchange.getRequestBody().readAllBytes());
          var body = message.string("MessageBody").getBytes(StandardCharsets.UTF_8);
          var answer = Json.bytes(Map.of("MessageId", "1", "MD5OfMessageBody", md5(body)));
          exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
        }
      }
    }
  }

  private static String md5(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    for (var file : originals.values()) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
