package org.studygate.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.studygate.json.JsonObject;
import org.studygate.local.dynamodb.LocalDynamo;
import org.studygate.local.template.Template;
import org.studygate.platform.Aws;
import org.studygate.platform.Environment;
import org.studygate.platform.Log;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// On DynamoDB Local. What was handed over is told by its keys, batch by batch.
@Timeout(120)
final class OutboxStreamTest {
  private static final String TEMPLATE =
      """
      Resources:
        LettersTable:
          Type: AWS::DynamoDB::Table
          Properties:
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            KeySchema: [{AttributeName: id, KeyType: HASH}]
            StreamSpecification: {StreamViewType: NEW_IMAGE}
        PostFunction:
          Type: AWS::Serverless::Function
          Properties:
            Events:
              Letters:
                Type: DynamoDB
                Properties: {Stream: !GetAtt LettersTable.StreamArn, MaximumRetryAttempts: 1}
      """;

  @AutoClose private final LocalDynamo server;
  @AutoClose private final DynamoDbClient dynamo;
  @AutoClose private final DynamoDbStreamsClient streams;
  private final Template template = Template.of(TEMPLATE);
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Bell bell = new Bell();
  private final BlockingQueue<List<JsonObject>> batches = new LinkedBlockingQueue<>();

  OutboxStreamTest() throws Exception {
    server = LocalDynamo.start(0, null);
    var endpoint = server.endpoint().toString();
    var aws =
        Aws.of(
            new Environment(
                Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL_DYNAMODB", endpoint)));
    dynamo = aws.dynamo();
    streams = aws.configure(DynamoDbStreamsClient.builder(), "DYNAMODB");
  }

  @BeforeEach
  void makeTheTable() {
    new Tables(template, dynamo).create();
  }

  private OutboxStream stream(Lambda functions) {
    var log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC());
    return new OutboxStream(template, dynamo, streams, functions, log, bell);
  }

  private void put(String id) {
    var item = Map.of("id", AttributeValue.fromS(id), "tries", AttributeValue.fromN("1"));
    dynamo.putItem(put -> put.tableName("LettersTable").item(item));
  }

  private List<JsonObject> noted(byte[] event) {
    var records = JsonObject.parse(event).objects("Records");
    batches.add(records);
    return records;
  }

  private static String key(JsonObject record) {
    return record.object("dynamodb").object("Keys").object("id").string("S");
  }

  private static byte[] failedFrom(JsonObject record) {
    var number = record.object("dynamodb").string("SequenceNumber");
    return "{\"batchItemFailures\":[{\"itemIdentifier\":\"%s\"}]}"
        .formatted(number)
        .getBytes(StandardCharsets.UTF_8);
  }

  private List<String> next() throws InterruptedException {
    return batches.take().stream().map(OutboxStreamTest::key).toList();
  }

  @Test
  void whatWasWrittenIsToldInItsOrderAndFromTheFailedOneAgain() throws Exception {
    List.of("a", "b", "c").forEach(this::put);
    Lambda failingOnce =
        (function, event) -> {
          assertThat(function).isEqualTo("PostFunction");
          var records = noted(event);
          return records.size() == 3
              ? failedFrom(records.get(1))
              : "{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8);
        };
    try (var stream = stream(failingOnce)) {
      stream.start();
      var first = batches.take();
      assertThat(first).extracting(OutboxStreamTest::key).containsExactly("a", "b", "c");
      var record = first.getFirst();
      assertThat(record.string("eventName")).isEqualTo("INSERT");
      assertThat(record.object("dynamodb").object("NewImage").object("tries").string("N"))
          .isEqualTo("1");
      assertThat(next()).containsExactly("b", "c");
      put("d");
      bell.ring();
      assertThat(next()).containsExactly("d");
    }
  }

  @Test
  void whatFailsAfterEachRetryIsGivenUpAndTheNextIsRead() throws Exception {
    put("a");
    Lambda failing =
        (_, event) -> {
          if (key(noted(event).getFirst()).equals("a")) {
            throw new IllegalStateException("of a person");
          }
          return "{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8);
        };
    try (var stream = stream(failing)) {
      stream.start();
      assertThat(next()).containsExactly("a");
      assertThat(next()).as("the one retry").containsExactly("a");
      put("b");
      bell.ring();
      assertThat(next()).containsExactly("b");
    }
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .contains("function-failed", "stream-records-given-up")
        .doesNotContain("of a person");
  }

  @Test
  void whatIsClosedReadsNoMoreAndCanBeginAgain() throws Exception {
    Lambda fine =
        (_, event) -> {
          noted(event);
          return "{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8);
        };
    var stream = stream(fine);
    stream.start();
    put("a");
    bell.ring();
    assertThat(next()).containsExactly("a");
    stream.close();
    var tables = new Tables(template, dynamo);
    tables.drop();
    tables.create();
    put("b");
    stream.start();
    assertThat(next()).containsExactly("b");
    stream.close();
    assertThat(batches).isEmpty();
    assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain("stream-source-failed");
  }
}
