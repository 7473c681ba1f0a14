package org.studygate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.Tries;
import org.studygate.order.BirthDate.Known;
import org.studygate.reference.References.Claiming;
import org.studygate.reference.References.Entry;
import org.studygate.reference.References.Try;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoReferencesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Entry ENTRY = new Entry("bucket", "birth", Known.DAY);

  @AutoClose private final TestTables tables = TestTables.start();
  private DynamoReferences references;

  @BeforeAll
  void start() {
    references = new DynamoReferences(tables.client(), "ReferencesTable");
  }

  @Test
  void blockedAfterAsManyWrongDatesAsMayBe() {
    references.register("many", ENTRY, "1");
    for (var i = 1; i <= Tries.DATE.max(); i++) {
      assertThat(references.charge("many", NOW)).isEqualTo(new Try.Charged(i, Optional.of(ENTRY)));
    }
    assertThat(references.charge("many", NOW)).isEqualTo(new Try.Blocked());
  }

  @Test
  void aNumberThatDoesNotExistIsCountedAlike() {
    for (var i = 1; i <= Tries.DATE.max(); i++) {
      assertThat(references.charge("nobody", NOW)).isEqualTo(new Try.Charged(i, Optional.empty()));
    }
    assertThat(references.charge("nobody", NOW)).isEqualTo(new Try.Blocked());
  }

  @Test
  void theRightDateAsLastTryWorksAndClearsTheRun() {
    references.register("last", ENTRY, "1");
    for (var i = 1; i <= Tries.DATE.max(); i++) {
      references.charge("last", NOW);
    }
    references.forgive("last", Tries.DATE.max());
    assertThat(references.charge("last", NOW)).isEqualTo(new Try.Charged(1, Optional.of(ENTRY)));
  }

  @Test
  void aSuccessTakesOffNothingThatCameAfterIt() {
    references.register("after", ENTRY, "1");
    references.charge("after", NOW); // the right one
    references.charge("after", NOW); // a guess beside it
    references.charge("after", NOW);
    references.forgive("after", 1);
    assertThat(references.charge("after", NOW)).isEqualTo(new Try.Charged(3, Optional.of(ENTRY)));
  }

  @Test
  void registeringAgainKeepsTheCounter() {
    references.register("again", ENTRY, "1");
    references.charge("again", NOW);
    assertThat(references.register("again", ENTRY, "1")).isEqualTo(Claiming.WRITTEN);
    assertThat(references.charge("again", NOW)).isEqualTo(new Try.Charged(2, Optional.of(ENTRY)));
  }

  @Test
  void aNumberBelongsToOneBucket() {
    references.register("one", ENTRY, "1");
    assertThat(references.register("one", new Entry("other", "birth", Known.DAY), "2"))
        .isEqualTo(Claiming.TAKEN);
    assertThat(references.charge("one", NOW)).isEqualTo(new Try.Charged(1, Optional.of(ENTRY)));
  }

  @Test
  void anOlderMessageDoesNotBringBackItsDateOfBirth() {
    references.register("newer", ENTRY, "2");
    var older = new Entry(ENTRY.bucketId(), "mistyped", Known.DAY);
    assertThat(references.register("newer", older, "1")).isEqualTo(Claiming.NEWER_THERE);
    assertThat(references.charge("newer", NOW)).isEqualTo(new Try.Charged(1, Optional.of(ENTRY)));
  }

  @Test
  void howMuchOfADateIsKnownIsKeptWithIt() {
    for (var known : Known.values()) {
      var entry = new Entry("bucket", "birth", known);
      references.register("known " + known, entry, "1");
      assertThat(references.charge("known " + known, NOW))
          .isEqualTo(new Try.Charged(1, Optional.of(entry)));
    }
  }

  @Test
  void aNumberRegisteredBeforePartialDatesHasItsDay() {
    references.register("before", ENTRY, "1");
    tables
        .client()
        .updateItem(
            request ->
                request
                    .tableName("ReferencesTable")
                    .key(Map.of("reference_hash", Item.s("before")))
                    .updateExpression("REMOVE birth_known"));
    assertThat(references.charge("before", NOW)).isEqualTo(new Try.Charged(1, Optional.of(ENTRY)));
  }

  @Test
  void ofTwoHundredParallelGuessesNoMoreAreJudgedThanMayBeWrong() throws Exception {
    references.register("race", ENTRY, "1");
    assertThat(judged(() -> references.charge("race", NOW) instanceof Try.Charged))
        .isEqualTo(Tries.DATE.max());
  }

  /// The counter-example that shows the race test means something: reading, comparing and writing
  /// back lets guesses slip past.
  @Test
  void aStoreThatReadsAndThenWritesJudgesMore() throws Exception {
    var naive = new ReadThenWrite(tables.client());
    assertThat(judged(naive::charge)).isGreaterThan(Tries.DATE.max());
  }

  private static long judged(Callable<Boolean> guess) throws Exception {
    var threads = 50;
    var together = new CyclicBarrier(threads);
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var guesses =
          IntStream.range(0, 200)
              .mapToObj(
                  i ->
                      pool.submit(
                          () -> {
                            together.await();
                            return guess.call();
                          }))
              .toList();
      var judged = 0;
      for (var one : guesses) {
        judged += one.get() ? 1 : 0;
      }
      return judged;
    }
  }

  private record ReadThenWrite(DynamoDbClient dynamo) {
    boolean charge() {
      var key = Map.of("reference_hash", Item.s("naive"));
      var read =
          dynamo.getItem(
              request -> request.tableName("ReferencesTable").key(key).consistentRead(true));
      var failures = Item.of(read.item()).optionalNumber("failures").orElse(0L);
      if (failures >= Tries.DATE.max()) {
        return false;
      }
      var item = Map.of("reference_hash", Item.s("naive"), "failures", Item.n(failures + 1));
      dynamo.putItem(request -> request.tableName("ReferencesTable").item(item));
      return true;
    }
  }
}
