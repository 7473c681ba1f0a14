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
import java.util.stream.IntStream;
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

  /// The first of so many neighbours that are free. They lie below those that an operating system
  /// gives away by itself: no connection of anybody takes one before its owner listens.
  static int freePorts(int count) throws IOException {
    var start = (int) (ProcessHandle.current().pid() % 6_000) * 3;
    for (var tries = 0; tries < 2_000; tries++) {
      var first = 10_000 + (start + tries * 3) % 20_000;
      if (IntStream.range(first, first + count).allMatch(Children::isFree)) {
        return first;
      }
    }
    throw new IOException("no " + count + " free ports in a row");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
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
