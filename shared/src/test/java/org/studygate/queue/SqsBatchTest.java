package org.studygate.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.studygate.inbox.InboxObject;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;
import org.studygate.platform.TestClock;

final class SqsBatchTest {
  private static final Deadline MINUTES = () -> Duration.ofMinutes(2);

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(told), clock).of("some-function");
  private final List<String> done = new ArrayList<>();

  private static Map<String, Object> message(String id, int received) {
    return Map.of(
        "messageId",
        id,
        "body",
        "body of " + id,
        "attributes",
        Map.of("ApproximateReceiveCount", Integer.toString(received)));
  }

  private List<String> run(Deadline deadline, SqsBatch.Work work, Object... messages)
      throws IOException {
    return run(deadline, work, _ -> Set.of(), messages);
  }

  private List<String> run(
      Deadline deadline,
      SqsBatch.Work work,
      Function<Deadline, Set<String>> after,
      Object... messages)
      throws IOException {
    var event = new ByteArrayInputStream(Json.bytes(Map.of("Records", List.of(messages))));
    var answer = new ByteArrayOutputStream();
    new SqsBatch(log).handle(event, answer, deadline, work, after);
    return JsonObject.parse(answer.toByteArray()).objects("batchItemFailures").stream()
        .map(failure -> failure.string("itemIdentifier"))
        .toList();
  }

  private void work(SqsBatch.Message message, Deadline deadline) {
    if (message.id().startsWith("bad")) {
      throw new IllegalStateException("of this message");
    }
    done.add(message.id());
  }

  @Test
  void whatFailsFailsAlone() throws IOException {
    assertThat(run(MINUTES, this::work, message("a", 1), message("bad", 1), message("c", 1)))
        .containsExactly("bad");
    assertThat(done).containsExactly("a", "c");
  }

  @Test
  void errorsOfAnyKindFailAlone() throws IOException {
    for (var error :
        List.of(
            new StackOverflowError(),
            new OutOfMemoryError(),
            new NoClassDefFoundError(),
            new AssertionError(),
            new UnsatisfiedLinkError())) {
      done.clear();
      SqsBatch.Work work =
          (message, deadline) -> {
            if (message.id().equals("bad")) {
              throw error;
            }
            work(message, deadline);
          };
      assertThat(run(MINUTES, work, message("bad", 1), message("b", 1))).containsExactly("bad");
      assertThat(done).containsExactly("b");
    }
  }

  @Test
  void whatThereIsNoTimeForIsNotBegunAndComesAgain() throws IOException {
    Deadline deadline = () -> Duration.ofSeconds(done.size() < 2 ? 60 : 10);
    assertThat(run(deadline, this::work, message("a", 1), message("b", 1), message("c", 1)))
        .containsExactly("c");
    assertThat(done).containsExactly("a", "b");
    assertThat(lines()).anyMatch(line -> line.contains("\"MessagesNotBegun\":1"));
  }

  @Test
  void thereIsTimeForWhatIsDoneOnceForTheBatch() throws IOException {
    var left = new ArrayList<Duration>();
    Deadline deadline = () -> Duration.ofSeconds(done.isEmpty() ? 12 : 10);
    run(
        deadline,
        this::work,
        end -> {
          left.add(end.left());
          return Set.of();
        },
        message("a", 1),
        message("b", 1));
    assertThat(done).containsExactly("a");
    assertThat(left).containsExactly(Duration.ofSeconds(10));
  }

  @Test
  void whatHasBeenTriedBeforeComesLast() throws IOException {
    run(MINUTES, this::work, message("thrice", 3), message("new", 1), message("twice", 2));
    assertThat(done).containsExactly("new", "twice", "thrice");
  }

  @Test
  void longWorkIsToldWhenToStop() throws IOException {
    var time = new ArrayList<>(List.of(60, 60, 5));
    Deadline deadline =
        () -> Duration.ofSeconds(time.size() > 1 ? time.removeFirst() : time.getFirst());
    SqsBatch.Work endless =
        (_, end) -> {
          while (true) {
            end.check();
          }
        };
    assertThat(run(deadline, endless, message("endless", 1))).containsExactly("endless");
    assertThat(lines()).anyMatch(line -> line.contains("Deadline$OutOfTime"));
  }

  @Test
  void whatFailsAtTheEndComesAgain() throws IOException {
    assertThat(run(MINUTES, this::work, _ -> Set.of("b"), message("a", 1), message("b", 1)))
        .containsExactly("b");
    Function<Deadline, Set<String>> broken =
        _ -> {
          throw new IllegalStateException("of the end");
        };
    assertThat(run(MINUTES, this::work, broken, message("a", 1), message("b", 1)))
        .containsExactly("a", "b");
  }

  @Test
  void aMessageWithoutBodyOrWithAStrangeCountIsJudgedAlone() throws IOException {
    var strange =
        Map.of("messageId", "b", "attributes", Map.of("ApproximateReceiveCount", "often"));
    SqsBatch.Work parsing =
        (message, _) -> {
          JsonObject.parse(message.body().getBytes(StandardCharsets.UTF_8));
          done.add(message.id());
        };
    assertThat(run(MINUTES, parsing, Map.of("messageId", "a", "body", "{}"), strange))
        .containsExactly("b");
    assertThat(done).containsExactly("a");
  }

  @Test
  void aFailureIsALineWithItsIdsAndAMetricOfTheFunction() throws IOException {
    run(MINUTES, this::work, message("bad-17", 4));
    var line = JsonObject.parse(lines().getFirst().getBytes(StandardCharsets.UTF_8));
    assertThat(line.string("event")).isEqualTo("message-failed");
    assertThat(line.string("message")).isEqualTo("bad-17");
    assertThat(line.optionalInt("received")).contains(4);
    assertThat(line.string("failure")).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.string("function")).isEqualTo("some-function");
    assertThat(line.optionalInt("Failed")).contains(1);
    assertThat(line.json()).doesNotContain("of this message", "body of");
  }

  @Test
  void anObjectIsNamedAsInQuarantineAndNeverByItsKey() throws IOException {
    var object = new InboxObject("inbox", "in/noord/peeters.dcm", 7, clock.instant(), "01", "tag");
    var records = List.of(Map.of("messageId", "m", "body", object.event()));
    var event = new ByteArrayInputStream(Json.bytes(Map.of("Records", records)));
    new SqsBatch(log, InboxObject::ids)
        .handle(
            event,
            new ByteArrayOutputStream(),
            MINUTES,
            (_, _) -> {
              throw new IllegalStateException();
            });
    assertThat(lines().getFirst()).contains(object.id()).doesNotContain("peeters");
  }

  private List<String> lines() {
    return told.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
