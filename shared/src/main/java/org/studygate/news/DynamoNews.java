package org.studygate.news;

import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.contains;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Condition.not;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.ss;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.studygate.access.DynamoGrants;
import org.studygate.access.Grant;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Transaction;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.NewsMessage.What;
import org.studygate.notice.Outgoing;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// `told=[study, report]` on the row that gives the study: so each is told once for as long as the
/// row stands, whoever looks how often.
public final class DynamoNews implements News {
  private static final String TOLD = "told";

  private final DynamoDbClient dynamo;
  private final String grants;
  private final String outbox;
  private final Clock clock;

  public DynamoNews(DynamoDbClient dynamo, String grants, String outbox, Clock clock) {
    this.dynamo = dynamo;
    this.grants = grants;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public List<Untold> untold(StudyId study) {
    var untold = new ArrayList<Untold>();
    DynamoGrants.rows(dynamo, grants, study)
        .forEach(
            item -> {
              var row = DynamoGrants.grant(item);
              var left = new ArrayList<>(List.of(What.values()));
              left.removeIf(what -> item.texts(TOLD).contains(what.code()));
              if (DynamoGrants.stands(item) && row.ofPhysician() && !left.isEmpty()) {
                untold.add(new Untold(row, left));
              }
            });
    return untold;
  }

  @Override
  public boolean told(Grant row, What what) {
    return telling(row, what).run(dynamo).written();
  }

  @Override
  public boolean told(Grant row, What what, Outgoing mail) {
    return new Transaction()
        .change("row", telling(row, what))
        .step("mail", DynamoOutbox.putting(outbox, mail, clock.instant()))
        .commit(dynamo)
        .done();
  }

  private Change telling(Grant row, What what) {
    return Change.of(grants, DynamoGrants.key(row))
        .add(TOLD, ss(Set.of(what.code())))
        .when(all(exists("study_id"), not(contains(TOLD, s(what.code())))));
  }
}
