package org.studygate.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.studygate.dynamo.Item.s;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Department;
import org.studygate.department.DepartmentJson;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.Fields;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction.Outcome.Refused;
import org.studygate.json.Json;
import org.studygate.platform.Sha256;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The same items as `DynamoDepartments` keeps; each change with its event in one transaction.
public final class DynamoPolicyDesk implements PolicyDesk {
  private final DynamoDbClient dynamo;
  private final String table;
  private final DynamoAuditTrail trail;

  public DynamoPolicyDesk(DynamoDbClient dynamo, String table, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.table = table;
    this.trail = trail;
  }

  @Override
  public Optional<Version> current(String department) {
    return item(department, DynamoDepartments.CURRENT);
  }

  @Override
  public Optional<Version> version(String department, long number) {
    return item(department, DynamoDepartments.version(number));
  }

  private Optional<Version> item(String department, String item) {
    var found =
        dynamo.getItem(
            request ->
                request
                    .tableName(table)
                    .key(Map.of("department_id", s(department), "item", s(item)))
                    .consistentRead(true));
    return found.hasItem() ? Optional.of(version(Item.of(found.item()))) : Optional.empty();
  }

  private static Version version(Item item) {
    return new Version(stamp(item), item.text("policy"));
  }

  private static Stamp stamp(Item item) {
    return new Stamp(
        item.number("version"), item.time("at"), item.text("by"), item.texts("changed"));
  }

  @Override
  public List<Stamp> versions(String department, int limit) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression("department_id = :id AND begins_with(#item, :policy)")
                    .projectionExpression("version, #at, #by, changed")
                    .expressionAttributeNames(Map.of("#item", "item", "#at", "at", "#by", "by"))
                    .expressionAttributeValues(
                        Map.of(":id", s(department), ":policy", s(DynamoDepartments.VERSIONS)))
                    .scanIndexForward(false)
                    .consistentRead(true)
                    .limit(limit))
        .items()
        .stream()
        .map(Item::of)
        .map(DynamoPolicyDesk::stamp)
        .limit(limit)
        .toList();
  }

  @Override
  public Outcome change(Department wanted, Version former, AuditEvent event) {
    var before = Fields.of(former.json());
    var after = Fields.of(DepartmentJson.write(wanted));
    var changed = before.against(after);
    if (changed.isEmpty()) {
      return new Outcome.Same();
    }
    var number = former.stamp().number() + 1;
    var facts = Map.of("before", told(before, changed), "after", told(after, changed));
    var stamp = new DynamoDepartments.Stamp(number, event.at(), event.who().text(), changed);
    var outcome =
        DynamoDepartments.putting(table, wanted, stamp)
            .step("event", trail.recording(event, facts))
            .commit(dynamo);
    return outcome instanceof Refused
        ? new Outcome.Overtaken(current(wanted.id()).orElseThrow())
        : new Outcome.Changed(number);
  }

  /// The changed fields as JSON; a picture by its digest, the versions have it whole.
  private static String told(Fields fields, Iterable<String> changed) {
    var told = new TreeMap<String, Object>();
    for (var field : changed) {
      fields
          .value(field)
          .map(value -> field.equals("logo") ? Sha256.hex(value.toString().getBytes(UTF_8)) : value)
          .ifPresent(value -> told.put(field, value));
    }
    return Json.text(told);
  }
}
