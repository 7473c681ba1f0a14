package org.studygate.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Item;
import org.studygate.reference.DynamoReferences;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// One transaction over bucket, number and trail. A guess beside it is counted either before, and
/// then forgotten, or after: between two unlocks as many as `Tries` says are judged and never more
/// (`UnlockTest.amongUnlocksNoMoreGuessesAreJudgedThanFiveEach`).
public final class DynamoUnlocks implements Unlocks {
  private static final int MAX_TRIES = 10;
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

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
    var steps = new ArrayList<TransactWriteItem>();
    steps.add(DynamoBuckets.unlocking(buckets, bucketId, found.get().text("department")));
    steps.add(trail.recording(event, reason));
    found
        .get()
        .optionalText("reference_hash")
        .map(hash -> DynamoReferences.unlocking(references, hash, bucketId))
        .ifPresent(steps::add);
    return write(steps);
  }

  private Optional<Item> find(String bucketId, Predicate<String> mine) {
    var found =
        dynamo.getItem(
            request ->
                request.tableName(buckets).key(DynamoBuckets.key(bucketId)).consistentRead(true));
    return Optional.of(Item.of(found.item()))
        .filter(item -> item.optionalText("department").filter(mine).isPresent());
  }

  private Unlocking write(List<TransactWriteItem> steps) {
    for (var tries = 1; ; tries++) {
      try {
        dynamo.transactWriteItems(request -> request.transactItems(steps));
        return Unlocking.DONE;
      } catch (TransactionCanceledException cancelled) {
        var reasons = cancelled.cancellationReasons();
        if (CONDITION_FAILED.equals(reasons.getFirst().code())) {
          return Unlocking.FOR_GOOD; // a guess in this very moment was the fiftieth
        }
        if (reasons.stream().anyMatch(reason -> CONDITION_FAILED.equals(reason.code()))) {
          return Unlocking.NOT_THERE; // the number opens another bucket, or none yet
        }
        if (tries == MAX_TRIES) {
          throw cancelled; // others kept writing; nothing was done
        }
      }
    }
  }
}
