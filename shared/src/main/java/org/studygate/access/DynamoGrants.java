package org.studygate.access;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.studygate.dynamo.Batch;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.NewItem;
import org.studygate.dynamo.Together;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `study_id=0m… | holder=account:a1#mapping-m1 | principal=account:a1 | bucket_id=mapping-m1 |
/// reason=requested | by=a1 | order_id=noord/A17 | listed=2026-11-20T10:15:00#0m… |
/// name_key=PEETERS#19580307`
///
/// A row that somebody has withdrawn has `withdrawn_at | withdrawn_by` and no place in the indexes.
///
/// The indexes `ByPrincipal` and `ByName` hold keys alone, so nobody can be tempted to believe
/// them. Rows and buckets are read consistently, and in one request: of a line that an index gives
/// both keys are known.
public final class DynamoGrants implements Grants {
  private final DynamoDbClient dynamo;
  private final Tables tables;

  public record Tables(String grants, String buckets) {}

  public DynamoGrants(DynamoDbClient dynamo, Tables tables) {
    this.dynamo = dynamo;
    this.tables = tables;
  }

  @Override
  public Map<StudyId, List<Held>> of(Set<String> principals, Set<StudyId> studies) {
    var rows =
        Together.each(studies, this::of).stream()
            .flatMap(List::stream)
            .filter(row -> principals.contains(row.principal()))
            .toList();
    return byStudy(held(rows, rows.isEmpty() ? List.of() : found(buckets(bucketsOf(rows)))));
  }

  private static Map<StudyId, List<Held>> byStudy(List<Held> held) {
    return held.stream().collect(groupingBy(way -> way.row().orElseThrow().study()));
  }

  @Override
  public List<Grant> of(StudyId study) {
    return rows(dynamo, tables.grants(), study).stream()
        .filter(DynamoGrants::stands)
        .map(DynamoGrants::grant)
        .toList();
  }

