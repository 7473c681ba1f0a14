package org.studygate.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.studygate.dynamo.TestTables;

/// No more than so many in any time of that length, whenever it begins.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoLimitsTest {
  private static final Instant START = Instant.parse("2026-11-23T10:59:59.500Z");

  @AutoClose private final TestTables tables = TestTables.start();
  private DynamoLimits limits;

  @BeforeAll
  void start() {
    limits = new DynamoLimits(tables.client(), "LimitsTable");
  }

  /// A fixed window would take twice as many around its edge.
  @ParameterizedTest
  @EnumSource
  void noEdgeLetsTwiceAsManyThrough(LimitRule rule) {
    var who = "edge";
    for (var i = 0; i < rule.max(); i++) {
      assertThat(limits.take(rule, who, START.plusMillis(i))).isEmpty();
    }
    var later = START.plus(rule.window()).minusMillis(1);
    assertThat(limits.take(rule, who, START.plusSeconds(1))).contains(START.plus(rule.window()));
    assertThat(limits.take(rule, who, later)).contains(START.plus(rule.window()));
    assertThat(limits.take(rule, who, later.plusMillis(1))).isEmpty();
    if (rule.max() > 1) { // the second has come into its place, and leaves a moment later
      assertThat(limits.take(rule, who, later.plusMillis(1)))
          .contains(START.plusMillis(1).plus(rule.window()));
    }
  }

  @Test
  void everybodyHasTheirOwn() {
    var rule = LimitRule.OTP_SPACING;
    assertThat(limits.take(rule, "one", START)).isEmpty();
    assertThat(limits.take(rule, "other", START)).isEmpty();
    assertThat(limits.take(LimitRule.OTP_BUCKET, "one", START)).isEmpty();
  }

  @Test
  void whatIsGivenBackMayBeTakenAgainAndNothingElse() {
    var rule = LimitRule.OTP_BUCKET;
    for (var i = 0; i < rule.max(); i++) {
      assertThat(limits.take(rule, "back", START.plusSeconds(i))).isEmpty();
    }
    limits.giveBack(rule, "back", START.plusSeconds(3));
    limits.giveBack(rule, "back", START.plusSeconds(77)); // nobody took that one
    limits.giveBack(rule, "nobody", START);
    assertThat(limits.take(rule, "back", START.plusSeconds(9))).isEmpty();
    assertThat(limits.take(rule, "back", START.plusSeconds(9))).contains(START.plus(rule.window()));
  }

  @Test
  void ofTwoHundredAtOnceAsManyAsAllowedAreTaken() throws Exception {
    var rule = LimitRule.LOGIN_ADDRESS;
    assertThat(atOnce(200, i -> limits.take(rule, "race", START).isEmpty())).isEqualTo(rule.max());
  }

  /// The old ones are cleared away by whoever comes first, and nobody is counted twice.
  @Test
  void ofTwoHundredAtOnceAfterAFullWindowAsManyAsAllowedAreTaken() throws Exception {
    var rule = LimitRule.LOGIN_ADDRESS;
    for (var i = 0; i < rule.max(); i++) {
      assertThat(limits.take(rule, "again", START.plusSeconds(i))).isEmpty();
    }
    var now = START.plus(rule.window()).plusSeconds(9); // ten of them count no longer
    assertThat(atOnce(200, i -> limits.take(rule, "again", now).isEmpty())).isEqualTo(10);
  }

  @Test
  void givenBackAtOnceAllAreGone() throws Exception {
    var rule = LimitRule.LOGIN_NETWORK;
    var taken =
        atOnce(
            100,
            i -> {
              var now = START.plusMillis(i % 7);
              assertThat(limits.take(rule, "clinic", now)).isEmpty();
              limits.giveBack(rule, "clinic", now);
              return true;
            });
    assertThat(taken).isEqualTo(100);
    for (var i = 0; i < rule.max(); i++) {
      assertThat(limits.take(rule, "clinic", START)).isEmpty();
    }
    assertThat(limits.take(rule, "clinic", START)).isPresent();
  }

  /// Against a model that remembers everything.
  @Test
  void atRandomTimesItIsWhatAModelSays() {
    var seed = 20261127L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var rule = LimitRule.OTP_BUCKET;
    var model = new ArrayDeque<Instant>();
    var now = START;
    for (var i = 0; i < 400; i++) {
      now = now.plusSeconds(random.nextInt(1200));
      while (!model.isEmpty() && !now.isBefore(model.getFirst().plus(rule.window()))) {
        model.removeFirst();
      }
      var room = limits.take(rule, "model", now);
      if (model.size() < rule.max()) {
        assertThat(room).as("at " + now).isEmpty();
        model.addLast(now);
      } else {
        assertThat(room).as("at " + now).contains(model.getFirst().plus(rule.window()));
      }
    }
    assertThat(now).isAfter(START.plus(Duration.ofDays(1)));
  }

  private interface Numbered {
    boolean call(int number);
  }

  private static long atOnce(int times, Numbered call) throws Exception {
    var calls =
        IntStream.range(0, times).<Callable<Boolean>>mapToObj(i -> () -> call.call(i)).toList();
    var done = 0L;
    try (var threads = Executors.newFixedThreadPool(50)) {
      for (var one : List.copyOf(threads.invokeAll(calls))) {
        done += one.get() ? 1 : 0;
      }
    }
    return done;
  }
}
