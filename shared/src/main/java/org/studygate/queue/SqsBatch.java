package org.studygate.queue;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;

/// A batch of an SQS queue, one message at a time: what fails is reported alone and comes again,
/// the rest is done. What there is no time for is not begun and comes again too. What has been
/// tried before comes last, so that a message which takes all the time there is takes it from the
/// same others once only.
public final class SqsBatch {
  /// For what is done once for the whole batch, and for the answer.
  private static final Duration AFTERWARDS = Duration.ofSeconds(10);

  private final Log log;
  private final Function<String, Map<String, String>> about;

  public SqsBatch(Log log) {
    this(log, _ -> Map.of());
  }

  /// @param about ids of ours that a body holds, for the line that tells of its failure
  public SqsBatch(Log log, Function<String, Map<String, String>> about) {
    this.log = log;
    this.about = about;
  }

  /// One message: its body and how often it has been received.
  public record Message(String id, String body, int received) {}

  /// Work on one message; a thrown exception means "not done, send it again". Long work asks the
  /// deadline in between.
  @FunctionalInterface
  public interface Work {
    void on(Message message, Deadline deadline) throws Exception;
  }

  public void handle(InputStream event, OutputStream answer, Deadline deadline, Work work)
      throws IOException {
    handle(event, answer, deadline, work, _ -> Set.of());
  }

  /// `after` does what needs doing once for the whole batch, and tells which messages it failed
  /// for.
  public void handle(
      InputStream event,
      OutputStream answer,
      Deadline deadline,
      Work work,
      Function<Deadline, Set<String>> after)
      throws IOException {
    var failed = new TreeSet<String>();
    var late = 0;
    var earlier = deadline.keeping(AFTERWARDS);
    var messages = messages(event);
    for (var message : messages) {
      if (!earlier.hasTime()) {
        failed.add(message.id());
        late++;
      } else if (!done(message, earlier, work)) {
        failed.add(message.id());
      }
    }
    if (late > 0) {
      log.warn("messages-not-begun", Map.of("count", late));
      log.metric("MessagesNotBegun", late);
    }
    failed.addAll(finished(messages, deadline, after));
    var failures = failed.stream().map(id -> Map.of("itemIdentifier", id)).toList();
    answer.write(Json.bytes(Map.of("batchItemFailures", failures)));
  }

  @SuppressWarnings("CatchingUnchecked") // whatever it is, it is this message's alone
  private boolean done(Message message, Deadline deadline, Work work) {
    try {
      work.on(message, deadline);
      return true;
    } catch (Throwable failure) {
      log.error("message-failed", ids(message), failure);
      return false;
    }
  }

  private Map<String, Object> ids(Message message) {
    var ids = new HashMap<String, Object>();
    try {
      ids.putAll(about.apply(message.body()));
    } catch (RuntimeException malformed) {
      ids.put("body", "malformed");
    }
    ids.put("message", message.id());
    ids.put("received", message.received());
    return ids;
  }

  /// If the end fails as a whole, nothing of the batch is known to stand.
  private Set<String> finished(
      List<Message> messages, Deadline deadline, Function<Deadline, Set<String>> after) {
    try {
      return after.apply(deadline);
    } catch (RuntimeException failure) {
      log.error("batch-not-finished", failure);
      var all = new TreeSet<String>();
      messages.forEach(message -> all.add(message.id()));
      return all;
    }
  }

  private static List<Message> messages(InputStream event) throws IOException {
    return JsonObject.parse(event.readAllBytes()).objects("Records").stream()
        .map(SqsBatch::message)
        .sorted(comparing(Message::received))
        .toList();
  }

  /// A message without a body is one that fails, not a batch that does.
  private static Message message(JsonObject record) {
    return new Message(
        record.string("messageId"), record.optionalString("body").orElse(""), received(record));
  }

  private static int received(JsonObject record) {
    return record
        .optionalObject("attributes")
        .flatMap(attributes -> attributes.optionalString("ApproximateReceiveCount"))
        .filter(count -> count.matches("\\d{1,9}"))
        .map(Integer::valueOf)
        .orElse(1);
  }
}
