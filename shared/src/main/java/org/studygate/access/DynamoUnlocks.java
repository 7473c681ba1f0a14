package org.studygate.access;

import java.util.Optional;
import java.util.function.Predicate;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import org.studygate.reference.DynamoReferences;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// One transaction over bucket, number and trail. A guess beside it is counted either before, and
/// then forgotten, or after: between two unlocks as many as `Tries` says are judged and never more
/// (`UnlockTest.amongUnlocksNoMoreGuessesAreJudgedThanFiveEach`).
public final class DynamoUnlocks implements Unlocks {
  private final DynamoDbClient dynamo;
  private final String buckets;
  private final String references;
  private final DynamoAuditTrail trail;

  public DynamoUnlocks(
      DynamoDbClient dynamo, String buckets, String references, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.buckets = buckets;
    this.references = references;
    this.trail = trail;
  }

  @Override
  public Unlocking unlock(
      String bucketId, Predicate<String> mine, AuditEvent event, String reason) {
    var found = find(bucketId, mine);
    if (found.isEmpty()) {
      return Unlocking.NOT_THERE;
    }
    if (found.get().number("code_failures_total") >= DynamoBuckets.MAX_FAILURES_EVER) {
      return Unlocking.FOR_GOOD;
    }
    var unlock =
        new Transaction()
            .step(
                "bucket",
                DynamoBuckets.unlocking(buckets, bucketId, found.get().text("department")))
            .step("event", trail.recording(event, reason));
    found
        .get()
        .optionalText("reference_hash")
        .map(hash -> DynamoReferences.unlocking(references, hash, bucketId))
        .ifPresent(step -> unlock.step("number", step));
    return switch (unlock.commit(dynamo)) {
      case Transaction.Outcome.Done() -> Unlocking.DONE;
      // a guess in this very moment was the fiftieth, or the number opens another bucket, or none
      case Transaction.Outcome.Refused refused ->
          refused.at("bucket") ? Unlocking.FOR_GOOD : Unlocking.NOT_THERE;
    };
  }

  private Optional<Item> find(String bucketId, Predicate<String> mine) {
    var found =
        dynamo.getItem(
            request ->
                request.tableName(buckets).key(DynamoBuckets.key(bucketId)).consistentRead(true));
    return Optional.of(Item.of(found.item()))
        .filter(item -> item.optionalText("department").filter(mine).isPresent());
  }
}
