package org.studygate.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.local.LocalQueue.Message;
import org.studygate.local.template.Template;
import org.studygate.platform.Log;

/// The queues of the template, and the event sources that read them as Lambda does: batches, the
/// messages named in the answer come again, what was received too often goes to the dead letters.
final class Queues implements AutoCloseable {
  /// Of a function at once, however many more Lambda would begin.
  private static final int MOST_AT_ONCE = 4;

  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Template template;
  private final Names names;
  private final Map<String, LocalQueue> queues = new LinkedHashMap<>();
  private final Clock clock;
  private final Lambda functions;
  private final Log log;
  private final Bell bell;
  private final List<ExecutorService> open = new ArrayList<>();

  /// @param folder where the queues keep what waits in them
  Queues(
      Template template,
      Names names,
      Path folder,
      Clock clock,
      Lambda functions,
      Log log,
      Bell bell)
      throws IOException {
    this.template = template;
    this.names = names;
    this.clock = clock;
    this.functions = functions;
    this.log = log;
    this.bell = bell;
    var all = template.ofType("AWS::SQS::Queue");
    for (var queue : all) {
      var visibility = queue.properties().at("VisibilityTimeout").number(30);
      queues.put(
          queue.name(),
          new LocalQueue(folder.resolve(queue.name()), Duration.ofSeconds(visibility), clock));
    }
    for (var queue : all) {
      var redrive = queue.properties().at("RedrivePolicy");
      if (redrive.isPresent()) {
        var dead = queue(redrive.at("deadLetterTargetArn").text());
        queue(queue.name()).redrive(dead, redrive.at("maxReceiveCount").number(5));
      }
    }
  }

  boolean has(String queue) {
    return queues.containsKey(queue);
  }

  private LocalQueue queue(String name) {
    return Optional.ofNullable(queues.get(name)).orElseThrow();
  }

  void purge() {
    queues.values().forEach(LocalQueue::purge);
  }

  String send(String queue, String body, Duration delay) {
    var id = queue(queue).send(body, delay);
    bell.ring();
    return id;
  }

  /// A function, the queue that it reads, how many messages it takes at once, for how long more are
  /// gathered where there are fewer, and how many batches it works on at the same time.
  record Source(String function, String queue, int batch, Duration gather, int atOnce) {}

  List<Source> sources() {
    var sources = new ArrayList<Source>();
    for (var function : template.functions()) {
      for (var event : function.events("SQS")) {
        var batch = event.at("BatchSize").number(10);
        var gather = Duration.ofSeconds(event.at("MaximumBatchingWindowInSeconds").number(0));
        var most = event.at("ScalingConfig", "MaximumConcurrency").number(MOST_AT_ONCE);
        var atOnce = Math.min(MOST_AT_ONCE, most);
        sources.add(new Source(function.name(), event.at("Queue").text(), batch, gather, atOnce));
      }
    }
    return sources;
  }

  /// One looks at the queue, and the batches that it finds are worked on side by side. Threads of
  /// the platform, named for their queue: what they cost can be told.
  void startSources() {
    for (var source : sources()) {
      var names = Thread.ofPlatform().daemon().name(source.queue() + "-", 0);
      var hands = Executors.newCachedThreadPool(names.factory());
      open.add(hands);
      hands.execute(() -> poll(source, hands));
    }
  }

  private void poll(Source source, ExecutorService hands) {
    var free = new Semaphore(source.atOnce());
    while (!hands.isShutdown()) {
      try {
        free.acquire();
        var messages = await(source);
        hands.execute(() -> work(source, messages, free));
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException failure) {
        free.release();
        if (!hands.isShutdown()) {
          log.error("queue-source-failed", failure);
          pause();
        }
      }
    }
  }

  private List<Message> await(Source source) throws InterruptedException {
    while (true) {
      var rings = bell.rings();
      var pause = pause(source);
      if (pause.isZero()) {
        var messages = look(source);
        if (!messages.isEmpty()) {
          return messages;
        }
      }
      bell.await(rings, pause.toMillis());
    }
  }

