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
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `department_id=noord | item=current | version=3 | policy={…}`, every version that ever was in
/// force as `item=policy#000003`, and under `department_id=#` one item a department with its names,
/// so that listing is a query. One transaction puts a version in force.
public final class DynamoDepartments implements Departments {
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
    return item(id).map(item -> DepartmentJson.read(item.text("policy")));
  }

  private Optional<Item> item(String id) {
    var found =
        dynamo.getItem(
            request -> request.tableName(table).key(key(id, "current")).consistentRead(true));
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
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      var current = item(department.id());
      if (current.map(item -> item.text("policy").equals(json)).orElse(false)) {
        return false;
      }
      var version = current.map(item -> item.number("version")).orElse(0L) + 1;
      if (put(department, json, version, at, by)) {
        return true;
      }
    }
    throw new IllegalStateException("a department kept changing");
  }

  private boolean put(Department department, String json, long version, Instant at, String by) {
    var former = version - 1;
    var listed =
        Item.write()
            .put("department_id", LIST)
            .put("item", department.id())
            .put("name", department.name())
            .put("hospital", department.hospital())
            .attributes();
    return new Transaction()
        .step(
            "current",
            Transaction.putting(
                table,
                version(department, "current", json, version, at, by),
                former == 0 ? absent("department_id") : equal("version", Item.n(former))))
        .putNew(
            "version",
            table,
            version(department, "policy#%06d".formatted(version), json, version, at, by),
            "department_id")
        .put("listed", table, listed)
        .commit(dynamo)
        .done();
  }

  private static Map<String, AttributeValue> version(
      Department department, String item, String json, long version, Instant at, String by) {
    return Item.write()
        .put("department_id", department.id())
        .put("item", item)
        .put("policy", json)
        .put("version", version)
        .put("at", at)
        .put("by", by)
        .attributes();
  }

  private static Map<String, AttributeValue> key(String id, String item) {
    return Map.of("department_id", s(id), "item", s(item));
  }
}
