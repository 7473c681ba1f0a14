package org.studygate.access;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Together;
import org.studygate.dynamo.Transaction;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Reads over grants, buckets and numbers, and the one write that ends each. The index `BySource`
/// of the buckets holds keys alone: what it names is read as it stands.
public final class DynamoAccessDesk implements AccessDesk {
  private final DynamoDbClient dynamo;
  private final Tables tables;
  private final DynamoAuditTrail trail;

  public record Tables(String grants, String buckets, String references) {}

  public DynamoAccessDesk(DynamoDbClient dynamo, Tables tables, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.tables = tables;
    this.trail = trail;
  }

  @Override
  public List<Standing> standing(Collection<String> buckets) {
    var found =
        read(DynamoBuckets.reading(new BatchRead(), tables.buckets(), buckets), tables.buckets());
    var numbers = new BatchRead();
    for (var item : found) {
      item.optionalText("reference_hash")
          .ifPresent(hash -> numbers.get(tables.references(), Map.of("reference_hash", s(hash))));
    }
    var wrong = new HashMap<String, Integer>();
    for (var number : read(numbers, tables.references())) {
      number
          .optionalText("bucket_id")
          .ifPresent(
              bucket -> wrong.put(bucket, number.optionalNumber("failures").orElse(0L).intValue()));
    }
    return found.stream().flatMap(item -> standing(item, wrong).stream()).toList();
  }

  private List<Item> read(BatchRead batch, String table) {
    return batch.run(dynamo).getOrDefault(table, List.of());
  }

  private static Optional<Standing> standing(Item item, Map<String, Integer> wrongDates) {
    return DynamoBuckets.read(item)
        .map(
            bucket ->
                new Standing(
                    bucket,
                    wrongDates.getOrDefault(bucket.id(), 0),
                    item.optionalNumber("code_failures").orElse(0L).intValue(),
                    item.optionalText("reason"),
                    DynamoBuckets.refused(item)));
  }

  @Override
  public List<Row> rows(StudyId study) {
    return DynamoGrants.rows(dynamo, tables.grants(), study).stream()
        .map(item -> new Row(DynamoGrants.grant(item), item.optionalTime(DynamoGrants.WITHDRAWN)))
        .toList();
  }

  @Override
  public Sent sent(String department, Optional<String> before, int limit) {
    var from = before.flatMap(one -> key(department, one));
    var page =
        dynamo.query(
            request -> {
              request
                  .tableName(tables.buckets())
                  .indexName("BySource")
                  .keyConditionExpression("department = :department")
                  .expressionAttributeValues(Map.of(":department", s(department)))
                  .scanIndexForward(false)
                  .limit(limit);
              from.ifPresent(request::exclusiveStartKey);
            });
    var ids = page.items().stream().map(item -> Item.of(item).text("bucket_id")).toList();
    var standing = new HashMap<String, Standing>();
    standing(ids).forEach(one -> standing.put(one.bucket().id(), one));
    return new Sent(
        ids.stream().flatMap(id -> Optional.ofNullable(standing.get(id)).stream()).toList(),
        Optional.of(page.lastEvaluatedKey())
            .filter(key -> !key.isEmpty())
            .map(key -> Item.of(Map.copyOf(key)))
            .map(key -> key.number("made_at") + "-" + key.text("bucket_id")));
  }

  /// Where a page ended, from the text that [#sent] gave; empty where it gave no such text.
  private static Optional<Map<String, AttributeValue>> key(String department, String before) {
    return place(before)
        .map(
            place ->
                Map.of(
                    "department",
                    s(department),
                    "made_at",
                    n(place.at()),
                    "bucket_id",
                    s(place.bucket())));
  }

  @Override
  public Sent shared(Side side, Set<String> whose, Optional<String> before, int limit) {
    var from = before.flatMap(DynamoAccessDesk::place);
    var found =
        Together.each(whose, one -> shared(side, one, from, limit)).stream()
            .flatMap(List::stream)
            .sorted(Place.NEWEST_FIRST)
            .toList();
    var page = found.subList(0, Math.min(limit, found.size()));
    var standing = new HashMap<String, Standing>();
    standing(page.stream().map(Place::bucket).toList())
        .forEach(one -> standing.put(one.bucket().id(), one));
    return new Sent(
        page.stream()
            .flatMap(one -> Optional.ofNullable(standing.get(one.bucket())).stream())
            .toList(),
        Optional.of(page)
            .filter(all -> all.size() < found.size())
            .map(all -> all.getLast().text()));
  }

