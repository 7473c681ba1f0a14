package org.studygate.session;

import static org.studygate.dynamo.Condition.above;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.ss;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Change.Result.Refused;
import org.studygate.dynamo.Change.Result.Written;
import org.studygate.dynamo.Condition;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.NewItem;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `session_hash=5e… | subject=bucket:b7… | epoch=0 | department=noord | idle_until | expires |
/// proved=[b7@0] | purge_at`
///
/// Visits that began before there were accounts have `bucket_id=b7…` instead of a subject.
///
/// An ended visit never lives again: both ends stand in every condition, whatever TTL has left
/// over.
public final class DynamoSessions implements Sessions {
  private static final Duration KEPT_AFTER = Duration.ofDays(1);

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoSessions(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public void begin(Session session) {
    begun(table, session).put(dynamo);
  }

  /// The same, as a part of a transaction: a code is consumed in the write that makes the visit.
  public static TransactWriteItem beginning(String table, Session session) {
    return begun(table, session).step();
  }

  /// The end of a visit that is there, likewise: its value is of no use any more.
  public static TransactWriteItem ending(String table, Session session) {
    return Transaction.deleting(table, key(session.hash()), exists("session_hash"));
  }

  private static NewItem begun(String table, Session session) {
    return new NewItem(table, item(session), "session_hash");
  }

  /// The code of a bucket was given in a visit that goes on, likewise.
  public static TransactWriteItem proving(
      String table, String sessionHash, String bucketAtEpoch, Instant now) {
    return Change.of(table, key(sessionHash))
        .add("proved", ss(Set.of(bucketAtEpoch)))
        .when(live(now))
        .step();
  }

  private static Condition live(Instant now) {
    return all(above("idle_until", n(now)), above("expires", n(now)));
  }

  private static Map<String, AttributeValue> item(Session session) {
    var item = Item.write();
    if (!session.proved().isEmpty()) {
      item.put("proved", ss(session.proved()));
    }
    return item.put("session_hash", session.hash())
        .put("subject", session.subject().text())
        .put("epoch", session.epoch())
        .put("department", session.department())
        .put("idle_until", session.idleUntil())
        .put("expires", session.expires())
        .purgeAt(session.expires().plus(KEPT_AFTER))
        .attributes();
  }

  @Override
  public Optional<Session> find(String sessionHash, Instant now) {
    var found =
        dynamo.getItem(
            request -> request.tableName(table).key(key(sessionHash)).consistentRead(true));
    return found.hasItem()
        ? Optional.of(session(Item.of(found.item()))).filter(session -> session.live(now))
        : Optional.empty();
  }

  @Override
  public Optional<Session> touch(Session found, Instant now) {
    return switch (Change.of(table, key(found.hash()))
        .set("idle_until", found.idleFrom(now))
        .when(live(now))
        .run(dynamo)) {
      case Written(var item) -> Optional.of(session(item));
      case Refused _ -> Optional.empty(); // ended meanwhile
    };
  }

  @Override
  public Optional<Session> end(String sessionHash) {
    var ended =
        dynamo.deleteItem(
            request ->
                request.tableName(table).key(key(sessionHash)).returnValues(ReturnValue.ALL_OLD));
    return ended.hasAttributes()
        ? Optional.of(session(Item.of(ended.attributes())))
        : Optional.empty();
  }

  private static Session session(Item item) {
    return new Session(
        item.text("session_hash"),
        subject(item),
        item.number("epoch"),
        item.text("department"),
        item.time("idle_until"),
        item.time("expires"),
        Set.copyOf(item.texts("proved")));
  }

  private static Subject subject(Item item) {
    return item.optionalText("subject")
        .map(Subject::parse)
        .orElseGet(() -> new Subject.OfBucket(item.text("bucket_id")));
  }

  private static Map<String, AttributeValue> key(String sessionHash) {
    return Map.of("session_hash", s(sessionHash));
  }
}
