package org.studygate.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.atLeast;
import static org.studygate.dynamo.Condition.atMost;
import static org.studygate.dynamo.Condition.below;
import static org.studygate.dynamo.Condition.contains;
import static org.studygate.dynamo.Condition.elementEqual;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Condition.not;
import static org.studygate.dynamo.Condition.several;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.ss;
import static org.studygate.dynamo.Item.times;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dynamo.Transaction.Outcome;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TransactionTest {
  private static final String TABLE = "LimitsTable";

  @AutoClose private final TestTables tables = TestTables.start();
  private DynamoDbClient dynamo;

  @BeforeAll
  void start() {
    dynamo = tables.client();
  }

  @Test
  void everyKindOfChangeIsOneExpressionAlsoOfReservedWords() {
    var first =
        change("words")
            .set("name", "one")
            .set("count", 5)
            .set("open", true)
            .set("state", ss(Set.of("a", "b")))
            .setIfAbsent("language", s("nl"))
            .setOrRemove("comment", Optional.of(s("said")))
            .run(dynamo);
    assertThat(first.written()).isTrue();
    var second =
        change("words")
            .setIfAbsent("language", s("fr"))
            .setOrRemove("comment", Optional.empty())
            .add("count", 2)
            .delete("state", ss(Set.of("a")))
            .remove("open")
            .when(all(exists("name"), equal("name", s("one")), not(contains("state", s("c")))))
            .run(dynamo);
    assertThat(second)
        .isInstanceOfSatisfying(
            Change.Result.Written.class,
            written -> {
              assertThat(written.now().number("count")).isEqualTo(7);
              assertThat(written.now().text("language")).isEqualTo("nl");
              assertThat(written.now().texts("state")).containsExactly("b");
              assertThat(written.now().has("comment")).isFalse();
              assertThat(written.now().has("open")).isFalse();
            });
  }

  @Test
  void aListGrowsAtItsEndAndGivesUpTheElementThatIsMeant() {
    change("list").append("taken", times(List.of(1L))).run(dynamo);
    var grown = change("list").append("taken", times(List.of(2L, 3L))).run(dynamo);
    assertThat(grown.after().orElseThrow().numbers("taken")).containsExactly(1L, 2L, 3L);
    assertThat(
            change("list")
                .removeAt("taken", 1)
                .when(elementEqual("taken", 1, n(3)))
                .run(dynamo)
                .written())
        .isFalse();
    var shorter =
        change("list")
            .removeAt("taken", 1)
            .when(all(elementEqual("taken", 1, n(2)), several("taken")))
            .run(dynamo);
    assertThat(shorter.after().orElseThrow().numbers("taken")).containsExactly(1L, 3L);
    change("list").removeAt("taken", 0).run(dynamo);
    assertThat(change("list").removeAt("taken", 0).when(several("taken")).run(dynamo).written())
        .isFalse();
  }

  @Test
  void anItemThatIsThereIsNeverReplaced() {
    var item = new NewItem(TABLE, key("new"), "limit_key");
    item.put(dynamo);
    assertThatThrownBy(() -> item.put(dynamo)).isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(new Transaction().put("again", TABLE, key("new")).commit(dynamo).done()).isTrue();
  }

  @Test
  void aChangeThatIsRefusedTellsHowTheItemStands() {
    assertThat(change("alone").set("count", 3).run(dynamo).written()).isTrue();
    assertThat(change("alone").add("count", 1).when(below("count", n(3))).run(dynamo))
        .isInstanceOfSatisfying(
            Change.Result.Refused.class,
            refused -> assertThat(refused.standing().orElseThrow().number("count")).isEqualTo(3));
    assertThat(change("nothing").set("count", 1).when(exists("count")).run(dynamo))
        .isEqualTo(new Change.Result.Refused(Optional.empty()));
    assertThat(item("nothing")).isEmpty();
  }

  @Test
  void stepsHappenAllOrNotAtAllAndTheOneThatWasRefusedIsNamed() {
    var item = key("made");
    assertThat(new Transaction().putNew("made", TABLE, item, "limit_key").commit(dynamo).done())
        .isTrue();
    var outcome =
        new Transaction()
            .change("counted", change("other").add("count", 1))
            .putNew("made", TABLE, item, "limit_key")
            .check("checked", TABLE, key("third"), absent("limit_key"))
            .commit(dynamo);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.at("made")).isTrue();
              assertThat(refused.standing("made")).isPresent();
              assertThat(refused.at("counted")).isFalse();
            });
    assertThat(item("other")).isEmpty();
    assertThat(
            new Transaction()
                .delete("made", TABLE, item, exists("limit_key"))
                .change("counted", change("other").add("count", 1))
                .commit(dynamo))
        .isEqualTo(new Outcome.Done());
    assertThat(item("made")).isEmpty();
    assertThat(item("other").orElseThrow().number("count")).isEqualTo(1);
  }

  /// Each of 40 takes one of ten: conflicts are tried again, and nobody is turned away by one.
  @Test
  void ofManyAtOnceExactlyThoseSucceedThatTheConditionAllows() throws Exception {
    assertThat(change("ten").set("count", 0).run(dynamo).written()).isTrue();
    var takes = new ArrayList<Future<Boolean>>();
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (var i = 0; i < 40; i++) {
        var mine = "taken-" + i;
        takes.add(
            pool.submit(
                () -> {
                  while (true) {
                    try {
                      return new Transaction()
                          .change(
                              "count", change("ten").add("count", 1).when(below("count", n(10))))
                          .putNew("mine", TABLE, key(mine), "limit_key")
                          .commit(dynamo)
                          .done();
                    } catch (
                        software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException
                            busy) {
                      Thread.onSpinWait(); // ten tries were not enough beside seven others
                    }
                  }
                }));
      }
    }
    var taken = 0;
    for (var take : takes) {
      taken += take.get() ? 1 : 0;
    }
    assertThat(taken).isEqualTo(10);
    assertThat(item("ten").orElseThrow().number("count")).isEqualTo(10);
  }

  @Test
  void conditionsMayBeJoined() {
    assertThat(change("joined").set("count", 4).run(dynamo).written()).isTrue();
    var within = all(atLeast("count", n(4)), atMost("count", n(4)));
    assertThat(change("joined").add("count", 0).when(within).run(dynamo).written()).isTrue();
    var either = any(absent("count"), Condition.above("count", n(4)));
    assertThat(change("joined").add("count", 0).when(either).run(dynamo).written()).isFalse();
    var twice = change("joined").when(either);
    assertThatThrownBy(() -> twice.when(either)).isInstanceOf(IllegalStateException.class);
  }

  private static Change change(String name) {
    return Change.of(TABLE, key(name));
  }

  private static Map<String, AttributeValue> key(String name) {
    return Map.of("limit_key", s(name));
  }

  private Optional<Item> item(String name) {
    var found = dynamo.getItem(get -> get.tableName(TABLE).key(key(name)).consistentRead(true));
    return Optional.of(found.item()).filter(item -> !item.isEmpty()).map(Item::of);
  }

  /// Kept here so that a rule of the store's own names is seen: a placeholder stands for each.
  @Test
  void noNameIsWrittenAsItIs() {
    var places = new Places();
    var expression = all(equal("name", s("x")), any(exists("size"), absent("size"))).in(places);
    assertThat(expression).doesNotContainPattern("(?<!#)\\b(name|size)\\b");
    assertThat(List.copyOf(Objects.requireNonNull(places.names()).values()))
        .containsExactlyInAnyOrder("name", "size");
  }
}
