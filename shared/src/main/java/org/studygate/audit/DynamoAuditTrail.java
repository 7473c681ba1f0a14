package org.studygate.audit;

import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.NewItem;
import org.studygate.platform.Tokens;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `trail=study#7k… | event_key=2026-11-23T10:00:00.000Z#5f… | who | action | outcome |
/// request_id | reason? | before? | after?`
///
/// Append-only: an event is put under a key of its own and never updated; the roles of the
/// functions
/// allow `PutItem` and `Query` alone.
public final class DynamoAuditTrail implements AuditTrail {
  /// Milliseconds always written, so that keys sort as times do.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final DynamoDbClient dynamo;
  private final String table;
  private final Tokens tokens;

  public DynamoAuditTrail(DynamoDbClient dynamo, String table, Tokens tokens) {
    this.dynamo = dynamo;
    this.table = table;
    this.tokens = tokens;
  }

  /// A moment as a part of a key, so that keys sort as times do.
  public static String time(Instant at) {
    return TIME.format(at);
  }

  /// The moment with which a key begins.
  public static Instant time(String key) {
    return Instant.parse(key.substring(0, key.indexOf('#')));
  }

  @Override
  public void record(AuditEvent event) {
    written(item(event)).put(dynamo);
  }

  /// The event as a part of a transaction, where there must be exactly one for what is done.
  public TransactWriteItem recording(AuditEvent event) {
    return written(item(event)).step();
  }

  /// The same with the reason that a person gave, kept beside the event and in no log.
  public TransactWriteItem recording(AuditEvent event, String reason) {
    var item = item(event);
    item.put("reason", s(reason));
    return written(item).step();
  }

  /// The same with what else is to be told of it, kept beside the event and in no log.
  public TransactWriteItem recording(AuditEvent event, Map<String, String> facts) {
    var item = item(event);
    facts.forEach((name, fact) -> item.put(name, s(fact)));
    return written(item).step();
  }

  private NewItem written(Map<String, AttributeValue> item) {
    return new NewItem(table, item, "event_key");
  }

  private Map<String, AttributeValue> item(AuditEvent event) {
    return Item.write()
        .put("trail", event.trail())
        .put("event_key", time(event.at()) + '#' + tokens.id())
        .put("who", event.who().text())
        .put("action", event.action().code())
        .put("outcome", event.outcome())
        .put("request_id", event.requestId())
        .attributes();
  }

  @Override
  public Page read(String trail, Optional<String> before, int limit) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":trail", s(trail));
    before.ifPresent(key -> values.put(":before", s(key)));
    var found =
        dynamo.query(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression(
                        "trail = :trail" + (before.isPresent() ? " AND event_key < :before" : ""))
                    .expressionAttributeValues(values)
                    .scanIndexForward(false)
                    .consistentRead(true)
                    .limit(limit));
    return new Page(
        found.items().stream().map(Item::of).map(DynamoAuditTrail::event).toList(),
        Optional.of(found.lastEvaluatedKey())
            .filter(key -> !key.isEmpty())
            .map(key -> Item.of(Map.copyOf(key)).text("event_key")));
  }

  private static AuditEvent event(Item item) {
    var key = item.text("event_key");
    return new AuditEvent(
        item.text("trail"),
        time(key),
        Actor.parse(item.text("who")),
        AuditAction.of(item.text("action")),
        item.text("outcome"),
        item.text("request_id"));
  }
}