  /// Every row of a study as it is kept, those that somebody has withdrawn too.
  public static List<Item> rows(DynamoDbClient dynamo, String grants, StudyId study) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(grants)
                    .consistentRead(true)
                    .keyConditionExpression("study_id = :study")
                    .expressionAttributeValues(Map.of(":study", s(study.value()))))
        .items()
        .stream()
        .map(Item::of)
        .toList();
  }

  /// Whether nobody has withdrawn it.
  public static boolean stands(Item row) {
    return !row.has(WITHDRAWN);
  }

  @Override
  public Map<StudyId, List<Held>> held(Collection<Grant.Line> lines) {
    var batch = buckets(lines.stream().map(Grant.Line::bucket));
    lines.forEach(line -> batch.get(tables.grants(), key(line.study(), line.holder())));
    var found = batch.run(dynamo);
    var rows =
        found.getOrDefault(tables.grants(), List.of()).stream()
            .filter(DynamoGrants::stands)
            .map(DynamoGrants::grant)
            .toList();
    return byStudy(held(rows, found.getOrDefault(tables.buckets(), List.of())));
  }

  private BatchRead buckets(Stream<String> ids) {
    return DynamoBuckets.reading(
        new BatchRead(), tables.buckets(), ids.collect(toUnmodifiableSet()));
  }

  private static Stream<String> bucketsOf(List<Grant> rows) {
    return rows.stream().map(Grant::bucket);
  }

  private List<Item> found(BatchRead buckets) {
    return buckets.run(dynamo).getOrDefault(tables.buckets(), List.of());
  }

  private List<Held> held(List<Grant> rows, List<Item> found) {
    var buckets = read(found);
    var above =
        buckets.values().stream()
            .flatMap(bucket -> bucket.share().path().stream())
            .filter(id -> !buckets.containsKey(id))
            .collect(toUnmodifiableSet());
    if (!above.isEmpty()) {
      buckets.putAll(read(found(buckets(above.stream()))));
    }
    return rows.stream().flatMap(row -> way(row, buckets).stream()).toList();
  }

  private static Map<String, Bucket> read(List<Item> found) {
    return found.stream()
        .flatMap(item -> DynamoBuckets.read(item).stream())
        .collect(toMap(Bucket::id, bucket -> bucket, (one, _) -> one, HashMap::new));
  }

  /// None where a bucket on it could not be read.
  private static Optional<Held> way(Grant row, Map<String, Bucket> buckets) {
    var last = Optional.ofNullable(buckets.get(row.bucket()));
    return last.flatMap(
        bucket -> {
          var path = new ArrayList<Bucket>();
          for (var id : bucket.share().path()) {
            Optional.ofNullable(buckets.get(id)).ifPresent(path::add);
          }
          path.add(bucket);
          return path.size() == bucket.share().path().size() + 1
              ? Optional.of(Held.by(row, path))
              : Optional.empty();
        });
  }

  /// Each principal is asked by itself, all at once. Where one has more than it was asked for, no
  /// study older than its last line is told yet: lines of another may lie between.
  @Override
  public Page page(Set<String> principals, Optional<String> before, int studies) {
    var asked = Together.ask(principals.stream().map(one -> listed(one, before, studies)).toList());
    var horizon =
        asked.stream()
            .filter(Listed::more)
            .map(found -> found.lines().getLast().listed())
            .max(Comparator.naturalOrder());
    var all =
        asked.stream()
            .flatMap(found -> found.lines().stream())
            .filter(line -> horizon.filter(end -> end.compareTo(line.listed()) > 0).isEmpty())
            .sorted(Comparator.comparing(At::listed).reversed())
            .toList();
    var page = new LinkedHashMap<StudyId, List<Grant.Line>>();
    var last = Optional.<String>empty();
    for (var one : all) {
      if (page.size() == studies && !page.containsKey(one.line().study())) {
        return new Page(page, last);
      }
      page.computeIfAbsent(one.line().study(), _ -> new ArrayList<>()).add(one.line());
      last = Optional.of(one.listed());
    }
    return new Page(page, last.filter(_ -> horizon.isPresent()));
  }

  private record At(String listed, Grant.Line line) {}

  private record Listed(List<At> lines, boolean more) {}

  /// A study may have several lines of one principal: they lie together, and are not cut apart.
  private Callable<Listed> listed(String principal, Optional<String> before, int studies) {
    return () -> {
      var lines = new ArrayList<At>();
      var pages =
          dynamo.queryPaginator(
              request ->
                  request
                      .tableName(tables.grants())
                      .indexName("ByPrincipal")
                      .keyConditionExpression("principal = :principal AND listed < :before")
                      .expressionAttributeValues(
                          Map.of(":principal", s(principal), ":before", s(before.orElse(LATEST))))
                      .scanIndexForward(false)
                      .limit(studies + SPARE));
      for (var page : pages) {
        page.items().stream().map(Item::of).map(DynamoGrants::at).forEach(lines::add);
        if (!page.hasLastEvaluatedKey()) {
          return new Listed(lines, false);
        }
        var end = lines.getLast().listed();
        if (lines.stream().map(At::listed).filter(one -> !one.equals(end)).distinct().count()
            >= studies) {
          lines.removeIf(one -> one.listed().equals(end)); // perhaps not all of them
          return new Listed(lines, true);
        }
      }
      return new Listed(lines, false);
    };
  }

  /// Behind every time.
  private static final String LATEST = "~";

  private static final int SPARE = 20;

  private static At at(Item item) {
    return new At(item.text("listed"), line(item));
  }

  private static Grant.Line line(Item item) {
    var principal = item.text("principal");
    return new Grant.Line(
        new StudyId(item.text("study_id")),
        principal,
        item.text("holder").substring(principal.length() + 1));
  }

  @Override
  public List<Grant.Line> named(Set<String> principals, String beginning, int most) {
    return Together.ask(
            principals.stream().map(principal -> named(principal, beginning, most)).toList())
        .stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Named::nameKey))
        .limit(most)
        .map(Named::line)
        .toList();
  }

  private record Named(String nameKey, Grant.Line line) {}

  private Callable<List<Named>> named(String principal, String beginning, int most) {
    return () ->
        dynamo
            .query(
                request ->
                    request
                        .tableName(tables.grants())
                        .indexName("ByName")
                        .keyConditionExpression(
                            "principal = :principal AND begins_with(name_key, :name)")
                        .expressionAttributeValues(
                            Map.of(":principal", s(principal), ":name", s(beginning)))
                        .limit(most))
            .items()
            .stream()
            .map(Item::of)
            .map(item -> new Named(item.text("name_key"), line(item)))
            .toList();
  }

  @Override
  public boolean put(Grant grant) {
    return new NewItem(tables.grants(), item(grant), "study_id").putIfAbsent(dynamo);
  }

  /// A new row. A part of the transaction that makes its bucket.
  static TransactWriteItem putting(String table, Grant grant) {
    return new NewItem(table, item(grant), "study_id").step();
  }

  /// Rows of buckets that nobody knows yet, before those are made: nothing is believed of them
  /// alone.
  public static void give(DynamoDbClient dynamo, String table, List<Grant> rows) {
    Batch.put(dynamo, table, rows.stream().map(DynamoGrants::item).toList());
  }

  /// The same rows, of buckets that were not made.
  public static void takeBack(DynamoDbClient dynamo, String table, List<Grant> rows) {
    Together.each(rows, row -> dynamo.deleteItem(delete -> delete.tableName(table).key(key(row))));
  }

  @Override
  public boolean correct(Grant grant) {
    return Change.of(tables.grants(), key(grant.study(), grant.holder()))
        .set("reason", grant.kind().code())
        .setOrRemove("by", grant.by().map(Item::s))
        .setOrRemove("order_id", grant.order().map(order -> s(order.toString())))
        .set("listed", grant.place().listed())
        .set("name_key", grant.place().nameKey())
        .when(all(exists("study_id"), absent(WITHDRAWN)))
        .run(dynamo)
        .written();
  }

  /// One that somebody withdraws in this moment stays, so that it is not written anew.
  @Override
  public void remove(Grant grant) {
    try {
      dynamo.deleteItem(
          delete ->
              delete
                  .tableName(tables.grants())
                  .key(key(grant))
                  .conditionExpression("attribute_not_exists(" + WITHDRAWN + ")"));
    } catch (ConditionalCheckFailedException withdrawn) {
      return; // gives nothing as it stands
    }
  }

  /// The row gives nothing from now on, whatever follows from order, mappings or department: it
  /// stays as a stone that says so, and leaves the lists. A part of the transaction that tells the
  /// trail of it.
  static TransactWriteItem withdrawing(String table, Grant row, Instant at, String by) {
    return Change.of(table, key(row))
        .set("principal", row.principal())
        .set("bucket_id", row.bucket())
        .set("reason", row.kind().code())
        .set(WITHDRAWN, at)
        .set("withdrawn_by", by)
        .remove("listed", "name_key")
        .when(absent(WITHDRAWN))
        .step();
  }

  static final String WITHDRAWN = "withdrawn_at";

  private static Map<String, AttributeValue> item(Grant grant) {
    return Item.write()
        .put("study_id", grant.study().value())
        .put("holder", grant.holder())
        .put("principal", grant.principal())
        .put("bucket_id", grant.bucket())
        .put("reason", grant.kind().code())
        .putIfPresent("by", grant.by())
        .putIfPresent("order_id", grant.order().map(OrderId::toString))
        .put("listed", grant.place().listed())
        .put("name_key", grant.place().nameKey())
        .attributes();
  }

  public static Grant grant(Item item) {
    return new Grant(
        new StudyId(item.text("study_id")),
        item.text("principal"),
        item.text("bucket_id"),
        Reason.Kind.of(item.text("reason")),
        item.optionalText("by"),
        item.optionalText("order_id").map(OrderId::parse),
        new Grant.Place(
            item.optionalText("listed").orElse(""), item.optionalText("name_key").orElse("")));
  }

  public static Map<String, AttributeValue> key(Grant grant) {
    return key(grant.study(), grant.holder());
  }

  private static Map<String, AttributeValue> key(StudyId study, String holder) {
    return Map.of("study_id", s(study.value()), "holder", s(holder));
  }
}
