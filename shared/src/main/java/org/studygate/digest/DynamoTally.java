package org.studygate.digest;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.purgeAt;
import static org.studygate.dynamo.Item.s;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.studygate.department.Department;
import org.studygate.receipt.Tally;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// Counters in the item of a department's day: see [DayItems].
public final class DynamoTally implements Tally {
  private static final Duration KEPT = Duration.ofDays(30);

  private final DynamoDbClient dynamo;
  private final String table;
  private final Clock clock;

  public DynamoTally(DynamoDbClient dynamo, String table, Clock clock) {
    this.dynamo = dynamo;
    this.table = table;
    this.clock = clock;
  }

  /// What comes while the day's mail is being written is of the next day.
  @Override
  public void add(Department department, String code, long by, String where) {
    var today = LocalDate.ofInstant(clock.instant(), department.zone());
    if (!add(department, today, code, by, where)) {
      add(department, today.plusDays(1), code, by, where);
    }
  }

  private boolean add(Department department, LocalDate date, String code, long by, String where) {
    var over = date.plusDays(1).atStartOfDay(department.zone()).toInstant();
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(DayItems.key(department.id(), date))
                  .updateExpression(
                      "SET lies_at = :where, due_shard = :shard, due_at = :over, purge_at = :purge"
                          + " ADD #code :by")
                  .conditionExpression("attribute_not_exists(closed_at)")
                  .expressionAttributeNames(Map.of("#code", DayItems.COUNT + code))
                  .expressionAttributeValues(
                      Map.of(
                          ":where", s(where),
                          ":shard", s(DayItems.SHARD),
                          ":over", n(over),
                          ":purge", purgeAt(over.plus(KEPT)),
                          ":by", n(by))));
      return true;
    } catch (ConditionalCheckFailedException closed) {
      return false;
    }
  }
}
