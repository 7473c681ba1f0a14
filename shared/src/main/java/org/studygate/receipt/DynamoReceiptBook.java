package org.studygate.receipt;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What [DynamoReceiptNotes] wrote, with `done_at | done_by` once somebody has dealt with it.
public final class DynamoReceiptBook implements ReceiptBook {
  static final String RECEIPT = "receipt#";

  private final DynamoDbClient dynamo;
  private final String table;
  private final DynamoAuditTrail trail;

  public DynamoReceiptBook(DynamoDbClient dynamo, String table, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.table = table;
    this.trail = trail;
  }

  @Override
  public Page page(String department, Optional<String> before, Instant since, int limit) {
    var values =
        Map.of(
            ":department", s(department),
            ":from", s(RECEIPT + S3Receipts.TIME.format(since)),
            ":to", s(before.map(id -> RECEIPT + id).orElse(RECEIPT + "~")));
    var found =
        dynamo.query(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression(
                        "department_id = :department AND #item BETWEEN :from AND :to")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(values)
                    .scanIndexForward(false)
                    .consistentRead(true)
                    .limit(limit + 1 + (before.isPresent() ? 1 : 0)));
    var all =
        found.items().stream()
            .map(DynamoReceiptBook::line)
            .filter(line -> !before.equals(Optional.of(line.id())))
            .toList();
    return all.size() > limit
        ? new Page(all.subList(0, limit), Optional.of(all.get(limit - 1).id()))
        : new Page(all, Optional.empty());
  }

  private static Line line(Map<String, AttributeValue> attributes) {
    var item = Item.of(attributes);
    return new Line(
        item.text("item").substring(RECEIPT.length()),
        new Receipt(
            item.text("department_id"),
            item.optionalText("key"),
            item.text("code"),
            item.text("sentence"),
            item.time("at"),
            new Receipt.About(
                item.optionalText("accession"),
                item.optionalText("study_uid"),
                item.optionalText("sop_uid"))),
        item.optionalTime("done_at").map(at -> new Done(at, item.text("done_by"))));
  }

  @Override
  public boolean done(String department, String id, boolean done, AuditEvent event) {
    var change = Change.of(table, key(department, id));
    if (done) {
      change
          .set("done_at", event.at())
          .set("done_by", event.who().id())
          .when(all(exists("at"), absent("done_at")));
    } else {
      change.remove("done_at", "done_by").when(all(exists("at"), exists("done_at")));
    }
    return switch (new Transaction()
        .change("receipt", change)
        .step("event", trail.recording(event))
        .commit(dynamo)) {
      case Transaction.Outcome.Done() -> true;
      // it was so already, or it is none
      case Transaction.Outcome.Refused refused ->
          refused.standing("receipt").filter(item -> item.has("at")).isPresent();
    };
  }

  static Map<String, AttributeValue> key(String department, String id) {
    return Map.of("department_id", s(department), "item", s(RECEIPT + id));
  }
}
