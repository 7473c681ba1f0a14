package org.studygate.notice;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// `message_id=3f… | kind=CODE | channel=sms | sealed=… | bucket_id=b7… | created | expires |
/// due_shard=outbox | due_at | claims=1 | claimed_until | handing | handed=1 | purge_at`
///
/// Written in the transaction that makes what it tells. Each step is one conditional write under
/// the number of the claim, so a sender that was overtaken changes nothing.
public final class DynamoOutbox implements Outbox {
  private static final int BATCH = 100;
  private static final int MAX_TRIES = 5;
  private static final Duration KEPT_AFTER = Duration.ofDays(1);

  private final DynamoDbClient dynamo;
  private final String table;
  private final DynamoAuditTrail trail;

  public DynamoOutbox(DynamoDbClient dynamo, String table, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.table = table;
    this.trail = trail;
  }

  /// A message on its way, as a part of the transaction that gives a reason for it.
  public static TransactWriteItem putting(String table, Outgoing message, Instant now) {
    var expires = now.plus(message.kind().life());
    var item =
        Item.write()
            .put("message_id", message.messageId())
            .put("kind", message.kind().name())
            .put("channel", message.channel())
            .put("sealed", message.sealed())
            .put("bucket_id", message.bucketId())
            .put("created", now)
            .put("due_shard", "outbox")
            .put("due_at", now)
            .put("expires", expires)
            .purgeAt(expires.plus(KEPT_AFTER))
            .attributes();
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(message_id)"))
        .build();
  }

  @Override
  public Claim claim(String messageId, Instant now, Instant until) {
    try {
      var item =
          Item.of(
              dynamo
                  .updateItem(
                      update ->
                          update
                              .tableName(table)
                              .key(key(messageId))
                              .updateExpression(
                                  "SET claimed_until = :until, due_at = :until ADD claims :one")
                              .conditionExpression(
                                  "attribute_exists(message_id) AND (attribute_not_exists("
                                      + "claimed_until) OR claimed_until <= :now)")
                              .expressionAttributeValues(
                                  Map.of(":until", n(until), ":now", n(now), ":one", n(1)))
                              .returnValues(ReturnValue.ALL_NEW))
                  .attributes());
      var waiting =
          new Waiting(
              messageId,
              MessageKind.valueOf(item.optionalText("kind").orElse("CODE")),
              item.number("claims"),
              item.optionalNumber("handed").orElse(0L).intValue(),
              item.text("sealed"),
              item.text("bucket_id"),
              item.time("expires"));
      return item.optionalTime("handing").isPresent() && !waiting.mayGoAgain(waiting.handed())
          ? new Claim.Doubtful(waiting)
          : new Claim.Taken(waiting);
    } catch (ConditionalCheckFailedException goneOrTaken) {
      return new Claim.Refused();
    }
  }

  @Override
  public boolean handing(Waiting message, Instant now) {
    return change(
        message, "SET handing = :now ADD handed :one", Map.of(":now", n(now), ":one", n(1)));
  }

  @Override
  public void release(Waiting message, Instant again) {
    change(message, "SET due_at = :again REMOVE claimed_until", Map.of(":again", n(again)));
  }

  @Override
  public void takeBack(Waiting message, Instant again) {
    change(
        message,
        "SET due_at = :again REMOVE claimed_until, handing ADD handed :less",
        Map.of(":again", n(again), ":less", n(-1)));
  }

  private boolean change(Waiting message, String update, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":mine", n(message.claim()));
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(key(message.messageId()))
                  .updateExpression(update)
                  .conditionExpression("claims = :mine")
                  .expressionAttributeValues(all));
      return true;
    } catch (ConditionalCheckFailedException overtaken) {
      return false;
    }
  }

  @Override
  public boolean close(Waiting message, AuditEvent event) {
    var removal =
        TransactWriteItem.builder()
            .delete(
                delete ->
                    delete
                        .tableName(table)
                        .key(key(message.messageId()))
                        .conditionExpression("claims = :mine")
                        .expressionAttributeValues(Map.of(":mine", n(message.claim()))))
            .build();
    var steps = List.of(removal, trail.recording(event));
    for (var tries = 1; ; tries++) {
      try {
        dynamo.transactWriteItems(request -> request.transactItems(steps));
        return true;
      } catch (TransactionCanceledException cancelled) {
        if ("ConditionalCheckFailed".equals(cancelled.cancellationReasons().getFirst().code())) {
          return false;
        }
        if (tries == MAX_TRIES) {
          throw cancelled;
        } // else somebody tried to claim it in this very moment
      }
    }
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
