package org.studygate.digest;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Item.purgeAt;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import org.studygate.department.Department;
import org.studygate.dynamo.Change;
import org.studygate.receipt.Tally;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

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
    return Change.of(table, DayItems.key(department.id(), date))
        .set("lies_at", where)
        .set("due_shard", DayItems.SHARD)
        .set("due_at", over)
        .set("purge_at", purgeAt(over.plus(KEPT)))
        .add(DayItems.COUNT + code, by)
        .when(absent("closed_at"))
        .run(dynamo)
        .written();
  }
}
