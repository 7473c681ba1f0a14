package org.studygate.copying;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.exists;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Transaction;
import org.studygate.study.DynamoStudyDesk;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Over the items of [DynamoCopies]: the index says where to look, what waits is read as it stands.
public final class DynamoCopyDesk implements CopyDesk {
  /// Stands before a department in the index of what is held back, so that no list of its studies
  /// finds a copy.
  static final String WAITING = "copies/";

  private final DynamoDbClient dynamo;
  private final String table;
  private final DynamoAuditTrail trail;
  private final DynamoCopies copies;

  public DynamoCopyDesk(DynamoDbClient dynamo, String table, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.table = table;
    this.trail = trail;
    this.copies = new DynamoCopies(dynamo, table);
  }

  @Override
  public Page waiting(String department, Optional<String> before, int limit) {
    var found =
        DynamoStudyDesk.held(dynamo, table, WAITING + department, DynamoCopies.COPY, before, limit);
    var newest =
        Comparator.comparing((Copies.Copy copy) -> copy.waits().orElse(Instant.EPOCH)).reversed();
    return new Page(
        copies.planned(found.studies()).stream()
            .filter(copy -> copy.waits().isPresent()) // the index may be behind
            .sorted(newest)
            .toList(),
        found.next());
  }

  @Override
  public boolean decide(StudyId copy, Pixels pixels, List<AuditEvent> events) {
    var decided =
        Change.of(table, DynamoCopies.key(copy.value(), DynamoCopies.COPY))
            .set("pixels", pixels.text())
            .remove("department", "held_at")
            .when(all(exists("held_at"), absent("pixels")));
    var all = new Transaction().change("copy", decided);
    for (var i = 0; i < events.size(); i++) {
      all.step("event " + i, trail.recording(events.get(i)));
    }
    return all.commit(dynamo).done();
  }
}