  /// Until there is a batch to be taken, as far as can be told now.
  Duration pause(Source source) {
    var sight = queue(source.queue()).sight(source.batch());
    var whole = sight.count() == source.batch();
    var until =
        sight.first().map(first -> whole ? first : first.plus(source.gather())).orElse(Instant.MAX);
    var now = clock.instant();
    if (!until.isAfter(now)) {
      return Duration.ZERO;
    }
    return until.isBefore(now.plus(LOOK)) ? Duration.between(now, until).plusMillis(1) : LOOK;
  }

  private void work(Source source, List<Message> messages, Semaphore free) {
    try {
      handle(source.function(), source.queue(), messages);
    } catch (RuntimeException failure) { // its messages come again
      log.error("queue-source-failed", failure);
    } finally {
      free.release();
    }
  }

  /// Hands over what waits now; false where nothing does.
  boolean work(Source source) {
    var messages = look(source);
    if (!messages.isEmpty()) {
      handle(source.function(), source.queue(), messages);
    }
    return !messages.isEmpty();
  }

  private List<Message> look(Source source) {
    return queue(source.queue()).receive(source.batch());
  }

  private void handle(String function, String queue, List<Message> messages) {
    Set<String> failed;
    try {
      failed = failures(functions.call(function, event(queue, messages)));
    } catch (Exception failure) {
      log.error("function-failed", failure);
      failed = new HashSet<>();
      for (var message : messages) {
        failed.add(message.id());
      }
    }
    for (var message : messages) {
      if (failed.contains(message.id())) {
        queue(queue).seenAgainAfter(message.receipt(), AGAIN);
      } else {
        queue(queue).delete(message.receipt());
      }
    }
  }

  private byte[] event(String queue, List<Message> messages) {
    var records = new ArrayList<Map<String, Object>>();
    for (var message : messages) {
      var body = message.body();
      var record = new LinkedHashMap<String, Object>();
      record.put("messageId", message.id());
      record.put("receiptHandle", message.receipt());
      record.put("body", body);
      record.put("attributes", attributes(message));
      record.put("messageAttributes", Map.of());
      record.put("md5OfBody", SqsServer.md5(body.getBytes(StandardCharsets.UTF_8)));
      record.put("eventSource", "aws:sqs");
      record.put("eventSourceARN", names.apply(queue, "Arn"));
      record.put("awsRegion", Names.REGION);
      records.add(record);
    }
    return Json.bytes(Map.of("Records", records));
  }

  private static Map<String, String> attributes(Message message) {
    return Map.of(
        "ApproximateReceiveCount",
        Integer.toString(message.received()),
        "SentTimestamp",
        Long.toString(message.sent().toEpochMilli()),
        "ApproximateFirstReceiveTimestamp",
        Long.toString(message.firstReceived().toEpochMilli()),
        "SenderId",
        Names.ACCOUNT);
  }

  private static Set<String> failures(byte[] answer) {
    var failed = new HashSet<String>();
    if (new String(answer, StandardCharsets.UTF_8).contains("batchItemFailures")) {
      for (var failure : JsonObject.parse(answer).objects("batchItemFailures")) {
        failed.add(failure.string("itemIdentifier"));
      }
    }
    return failed;
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether no queue has anything to do now. What was delayed looks later whether more has come.
  boolean atRest() {
    return template.ofType("AWS::SQS::Queue").stream()
        .filter(one -> one.properties().at("RedrivePolicy", "deadLetterTargetArn").isPresent())
        .allMatch(one -> queue(one.name()).atRest());
  }

  /// Per queue how much waits, is being worked on, and is dead.
  Map<String, Map<String, Integer>> standing() {
    var all = new LinkedHashMap<String, Map<String, Integer>>();
    for (var queue : template.ofType("AWS::SQS::Queue")) {
      var dead = queue.properties().at("RedrivePolicy", "deadLetterTargetArn");
      if (!dead.isPresent()) {
        continue; // is itself one of dead letters
      }
      var counts = queue(queue.name()).counts();
      var letters = queue(dead.text()).counts();
      var standing = new LinkedHashMap<String, Integer>();
      standing.put("waiting", counts.waiting());
      standing.put("inFlight", counts.inFlight());
      standing.put("deadLetters", letters.waiting() + letters.inFlight());
      all.put(queue.name(), standing);
    }
    return all;
  }

  @Override
  public void close() {
    open.forEach(ExecutorService::shutdownNow);
  }
}
