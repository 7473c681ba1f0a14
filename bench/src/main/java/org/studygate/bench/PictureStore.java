package org.studygate.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// Stands in for S3 at once: whatever is read is one and the same picture, and what is written is
/// counted and thrown away.
final class PictureStore implements AutoCloseable {
  private final HttpServer server;
  private final byte[] picture;
  private final LongAdder reads = new LongAdder();
  private final LongAdder written = new LongAdder();

  private PictureStore(HttpServer server, byte[] picture) {
    this.server = server;
    this.picture = picture;
  }

  static PictureStore start(byte[] picture) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var store = new PictureStore(server, picture);
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
        exchange.sendResponseHeaders(200, picture.length);
        exchange.getResponseBody().write(picture);
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
