package org.studygate.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Orthanc as its package brings it, with its default configuration but for where it listens and
/// where it keeps things: loopback, ports of its own, a folder that goes with it.
final class Orthanc implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern ID = Pattern.compile("\"ID\"\\s*:\\s*\"([0-9a-f-]+)\"");

  private final Process process;
  private final HttpClient client;
  private final URI instances;

  private Orthanc(Process process, HttpClient client, URI instances) {
    this.process = process;
    this.client = client;
    this.instances = instances;
  }

  /// Empty where it is not installed.
  static Optional<Orthanc> start(Path folder) throws IOException, InterruptedException {
    var program = Path.of("/usr/sbin/Orthanc");
    if (!Files.isExecutable(program)) {
      return Optional.empty();
    }
    Files.createDirectories(folder);
    var port = freePort();
    var file = folder.resolve("orthanc.json");
    Files.writeString(
        file,
        """
        {"HttpPort": %d, "DicomPort": %d, "RemoteAccessAllowed": false,
         "StorageDirectory": "%s", "IndexDirectory": "%s"}
        """
            .formatted(port, freePort(), folder.resolve("files"), folder.resolve("index")));
    var process =
        new ProcessBuilder(program.toString(), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    var orthanc =
        new Orthanc(process, client, URI.create("http://127.0.0.1:" + port + "/instances"));
    orthanc.await(folder);
    return Optional.of(orthanc);
  }

  private void await(Path folder) throws IOException, InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        var ask = HttpRequest.newBuilder(instances).build();
        if (client.send(ask, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // asked again
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    close();
    throw new IOException("Orthanc did not start: " + Files.readString(folder.resolve("log")));
  }

  /// What it is called by from now on.
  String store(Path file) throws IOException, InterruptedException {
    var post = HttpRequest.newBuilder(instances).POST(HttpRequest.BodyPublishers.ofFile(file));
    var answer = client.send(post.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("Orthanc answered " + answer.statusCode() + ": " + answer.body());
    }
    var id = ID.matcher(answer.body());
    if (!id.find()) {
      throw new IOException("Orthanc named no instance: " + answer.body());
    }
    return id.group(1);
  }

  /// Of a stored instance, its copy without the person.
  byte[] anonymised(String id) throws IOException, InterruptedException {
    var post =
        HttpRequest.newBuilder(URI.create(instances + "/" + id + "/anonymize"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    var answer = client.send(post.build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("Orthanc answered " + answer.statusCode());
    }
    return answer.body();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    client.close();
  }
}
