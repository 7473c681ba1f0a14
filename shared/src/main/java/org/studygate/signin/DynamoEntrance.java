package org.studygate.signin;

import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// One transaction of two items that nobody else writes.
public final class DynamoEntrance implements Entrance {
  private final DynamoDbClient dynamo;
  private final String sessions;
  private final DynamoAuditTrail trail;

  public DynamoEntrance(DynamoDbClient dynamo, String sessions, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.sessions = sessions;
    this.trail = trail;
  }

  @Override
  public void open(Session session, AuditEvent event) {
    dynamo.transactWriteItems(
        request ->
            request.transactItems(
                trail.recording(event), DynamoSessions.beginning(sessions, session)));
  }
}
