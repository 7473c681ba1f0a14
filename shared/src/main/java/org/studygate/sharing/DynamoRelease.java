package org.studygate.sharing;

import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Origin;
import org.studygate.audit.AuditEvent;
import org.studygate.copying.Release;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.NewItem;
import org.studygate.dynamo.Transaction;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.MessageKind;
import org.studygate.notice.Outgoing;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Beside what is to be copied for a bucket: `study_id=<bucket> | item=mail#<message> | kind |
/// channel | sealed | trail`, each as it will lie in the outbox. There are no more than one act may
/// write, so they and the bucket are one transaction.
///
/// They go from here once the bucket is open or over, by who looks after its copies: that they were
/// sent stands on the bucket.
public final class DynamoRelease implements Release {
  private static final String MAIL = "mail#";

  private final DynamoDbClient dynamo;
  private final Tables tables;

  public record Tables(String buckets, String studies, String outbox) {}

  public DynamoRelease(DynamoDbClient dynamo, Tables tables) {
    this.dynamo = dynamo;
    this.tables = tables;
  }

  /// A mail that waits for its bucket. A part of the transaction that makes both.
  public static TransactWriteItem keeping(String table, Outgoing mail) {
    var item =
        Item.write()
            .put("study_id", AuditEvent.bucketOf(mail.trail()).orElseThrow())
            .put("item", MAIL + mail.messageId())
            .put("kind", mail.kind().name())
            .put("channel", mail.channel())
            .put("sealed", mail.sealed())
            .put("trail", mail.trail());
    return new NewItem(table, item.attributes(), "study_id").step();
  }

  @Override
  public boolean open(Bucket bucket, Instant at) {
    var all = new Transaction().step("bucket", DynamoBuckets.readying(tables.buckets(), bucket));
    if (bucket.origin().kind() == Origin.Kind.SHARE) {
      kept(bucket.id())
          .forEach(
              item -> all.step("mail", DynamoOutbox.putting(tables.outbox(), outgoing(item), at)));
    }
    return all.commit(dynamo).done();
  }

  private static Outgoing outgoing(Item item) {
    return new Outgoing(
        item.text("item").substring(MAIL.length()),
        MessageKind.valueOf(item.text("kind")),
        item.text("channel"),
        item.text("sealed"),
        item.text("trail"));
  }

  @Override
  public void forget(String bucket) {
    for (var item : kept(bucket)) {
      var key = Map.of("study_id", s(bucket), "item", s(item.text("item")));
      dynamo.deleteItem(delete -> delete.tableName(tables.studies()).key(key));
    }
  }

  private List<Item> kept(String bucket) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(tables.studies())
                    .keyConditionExpression("study_id = :bucket AND begins_with(#item, :mail)")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(Map.of(":bucket", s(bucket), ":mail", s(MAIL)))
                    .consistentRead(true))
        .items()
        .stream()
        .map(Item::of)
        .toList();
  }
}
