package org.studygate.digest;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Outgoing;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The days that [DynamoTally] counts in.
public final class DynamoDays implements Days {
  private static final int BATCH = 100;

  private final DynamoDbClient dynamo;
  private final String table;
  private final String outbox;

  public DynamoDays(DynamoDbClient dynamo, String table, String outbox) {
    this.dynamo = dynamo;
    this.table = table;
    this.outbox = outbox;
  }

  @Override
  public List<Day> over(Instant now) {
    return dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName("ByDue")
                    .keyConditionExpression("due_shard = :shard AND due_at <= :now")
                    .expressionAttributeValues(Map.of(":shard", s(DayItems.SHARD), ":now", n(now)))
                    .limit(BATCH))
        .items()
        .stream()
        .flatMap(due -> day(due).stream())
        .toList();
  }

  /// As it stands now; the index may be behind.
  private Optional<Day> day(Map<String, AttributeValue> due) {
    var key = new java.util.HashMap<>(due);
    key.keySet().retainAll(List.of("department_id", "item"));
    var found =
        dynamo.getItem(request -> request.tableName(table).key(key).consistentRead(true)).item();
    return found.containsKey("due_at") ? Optional.of(DayItems.day(found)) : Optional.empty();
  }

  @Override
  public boolean close(Day day, Optional<Outgoing> mail, Instant now) {
    var steps = new ArrayList<TransactWriteItem>();
    steps.add(closing(day, now));
    mail.ifPresent(one -> steps.add(DynamoOutbox.putting(outbox, one, now)));
    try {
      dynamo.transactWriteItems(request -> request.transactItems(steps));
      return true;
    } catch (TransactionCanceledException closedOrBusy) {
      return false; // if it is still open, the next round finds it
    }
  }

  private TransactWriteItem closing(Day day, Instant now) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(DayItems.key(day.department(), day.date()))
                    .updateExpression("SET closed_at = :now REMOVE due_shard, due_at")
                    .conditionExpression(
                        "attribute_exists(due_at) AND attribute_not_exists(closed_at)")
                    .expressionAttributeValues(Map.of(":now", n(now))))
        .build();
  }
}
