package org.studygate.limit;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.purgeAt;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

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
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(Map.of("limit_key", s(rule.key(who, now))))
                  .updateExpression("ADD #count :one SET purge_at = :purge")
                  .conditionExpression("attribute_not_exists(#count) OR #count < :max")
                  .expressionAttributeNames(Map.of("#count", "count"))
                  .expressionAttributeValues(
                      Map.of(
                          ":one", n(1),
                          ":max", n(rule.max()),
                          ":purge", purgeAt(rule.windowEnd(now)))));
      return true;
    } catch (ConditionalCheckFailedException full) {
      return false;
    }
  }

  @Override
  public void giveBack(LimitRule rule, String who, Instant now) {
    dynamo.updateItem(
        request ->
            request
                .tableName(table)
                .key(Map.of("limit_key", s(rule.key(who, now))))
                .updateExpression("ADD #count :less SET purge_at = :purge")
                .expressionAttributeNames(Map.of("#count", "count"))
                .expressionAttributeValues(
                    Map.of(":less", n(-1), ":purge", purgeAt(rule.windowEnd(now)))));
  }
}
