package org.studygate.order;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.studygate.dynamo.Condition.above;
import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.below;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.ss;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Change.Result.Refused;
import org.studygate.dynamo.Change.Result.Written;
import org.studygate.dynamo.Item;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.study.OrderId;
import org.studygate.study.Person;
import org.studygate.study.Report;
import org.studygate.study.ReportItems;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One partition an order: `order_id=noord/A17 | item=`
/// - `order | version | placed_at | detail (JSON) | persons | contested_from? | bucket_id? |
///   number_flag? | buckets | registered_version | department | listed`
/// - `find#…`: by what people find it ([OrderItems])
/// - `study#<study id>`: a study that says it belongs; there may be one before the order
///   comes
///
/// Reports that came by accession number are a partition of their own,
/// `order_id=reports:noord/A17` with `item=report#<id>#<version>` (see [ReportItems]), since
/// their texts are long; older ones lie beside their order.
public final class DynamoOrders implements Orders {
  private static final int TRIES = 20;
  private static final String KEY = "order_id";

  /// What an order is read from.
  private static final Map<String, String> NAMES =
      Map.of(
          "#i", "item",
          "#v", "version",
          "#a", "placed_at",
          "#d", "detail",
          "#p", "persons",
          "#f", "number_flag",
          "#b", "buckets");

