package org.studygate.limit;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.purgeAt;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.times;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// `limit_key=login-network#<hash> | taken=[1795428000000, …] | from-<hash>=[1795428000000, …] |
/// writes | purge_at`: one item a network, with the times of all of it and those of each of its
/// addresses. So both rules are one write, and a transaction is not in the way of a hospital's
/// waiting room. As in `DynamoLimits` a list that is full of times that count no longer is cleared
/// by a write that holds only if nobody has written since.
///
/// An address that has nothing taken has no list, so the item holds no more lists than times: at
/// most 150, some 14 kB. Items of a version that kept addresses by themselves count no longer.
public final class DynamoSourceLimits implements SourceLimits {
  private static final int MAX_TRIES = 20;
  private static final LimitRule OF_ALL = LimitRule.LOGIN_NETWORK;
  private static final LimitRule OF_ONE = LimitRule.LOGIN_ADDRESS;
  private static final String FROM = "from-";

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoSourceLimits(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<Instant> take(Source source, Instant now) {
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      var full =
          write(
              source,
              "SET taken = list_append(if_not_exists(taken, :none), :one),"
                  + " #from = list_append(if_not_exists(#from, :none), :one), purge_at = :purge"
                  + " ADD writes :count",
              "(attribute_not_exists(taken) OR size(taken) < :all)"
                  + " AND (attribute_not_exists(#from) OR size(#from) < :each)",
              Map.of(
                  ":none", times(List.of()),
                  ":one", times(List.of(now.toEpochMilli())),
                  ":count", n(1),
                  ":all", n(OF_ALL.max()),
                  ":each", n(OF_ONE.max()),
                  ":purge", purgeAt(now.plus(OF_ALL.window()))));
      if (full.isEmpty()) {
        return Optional.empty();
      }
      var room = room(source, full.get(), now);
      if (room.isPresent()) {
        return room;
      }
      clear(source, full.get(), now);
    }
    return Optional.of(now.plus(OF_ALL.window())); // others kept taking: closed
  }

  /// When both have room again; empty: now.
  private static Optional<Instant> room(Source source, Item item, Instant now) {
    return Stream.of(
            OF_ALL.room(item.numbers("taken"), now),
            OF_ONE.room(item.numbers(FROM + source.address()), now))
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }

  /// Leaves what counts, of every address.
  private void clear(Source source, Item item, Instant now) {
    var change =
        Change.of(table, key(source))
            .set("taken", times(OF_ALL.counting(item.numbers("taken"), now)))
            .add("writes", 1)
            .when(
                any(
                    absent("writes"),
                    equal("writes", n(item.optionalNumber("writes").orElse(0L)))));
    for (var name : item.names()) {
      if (name.startsWith(FROM)) {
        var counting = OF_ONE.counting(item.numbers(name), now);
        change.setOrRemove(
            name, Optional.of(counting).filter(left -> !left.isEmpty()).map(Item::times));
      }
    }
    change.run(dynamo); // refused: somebody else has cleared it, or taken one
  }

  /// One that was taken at that moment is as good as another.
  @Override
  public void giveBack(Source source, Instant now) {
    var all = 0; // where they lie when nobody else is about
    var each = 0;
    var alone = true;
    // each try that fails means that somebody else's was done, and there are no more than fit in
    for (var tries = 0; tries < 2 * OF_ALL.max(); tries++) {
      var mine = alone ? "#from" : "#from[" + each + "]";
      var there =
          write(
              source,
              "REMOVE taken[%d], %s ADD writes :count".formatted(all, mine),
              "taken[%d] = :now AND %s = :mine AND size(#from) %s :count" // leaves no empty list
                  .formatted(all, mine, alone ? "=" : ">"),
              Map.of(
                  ":count", n(1),
                  ":now", n(now),
                  ":mine", alone ? times(List.of(now.toEpochMilli())) : n(now)));
      if (there.isEmpty()) {
        return;
      }
      var own = there.get().numbers(FROM + source.address());
      all = there.get().numbers("taken").indexOf(now.toEpochMilli());
      each = own.indexOf(now.toEpochMilli());
      alone = own.size() == 1;
      if (all < 0 || each < 0) {
        return; // cleared away
      }
    }
  }

  /// The item as it stands where the condition does not hold; empty: written.
  private Optional<Item> write(
      Source source, String update, String condition, Map<String, AttributeValue> values) {
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(key(source))
                  .updateExpression(update)
                  .conditionExpression(condition)
                  .expressionAttributeNames(Map.of("#from", FROM + source.address()))
                  .expressionAttributeValues(values)
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return Optional.empty();
    } catch (ConditionalCheckFailedException refused) {
      return Optional.of(Item.of(refused.item()));
    }
  }

  private static Map<String, AttributeValue> key(Source source) {
    return Map.of("limit_key", s(OF_ALL.key(source.network())));
  }
}
