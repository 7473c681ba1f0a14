package org.studygate.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// Every SMS and mail that was sent, kept in a file: moto forgets them when it ends.
final class Mailbox {
  private final URI sent;
  private final Path file;
  private final Clock clock;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Message> messages = new ArrayList<>();
  private int seen;

  Mailbox(URI sent, Path file, Clock clock) throws IOException {
    this.sent = sent;
    this.file = file;
    this.clock = clock;
    if (Files.exists(file)) {
      for (var line : Files.readAllLines(file)) {
        messages.add(Message.parse(JsonObject.parse(line.getBytes(StandardCharsets.UTF_8))));
      }
    }
  }

  record Message(String kind, String to, String subject, String text, String html, Instant at) {
    private static Message parse(JsonObject json) {
      return new Message(
          json.string("kind"),
          json.string("to"),
          json.string("subject"),
          json.string("text"),
          json.string("html"),
          json.optionalInstant("at").orElse(Instant.EPOCH));
    }
  }

  /// All, the newest last.
  synchronized List<Message> all() {
    fetch();
    return List.copyOf(messages);
  }

  private void fetch() {
    for (var json : JsonObject.parse(request("GET", "?since=" + seen)).objects("messages")) {
      var message =
          new Message(
              json.string("kind"),
              json.string("to"),
              json.string("subject"),
              json.string("text"),
              json.string("html"),
              clock.instant());
      messages.add(message);
      seen++;
      try {
        Files.writeString(
            file, Json.text(message) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  synchronized void clear() throws IOException {
    request("DELETE", "");
    seen = 0;
    messages.clear();
    Files.deleteIfExists(file);
  }

  private byte[] request(String method, String query) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(sent + "/" + query))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return http.send(request, BodyHandlers.ofByteArray()).body();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopping);
    }
  }
}
