package org.studygate.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.studygate.local.Settings.Trouble;

/// Processes of others: DynamoDB Local and moto. They end when their standard input does, so none
/// outlives us, however we end.
final class Children implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Deque<Process> processes = new ArrayDeque<>();
  private final Path logs;

  Children(Path logs) {
    this.logs = logs;
  }

  void start(String name, List<String> command) throws IOException {
    var builder = new ProcessBuilder(command);
    builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
    builder.redirectErrorStream(true);
    builder.redirectOutput(logs.resolve(name + ".log").toFile());
    processes.push(builder.start());
  }

  /// Waits until somebody listens on a port.
  void await(String name, int port) throws Trouble, InterruptedException {
    for (var waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; ) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        var child = processes.peek();
        if (child != null && !child.isAlive()) {
          break;
        }
      }
      var pause = Duration.ofMillis(50);
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      waited = waited.plus(pause);
    }
    throw new Trouble(name + " did not start; see " + logs.resolve(name + ".log"));
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// The first of four neighbours.
  static int freePorts() throws IOException {
    for (var tries = 0; tries < 20; tries++) {
      try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          var next = new ServerSocket(one.getLocalPort() + 1, 1, one.getInetAddress());
          var third = new ServerSocket(next.getLocalPort() + 1, 1, one.getInetAddress());
          var last = new ServerSocket(third.getLocalPort() + 1, 1, one.getInetAddress())) {
        return last.getLocalPort() - 3;
      } catch (IOException | IllegalArgumentException taken) {
        // other ones
      }
    }
    throw new IOException("no four ports in a row are free");
  }

  @Override
  public void close() {
    while (!processes.isEmpty()) {
      var process = processes.pop();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(3, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (IOException alreadyGone) {
        process.destroy();
      } catch (InterruptedException hurry) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
