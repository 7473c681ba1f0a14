package org.studygate.dynamo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// One update of one item, alone or as a step of a [Transaction]: what is set, added, taken off,
/// and what must hold for it.
public final class Change {
  private final String table;
  private final Map<String, AttributeValue> key;
  private final Places places = new Places();
  private final List<String> sets = new ArrayList<>();
  private final List<String> adds = new ArrayList<>();
  private final List<String> deletes = new ArrayList<>();
  private final List<String> removes = new ArrayList<>();
  private @Nullable String condition;

  private Change(String table, Map<String, AttributeValue> key) {
    this.table = table;
    this.key = key;
  }

  public static Change of(String table, Map<String, AttributeValue> key) {
    return new Change(table, key);
  }

  /// What became of it.
  public sealed interface Result {
    /// The item as it is now.
    record Written(Item now) implements Result {}

    /// The condition did not hold; the item as it stands, empty if there is none.
    record Refused(Optional<Item> standing) implements Result {}

    default boolean written() {
      return this instanceof Written;
    }

    /// The item as it is now, if it was written.
    default Optional<Item> after() {
      return this instanceof Written(var now) ? Optional.of(now) : Optional.empty();
    }
  }

  public Change set(String name, AttributeValue value) {
    sets.add(places.name(name) + " = " + places.value(value));
    return this;
  }

  public Change set(String name, String text) {
    return set(name, Item.s(text));
  }

  public Change set(String name, long number) {
    return set(name, Item.n(number));
  }

  public Change set(String name, Instant time) {
    return set(name, Item.n(time));
  }

  public Change set(String name, boolean flag) {
    return set(name, Item.bool(flag));
  }

  /// Sets what is there and removes what is not, so that nothing of before is left.
  public Change setOrRemove(String name, Optional<AttributeValue> value) {
    return value.isPresent() ? set(name, value.get()) : remove(name);
  }

  /// Keeps a value that is there already.
  public Change setIfAbsent(String name, AttributeValue value) {
    var place = places.name(name);
    sets.add(place + " = if_not_exists(" + place + ", " + places.value(value) + ")");
    return this;
  }

  /// Sets what another attribute was, and `more`.
  public Change setSum(String name, String other, long more) {
    sets.add(places.name(name) + " = " + places.name(other) + " + " + places.value(Item.n(more)));
    return this;
  }

  /// Adds to the end of a list; one that is not there is empty.
  public Change append(String name, AttributeValue list) {
    var place = places.name(name);
    var none = places.value(AttributeValue.fromL(List.of()));
    sets.add(
        place
            + " = list_append(if_not_exists("
            + place
            + ", "
            + none
            + "), "
            + places.value(list)
            + ")");
    return this;
  }

  /// Adds to a number (one that is not there counts as 0) or to a set.
  public Change add(String name, AttributeValue value) {
    adds.add(places.name(name) + " " + places.value(value));
    return this;
  }

  public Change add(String name, long number) {
    return add(name, Item.n(number));
  }

  /// Takes elements out of a set.
  public Change delete(String name, AttributeValue set) {
    deletes.add(places.name(name) + " " + places.value(set));
    return this;
  }

  public Change remove(String... names) {
    for (var name : names) {
      removes.add(places.name(name));
    }
    return this;
  }

  /// Takes one element out of a list; those behind it move up.
  public Change removeAt(String name, int index) {
    removes.add(places.element(name, index));
    return this;
  }

  /// Holds for the whole change; a second one is a mistake.
  public Change when(Condition holds) {
    if (condition != null) {
      throw new IllegalStateException("a change has one condition");
    }
    condition = holds.in(places);
    return this;
  }

  public Result run(DynamoDbClient dynamo) {
    try {
      var answer =
          dynamo.updateItem(
              request ->
                  request
                      .tableName(table)
                      .key(key)
                      .updateExpression(expression())
                      .conditionExpression(condition)
                      .expressionAttributeNames(places.names())
                      .expressionAttributeValues(places.values())
                      .returnValues(ReturnValue.ALL_NEW)
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return new Result.Written(Item.of(answer.attributes()));
    } catch (ConditionalCheckFailedException refused) {
      return new Result.Refused(
          refused.hasItem() ? Optional.of(Item.of(refused.item())) : Optional.empty());
    }
  }

  /// As a step of a transaction that somebody else puts together.
  public TransactWriteItem step() {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key)
                    .updateExpression(expression())
                    .conditionExpression(condition)
                    .expressionAttributeNames(places.names())
                    .expressionAttributeValues(places.values())
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  private String expression() {
    var expression = new StringBuilder();
    append(expression, "SET ", sets);
    append(expression, "REMOVE ", removes);
    append(expression, "ADD ", adds);
    append(expression, "DELETE ", deletes);
    return expression.toString();
  }

  private static void append(StringBuilder expression, String verb, List<String> parts) {
    if (!parts.isEmpty()) {
      expression
          .append(expression.isEmpty() ? "" : " ")
          .append(verb)
          .append(String.join(", ", parts));
    }
  }
}
