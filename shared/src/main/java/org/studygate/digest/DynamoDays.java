package org.studygate.digest;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Transaction;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Outgoing;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
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
    var close =
        Change.of(table, DayItems.key(day.department(), day.date()))
            .set("closed_at", now)
            .remove("due_shard", "due_at")
            .when(all(exists("due_at"), absent("closed_at")));
    var steps = new Transaction().change("day", close);
    mail.ifPresent(one -> steps.step("mail", DynamoOutbox.putting(outbox, one, now)));
    try {
      return steps.commit(dynamo).done();
    } catch (TransactionCanceledException busy) {
      return false; // it is still open, and the next round finds it
    }
  }
}
