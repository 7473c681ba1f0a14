package org.studygate.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.local.Queues.Source;
import org.studygate.local.template.Template;
import org.studygate.platform.Log;
import org.studygate.platform.TestClock;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

final class QueuesTest {
  private static final Source LETTERS =
      new Source("PostFunction", "LetterQueue", 2, Duration.ofSeconds(4), 3);

  private final Template template =
      Template.of(
          """
          Resources:
            LetterQueue:
              Type: AWS::SQS::Queue
              Properties:
                VisibilityTimeout: 90
                RedrivePolicy: {deadLetterTargetArn: !GetAtt LostLetters.Arn, maxReceiveCount: 3}
            LostLetters: {Type: AWS::SQS::Queue}
            PostFunction:
              Type: AWS::Serverless::Function
              Properties:
                Events:
                  Letters: {Type: SQS, Properties: {Queue: !GetAtt LetterQueue.Arn, BatchSize: 2, MaximumBatchingWindowInSeconds: 4, ScalingConfig: {MaximumConcurrency: 3}}}
            ArchiveFunction:
              Type: AWS::Serverless::Function
              Properties:
                Events:
                  Lost: {Type: SQS, Properties: {Queue: !GetAtt LostLetters.Arn, BatchSize: 50}}
                  Asked: {Type: HttpApi, Properties: {Method: GET, Path: /lost}}
          """);
  @TempDir private Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-27T08:00:00Z"));
  private final List<JsonObject> handed = new ArrayList<>();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  private Queues queues(Lambda functions) throws IOException {
    var settings = new Settings(folder, folder, 8080, false, false, Optional.empty());
    var names = new Names(template, settings, URI.create("http://127.0.0.1:1"));
    var log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC());
    return new Queues(template, names, folder, clock, functions, log, new Bell());
  }

  private byte[] noted(String function, byte[] event) {
    assertThat(function).isEqualTo("PostFunction");
    handed.add(JsonObject.parse(event));
    return new byte[0];
  }

  private String logged() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFunctionReadsItsQueueInBatchesAndFourAtOnceAtMost() throws IOException {
    assertThat(queues(this::noted).sources())
        .containsExactly(
            LETTERS, new Source("ArchiveFunction", "LostLetters", 50, Duration.ZERO, 4));
  }

  @Test
  void whatIsWorkedOnIsGone() throws IOException {
    var queues = queues(this::noted);
    List.of("a", "b", "c").forEach(body -> queues.send("LetterQueue", body, Duration.ZERO));
    assertThat(queues.work(LETTERS)).isTrue();
    var records = handed.getFirst().objects("Records");
    assertThat(records).extracting(one -> one.string("body")).containsExactly("a", "b");
    assertThat(records)
        .allSatisfy(
            one -> {
              assertThat(one.string("eventSource")).isEqualTo("aws:sqs");
              assertThat(one.string("eventSourceARN"))
                  .isEqualTo("arn:aws:sqs:eu-central-1:123456789012:LetterQueue");
              assertThat(one.string("messageId")).isNotEmpty();
            });
    assertThat(queues.standing().get("LetterQueue"))
        .isEqualTo(Map.of("waiting", 1, "inFlight", 0, "deadLetters", 0));
    assertThat(queues.work(LETTERS)).isTrue();
    assertThat(queues.work(LETTERS)).as("nothing waits any more").isFalse();
    assertThat(handed).hasSize(2);
  }

  @Test
  void whatTheAnswerNamesComesAgainSoonAndTheRestIsGone() throws IOException {
    var queues =
        queues(
            (function, event) -> {
              noted(function, event);
              var first = JsonObject.parse(event).objects("Records").getFirst();
              return Json.bytes(
                  Map.of(
                      "batchItemFailures",
                      List.of(Map.of("itemIdentifier", first.string("messageId")))));
            });
    List.of("a", "b").forEach(body -> queues.send("LetterQueue", body, Duration.ZERO));
    queues.work(LETTERS);
    assertThat(queues.standing().get("LetterQueue"))
        .isEqualTo(Map.of("waiting", 0, "inFlight", 1, "deadLetters", 0));
    comesAgain(queues, List.of("a"), 2);
  }

  @Test
  void afterAFailureAllComeAgainAndAreDeadInTheEnd() throws IOException {
    var queues =
        queues(
            (function, event) -> {
              noted(function, event);
              throw new IOException("of a person");
            });
    List.of("a", "b").forEach(body -> queues.send("LetterQueue", body, Duration.ZERO));
    queues.work(LETTERS);
    comesAgain(queues, List.of("a", "b"), 2);
    comesAgain(queues, List.of("a", "b"), 3);
    clock.advance(Duration.ofSeconds(5));
    assertThat(queues.work(LETTERS)).isFalse();
    assertThat(queues.standing().get("LetterQueue"))
        .isEqualTo(Map.of("waiting", 0, "inFlight", 0, "deadLetters", 2));
    assertThat(logged()).contains("function-failed").doesNotContain("of a person");
  }

  private void comesAgain(Queues queues, List<String> bodies, int time) throws IOException {
    clock.advance(Duration.ofMillis(4_999));
    assertThat(queues.work(LETTERS)).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(queues.work(LETTERS)).isTrue();
    var records = handed.getLast().objects("Records");
    assertThat(records).extracting(one -> one.string("body")).containsExactlyElementsOf(bodies);
    assertThat(records)
        .extracting(one -> one.object("attributes").string("ApproximateReceiveCount"))
        .containsOnly(Integer.toString(time));
  }

  @Test
  void deadLettersStandBesideTheirQueue() throws IOException {
    var queues = queues(this::noted);
    List.of("a", "b").forEach(body -> queues.send("LostLetters", body, Duration.ZERO));
    assertThat(queues.standing())
        .isEqualTo(Map.of("LetterQueue", Map.of("waiting", 0, "inFlight", 0, "deadLetters", 2)));
  }

  @Test
  void allIsPurged() throws IOException {
    var queues = queues(this::noted);
    queues.send("LetterQueue", "a", Duration.ZERO);
    queues.send("LostLetters", "b", Duration.ZERO);
    queues.purge();
    assertThat(queues.standing())
        .isEqualTo(Map.of("LetterQueue", Map.of("waiting", 0, "inFlight", 0, "deadLetters", 0)));
  }

  @Test
  void moreAreGatheredForAsLongAsTheTemplateSaysAndNoLongerThanABatchTakes() throws IOException {
    var queues = queues(this::noted);
    queues.send("LetterQueue", "a", Duration.ZERO);
    clock.advance(Duration.ofMillis(3_500));
    assertThat(queues.pause(LETTERS)).isEqualTo(Duration.ofMillis(501));
    queues.send("LetterQueue", "b", Duration.ZERO);
    assertThat(queues.pause(LETTERS)).as("a whole batch").isEqualTo(Duration.ZERO);
    queues.work(LETTERS);
    queues.send("LetterQueue", "c", Duration.ZERO);
    assertThat(queues.pause(LETTERS)).as("looked at again before").isEqualTo(Duration.ofSeconds(2));
    clock.advance(Duration.ofSeconds(4));
    assertThat(queues.pause(LETTERS)).as("long enough").isEqualTo(Duration.ZERO);
  }

  @Test
  void functionsSendWithTheClientOfAws() throws Exception {
    var queues = queues(this::noted);
    var endpoint = URI.create("http://127.0.0.1:" + Children.freePort());
    try (var server = new SqsServer(endpoint.getPort(), queues);
        var client =
            SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(Names.REGION))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
      assertThat(server).isNotNull();
      var url = endpoint + "/123456789012/LetterQueue";
      client.sendMessage(send -> send.queueUrl(url).messageBody("né 一").delaySeconds(7));
      assertThat(queues.work(LETTERS)).isFalse();
      clock.advance(Duration.ofSeconds(7));
      assertThat(queues.work(LETTERS)).isTrue();
      assertThat(handed.getFirst().objects("Records").getFirst().string("body")).isEqualTo("né 一");
      assertThatThrownBy(
              () -> client.sendMessage(send -> send.queueUrl(endpoint + "/1/No").messageBody("a")))
          .isInstanceOf(QueueDoesNotExistException.class);
      assertThatThrownBy(
              () ->
                  client.sendMessage(send -> send.queueUrl(url).messageBody("a").delaySeconds(901)))
          .isInstanceOf(SqsException.class)
          .hasMessageContaining("DelaySeconds");
      assertThatThrownBy(() -> client.sendMessage(send -> send.queueUrl(url).messageBody("")))
          .isInstanceOf(SqsException.class);
      assertThatThrownBy(() -> client.purgeQueue(purge -> purge.queueUrl(url)))
          .isInstanceOf(SqsException.class)
          .hasMessageContaining("SendMessage");
    }
  }

  @Test
  @Timeout(60)
  void whatIsSentIsHandedOverByTheSources() throws Exception {
    var bodies = new LinkedBlockingQueue<String>();
    Lambda functions =
        (_, event) -> {
          JsonObject.parse(event).objects("Records").forEach(one -> bodies.add(one.string("body")));
          return new byte[0];
        };
    try (var queues = queues(functions)) {
      queues.startSources();
      List.of("a", "b").forEach(body -> queues.send("LetterQueue", body, Duration.ZERO));
      queues.send("LostLetters", "c", Duration.ZERO);
      assertThat(List.of(bodies.take(), bodies.take(), bodies.take()))
          .containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  @Timeout(60)
  void asManyBatchesAsTheTemplateSaysAreWorkedOnSideBySide() throws Exception {
    var begun = new LinkedBlockingQueue<String>();
    var goOn = new CountDownLatch(1);
    Lambda functions =
        (function, _) -> {
          begun.add(function);
          try {
            goOn.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          return new byte[0];
        };
    try (var queues = queues(functions)) {
      for (var i = 0; i < 10; i++) {
        queues.send("LetterQueue", "a", Duration.ZERO);
      }
      queues.startSources();
      for (var i = 0; i < 3; i++) {
        begun.take(); // none of them has ended
      }
      var standing = queues.standing().get("LetterQueue");
      assertThat(standing).containsEntry("waiting", 4).containsEntry("inFlight", 6);
      goOn.countDown();
      begun.take();
      begun.take();
    }
  }
}
