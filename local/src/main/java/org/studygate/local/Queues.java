package org.studygate.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.local.template.Template;
import org.studygate.platform.Log;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// The queues of the template, and the event sources that read them as Lambda does: batches, the
/// messages named in the answer come again, what was received too often goes to the dead letters.
final class Queues implements AutoCloseable {
  /// Of a function at once, however many more Lambda would begin.
  private static final int MOST_AT_ONCE = 4;

  private static final int AGAIN_SECONDS = 5;
  private static final int LOOK_MILLIS = 2_000;

  /// Between two looks of which the first found nothing: each put rings.
  private static final int PAUSE_MILLIS = 100;

  private final Template template;
  private final Names names;
  private final SqsClient sqs;
  private final Lambda functions;
  private final Log log;
  private final Bell bell;
  private final List<ExecutorService> open = new ArrayList<>();

  Queues(Template template, Names names, SqsClient sqs, Lambda functions, Log log, Bell bell) {
    this.bell = bell;
    this.template = template;
    this.names = names;
    this.sqs = sqs;
    this.functions = functions;
    this.log = log;
  }

  void create() {
    var queues = template.ofType("AWS::SQS::Queue");
    for (var queue : queues) {
      var attributes = new HashMap<QueueAttributeName, String>();
      var visibility = queue.properties().at("VisibilityTimeout").number(30);
      attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(visibility));
      sqs.createQueue(create -> create.queueName(queue.name()).attributes(attributes));
    }
    for (var queue : queues) {
      var redrive = queue.properties().at("RedrivePolicy");
      if (redrive.isPresent()) {
        var policy =
            Map.of(
                "deadLetterTargetArn",
                redrive.at("deadLetterTargetArn").text(names),
                "maxReceiveCount",
                redrive.at("maxReceiveCount").number(5));
        sqs.setQueueAttributes(
            set ->
                set.queueUrl(names.apply(queue.name(), ""))
                    .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, Json.text(policy))));
      }
    }
  }

  /// Empties all. A queue can be purged once a minute; in between, its messages are taken out.
  void purge() {
    for (var queue : template.ofType("AWS::SQS::Queue")) {
      var url = names.apply(queue.name(), "");
      try {
        sqs.purgeQueue(purge -> purge.queueUrl(url));
      } catch (SqsException onceAMinute) { // moto names the refusal otherwise than AWS
        if (onceAMinute.statusCode() != 403) {
          throw onceAMinute;
        }
        drain(url);
      }
    }
  }

  private void drain(String url) {
    for (var found = take(url); !found.isEmpty(); found = take(url)) {
      for (var message : found) {
        sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
  }

  private List<Message> take(String url) {
    return sqs.receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(10)).messages();
  }

  void send(String queue, String body) {
    sqs.sendMessage(send -> send.queueUrl(names.apply(queue, "")).messageBody(body));
    bell.ring();
  }

  /// A function, the queue that it reads, how many messages it takes at once, and how many batches
  /// it works on at the same time.
  record Source(String function, String queue, int batch, int atOnce) {}

  List<Source> sources() {
    var sources = new ArrayList<Source>();
    for (var function : template.functions()) {
      for (var event : function.events("SQS")) {
        var batch = Math.min(10, event.at("BatchSize").number(10));
        var most = event.at("ScalingConfig", "MaximumConcurrency").number(MOST_AT_ONCE);
        var atOnce = Math.min(MOST_AT_ONCE, most);
        sources.add(new Source(function.name(), event.at("Queue").text(), batch, atOnce));
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
        var rings = bell.rings();
        var found = false;
        try {
          var messages = look(source);
          found = !messages.isEmpty();
          if (found) {
            hands.execute(() -> work(source, messages, free));
          }
        } finally {
          if (!found) {
            free.release();
          }
        }
        if (!found) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
          bell.await(rings, LOOK_MILLIS);
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException failure) {
        if (!hands.isShutdown()) {
          log.error("queue-source-failed", failure);
          pause();
        }
      }
    }
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
    return sqs.receiveMessage(
            receive ->
                receive
                    .queueUrl(names.apply(source.queue(), ""))
                    .maxNumberOfMessages(source.batch())
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private void handle(String function, String queue, List<Message> messages) {
    Set<String> failed;
    try {
      failed = failures(functions.call(function, event(queue, messages)));
    } catch (Exception failure) {
      log.error("function-failed", failure);
      failed = new HashSet<>();
      for (var message : messages) {
        failed.add(message.messageId());
      }
    }
    var url = names.apply(queue, "");
    var done = new ArrayList<DeleteMessageBatchRequestEntry>();
    for (var message : messages) {
      if (failed.contains(message.messageId())) {
        sqs.changeMessageVisibility(
            change ->
                change
                    .queueUrl(url)
                    .receiptHandle(message.receiptHandle())
                    .visibilityTimeout(AGAIN_SECONDS));
      } else {
        done.add(
            DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(done.size()))
                .receiptHandle(message.receiptHandle())
                .build());
      }
    }
    if (!done.isEmpty()) {
      sqs.deleteMessageBatch(delete -> delete.queueUrl(url).entries(done));
    }
  }

  private byte[] event(String queue, List<Message> messages) {
    var records = new ArrayList<Map<String, Object>>();
    for (var message : messages) {
      var record = new LinkedHashMap<String, Object>();
      record.put("messageId", message.messageId());
      record.put("receiptHandle", message.receiptHandle());
      record.put("body", message.body());
      record.put("attributes", message.attributesAsStrings());
      record.put("messageAttributes", Map.of());
      record.put("md5OfBody", message.md5OfBody());
      record.put("eventSource", "aws:sqs");
      record.put("eventSourceARN", names.apply(queue, "Arn"));
      record.put("awsRegion", Names.REGION);
      records.add(record);
    }
    return Json.bytes(Map.of("Records", records));
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

  /// Per queue how much waits, is being worked on, and is dead.
  Map<String, Map<String, Integer>> standing() {
    var all = new LinkedHashMap<String, Map<String, Integer>>();
    for (var queue : template.ofType("AWS::SQS::Queue")) {
      var dead = queue.properties().at("RedrivePolicy", "deadLetterTargetArn");
      if (!dead.isPresent()) {
        continue; // is itself one of dead letters
      }
      var counts = counts(queue.name());
      var letters = counts(dead.text());
      var standing = new LinkedHashMap<String, Integer>();
      standing.put("waiting", counts.waiting());
      standing.put("inFlight", counts.inFlight());
      standing.put("deadLetters", letters.waiting() + letters.inFlight());
      all.put(queue.name(), standing);
    }
    return all;
  }

  private record Counts(int waiting, int inFlight) {}

  private Counts counts(String queue) {
    var attributes =
        sqs.getQueueAttributes(
                get -> get.queueUrl(names.apply(queue, "")).attributeNames(QueueAttributeName.ALL))
            .attributes();
    return new Counts(
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
            + number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
  }

  private static int number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
    return Integer.parseInt(attributes.getOrDefault(name, "0"));
  }

  @Override
  public void close() {
    open.forEach(ExecutorService::shutdownNow);
  }
}
