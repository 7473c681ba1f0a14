package org.studygate.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.studygate.audit.Log;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// A batch of an SQS queue, one message at a time: what fails is reported alone and comes again,
/// the rest is done.
public final class SqsBatch {
  private final Log log;

  public SqsBatch(Log log) {
    this.log = log;
  }

  /// One message: its body and how often it has been received.
  public record Message(String id, String body, int received) {}

  /// Work on one message; a thrown exception means "not done, send it again".
  @FunctionalInterface
  public interface Work {
    void on(Message message) throws Exception;
  }

  public void handle(InputStream event, OutputStream answer, Work work) throws IOException {
    handle(event, answer, work, Set::of);
  }

  /// `after` does what needs doing once for the whole batch, and tells which messages it failed
  /// for.
  public void handle(InputStream event, OutputStream answer, Work work, Supplier<Set<String>> after)
      throws IOException {
    var failed = new TreeSet<String>();
    for (var message : messages(event)) {
      try {
        work.on(message);
      } catch (Exception | StackOverflowError | OutOfMemoryError failure) {
        log.error("message-failed", failure);
        failed.add(message.id());
      }
    }
    failed.addAll(after.get());
    var failures = failed.stream().map(id -> Map.of("itemIdentifier", id)).toList();
    answer.write(Json.bytes(Map.of("batchItemFailures", failures)));
  }

  private static List<Message> messages(InputStream event) throws IOException {
    return JsonObject.parse(event.readAllBytes()).objects("Records").stream()
        .map(
            message ->
                new Message(
                    message.string("messageId"),
                    message.string("body"),
                    message
                        .optionalObject("attributes")
                        .flatMap(attributes -> attributes.optionalString("ApproximateReceiveCount"))
                        .map(Integer::valueOf)
                        .orElse(1)))
        .toList();
  }
}