  /// Nobody is corrected so often.
  private static final int MOST_PERSONS = 50;

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoOrders(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<OrderContents> find(OrderId order) {
    return Optional.of(filed(order)).filter(filed -> filed.newest().isPresent());
  }

  @Override
  public Map<OrderId, Order> each(Set<OrderId> orders) {
    var batch = new BatchRead();
    orders.forEach(order -> batch.get(table, key(order, "order")));
    var found = new HashMap<OrderId, Order>();
    for (var item : batch.run(dynamo).getOrDefault(table, List.of())) {
      var id = OrderId.parse(item.text(KEY));
      found.put(id, order(id, item));
    }
    return found;
  }

  /// Without the texts of reports that lie beside an older order.
  @Override
  public OrderContents filed(OrderId order) {
    var items =
        dynamo
            .queryPaginator(
                request ->
                    request
                        .tableName(table)
                        .keyConditionExpression("order_id = :order")
                        .projectionExpression(String.join(",", NAMES.keySet()))
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(Map.of(":order", s(order.toString())))
                        .consistentRead(true))
            .items()
            .stream()
            .map(Item::of)
            .toList();
    var newest = items.stream().filter(item -> item.text("item").equals("order")).findFirst();
    return new OrderContents(
        newest.map(item -> order(order, item)),
        newest.map(DynamoOrders::persons).orElse(Set.of()),
        newest.flatMap(item -> item.optionalText("number_flag")),
        newest.map(item -> Set.copyOf(item.texts("buckets"))).orElse(Set.of()),
        beginning(items, "study#")
            .map(item -> new StudyId(item.text("item").substring("study#".length())))
            .toList());
  }

  /// What the order's number opens now.
  Optional<String> bucket(OrderId order) {
    return item(order).optionalText("bucket_id");
  }

  /// The doubt is read last: whoever comes between finds more of it, not less.
  @Override
  public OrderReports reports(OrderId order) {
    var versions =
        new LinkedHashMap<String, Report.Version>(); // an older one has all that joined it
    for (var partition : partitions(order)) {
      beginning(partition, "report#")
          .forEach(item -> versions.putIfAbsent(item.text("item"), ReportItems.version(item)));
    }
    var contested =
        beginning(order.toString(), "order")
            .findFirst()
            .flatMap(item -> item.optionalTime("contested_from"));
    Predicate<Report.Version> doubtful =
        version -> contested.filter(from -> !version.at().isBefore(from)).isPresent();
    return new OrderReports(
        versions.values().stream().filter(doubtful.negate()).toList(),
        versions.values().stream().filter(doubtful).toList());
  }

  private Stream<Item> beginning(String partition, String prefix) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression("order_id = :order AND begins_with(#item, :prefix)")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(Map.of(":order", s(partition), ":prefix", s(prefix)))
                    .consistentRead(true))
        .items()
        .stream()
        .map(Item::of);
  }

  /// No department has a colon.
  private static String apart(OrderId order) {
    return "reports:" + order;
  }

  private Item item(OrderId order) {
    return Item.of(
        dynamo
            .getItem(
                request -> request.tableName(table).key(key(order, "order")).consistentRead(true))
            .item());
  }

  private static Stream<Item> beginning(List<Item> items, String prefix) {
    return items.stream().filter(item -> item.text("item").startsWith(prefix));
  }

  private static Order order(OrderId id, Item item) {
    var json = JsonObject.parse(item.text("detail").getBytes(StandardCharsets.UTF_8));
    return OrderJson.read(id, item.text("version"), item.time("placed_at"), json);
  }

  private static Set<Person> persons(Item item) {
    return item.texts("persons").stream().map(Person::parse).collect(toUnmodifiableSet());
  }

  @Override
  public Placing place(Order order) {
    for (var tries = 0; tries < TRIES; tries++) {
      var there = item(order.id());
      var standing = there.optionalText("version");
      var persons = persons(there);
      if (standing.isPresent() && !accepts(persons, order.person())) {
        return new Placing.OtherPatient();
      }
      var newest = standing.isEmpty() || standing.get().compareTo(order.version()) <= 0;
      if (write(order, newest, standing)) {
        return newest
            ? new Placing.Newest(!persons.stream().allMatch(order.person()::namedLike))
            : new Placing.Older();
      }
    }
    throw new IllegalStateException("an order kept changing while a message was placed");
  }

  private static boolean accepts(Set<Person> persons, Person person) {
    return persons.contains(person)
        || (persons.size() < MOST_PERSONS && persons.stream().anyMatch(person::corrects));
  }

  /// Of an older message only its patient counts. False if another message has come meanwhile.
  private boolean write(Order order, boolean newest, Optional<String> standing) {
    var change =
        on(order.id())
            .add("persons", ss(Set.of(order.person().text())))
            .when(
                standing
                    .map(version -> equal("version", s(version)))
                    .orElseGet(() -> absent("version")));
    if (newest) {
      change
          .set("version", order.version())
          .set("placed_at", order.placedAt())
          .set("detail", Json.text(order))
          .set("department", order.id().department())
          .set("listed", OrderItems.byTime(order));
    }
    var written = change.run(dynamo).written();
    if (written && newest) {
      OrderItems.write(dynamo, table, order);
    }
    return written;
  }

  @Override
  public void contest(OrderId order, Instant from) {
    var later = any(absent("contested_from"), above("contested_from", n(from)));
    on(order)
        .set("contested_from", from)
        .when(all(below("placed_at", n(from)), later))
        .run(dynamo); // refused: what came after this order is its own, or was in doubt before
  }

  @Override
  public void claim(OrderId order, StudyId study) {
    dynamo.putItem(request -> request.tableName(table).item(key(order, "study#" + study)));
  }

  @Override
  public void report(OrderId order, Report.Version version) {
    ReportItems.put(dynamo, table, ReportItems.key(KEY, apart(order), version), version);
  }

  @Override
  public void attach(OrderId order, Report.Version version, Report.Pdf pdf) {
    for (var partition : partitions(order)) {
      ReportItems.attach(dynamo, table, ReportItems.key(KEY, partition, version), pdf);
    }
  }

  @Override
  public void dispute(OrderId order, Report.Version version) {
    for (var partition : partitions(order)) {
      ReportItems.dispute(dynamo, table, ReportItems.key(KEY, partition, version));
    }
  }

  private static List<String> partitions(OrderId order) {
    return List.of(order.toString(), apart(order));
  }

  @Override
  public boolean intend(OrderId order, String version, String bucket) {
    return noting(order, bucket).when(equal("version", s(version))).run(dynamo).written();
  }

  @Override
  public Set<String> registered(OrderId order, String version, Registered registered) {
    var bucket = registered.bucket();
    var change =
        bucket
            .map(id -> noting(order, id))
            .orElseGet(() -> on(order))
            .set("registered_version", version)
            .setOrRemove("bucket_id", bucket.map(Item::s))
            .setOrRemove("number_flag", registered.flag().map(Item::s))
            .when(equal("version", s(version)));
    return switch (change.run(dynamo)) {
      case Written(var now) -> {
        var former = new HashSet<>(now.texts("buckets"));
        bucket.ifPresent(former::remove);
        yield Set.copyOf(former);
      }
      case Refused _ -> bucket.map(late -> overtaken(order, late)).orElseGet(Set::of);
    };
  }

  /// A newer message came between placing this one and registering its number. If the newer one has
  /// registered its own already, the late number is ours to withdraw; if not, it will find it here.
  private Set<String> overtaken(OrderId order, String late) {
    var item = noting(order, late).run(dynamo).after().orElseThrow();
    var settled = item.optionalText("registered_version").equals(item.optionalText("version"));
    var current = item.optionalText("bucket_id").equals(Optional.of(late));
    return settled && !current ? Set.of(late) : Set.of();
  }

  private Change noting(OrderId order, String bucket) {
    return on(order).add("buckets", ss(Set.of(bucket)));
  }

  private Change on(OrderId order) {
    return Change.of(table, key(order, "order"));
  }

  private static Map<String, AttributeValue> key(OrderId order, String item) {
    return Map.of("order_id", s(order.toString()), "item", s(item));
  }
}
