package org.studygate.notice;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Paid;
import org.studygate.access.Scope;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.signin.Codes;
import org.studygate.signin.DynamoChallenges;
import org.studygate.study.OrderId;

/// Outboxes with a code in them, put there as reference-login does it.
final class Outboxes {
  final Pepper pepper = new Pepper(new TestSecrets(), "pepper");
  final Seal seal = new Seal(pepper, new SecureRandom());
  final DynamoAuditTrail trail;
  final DynamoOutbox outbox;
  private final Tokens tokens = new Tokens(new SecureRandom());
  private final TestTables tables;
  private final TestClock clock;

  Outboxes(TestTables tables, TestClock clock) {
    this.tables = tables;
    this.clock = clock;
    this.trail = new DynamoAuditTrail(tables.client(), "AuditTable", tokens);
    this.outbox = new DynamoOutbox(tables.client(), "OutboxTable", trail);
  }

  /// A new message to a bucket of its own.
  Put put() {
    var bucket = bucket(Verification.OTP_SMS);
    var names = DynamoChallenges.Tables.ofSending("ChallengesTable", "LimitsTable", "OutboxTable");
    new Codes(
            new DynamoChallenges(tables.client(), names),
            new Notices(seal, tokens),
            pepper,
            tokens,
            clock)
        .open(bucket);
    var message =
        tables
            .client()
            .scan(scan -> scan.tableName("OutboxTable").consistentRead(true))
            .items()
            .stream()
            .map(Item::of)
            .filter(item -> item.text("trail").equals(AuditEvent.bucket(bucket.id())))
            .findFirst()
            .orElseThrow();
    return new Put(message.text("message_id"), message.text("trail"));
  }

  /// The same, as it was written when every message belonged to a bucket.
  Put putAsBefore() {
    var put = put();
    tables
        .client()
        .updateItem(
            update ->
                update
                    .tableName("OutboxTable")
                    .key(Map.of("message_id", Item.s(put.messageId())))
                    .updateExpression("REMOVE trail"));
    return put;
  }

  /// A new pincode to a bucket of its own.
  Put putPincode() {
    var bucket = bucket(Verification.PAYMENT);
    var message = new Notices(seal, tokens).pincode(bucket, "20481632");
    var putting = DynamoOutbox.putting("OutboxTable", message, clock.instant());
    tables.client().transactWriteItems(request -> request.transactItems(putting));
    return new Put(message.messageId(), message.trail());
  }

  /// A telephone of its own, too: only so many codes go to one.
  private Bucket bucket(Verification verification) {
    var id = tokens.id();
    return new Bucket(
        "b-" + id,
        "noord",
        new Scope.OfOrder(new OrderId("noord", "A1")),
        false,
        verification,
        Optional.of("+3247%07d".formatted(Math.floorMod(id.hashCode(), 10_000_000))),
        "nl",
        Instant.EPOCH,
        Instant.EPOCH,
        false,
        false,
        Paid.NOTHING,
        0);
  }

  record Put(String messageId, String trail) {}

  List<String> outcomes(Put put) {
    return trail.read(put.trail(), Optional.empty(), 10).events().stream()
        .map(AuditEvent::outcome)
        .toList();
  }

  boolean holds(Put put) {
    return item(put).has("message_id");
  }

  Item item(Put put) {
    return Item.of(
        tables
            .client()
            .getItem(
                get ->
                    get.tableName("OutboxTable")
                        .consistentRead(true)
                        .key(Map.of("message_id", Item.s(put.messageId()))))
            .item());
  }
}
