package org.studygate.sharing;

import java.time.Instant;
import org.studygate.access.DynamoBuckets;
import org.studygate.dynamo.Transaction;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Outgoing;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// `opened_at` on the bucket, under the condition that nobody has opened it: so there is one mail,
/// however many open it at once.
public final class DynamoOpenings implements Openings {
  private final DynamoDbClient dynamo;
  private final String buckets;
  private final String outbox;

  public DynamoOpenings(DynamoDbClient dynamo, String buckets, String outbox) {
    this.dynamo = dynamo;
    this.buckets = buckets;
    this.outbox = outbox;
  }

  @Override
  public boolean tell(String bucket, Instant at, Outgoing mail) {
    return new Transaction()
        .step("bucket", DynamoBuckets.openedFirst(buckets, bucket, at))
        .step("mail", DynamoOutbox.putting(outbox, mail, at))
        .commit(dynamo)
        .done();
  }
}