  /// One more than a page tells whether there is another.
  private List<Place> shared(Side side, String whose, Optional<Place> from, int limit) {
    var places = new ArrayList<Place>();
    var key = side == Side.GIVEN ? "sharer" : "recipient";
    for (var item :
        dynamo
            .queryPaginator(
                request -> {
                  switch (side) {
                    case GIVEN -> request.indexName("BySharer");
                    case RECEIVED -> request.indexName("ByRecipient");
                  }
                  request
                      .tableName(tables.buckets())
                      .keyConditionExpression(key + " = :whose AND made_at <= :from")
                      .expressionAttributeValues(
                          Map.of(
                              ":whose",
                              s(whose),
                              ":from",
                              n(from.map(Place::at).orElse(Long.MAX_VALUE))))
                      .scanIndexForward(false)
                      .limit(limit + 1);
                })
            .items()) {
      var read = Item.of(item);
      var place = new Place(read.number("made_at"), read.text("bucket_id"));
      if (from.filter(end -> Place.NEWEST_FIRST.compare(place, end) <= 0).isEmpty()) {
        places.add(place);
      }
      if (places.size() > limit && place.at() < places.getFirst().at()) {
        break;
      }
    }
    return places;
  }

  /// Where a bucket stands in a list; of the same moment by its id.
  private record Place(long at, String bucket) {
    static final Comparator<Place> NEWEST_FIRST =
        Comparator.comparingLong(Place::at).reversed().thenComparing(Place::bucket);

    String text() {
      return at + "-" + bucket;
    }
  }

  private static Optional<Place> place(String before) {
    var dash = before.indexOf('-');
    return dash < 1 || !before.substring(0, dash).matches("[0-9]{1,15}")
        ? Optional.empty()
        : Optional.of(
            new Place(Long.parseLong(before.substring(0, dash)), before.substring(dash + 1)));
  }

  @Override
  public int children(String bucket) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(tables.buckets())
                    .indexName("ByParent")
                    .keyConditionExpression("parent = :parent")
                    .expressionAttributeValues(Map.of(":parent", s(bucket)))
                    .select(Select.COUNT))
        .stream()
        .mapToInt(QueryResponse::count)
        .sum();
  }

  @Override
  public boolean withdraw(Grant row, List<AuditEvent> events) {
    var first = events.getFirst();
    return done(
        DynamoGrants.withdrawing(tables.grants(), row, first.at(), first.who().text()), events);
  }

  @Override
  public boolean withdraw(Bucket bucket, List<AuditEvent> events) {
    return done(DynamoBuckets.ending(tables.buckets(), bucket.id()), events);
  }

  @Override
  public void open(Bucket bucket, Grant row, String reason, List<AuditEvent> events) {
    var all =
        new Transaction()
            .step("bucket", DynamoBuckets.opening(tables.buckets(), bucket, row.study(), reason))
            .step("row", DynamoGrants.putting(tables.grants(), row))
            .step("event", trail.recording(events.getFirst(), reason));
    for (var event : events.subList(1, events.size())) {
      all.step("event " + event.trail(), trail.recording(event));
    }
    if (!all.commit(dynamo).done()) {
      throw new IllegalStateException("a new id was there already");
    }
  }

  @Override
  public boolean takeOut(Bucket bucket, StudyId study, List<AuditEvent> events) {
    return done(DynamoBuckets.takingOut(tables.buckets(), bucket.id(), study), events);
  }

  private boolean done(TransactWriteItem act, List<AuditEvent> events) {
    var all = new Transaction().step("act", act);
    for (var i = 0; i < events.size(); i++) {
      all.step("event " + i, trail.recording(events.get(i)));
    }
    return all.commit(dynamo).done();
  }
}
