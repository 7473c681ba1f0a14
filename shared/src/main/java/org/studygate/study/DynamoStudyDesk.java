package org.studygate.study;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import org.studygate.study.Studies.Link;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Writes what [DynamoStudies] reads: `held_at` stands at a study as long as somebody should
/// look at it, which is what the sparse index `ByHeld` (`department`, `held_at`, keys only)
/// has of it.
public final class DynamoStudyDesk implements StudyDesk {
  private final DynamoDbClient dynamo;
  private final String table;
  private final DynamoAuditTrail trail;

  public DynamoStudyDesk(DynamoDbClient dynamo, String table, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.table = table;
    this.trail = trail;
  }

  @Override
  public Page held(String department, Optional<String> before, int limit) {
    return held(dynamo, table, department, "study", before, limit);
  }

  /// Those whose `item` is held back for a department, or for whatever is called so in its place. A
  /// place is `<time>-<study id>`: several may be held back in one millisecond.
  public static Page held(
      DynamoDbClient dynamo,
      String table,
      String department,
      String item,
      Optional<String> before,
      int limit) {
    var start =
        before
            .filter(place -> place.matches("[0-9]{1,15}-.+"))
            .map(place -> start(department, item, place));
    var found =
        dynamo.query(
            request -> {
              request
                  .tableName(table)
                  .indexName("ByHeld")
                  .keyConditionExpression("department = :department")
                  .expressionAttributeValues(Map.of(":department", s(department)))
                  .scanIndexForward(false)
                  .limit(limit);
              start.ifPresent(request::exclusiveStartKey);
            });
    return new Page(
        found.items().stream().map(one -> new StudyId(Item.of(one).text("study_id"))).toList(),
        Optional.of(found.lastEvaluatedKey())
            .filter(key -> !key.isEmpty())
            .map(key -> Item.of(key).number("held_at") + "-" + Item.of(key).text("study_id")));
  }

  private static Map<String, AttributeValue> start(String department, String item, String place) {
    var parts = place.split("-", 2);
    var key = new HashMap<String, AttributeValue>();
    key.put("department", s(department));
    key.put("held_at", n(Long.parseLong(parts[0])));
    key.put("study_id", s(parts[1]));
    key.put("item", s(item));
    return key;
  }

  @Override
  public boolean decide(
      StudyId study,
      long revision,
      Link link,
      Instant flaggedAt,
      List<AuditEvent> events,
      String reason) {
    var all =
        new Transaction()
            .change("study", DynamoStudies.linking(table, study, revision, link, flaggedAt));
    events.forEach(event -> all.step(event.trail(), trail.recording(event, reason)));
    return all.commit(dynamo).done();
  }
}
