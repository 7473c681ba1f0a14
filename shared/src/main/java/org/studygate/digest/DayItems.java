package org.studygate.digest;

import static org.studygate.dynamo.Item.s;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `department_id=noord | item=day#2026-11-27 | told#weak-number=3 … | lies_at | due_shard |
/// due_at | closed_at | purge_at`
///
/// `due_shard` and `due_at` are there until the day's mail has been written.
final class DayItems {
  static final String SHARD = "receipts";
  static final String COUNT = "told#";
  private static final String DAY = "day#";

  private DayItems() {}

  static Map<String, AttributeValue> key(String department, LocalDate date) {
    return Map.of("department_id", s(department), "item", s(DAY + date));
  }

  static Day day(Map<String, AttributeValue> attributes) {
    var item = Item.of(attributes);
    var counts = new TreeMap<String, Long>();
    for (var name : attributes.keySet()) {
      if (name.startsWith(COUNT) && item.number(name) > 0) {
        counts.put(name.substring(COUNT.length()), item.number(name));
      }
    }
    return new Day(
        item.text("department_id"),
        LocalDate.parse(item.text("item").substring(DAY.length())),
        item.text("lies_at"),
        counts);
  }
}
