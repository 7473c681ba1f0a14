package org.studygate.notice;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// `message_id=3f… | channel=sms | sealed=… | bucket_id=b7… | created | due_shard=outbox | due_at |
/// claimed_until`
///
/// Written by `DynamoChallenges` in the transaction that makes the code. A claim is one conditional
/// write; it ends by itself, so a crash of the sender loses nothing.
public final class DynamoOutbox implements Outbox {
  private static final int BATCH = 100;

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoOutbox(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<Waiting> claim(String messageId, Instant now, Instant until) {
    try {
      var item =
          Item.of(
              dynamo
                  .updateItem(
                      update ->
                          update
                              .tableName(table)
                              .key(key(messageId))
                              .updateExpression("SET claimed_until = :until, due_at = :until")
                              .conditionExpression(
                                  "attribute_exists(message_id) AND (attribute_not_exists("
                                      + "claimed_until) OR claimed_until <= :now)")
                              .expressionAttributeValues(Map.of(":until", n(until), ":now", n(now)))
                              .returnValues(ReturnValue.ALL_NEW))
                  .attributes());
      return Optional.of(
          new Waiting(
              messageId, item.text("sealed"), item.text("bucket_id"), item.time("created")));
    } catch (ConditionalCheckFailedException goneOrTaken) {
      return Optional.empty();
    }
  }

  @Override
  public void release(String messageId, Instant again) {
    try {
      dynamo.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(key(messageId))
                  .updateExpression("SET due_at = :again REMOVE claimed_until")
                  .conditionExpression("attribute_exists(message_id)")
                  .expressionAttributeValues(Map.of(":again", n(again))));
    } catch (ConditionalCheckFailedException gone) {
      // sent by somebody else meanwhile
    }
  }

  @Override
  public void remove(String messageId) {
    dynamo.deleteItem(delete -> delete.tableName(table).key(key(messageId)));
  }

  @Override
  public List<String> due(Instant by) {
    return dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName("ByDue")
                    .keyConditionExpression("due_shard = :outbox AND due_at <= :by")
                    .expressionAttributeValues(Map.of(":outbox", s("outbox"), ":by", n(by)))
                    .limit(BATCH))
        .items()
        .stream()
        .map(item -> Item.of(item).text("message_id"))
        .toList();
  }

  private static Map<String, AttributeValue> key(String messageId) {
    return Map.of("message_id", s(messageId));
  }
}
