package org.studygate.checks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/// Stands between a function and a store and notes what is asked. It hands on bytes and changes
/// none, so signatures stay good.
final class Relay implements AutoCloseable {
  private static final Pattern REQUEST =
      Pattern.compile("(GET|HEAD|PUT|POST|PATCH|DELETE) (\\S+) HTTP/1\\.1\r\n");
  private static final Pattern TARGET = Pattern.compile("(?i)\r\nx-amz-target: *(\\S+)\r\n");
  private static final Pattern SECRET = Pattern.compile("\"SecretId\":\"([^\"]*)\"");

  private final ServerSocket server;
  private final URI store;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final Queue<ByteArrayOutputStream> sent = new ConcurrentLinkedQueue<>();

  private Relay(ServerSocket server, URI store) {
    this.server = server;
    this.store = store;
  }

  static Relay to(URI store) throws IOException {
    var relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), store);
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /// Operations asked for so far, such as `DynamoDB_20120810.GetItem` or `PUT /bucket/key`; of
  /// secrets also which.
  List<String> asked() {
    var asked = new ArrayList<String>();
    for (var connection : sent) {
      var text = connection.toString(StandardCharsets.ISO_8859_1);
      var starts = REQUEST.matcher(text).results().toList();
      for (var i = 0; i < starts.size(); i++) {
        var end = i + 1 < starts.size() ? starts.get(i + 1).start() : text.length();
        var request = text.substring(starts.get(i).start(), end);
        var target = TARGET.matcher(request);
        var secret = SECRET.matcher(request);
        asked.add(
            (target.find()
                    ? target.group(1)
                    : starts.get(i).group(1) + ' ' + starts.get(i).group(2))
                + (secret.find() ? ' ' + secret.group(1) : ""));
      }
    }
    return asked;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var function = server.accept();
        var there = new Socket(InetAddress.getLoopbackAddress(), store.getPort());
        sockets.add(function);
        sockets.add(there);
        var note = new ByteArrayOutputStream();
        sent.add(note);
        Thread.ofVirtual().start(() -> copy(function, there, note));
        Thread.ofVirtual().start(() -> copy(there, function, OutputStream.nullOutputStream()));
      } catch (IOException closing) {
        // the loop ends
      }
    }
  }

  /// Noted before it is handed on, so that whoever has the answer finds the question noted.
  private static void copy(Socket from, Socket to, OutputStream note) {
    try {
      InputStream in = from.getInputStream();
      var bytes = new byte[8192];
      for (int read; (read = in.read(bytes)) >= 0; ) {
        note.write(bytes, 0, read);
        to.getOutputStream().write(bytes, 0, read);
      }
      to.shutdownOutput();
    } catch (IOException ended) {
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // as it should be
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    sockets.forEach(Relay::closeQuietly);
  }
}
