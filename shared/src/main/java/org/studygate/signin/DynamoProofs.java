package org.studygate.signin;

import java.time.Instant;
import org.studygate.access.Bucket;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.session.DynamoSessions;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// One transaction over challenge, bucket, session and trail.
public final class DynamoProofs implements Proofs {
  private final DynamoDbClient dynamo;
  private final Tables tables;
  private final DynamoAuditTrail trail;

  public record Tables(String challenges, String buckets, String sessions) {}

  public DynamoProofs(DynamoDbClient dynamo, Tables tables, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.tables = tables;
    this.trail = trail;
  }

  @Override
  public boolean prove(
      Challenge challenge, int counted, String sessionHash, AuditEvent event, Instant now) {
    var opened = Bucket.proof(challenge.bucket().orElseThrow(), challenge.epoch());
    var proof =
        DynamoChallenges.spending(tables.challenges(), tables.buckets(), challenge, counted, now)
            .step("session", DynamoSessions.proving(tables.sessions(), sessionHash, opened, now))
            .step("event", trail.recording(event));
    try {
      return proof.commit(dynamo).done();
    } catch (TransactionCanceledException othersKeptWriting) {
      return false; // closed, as for a code that is wrong
    }
  }
}
