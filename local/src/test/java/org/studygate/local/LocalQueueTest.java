package org.studygate.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.local.LocalQueue.Counts;
import org.studygate.local.LocalQueue.Message;
import org.studygate.local.LocalQueue.Sight;
import org.studygate.platform.TestClock;

final class LocalQueueTest {
  private static final Instant START = Instant.parse("2026-11-27T08:00:00Z");
  private static final Duration VISIBILITY = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final TestClock clock = new TestClock(START);

  private LocalQueue queue() throws IOException {
    return queue("letters");
  }

  private LocalQueue queue(String name) throws IOException {
    return new LocalQueue(folder.resolve(name), VISIBILITY, clock);
  }

  private static List<String> bodies(LocalQueue queue) {
    return queue.receive(10).stream().map(Message::body).toList();
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void whatWaitsLongestComesFirstAndNotTwice() throws IOException {
    var queue = queue();
    List.of("a", "b", "c").forEach(body -> queue.send(body, Duration.ZERO));
    assertThat(queue.receive(2)).extracting(Message::body).containsExactly("a", "b");
    assertThat(queue.counts()).isEqualTo(new Counts(1, 2));
    assertThat(bodies(queue)).containsExactly("c");
    assertThat(bodies(queue)).isEmpty();
  }

  @Test
  void whatIsDelayedIsSeenLaterAndWaitsMeanwhile() throws IOException {
    var queue = queue();
    queue.send("late", Duration.ofSeconds(5));
    queue.send("now", Duration.ZERO);
    assertThat(bodies(queue)).containsExactly("now");
    assertThat(queue.counts()).isEqualTo(new Counts(1, 1));
    clock.advance(Duration.ofSeconds(5));
    assertThat(bodies(queue)).containsExactly("late");
  }

  @Test
  void whatIsDelayedLeavesItAtRestAndWhatHasFailedDoesNot() throws IOException {
    var queue = queue();
    queue.send("late", Duration.ofSeconds(5));
    assertThat(queue.atRest()).isTrue();
    clock.advance(Duration.ofSeconds(5));
    assertThat(queue.atRest()).isFalse();
    var received = queue.receive(10).getFirst();
    assertThat(queue.atRest()).isFalse();
    queue.seenAgainAfter(received.receipt(), Duration.ofSeconds(30));
    assertThat(queue.atRest()).isFalse();
    queue.delete(received.receipt());
    assertThat(queue.atRest()).isTrue();
  }

  @Test
  void whatIsNotDeletedComesAgainAndTellsHowOften() throws IOException {
    var queue = queue();
    queue.send("a", Duration.ZERO);
    var first = queue.receive(1).getFirst();
    assertThat(first.received()).isOne();
    clock.advance(VISIBILITY.minusMillis(1));
    assertThat(bodies(queue)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(queue.counts()).isEqualTo(new Counts(1, 0));
    var second = queue.receive(1).getFirst();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.received()).isEqualTo(2);
    assertThat(List.of(second.sent(), second.firstReceived())).containsOnly(START);
    queue.seenAgainAfter(second.receipt(), Duration.ofSeconds(5));
    clock.advance(Duration.ofSeconds(5));
    assertThat(queue.receive(1).getFirst().received()).isEqualTo(3);
  }

  @Test
  void whoeverWasTooSlowHasLostItToAnother() throws IOException {
    var queue = queue();
    queue.send("a", Duration.ZERO);
    var slow = queue.receive(1).getFirst().receipt();
    clock.advance(VISIBILITY);
    var other = queue.receive(1).getFirst().receipt();
    queue.seenAgainAfter(slow, Duration.ZERO);
    queue.delete(slow);
    assertThat(queue.counts()).isEqualTo(new Counts(0, 1));
    queue.delete(other);
    queue.delete("no receipt");
    assertThat(queue.counts()).isEqualTo(new Counts(0, 0));
    assertThat(files()).isZero();
  }

  @Test
  void whatWasReceivedTooOftenIsDeadUnderItsOwnId() throws IOException {
    var queue = queue();
    var lost = queue("lost");
    queue.redrive(lost, 2);
    var id = queue.send("a", Duration.ZERO);
    for (var time = 0; time < 2; time++) {
      assertThat(bodies(queue)).containsExactly("a");
      clock.advance(VISIBILITY);
    }
    assertThat(lost.counts()).isEqualTo(new Counts(0, 0));
    assertThat(bodies(queue)).isEmpty();
    assertThat(queue.counts()).isEqualTo(new Counts(0, 0));
    assertThat(files()).isOne();
    var letter = queue("lost").receive(1).getFirst(); // also after a restart
    assertThat(letter.id()).isEqualTo(id);
    assertThat(letter.body()).isEqualTo("a");
    assertThat(lost.receive(1)).extracting(Message::id).containsExactly(id);
  }

  @Test
  void whatWaitsOrIsWorkedOnIsThereAfterARestart() throws IOException {
    var queue = queue();
    List.of("a", "b").forEach(body -> queue.send(body, Duration.ZERO));
    queue.send("late", Duration.ofMinutes(1));
    queue.delete(queue.receive(1).getFirst().receipt());
    queue.receive(1);
    Files.writeString(folder.resolve("letters").resolve("c.part"), "{", StandardCharsets.UTF_8);
    var again = queue();
    assertThat(bodies(again)).containsExactly("b");
    assertThat(again.counts()).isEqualTo(new Counts(1, 1));
    clock.advance(Duration.ofMinutes(1));
    assertThat(bodies(again)).containsExactly("late");
    assertThat(files()).isEqualTo(2);
  }

  /// A data folder of before, whose times had fractions.
  @Test
  void whatWasKeptBeforeIsStillRead() throws IOException {
    var letters = Files.createDirectories(folder.resolve("letters"));
    Files.writeString(
        letters.resolve("a"), "{\"body\": \"a\", \"delayed_until\": 1764230400123.5}");
    assertThat(bodies(queue())).containsExactly("a");
  }

  @Test
  void nothingIsLeftOfAPurgedQueue() throws IOException {
    var queue = queue();
    List.of("a", "b").forEach(body -> queue.send(body, Duration.ZERO));
    queue.receive(1);
    queue.purge();
    assertThat(queue.counts()).isEqualTo(new Counts(0, 0));
    clock.advance(VISIBILITY);
    assertThat(bodies(queue)).isEmpty();
    assertThat(files()).isZero();
  }

  @Test
  void itTellsHowManyMayBeSeenAndSinceWhen() throws IOException {
    var queue = queue();
    assertThat(queue.sight(2).first()).isEmpty();
    queue.send("late", Duration.ofSeconds(5));
    var later = START.plusSeconds(5);
    assertThat(queue.sight(2)).isEqualTo(new Sight(0, Optional.of(later)));
    clock.advance(Duration.ofSeconds(6));
    List.of("a", "b").forEach(body -> queue.send(body, Duration.ZERO));
    assertThat(queue.sight(2)).isEqualTo(new Sight(2, Optional.of(later)));
  }
}
