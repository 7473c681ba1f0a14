package org.studygate.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.studygate.json.JsonObject;

/// Every SMS and mail that was sent, as local/moto/serve.py has written them: a line each, before
/// their sender was answered, so none is lost however everything ends.
final class Mailbox {
  private final Path file;

  Mailbox(Path file) {
    this.file = file;
  }

  record Message(String kind, String to, String subject, String text, String html, Instant at) {
    private static Message parse(String line) {
      var json = JsonObject.parse(line.getBytes(StandardCharsets.UTF_8));
      return new Message(
          json.string("kind"),
          json.string("to"),
          json.string("subject"),
          json.string("text"),
          json.string("html"),
          json.optionalInstant("at").orElse(Instant.EPOCH));
    }
  }

  /// All, the newest last. A line that is being written is not there yet.
  List<Message> all() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    var text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Message::parse).toList();
  }

  void clear() throws IOException {
    Files.deleteIfExists(file);
  }
}
