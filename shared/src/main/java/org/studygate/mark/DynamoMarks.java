package org.studygate.mark;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.ss;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Together;
import org.studygate.dynamo.Transaction;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `account_id=a7… | study_id=4k… | opened | report=<version> | labels={grey|Second opinion}`
public final class DynamoMarks implements Marks {
  private final DynamoDbClient dynamo;
  private final String table;
  private final DynamoAuditTrail trail;

  public DynamoMarks(DynamoDbClient dynamo, String table, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.table = table;
    this.trail = trail;
  }

  @Override
  public Map<StudyId, Mark> find(String account, Collection<StudyId> studies) {
    var batch = new BatchRead();
    studies.forEach(study -> batch.get(table, key(account, study)));
    var found = new HashMap<StudyId, Mark>();
    for (var item : batch.run(dynamo).getOrDefault(table, List.of())) {
      found.put(new StudyId(item.text("study_id")), mark(item));
    }
    return found;
  }

  private static Mark mark(Item item) {
    return new Mark(
        item.optionalTime("opened"),
        item.optionalTime("opened_last"),
        item.optionalText("report"),
        item.texts("labels").stream()
            .map(DynamoMarks::label)
            .sorted(Comparator.comparing(Mark.Label::text))
            .toList());
  }

  private static Mark.Label label(String written) {
    var at = written.indexOf('|');
    return new Mark.Label(written.substring(at + 1), written.substring(0, at));
  }

  @Override
  public void label(String account, Collection<StudyId> studies, Mark.Label label) {
    var written = ss(List.of(label.colour() + '|' + label.text()));
    Together.each(
        studies, study -> Change.of(table, key(account, study)).add("labels", written).run(dynamo));
  }

  @Override
  public void opened(String account, StudyId study, Optional<String> report, AuditEvent event) {
    var seen =
        Change.of(table, key(account, study))
            .setIfAbsent("opened", n(event.at()))
            .set("opened_last", event.at());
    report.ifPresent(version -> seen.set("report", version));
    new Transaction().change("mark", seen).step("event", trail.recording(event)).commit(dynamo);
  }

  private static Map<String, AttributeValue> key(String account, StudyId study) {
    return Map.of("account_id", s(account), "study_id", s(study.value()));
  }
}
