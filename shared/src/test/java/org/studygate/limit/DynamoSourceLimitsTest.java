package org.studygate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.studygate.dynamo.Item.times;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.SourceLimits.Source;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Two rules in one item, as in `DynamoLimitsTest` for one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoSourceLimitsTest {
  private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");
  private static final int ADDRESS = LimitRule.LOGIN_ADDRESS.max();
  private static final int NETWORK = LimitRule.LOGIN_NETWORK.max();

  @AutoClose private final TestTables tables = TestTables.start();
  private final DynamoSourceLimits limits = new DynamoSourceLimits(tables.client(), "LimitsTable");

  @Test
  void anAddressIsFullBeforeItsNetworkIs() {
    for (var i = 0; i < ADDRESS; i++) {
      assertThat(limits.take(new Source("net", "a"), START.plusSeconds(i))).isEmpty();
    }
    var later = START.plusSeconds(99);
    assertThat(limits.take(new Source("net", "a"), later))
        .contains(START.plus(LimitRule.LOGIN_ADDRESS.window()));
    assertThat(limits.take(new Source("net", "b"), later)).isEmpty();
    assertThat(limits.take(new Source("other", "a"), later)).isEmpty();
  }

  @Test
  void aNetworkIsFullThoughNoAddressOfItIs() {
    for (var i = 0; i < NETWORK; i++) {
      assertThat(limits.take(new Source("wide", "a" + i), START)).isEmpty();
    }
    assertThat(limits.take(new Source("wide", "one more"), START))
        .contains(START.plus(LimitRule.LOGIN_NETWORK.window()));
    assertThat(limits.take(new Source("wide", "one more"), START.plusSeconds(600))).isEmpty();
    assertThat(item("wide").keySet().stream().filter(name -> name.startsWith("from-")))
        .containsExactly("from-one more"); // what counts no longer is gone
  }

  @Test
  void whoIsGenuineLeavesNothingBehind() {
    for (var i = 0; i < NETWORK + 10; i++) {
      var source = new Source("clinic", "a" + i);
      assertThat(limits.take(source, START.plusMillis(i))).isEmpty();
      limits.giveBack(source, START.plusMillis(i));
    }
    assertThat(item("clinic").keySet())
        .containsExactlyInAnyOrder("limit_key", "taken", "writes", "purge_at");
    limits.giveBack(new Source("clinic", "nobody"), START);
    limits.giveBack(new Source("nowhere", "nobody"), START);
  }

  @Test
  void ofTwoHundredAtOnceAsManyAsAllowedAreTaken() throws Exception {
    assertThat(atOnce(200, _ -> limits.take(new Source("race", "a"), START).isEmpty()))
        .isEqualTo(ADDRESS);
    assertThat(atOnce(200, i -> limits.take(new Source("race2", "a" + i), START).isEmpty()))
        .isEqualTo(NETWORK);
  }

  @Test
  void ofTwoHundredAtOnceAfterAFullWindowAsManyAsAllowedAreTaken() throws Exception {
    for (var i = 0; i < ADDRESS; i++) {
      assertThat(limits.take(new Source("again", "a"), START.plusSeconds(i))).isEmpty();
    }
    var now = START.plus(LimitRule.LOGIN_ADDRESS.window()).plusSeconds(9); // ten count no longer
    assertThat(atOnce(200, _ -> limits.take(new Source("again", "a"), now).isEmpty()))
        .isEqualTo(10);
  }

  @Test
  void givenBackAtOnceAllAreGone() throws Exception {
    assertThat(
            atOnce(
                100,
                i -> {
                  var source = new Source("waiting", "a" + i % 5);
                  var now = START.plusMillis(i % 7);
                  assertThat(limits.take(source, now)).isEmpty();
                  limits.giveBack(source, now);
                  return true;
                }))
        .isEqualTo(100);
    assertThat(item("waiting").keySet()).noneMatch(name -> name.startsWith("from-"));
  }

  /// An item that was written before addresses were kept beside their network.
  @Test
  void anOlderItemCountsForItsNetwork() {
    var taken = new ArrayList<AttributeValue>();
    for (var i = 0; i < NETWORK; i++) {
      taken.add(Item.n(START));
    }
    tables
        .client()
        .putItem(
            put ->
                put.tableName("LimitsTable")
                    .item(
                        Map.of(
                            "limit_key",
                            Item.s("login-network#old"),
                            "taken",
                            AttributeValue.fromL(taken))));
    assertThat(limits.take(new Source("old", "a"), START.plusSeconds(1))).isPresent();
    assertThat(limits.take(new Source("old", "a"), START.plusSeconds(600))).isEmpty();
  }

  /// While a new version is deployed, the former one counts beside it and knows no `writes`.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatAnOlderVersionCountsIsNotClearedAway(boolean known) {
    var network = known ? "mixed" : "former";
    var key = Map.of("limit_key", Item.s("login-network#" + network));
    var full = Change.of("LimitsTable", key).set("taken", times(Collections.nCopies(NETWORK, 1L)));
    (known ? full.set("writes", NETWORK) : full).run(tables.client());
    var older = Change.of("LimitsTable", key).set("taken", times(List.of(START.toEpochMilli())));
    var now = START.plusSeconds(1);
    var between =
        new DynamoSourceLimits(beforeCall(2, () -> older.run(tables.client())), "LimitsTable");
    assertThat(between.take(new Source(network, "a"), now)).isEmpty();
    assertThat(Item.of(item(network)).numbers("taken"))
        .containsExactly(START.toEpochMilli(), now.toEpochMilli());
  }

  private DynamoDbClient beforeCall(int at, Runnable step) {
    var calls = new AtomicInteger();
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> {
              if (calls.incrementAndGet() == at) {
                step.run();
              }
              try {
                return method.invoke(tables.client(), arguments);
              } catch (InvocationTargetException refused) {
                throw refused.getCause();
              }
            });
  }

  private record Taken(Source source, Instant at) {
    boolean counts(Instant now) {
      return now.isBefore(at.plus(LimitRule.LOGIN_NETWORK.window()));
    }
  }

  /// Against a model that remembers everything.
  @Test
  void atRandomTimesItIsWhatAModelSays() {
    var seed = 20261127L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var model = new ArrayList<Taken>();
    var now = START;
    for (var i = 0; i < 700; i++) {
      now = now.plusMillis(random.nextInt(4000));
      var at = now;
      var source = new Source("model", "a" + random.nextInt(7));
      var own = taken(model, at, source);
      var all = taken(model, at, null);
      var room =
          Stream.of(full(own, ADDRESS), full(all, NETWORK))
              .flatMap(Optional::stream)
              .max(Instant::compareTo);
      assertThat(limits.take(source, at)).as("step %s", i).isEqualTo(room);
      if (room.isEmpty()) {
        if (random.nextInt(4) == 0) {
          limits.giveBack(source, at);
        } else {
          model.add(new Taken(source, at));
        }
      }
    }
  }

  private static List<Instant> taken(List<Taken> model, Instant now, @Nullable Source of) {
    return model.stream()
        .filter(taken -> taken.counts(now) && (of == null || taken.source().equals(of)))
        .map(Taken::at)
        .toList();
  }

  private static Optional<Instant> full(List<Instant> times, int max) {
    return times.size() < max
        ? Optional.empty()
        : Optional.of(times.get(times.size() - max).plus(LimitRule.LOGIN_NETWORK.window()));
  }

  private Map<String, AttributeValue> item(String network) {
    return tables
        .client()
        .getItem(
            get ->
                get.tableName("LimitsTable")
                    .key(Map.of("limit_key", Item.s("login-network#" + network))))
        .item();
  }

  private interface Try {
    boolean at(int number);
  }

  private static long atOnce(int many, Try one) throws Exception {
    try (var threads = Executors.newFixedThreadPool(50)) {
      var all = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < many; i++) {
        var number = i;
        all.add(() -> one.at(number));
      }
      var taken = 0;
      for (var result : threads.invokeAll(all)) {
        taken += result.get() ? 1 : 0;
      }
      return taken;
    }
  }
}
