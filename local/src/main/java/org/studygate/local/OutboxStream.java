package org.studygate.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.local.template.Template;
import org.studygate.platform.Log;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// Streams of tables, read as Lambda's event source does: in order, a failed batch again from the
/// record that failed, given up after the retries that the template allows.
final class OutboxStream implements AutoCloseable {
  private static final int LOOK_MILLIS = 1_000;

  /// Between two looks of which the first found nothing: each put into the inbox rings.
  private static final int PAUSE_MILLIS = 100;

  private final Template template;
  private final DynamoDbClient dynamo;
  private final DynamoDbStreamsClient streams;
  private final Lambda functions;
  private final Log log;
  private final Bell bell;
  private final List<Thread> readers = new ArrayList<>();
  private volatile boolean open;

  OutboxStream(
      Template template,
      DynamoDbClient dynamo,
      DynamoDbStreamsClient streams,
      Lambda functions,
      Log log,
      Bell bell) {
    this.bell = bell;
    this.template = template;
    this.dynamo = dynamo;
    this.streams = streams;
    this.functions = functions;
    this.log = log;
  }

  void start() {
    open = true;
    for (var function : template.functions()) {
      for (var event : function.events("DynamoDB")) {
        var table = event.at("Stream").text();
        var retries = event.at("MaximumRetryAttempts").number(5);
        readers.add(
            Thread.ofVirtual().name(table).start(() -> follow(function.name(), table, retries)));
      }
    }
  }

  private void follow(String function, String table, int retries) {
    var iterators = new LinkedHashMap<String, String>();
    while (open) {
      try {
        var rings = bell.rings();
        if (iterators.isEmpty()) {
          iterators.putAll(shards(table));
        }
        var found = 0;
        for (var shard : List.copyOf(iterators.entrySet())) {
          var records = streams.getRecords(get -> get.shardIterator(shard.getValue()).limit(10));
          deliver(function, records.records(), retries);
          found += records.records().size();
          if (records.nextShardIterator() == null) {
            iterators.remove(shard.getKey()); // closed: its successor is found when none is left
          } else {
            iterators.put(shard.getKey(), records.nextShardIterator());
          }
        }
        if (found == 0) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
          bell.await(rings, LOOK_MILLIS);
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (TrimmedDataAccessException | ExpiredIteratorException tooOld) {
        iterators.clear(); // read on from the oldest record that is there, as Lambda does
      } catch (RuntimeException failure) {
        log.error("stream-source-failed", failure);
        iterators.clear();
        pause();
      }
    }
  }

  /// Where to read on in each shard, from its beginning.
  private Map<String, String> shards(String table) {
    var arn = dynamo.describeTable(describe -> describe.tableName(table)).table().latestStreamArn();
    var stream = streams.describeStream(describe -> describe.streamArn(arn)).streamDescription();
    var iterators = new LinkedHashMap<String, String>();
    for (var shard : stream.shards()) {
      var iterator =
          streams.getShardIterator(
              get ->
                  get.streamArn(arn)
                      .shardId(shard.shardId())
                      .shardIteratorType(ShardIteratorType.TRIM_HORIZON));
      iterators.put(shard.shardId(), iterator.shardIterator());
    }
    return iterators;
  }

  private void deliver(String function, List<Record> records, int retries)
      throws InterruptedException {
    var left = records;
    for (var tries = 0; open && !left.isEmpty() && tries <= retries; tries++) {
      left = call(function, left);
      if (!left.isEmpty()) {
        TimeUnit.SECONDS.sleep(1);
      }
    }
    if (open && !left.isEmpty()) {
      log.warn("stream-records-given-up", Map.of("count", left.size()));
    }
  }

  /// Answers what is left to do.
  private List<Record> call(String function, List<Record> records) {
    try {
      var answer = functions.call(function, event(records));
      var failures = JsonObject.parse(answer).objects("batchItemFailures");
      if (failures.isEmpty()) {
        return List.of();
      }
      var from = failures.getFirst().string("itemIdentifier");
      return records.stream()
          .dropWhile(one -> !one.dynamodb().sequenceNumber().equals(from))
          .toList();
    } catch (IOException | RuntimeException failure) {
      log.error("function-failed", failure);
      return records;
    }
  }

  private static byte[] event(List<Record> records) {
    var all = new ArrayList<Map<String, Object>>();
    for (var record : records) {
      var change = new LinkedHashMap<String, Object>();
      change.put("Keys", values(record.dynamodb().keys()));
      change.put("NewImage", values(record.dynamodb().newImage()));
      change.put("SequenceNumber", record.dynamodb().sequenceNumber());
      change.put("StreamViewType", "NEW_IMAGE");
      var one = new LinkedHashMap<String, Object>();
      one.put("eventID", record.eventID());
      one.put("eventName", record.eventNameAsString());
      one.put("eventVersion", "1.1");
      one.put("eventSource", "aws:dynamodb");
      one.put("awsRegion", Names.REGION);
      one.put("dynamodb", change);
      all.add(one);
    }
    return Json.bytes(Map.of("Records", all));
  }

  private static Map<String, Object> values(Map<String, AttributeValue> item) {
    var values = new LinkedHashMap<String, Object>();
    item.forEach(
        (name, value) -> {
          var text = value.s();
          var number = value.n();
          if (text != null) {
            values.put(name, Map.of("S", text));
          } else if (number != null) {
            values.put(name, Map.of("N", number));
          }
        });
    return values;
  }

  private static void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until what was begun is done: whoever drops the tables next leaves nobody reading them.
  @Override
  public void close() {
    open = false;
    bell.ring();
    for (var reader : readers) {
      try {
        reader.join();
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
    readers.clear();
  }
}
