package org.studygate.order;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.atMost;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// By what the people of a department find an order: rows beside it, `item=find#name |
/// department | listed=name#PEETERS AN#…`, one for each thing that it is looked for by, and
/// the order itself with `listed=order#<time>#…`. One sparse index, `ByDepartment`
/// (`department`, `listed`), keys alone: five rows of some 200 bytes an order. A correction
/// overwrites them, so nothing old is found.
final class OrderItems {
  private static final int LONGEST = 240; // a key has 1,024 bytes

  private OrderItems() {}

  /// Our own name of an order: nobody can tell the accession number from it.
  static String name(OrderId order) {
    return StudyId.name("desk/" + order);
  }

  static String byTime(Order order) {
    return "order#" + time(order.placedAt()) + "#" + name(order.id());
  }

  private static String time(Instant at) {
    return "%013d".formatted(at.toEpochMilli());
  }

  /// A row that an older message wrote goes; one of a newer message stays.
  static void write(DynamoDbClient dynamo, String table, Order order) {
    var person = order.person();
    row(dynamo, table, order, "itself", Optional.of(itself(name(order.id()))));
    row(dynamo, table, order, "name", found("name", person.name(), order));
    row(dynamo, table, order, "id", found("id", upper(person.id()), order));
    row(dynamo, table, order, "born", found("born", person.born(), order));
  }

  static String itself(String name) {
    return "itself#" + name;
  }

  static String upper(String id) {
    return cut(id.toUpperCase(Locale.ROOT));
  }

  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private static Optional<String> found(String by, String value, Order order) {
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(
            by + "#" + cut(value) + "#" + time(order.placedAt()) + "#" + name(order.id()));
  }

  private static void row(
      DynamoDbClient dynamo, String table, Order order, String by, Optional<String> listed) {
    Change.of(table, Map.of("order_id", s(order.id().toString()), "item", s("find#" + by)))
        .set("department", order.id().department())
        .set("version", order.version())
        .setOrRemove("listed", listed.map(Item::s))
        .when(any(absent("version"), atMost("version", s(order.version()))))
        .run(dynamo);
  }
}
