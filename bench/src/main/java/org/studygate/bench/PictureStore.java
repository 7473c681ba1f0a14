package org.studygate.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Stands in for S3 at once: whatever is read is the next of a few objects, and what is written, at
/// once or in parts, is counted and thrown away.
final class PictureStore implements AutoCloseable {
  private static final String UPLOAD =
      "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>";

  private final HttpServer server;
  private final List<byte[]> objects;
  private final AtomicInteger next = new AtomicInteger();
  private final LongAdder reads = new LongAdder();
  private final LongAdder written = new LongAdder();

  private PictureStore(HttpServer server, List<byte[]> objects) {
    this.server = server;
    this.objects = objects;
  }

  static PictureStore start(List<byte[]> objects) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var store = new PictureStore(server, objects);
    server.createContext("/", store::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return store;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Since the last time.
  long reads() {
    return reads.sumThenReset();
  }

  /// Bytes since the last time.
  long written() {
    return written.sumThenReset();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("ETag", "\"one\"");
      if (exchange.getRequestMethod().equals("GET")) {
        reads.increment();
        var object = objects.get(next.getAndIncrement() % objects.size());
        exchange.sendResponseHeaders(200, object.length);
        exchange.getResponseBody().write(object);
      } else if (exchange.getRequestMethod().equals("POST")) { // a multipart upload begins or ends
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        var answer = UPLOAD.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
      } else {
        written.add(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
        exchange.sendResponseHeaders(200, -1);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
