package org.studygate.access;

import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.account.Staff;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import org.studygate.reference.DynamoReferences;
import org.studygate.study.OrderId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the service desk looks for and does about the number of an order, besides unlocking
/// (`Unlock`) and payments (`PaymentDesk`). Every act is one transaction with what the trail tells
/// of it.
public final class DynamoDesk implements NumberDesk {
  private static final int LONGEST_REASON = 500;

  private final DynamoDbClient dynamo;
  private final String buckets;
  private final String references;
  private final DynamoAuditTrail trail;

  public DynamoDesk(
      DynamoDbClient dynamo, String buckets, String references, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.buckets = buckets;
    this.references = references;
    this.trail = trail;
  }

  /// The buckets of an order, those of former numbers too.
  public List<String> ofOrder(OrderId order) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(buckets)
                    .indexName("ByOrder")
                    .keyConditionExpression("order_id = :order")
                    .expressionAttributeValues(Map.of(":order", s(order.toString()))))
        .items()
        .stream()
        .map(item -> Item.of(item).text("bucket_id"))
        .sorted()
        .toList();
  }

  /// The keyed hash of the number that opens a bucket, under which its trail keeps refused tries.
  public Optional<String> reference(String bucketId) {
    return item(buckets, DynamoBuckets.key(bucketId)).optionalText("reference_hash");
  }

  @Override
  public int wrongDates(String bucketId) {
    return reference(bucketId)
        .map(hash -> item(references, Map.of("reference_hash", s(hash))))
        .flatMap(item -> item.optionalNumber("failures"))
        .orElse(0L)
        .intValue();
  }

  @Override
  public Optional<String> refused(String bucketId) {
    return DynamoBuckets.refused(item(buckets, DynamoBuckets.key(bucketId)));
  }

  @Override
  public boolean write(Numbering numbering) {
    var entry = numbering.entry();
    var hash = numbering.referenceHash();
    var version = numbering.version();
    var all =
        new Transaction()
            .step("number", DynamoReferences.claiming(references, hash, entry, version))
            .step(
                "bucket",
                DynamoBuckets.numbering(
                    buckets, entry.bucketId(), hash, entry.birthHash(), version));
    var events = numbering.events();
    all.step("event", trail.recording(events.getFirst(), numbering.reason()));
    for (var i = 1; i < events.size(); i++) {
      all.step("event " + i, trail.recording(events.get(i)));
    }
    return all.commit(dynamo).done();
  }

  private Item item(String table, Map<String, AttributeValue> key) {
    return Item.of(
        dynamo.getItem(request -> request.tableName(table).key(key).consistentRead(true)).item());
  }

  /// Ends a bucket for good; the department's trail tells of it, too. `false` without a reason.
  public boolean withdraw(
      Bucket bucket, Staff staff, String reason, String requestId, Instant now) {
    if (!given(reason)) {
      return false;
    }
    var role = staff.role().name();
    var ofBucket =
        event(AuditEvent.bucket(bucket.id()), staff, AuditAction.WITHDRAWN, role, requestId, now);
    var ofDepartment =
        event(
            AuditEvent.department(bucket.department()),
            staff,
            AuditAction.WITHDRAWN,
            bucket.id(),
            requestId,
            now);
    dynamo.transactWriteItems(
        request ->
            request.transactItems(
                DynamoBuckets.withdrawing(buckets, bucket.id()),
                trail.recording(ofBucket, reason.strip()),
                trail.recording(ofDepartment, reason.strip())));
    return true;
  }

  /// Notes that somebody asked for the pincode to be sent, and why. `false` without a reason.
  public boolean note(
      Bucket bucket, Staff staff, String what, String reason, String requestId, Instant now) {
    if (!given(reason)) {
      return false;
    }
    var event =
        event(
            AuditEvent.bucket(bucket.id()), staff, AuditAction.PINCODE_SENT, what, requestId, now);
    dynamo.transactWriteItems(
        request -> request.transactItems(trail.recording(event, reason.strip())));
    return true;
  }

  private static boolean given(String reason) {
    return !reason.isBlank() && reason.strip().length() <= LONGEST_REASON;
  }

  private static AuditEvent event(
      String trailOf,
      Staff staff,
      AuditAction action,
      String outcome,
      String requestId,
      Instant now) {
    return new AuditEvent(
        trailOf, now, new Actor.Staff(staff.account()), action, outcome, requestId);
  }
}
