package org.studygate.limit;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.purgeAt;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `limit_key=login-address#<hash>#2973104 | count=7 | purge_at`. A window is a key of its own, so
/// an
/// old one needs no resetting.
public final class DynamoLimits implements Limits {
  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoLimits(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public boolean take(LimitRule rule, String who, Instant now) {
    var step = taking(table, rule, who, now).update();
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(step.tableName())
                  .key(step.key())
                  .updateExpression(step.updateExpression())
                  .conditionExpression(step.conditionExpression())
                  .expressionAttributeNames(step.expressionAttributeNames())
                  .expressionAttributeValues(step.expressionAttributeValues()));
      return true;
    } catch (ConditionalCheckFailedException full) {
      return false;
    }
  }

  /// The same, as a part of a transaction: what is counted happens or nothing is counted.
  public static TransactWriteItem taking(String table, LimitRule rule, String who, Instant now) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(rule, who, now))
                    .updateExpression("ADD #count :one SET purge_at = :purge")
                    .conditionExpression("attribute_not_exists(#count) OR #count < :max")
                    .expressionAttributeNames(Map.of("#count", "count"))
                    .expressionAttributeValues(
                        Map.of(
                            ":one", n(1),
                            ":max", n(rule.max()),
                            ":purge", purgeAt(rule.windowEnd(now)))))
        .build();
  }

  @Override
  public void giveBack(LimitRule rule, String who, Instant now) {
    dynamo.updateItem(
        request ->
            request
                .tableName(table)
                .key(key(rule, who, now))
                .updateExpression("ADD #count :less SET purge_at = :purge")
                .expressionAttributeNames(Map.of("#count", "count"))
                .expressionAttributeValues(
                    Map.of(":less", n(-1), ":purge", purgeAt(rule.windowEnd(now)))));
  }

  private static Map<String, AttributeValue> key(LimitRule rule, String who, Instant now) {
    return Map.of("limit_key", s(rule.key(who, now)));
  }
}
