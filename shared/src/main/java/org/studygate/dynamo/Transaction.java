package org.studygate.dynamo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Steps over several items that happen all or not at all. A conflict with another write in the
/// same moment is tried again; a condition that does not hold is an outcome, with the step that it
/// was of.
public final class Transaction {
  private static final int MAX_TRIES = 10;
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private final List<String> names = new ArrayList<>();
  private final List<TransactWriteItem> steps = new ArrayList<>();

  /// What became of it.
  public sealed interface Outcome {
    record Done() implements Outcome {}

    /// Nothing was written.
    ///
    /// @param steps whose condition did not hold, each with its item as it stands
    record Refused(Map<String, Optional<Item>> steps) implements Outcome {
      public boolean at(String name) {
        return steps.containsKey(name);
      }

      public Optional<Item> standing(String name) {
        return steps.getOrDefault(name, Optional.empty());
      }
    }

    default boolean done() {
      return this instanceof Done;
    }
  }

  public Transaction change(String name, Change change) {
    return step(name, change.step());
  }

  /// Writes a whole item that is not there yet; `keyName` is any attribute of its key.
  public Transaction putNew(
      String name, String table, Map<String, AttributeValue> item, String keyName) {
    return step(name, new NewItem(table, item, keyName).step());
  }

  /// Writes a whole item, whatever was there.
  public Transaction put(String name, String table, Map<String, AttributeValue> item) {
    return step(
        name, TransactWriteItem.builder().put(put -> put.tableName(table).item(item)).build());
  }

  public Transaction delete(
      String name, String table, Map<String, AttributeValue> key, Condition holds) {
    return step(name, deleting(table, key, holds));
  }

  /// The end of an item, whether it is there or not.
  public Transaction delete(String name, String table, Map<String, AttributeValue> key) {
    return step(
        name,
        TransactWriteItem.builder().delete(delete -> delete.tableName(table).key(key)).build());
  }

  /// An item that must stand as it does, and is not written.
  public Transaction check(
      String name, String table, Map<String, AttributeValue> key, Condition holds) {
    return step(name, checking(table, key, holds));
  }

  /// The same, as a step of a transaction that somebody else puts together.
  public static TransactWriteItem checking(
      String table, Map<String, AttributeValue> key, Condition holds) {
    var places = new Places();
    var condition = holds.in(places);
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(table)
                    .key(key)
                    .conditionExpression(condition)
                    .expressionAttributeNames(places.names())
                    .expressionAttributeValues(places.values())
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  /// A whole item, as a step of a transaction that somebody else puts together.
  public static TransactWriteItem putting(
      String table, Map<String, AttributeValue> item, Condition holds) {
    var places = new Places();
    var condition = holds.in(places);
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(item)
                    .conditionExpression(condition)
                    .expressionAttributeNames(places.names())
                    .expressionAttributeValues(places.values())
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  /// The end of an item, likewise.
  public static TransactWriteItem deleting(
      String table, Map<String, AttributeValue> key, Condition holds) {
    var places = new Places();
    var condition = holds.in(places);
    return TransactWriteItem.builder()
        .delete(
            delete ->
                delete
                    .tableName(table)
                    .key(key)
                    .conditionExpression(condition)
                    .expressionAttributeNames(places.names())
                    .expressionAttributeValues(places.values())
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  /// A step that a store has made; a transaction touches an item once.
  public Transaction step(String name, TransactWriteItem step) {
    names.add(name);
    steps.add(step);
    return this;
  }

  public Outcome commit(DynamoDbClient dynamo) {
    for (var tries = 1; ; tries++) {
      try {
        dynamo.transactWriteItems(request -> request.transactItems(steps));
        return new Outcome.Done();
      } catch (TransactionCanceledException cancelled) {
        var refused = refused(cancelled);
        if (refused.isPresent()) {
          return refused.get();
        }
        if (tries == MAX_TRIES) {
          throw cancelled; // others kept writing; nothing was done
        }
      }
    }
  }

  private Optional<Outcome> refused(TransactionCanceledException cancelled) {
    var reasons = cancelled.cancellationReasons();
    var refused = new LinkedHashMap<String, Optional<Item>>();
    for (var i = 0; i < reasons.size(); i++) {
      var reason = reasons.get(i);
      if (CONDITION_FAILED.equals(reason.code())) {
        refused.put(
            names.get(i),
            reason.hasItem() ? Optional.of(Item.of(reason.item())) : Optional.empty());
      }
    }
    return refused.isEmpty() ? Optional.empty() : Optional.of(new Outcome.Refused(refused));
  }
}
