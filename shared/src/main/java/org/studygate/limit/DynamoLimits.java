package org.studygate.limit;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.purgeAt;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.times;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `limit_key=login-address#<hash> | taken=[1795428000000, …] | purge_at`: when each was taken, no
/// more of them than the rule allows.
///
/// A window begins at any moment, so there is no edge at which twice as many fit
/// (`DynamoLimitsTest`). Taking is one conditional write that adds a time while there is room. A
/// list that is full of times that count no longer is cleared first, by a write that holds only if
/// nobody has changed it; what is taken is never lost, and never more than allowed.
public final class DynamoLimits implements Limits {
  private static final int MAX_TRIES = 20;

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoLimits(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<Instant> take(LimitRule rule, String who, Instant now) {
    var step = taking(rule, who, now).update();
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      try {
        dynamo.updateItem(
            request ->
                request
                    .tableName(step.tableName())
                    .key(step.key())
                    .updateExpression(step.updateExpression())
                    .conditionExpression(step.conditionExpression())
                    .expressionAttributeValues(step.expressionAttributeValues())
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD));
        return Optional.empty();
      } catch (ConditionalCheckFailedException full) {
        var room = room(rule, who, Item.of(full.item()), now);
        if (room.isPresent()) {
          return room;
        }
      }
    }
    return Optional.of(now.plus(rule.window())); // others kept taking: closed
  }

  /// The same, as a part of a transaction: what is counted happens or nothing is counted. Who finds
  /// it full asks `room`, with the item that came back.
  public TransactWriteItem taking(LimitRule rule, String who, Instant now) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(rule, who))
                    .updateExpression(
                        "SET taken = list_append(if_not_exists(taken, :none), :now),"
                            + " purge_at = :purge")
                    .conditionExpression("attribute_not_exists(taken) OR size(taken) < :max")
                    .expressionAttributeValues(
                        Map.of(
                            ":none", times(List.of()),
                            ":now", times(List.of(now.toEpochMilli())),
                            ":max", n(rule.max()),
                            ":purge", purgeAt(now.plus(rule.window()))))
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  /// When there will be room in a list that was found full. Empty: now, for what counts no longer
  /// has been cleared away.
  public Optional<Instant> room(LimitRule rule, String who, Item full, Instant now) {
    var taken = full.numbers("taken");
    var room = rule.room(taken, now);
    if (room.isEmpty()) {
      clear(rule, who, taken, rule.counting(taken, now));
    }
    return room;
  }

  /// One that was taken at that moment is as good as another.
  @Override
  public void giveBack(LimitRule rule, String who, Instant now) {
    var at = 0; // where it lies when nobody else is about
    // each try that fails means that somebody else's was done, and there are no more than fit in
    var most = Math.max(MAX_TRIES, 2 * rule.max());
    for (var tries = 0; tries < most; tries++) {
      var one = "taken[" + at + "]";
      try {
        dynamo.updateItem(
            request ->
                request
                    .tableName(table)
                    .key(key(rule, who))
                    .updateExpression("REMOVE " + one)
                    .conditionExpression(one + " = :now")
                    .expressionAttributeValues(Map.of(":now", n(now)))
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD));
        return;
      } catch (ConditionalCheckFailedException elsewhere) {
        at = Item.of(elsewhere.item()).numbers("taken").indexOf(now.toEpochMilli());
        if (at < 0) {
          return; // cleared away
        }
      }
    }
  }

  private void clear(LimitRule rule, String who, List<Long> taken, List<Long> counting) {
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(key(rule, who))
                  .updateExpression("SET taken = :counting")
                  .conditionExpression("taken = :taken")
                  .expressionAttributeValues(
                      Map.of(":counting", times(counting), ":taken", times(taken))));
    } catch (ConditionalCheckFailedException changedMeanwhile) {
      // somebody else has cleared it, or taken one
    }
  }

  private static Map<String, AttributeValue> key(LimitRule rule, String who) {
    return Map.of("limit_key", s(rule.key(who)));
  }
}
