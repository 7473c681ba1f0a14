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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.studygate.json.JsonObject;
import org.studygate.local.Queues.Source;
import org.studygate.local.template.Template;
import org.studygate.platform.Log;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

final class QueuesTest {
  private static final Source LETTERS = new Source("PostFunction", "LetterQueue", 2, 3);

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
                  Letters: {Type: SQS, Properties: {Queue: !GetAtt LetterQueue.Arn, BatchSize: 2, ScalingConfig: {MaximumConcurrency: 3}}}
            ArchiveFunction:
              Type: AWS::Serverless::Function
              Properties:
                Events:
                  Lost: {Type: SQS, Properties: {Queue: !GetAtt LostLetters.Arn, BatchSize: 50}}
                  Asked: {Type: HttpApi, Properties: {Method: GET, Path: /lost}}
          """);
  private final TestSqs sqs = new TestSqs();
  private final List<JsonObject> handed = new ArrayList<>();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private String answer = "";

  private Queues queues(Lambda functions) {
    var folder = Path.of("");
    var settings = new Settings(folder, folder, 8080, false, false, Optional.empty());
    var names = new Names(template, settings, URI.create("http://127.0.0.1:1"));
    var log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC());
    return new Queues(template, names, sqs, functions, log, new Bell());
  }

  private byte[] noted(String function, byte[] event) {
    assertThat(function).isEqualTo("PostFunction");
    handed.add(JsonObject.parse(event));
    return answer.getBytes(StandardCharsets.UTF_8);
  }

  private String logged() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aQueueIsMadeAsTheTemplateSays() {
    queues(this::noted).create();
    assertThat(sqs.attributes.get("LetterQueue"))
        .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "90")
        .extractingByKey(QueueAttributeName.REDRIVE_POLICY)
        .satisfies(
            policy -> {
              var redrive = JsonObject.parse(policy.getBytes(StandardCharsets.UTF_8));
              assertThat(redrive.string("deadLetterTargetArn"))
                  .isEqualTo("arn:aws:sqs:eu-central-1:123456789012:LostLetters");
              assertThat(redrive.optionalInt("maxReceiveCount")).contains(3);
            });
    assertThat(sqs.attributes.get("LostLetters"))
        .isEqualTo(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30"));
  }

  @Test
  void aFunctionReadsItsQueueInBatchesOfTenAtMostAndFourAtOnce() {
    assertThat(queues(this::noted).sources())
        .containsExactly(LETTERS, new Source("ArchiveFunction", "LostLetters", 10, 4));
  }

  @Test
  void whatIsWorkedOnIsGone() {
    var queues = queues(this::noted);
    List.of("a", "b", "c").forEach(body -> queues.send("LetterQueue", body));
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
  void whatTheAnswerNamesComesAgainSoonAndTheRestIsGone() {
    answer = "{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}";
    var queues = queues(this::noted);
    List.of("a", "b").forEach(body -> queues.send("LetterQueue", body));
    queues.work(LETTERS);
    assertThat(sqs.seenAgainAfter).isEqualTo(Map.of("m2", 5));
    assertThat(queues.standing().get("LetterQueue")).containsEntry("inFlight", 1);
  }

  @Test
  void afterAFailureAllComeAgain() {
    var queues =
        queues(
            (_, _) -> {
              throw new IOException("of a person");
            });
    List.of("a", "b").forEach(body -> queues.send("LetterQueue", body));
    queues.work(LETTERS);
    assertThat(sqs.seenAgainAfter).isEqualTo(Map.of("m1", 5, "m2", 5));
    assertThat(logged()).contains("function-failed").doesNotContain("of a person");
  }

  @Test
  void deadLettersStandBesideTheirQueue() {
    var queues = queues(this::noted);
    List.of("a", "b").forEach(body -> queues.send("LostLetters", body));
    assertThat(queues.standing())
        .isEqualTo(Map.of("LetterQueue", Map.of("waiting", 0, "inFlight", 0, "deadLetters", 2)));
  }

  @Test
  void aQueueIsEmptiedTooWhereItWasPurgedJustNow() {
    var queues = queues(this::noted);
    for (var refusal : List.of(0, 403)) {
      sqs.purgeRefusal = refusal;
      for (var i = 0; i < 12; i++) {
        queues.send("LetterQueue", "a");
      }
      queues.purge();
      assertThat(queues.standing().get("LetterQueue"))
          .as("%s", refusal)
          .isEqualTo(Map.of("waiting", 0, "inFlight", 0, "deadLetters", 0));
    }
    sqs.purgeRefusal = 500;
    assertThatThrownBy(queues::purge).isInstanceOf(SqsException.class);
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
      queues.send("LetterQueue", "a");
      queues.send("LostLetters", "b");
      assertThat(List.of(bodies.take(), bodies.take())).containsExactlyInAnyOrder("a", "b");
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
        queues.send("LetterQueue", "a");
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
