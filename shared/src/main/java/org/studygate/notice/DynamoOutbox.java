package org.studygate.notice;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.atMost;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Change.Result.Refused;
import org.studygate.dynamo.Change.Result.Written;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `message_id=3f… | kind=CODE | channel=sms | sealed=… | trail=bucket#b7… | bucket_id=b7… |
/// created | expires | due_shard=outbox | due_at | claims=1 | claimed_until | handing | handed=1 |
/// purge_at`
///
/// `bucket_id` is what a sender of before reads, while one is deployed still, or again: the id of
/// the trail alone.
///
/// Written in the transaction that makes what it tells. Each step is one conditional write under
/// the number of the claim, so a sender that was overtaken changes nothing.
public final class DynamoOutbox implements Outbox {
  private static final int BATCH = 100;
  private static final Duration KEPT_AFTER = Duration.ofDays(1);

  private final DynamoDbClient dynamo;
  private final String table;
  private final DynamoAuditTrail trail;

  public DynamoOutbox(DynamoDbClient dynamo, String table, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.table = table;
    this.trail = trail;
  }

  /// A message on its way, as a part of the transaction that gives a reason for it.
  public static TransactWriteItem putting(String table, Outgoing message, Instant now) {
    var expires = now.plus(message.kind().life());
    var item =
        Item.write()
            .put("message_id", message.messageId())
            .put("kind", message.kind().name())
            .put("channel", message.channel())
            .put("sealed", message.sealed())
            .put("trail", message.trail())
            .put("bucket_id", message.trail().substring(message.trail().indexOf('#') + 1))
            .put("created", now)
            .put("due_shard", "outbox")
            .put("due_at", now)
            .put("expires", expires)
            .purgeAt(expires.plus(KEPT_AFTER))
            .attributes();
    return Transaction.putting(table, item, absent("message_id"));
  }

  @Override
  public Claim claim(String messageId, Instant now, Instant until) {
    return switch (Change.of(table, key(messageId))
        .set("claimed_until", until)
        .set("due_at", until)
        .add("claims", 1)
        .when(
            all(
                exists("message_id"),
                any(absent("claimed_until"), atMost("claimed_until", n(now)))))
        .run(dynamo)) {
      case Written(var item) -> claim(messageId, item);
      case Refused _ -> new Claim.Refused(); // gone, or another has it
    };
  }

  private static Claim claim(String messageId, Item item) {
    var kind = MessageKind.valueOf(item.optionalText("kind").orElse("CODE"));
    var waiting =
        new Waiting(
            messageId,
            kind,
            item.number("claims"),
            item.optionalNumber("handed").orElse(0L).intValue(),
            item.text("sealed"),
            item.optionalText("trail").orElseGet(() -> formerly(kind, item.text("bucket_id"))),
            item.time("expires"));
    return item.optionalTime("handing").isPresent() && !waiting.mayGoAgain(waiting.handed())
        ? new Claim.Doubtful(waiting)
        : new Claim.Taken(waiting);
  }

  /// Of a message that was written when all were told by a bucket or a department alone.
  private static String formerly(MessageKind kind, String id) {
    return kind == MessageKind.DIGEST ? AuditEvent.department(id) : AuditEvent.bucket(id);
  }

  @Override
  public boolean handing(Waiting message, Instant now) {
    return mine(message).set("handing", now).add("handed", 1).run(dynamo).written();
  }

  @Override
  public void release(Waiting message, Instant again) {
    mine(message).set("due_at", again).remove("claimed_until").run(dynamo);
  }

  @Override
  public void takeBack(Waiting message, Instant again) {
    mine(message)
        .set("due_at", again)
        .remove("claimed_until", "handing")
        .add("handed", -1)
        .run(dynamo);
  }

  /// Refused where another claim has come since.
  private Change mine(Waiting message) {
    return Change.of(table, key(message.messageId())).when(equal("claims", n(message.claim())));
  }

  @Override
  public boolean close(Waiting message, AuditEvent event) {
    return new Transaction()
        .delete("message", table, key(message.messageId()), equal("claims", n(message.claim())))
        .step("event", trail.recording(event))
        .commit(dynamo)
        .done();
  }

  @Override
  public List<String> due(Instant by) {
    return dynamo
        .query(
            query ->
                query
                    .tableName(table)
                    .indexName("ByDue")
                    .keyConditionExpression("due_shard = :outbox AND due_at <= :by")
                    .expressionAttributeValues(Map.of(":outbox", s("outbox"), ":by", n(by)))
                    .limit(BATCH))
        .items()
        .stream()
        .map(item -> Item.of(item).text("message_id"))
        .toList();
  }

  private static Map<String, AttributeValue> key(String messageId) {
    return Map.of("message_id", s(messageId));
  }
}
