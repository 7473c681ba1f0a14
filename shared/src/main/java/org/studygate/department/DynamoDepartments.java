package org.studygate.department;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `department_id=noord | item=current | version=3 | policy={…}`, every version that ever was in
/// force as `item=policy#000003`, and under `department_id=#` one item a department with its names,
/// so that listing is a query. One transaction puts a version in force.
public final class DynamoDepartments implements Departments {
  /// Keys of the one in force and of every version, which begin with the same.
  public static final String CURRENT = "current";

  public static final String VERSIONS = "policy#";
  private static final String LIST = "#";
  private static final int MAX_TRIES = 10;

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoDepartments(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<Department> find(String id) {
    return item(id).map(item -> DepartmentJson.kept(item.text("policy")));
  }

  private Optional<Item> item(String id) {
    var found =
        dynamo.getItem(
            request -> request.tableName(table).key(key(id, CURRENT)).consistentRead(true));
    return found.hasItem() ? Optional.of(Item.of(found.item())) : Optional.empty();
  }

  @Override
  public List<Listed> list() {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression("department_id = :list")
                    .expressionAttributeValues(Map.of(":list", s(LIST))))
        .items()
        .stream()
        .map(Item::of)
        .map(DynamoDepartments::listed)
        .sorted(Comparator.comparing(listed -> listed.hospital().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static Listed listed(Item item) {
    var name = item.text("name");
    return new Listed(item.text("item"), name, item.optionalText("hospital").orElse(name));
  }

  @Override
  public boolean put(Department department, Instant at, String by) {
    var json = DepartmentJson.write(department);
    var after = Fields.of(json);
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      var current = item(department.id());
      if (current.map(item -> item.text("policy").equals(json)).orElse(false)) {
        return false;
      }
      var version = current.map(item -> item.number("version")).orElse(0L) + 1;
      var before = current.map(item -> Fields.of(item.text("policy")));
      var changed = before.map(after::against).orElseGet(TreeSet::new);
      if (putting(table, department, new Stamp(version, at, by, changed)).commit(dynamo).done()) {
        return true;
      }
    }
    throw new IllegalStateException("a department kept changing");
  }

  /// What stands beside a version.
  ///
  /// @param changed fields in which it differs from the one before
  public record Stamp(long number, Instant at, String by, SortedSet<String> changed) {}

  public static String version(long number) {
    return VERSIONS + "%06d".formatted(number);
  }

  /// The steps that put a version in force while the one before it is.
  public static Transaction putting(String table, Department department, Stamp stamp) {
    var listed =
        Item.write()
            .put("department_id", LIST)
            .put("item", department.id())
            .put("name", department.name())
            .put("hospital", department.hospital())
            .attributes();
    var former = stamp.number() - 1;
    return new Transaction()
        .step(
            "current",
            Transaction.putting(
                table,
                item(department, CURRENT, stamp),
                former == 0 ? absent("department_id") : equal("version", Item.n(former))))
        .putNew("version", table, item(department, version(stamp.number()), stamp), "department_id")
        .put("listed", table, listed);
  }

  private static Map<String, AttributeValue> item(Department department, String item, Stamp stamp) {
    var written =
        Item.write()
            .put("department_id", department.id())
            .put("item", item)
            .put("policy", DepartmentJson.write(department))
            .put("version", stamp.number())
            .put("at", stamp.at())
            .put("by", stamp.by());
    if (!stamp.changed().isEmpty()) {
      written.put("changed", Item.ss(stamp.changed()));
    }
    return written.attributes();
  }

  private static Map<String, AttributeValue> key(String id, String item) {
    return Map.of("department_id", s(id), "item", s(item));
  }
}
