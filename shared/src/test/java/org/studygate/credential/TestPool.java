package org.studygate.credential;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.studygate.platform.TestFiles;

/// The user pool of the local stack, for tests: moto in a child that ends with its standard input,
/// with the clock that the test says.
public final class TestPool implements AutoCloseable {
  public static final String POOL = "UserPool";
  public static final String CLIENT = "UserPoolClient";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private Process process;

  private TestPool(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.process = start();
  }

  public static TestPool start(Path folder) {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = free.getLocalPort();
      free.close();
      var pool = new TestPool(folder, port);
      pool.await();
      return pool;
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException("moto does not start", failure);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            TestFiles.fromTheRoot(".venv/bin/python").toString(),
            TestFiles.fromTheRoot("local/moto/serve.py").toString(),
            Integer.toString(port),
            folder.resolve("sent").toString(),
            folder.resolve("clock").toString(),
            folder.resolve("users").toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("moto.log").toFile())
        .start();
  }

  private void await() throws InterruptedException {
    for (var waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; ) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(50);
        waited = waited.plusMillis(50);
      }
    }
    throw new IllegalStateException("moto did not start");
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// From now on it is this time for the pool.
  public void at(Instant now) {
    try {
      var ahead = Duration.between(Clock.systemUTC().instant(), now);
      Files.writeString(folder.resolve("clock"), ahead.toString());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Stops and starts, as the local stack may.
  public void again() {
    try {
      close();
      process = start();
      await();
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException("moto does not start again", failure);
    }
  }

  /// What an authenticator app shows (RFC 6238).
  public static String code(String secret, Instant now) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(base32(secret), "HmacSHA1"));
      var step = ByteBuffer.allocate(8).putLong(now.getEpochSecond() / 30).array();
      var digest = mac.doFinal(step);
      var at = digest[digest.length - 1] & 15;
      var number = ByteBuffer.wrap(digest, at, 4).getInt() & 0x7FFFFFFF;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] base32(String text) {
    var bytes = ByteBuffer.allocate(text.length() * 5 / 8);
    var bits = 0L;
    var held = 0;
    for (var at = 0; at < text.length(); at++) {
      bits = bits << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(at));
      held += 5;
      if (held >= 8) {
        held -= 8;
        bytes.put((byte) (bits >> held));
      }
    }
    return bytes.array();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException gone) {
      process.destroy();
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
