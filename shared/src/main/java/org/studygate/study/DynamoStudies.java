package org.studygate.study;

import static org.studygate.dynamo.Item.bool;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.ss;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.dynamo.Item;
import org.studygate.json.Json;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// One partition a study: `study_id=4k… | item=`
/// - `study | department | uid | whose | order_id? | shown | link_flags | flagged_at | complete |
/// totals … | revision`
/// - `series#<uid> | gen | built | counts, facts and persons of generation built`
/// - `report#<id>#<version>`: see [ReportItems]
/// - `instance#<series uid>#<sop uid> | at | sha256 | detail (JSON) | header_key?`, never changed,
/// but for `drawn (JSON) | drawn_frames` while its pictures are drawn in several steps
/// - `header#<series uid>#<sop uid>#<sha256> | header (gz)`: as large as ten instances, and read by
/// nobody but who builds the series (older ones are in their instance's item)
/// - `hint#<order id>`: an order that names this study
///
/// From `report#` to `study` stands what a reader needs, so that one query at one moment gives it.
/// `due_shard` and `due_at` are there only while something waits for a time.
public final class DynamoStudies implements Studies {
  private static final int SHARDS = 8;

  /// A message builds a series sooner; the sweeper comes after it for what was left.
  private static final Duration SWEEP_AFTER = Duration.ofMinutes(2);

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoStudies(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<StudyContents> contents(StudyId study) {
    var items =
        query(
                "study_id = :study AND #item BETWEEN :from AND :to",
                Map.of(":study", s(study.value()), ":from", s("report#"), ":to", s("study")))
            .toList();
    return items.stream()
        .filter(item -> item.text("item").equals("study") && item.has("first_at"))
        .map(StudyItems::study)
        .findFirst()
        .map(found -> contents(found, items));
  }

  private static StudyContents contents(Study study, List<Item> items) {
    var series =
        items.stream()
            .filter(item -> item.text("item").startsWith("series#"))
            .map(StudyItems::series)
            .filter(one -> one.instances() > 0 && (study.order().isEmpty() || one.fit(study)))
            .sorted(StudyOrder.SERIES)
            .toList();
    var reports = items.stream().filter(item -> item.text("item").startsWith("report#"));
    return new StudyContents(described(study, series), series, StudyItems.reports(reports, study));
  }

  /// What is said of a study of several persons comes from what it shows.
  private static Study described(Study study, List<Series> series) {
    return study.mixed()
        ? study.about(series.stream().map(Series::facts).findFirst().orElse(Facts.NONE))
        : study;
  }

  @Override
  public List<Report> reports(StudyId study, OrderId order, List<Report.Version> more) {
    var below =
        beginning(study, "report#")
            .filter(item -> ReportItems.counts(item) && !item.has("person"))
            .map(ReportItems::version);
    return StudyItems.grouped(Stream.concat(below, more.stream()), Optional.of(order));
  }

  @Override
  public List<Instance> instances(StudyId study, SeriesUid series) {
    return beginning(study, "instance#" + series + "#")
        .map(StudyItems::instance)
        .filter(instance -> instance.kind() == Instance.Kind.IMAGE)
        .sorted(StudyOrder.INSTANCES)
        .toList();
  }

  @Override
  public Map<Person, Long> persons(StudyId study) {
    return beginning(study, "instance#")
        .map(item -> StudyItems.instance(item).person())
        .collect(Collectors.groupingBy(person -> person, Collectors.counting()));
  }

  @Override
  public List<Filed> filed(StudyId study, SeriesUid series) {
    // before their headers, which were written first: each that is found here has its own there
    var instances = beginning(study, "instance#" + series + "#").toList();
    var headers =
        beginning(study, "header#" + series + "#")
            .collect(Collectors.toMap(item -> item.text("item"), item -> item.bytes("header")));
    return instances.stream().map(item -> StudyItems.filed(item, headers)).toList();
  }

  @Override
  public Optional<Study> find(StudyId study) {
    return item(study, "study").filter(item -> item.has("uid")).map(StudyItems::study);
  }

  @Override
  public List<Series> series(StudyId study) {
    return beginning(study, "series#").map(StudyItems::series).sorted(StudyOrder.SERIES).toList();
  }

  @Override
  public Optional<Building> building(StudyId study, SeriesUid series) {
    return item(study, "series#" + series)
        .map(
            item ->
                new Building(
                    StudyItems.series(item), item.optionalTime("built_at").orElse(Instant.EPOCH)));
  }

  @Override
  public Instance file(StudyId study, Filed instance) {
    if (instance.headerKey().isEmpty()) { // first, so that no instance is there without it
      dynamo.putItem(put -> put.tableName(table).item(StudyItems.header(study, instance)));
    }
    try {
      dynamo.putItem(
          request ->
              request
                  .tableName(table)
                  .item(StudyItems.instance(study, instance))
                  .conditionExpression("attribute_not_exists(study_id)")
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return instance.instance();
    } catch (ConditionalCheckFailedException there) {
      return StudyItems.instance(Item.of(there.item()));
    }
  }

  @Override
  public Optional<Instance> instance(StudyId study, SeriesUid series, String sopUid) {
    return item(study, StudyItems.instance(series, sopUid)).map(StudyItems::instance);
  }

  @Override
  public void drawn(StudyId study, SeriesUid series, String sopUid, Instance.Pictures pictures) {
    attempt(
        key(study, StudyItems.instance(series, sopUid)),
        "SET drawn = :drawn, drawn_frames = :frames",
        "attribute_exists(study_id)"
            + " AND (attribute_not_exists(drawn_frames) OR drawn_frames < :frames)",
        Map.of(":drawn", s(Json.text(pictures)), ":frames", n(pictures.frames())));
  }

  @Override
  public long change(StudyId study, SeriesUid series, Instant now) {
    var changed =
        dynamo.updateItem(
            request ->
                request
                    .tableName(table)
                    .key(key(study, "series#" + series))
                    .updateExpression("SET due_shard = :shard, due_at = :due ADD gen :one")
                    .expressionAttributeValues(
                        Map.of(
                            ":one", n(1),
                            ":shard", s(shard(study)),
                            ":due", n(now.plus(SWEEP_AFTER))))
                    .returnValues(ReturnValue.UPDATED_NEW));
    return Item.of(changed.attributes()).number("gen");
  }

  @Override
  public void received(Arrival arrival, Instant now, Instant due) {
    var values =
        Item.write()
            .put(":department", arrival.department())
            .put(":uid", arrival.uid())
            .put(":now", now)
            .put(":due", due)
            .put(":shard", shard(arrival.study()))
            .put(":one", 1)
            .attributes();
    var update =
        "SET department = :department, uid = :uid, first_at = if_not_exists(first_at, :now), "
            + "last_at = :now, due_shard = :shard, due_at = :due ADD revision :one";
    var whose = new HashMap<>(values);
    whose.put(":whose", ss(arrival.whose().stream().map(Whose::text).toList()));
    whose.put(":most", n(Study.MOST_WHOSE));
    var room = "attribute_not_exists(whose) OR size(whose) < :most";
    if (!attempt(arrival.study(), update + ", whose :whose", room, whose)) {
      update(arrival.study(), update, values);
    }
  }

  @Override
  public void flag(StudyId study, String flag) {
    update(
        study, "ADD flags :flag, revision :one", Map.of(":flag", ss(Set.of(flag)), ":one", n(1)));
  }

  @Override
  public void done(StudyId study, String department, String uid, Done done) {
    var values =
        Item.write()
            .put(":department", department)
            .put(":uid", uid)
            .put(":at", done.at())
            .put(":version", done.version())
            .put(":one", 1)
            .attributes();
    done.instances().ifPresent(count -> values.put(":count", n(count)));
    var count = done.instances().isPresent() ? ", done_instances = :count" : "";
    var remove = done.instances().isPresent() ? "" : " REMOVE done_instances";
    attempt(
        study,
        "SET department = :department, uid = :uid, done_at = :at, done_version = :version"
            + count
            + remove
            + " ADD revision :one",
        "attribute_not_exists(done_version) OR done_version < :version",
        values);
  }

  @Override
  public boolean built(StudyId study, Series series, Instant now) {
    var values =
        Item.write()
            .put(":built", series.built())
            .put(":now", now)
            .put(":description", series.description())
            .put(":modality", series.modality())
            .put(":body", series.bodyPart())
            .put(":instances", series.instances())
            .put(":frames", series.frames())
            .put(":received", series.received())
            .put(":facts", Json.text(series.facts()))
            .attributes();
    var set = new ArrayList<String>();
    var remove = new ArrayList<String>();
    optional(series.number().map(Item::n), "#number", ":number", values, set, remove);
    optional(series.preview().map(Item::s), "preview", ":preview", values, set, remove);
    optional(series.announced().map(Item::n), "announced", ":announced", values, set, remove);
    optional(texts(series.shown(), Person::text), "shown", ":shown", values, set, remove);
    optional(texts(series.held(), Person::text), "held", ":held", values, set, remove);
    var more = set.isEmpty() ? "" : ", " + String.join(", ", set);
    var less = remove.isEmpty() ? "" : " REMOVE " + String.join(", ", remove);
    var names = new HashMap<String, String>(Map.of("#number", "number"));
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(key(study, "series#" + series.uid()))
                  .updateExpression(
                      "SET built = :built, built_at = :now, description = :description, "
                          + "modality = :modality, body_part = :body, instances = :instances, "
                          + "frames = :frames, received = :received, facts = :facts"
                          + more
                          + less)
                  .conditionExpression("attribute_not_exists(built) OR built < :built")
                  .expressionAttributeNames(names)
                  .expressionAttributeValues(values));
    } catch (ConditionalCheckFailedException later) {
      return false;
    }
    attempt(
        key(study, "series#" + series.uid()), "REMOVE due_shard, due_at", "gen = built", Map.of());
    return true;
  }

  /// A set, which cannot be empty in a table.
  private static <T> Optional<AttributeValue> texts(Set<T> values, Function<T, String> text) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(ss(values.stream().map(text).toList()));
  }

  private static void optional(
      Optional<AttributeValue> value,
      String name,
      String placeholder,
      Map<String, AttributeValue> values,
      List<String> set,
      List<String> remove) {
    value.ifPresentOrElse(
        present -> {
          values.put(placeholder, present);
          set.add(name + " = " + placeholder);
        },
        () -> remove.add(name));
  }

  @Override
  public boolean link(StudyId study, long revision, Link link, Instant flaggedAt) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":revision", n(revision));
    values.put(":one", n(1));
    var set = new ArrayList<String>();
    var remove = new ArrayList<String>();
    optional(
        link.order().map(order -> s(order.toString())), "order_id", ":order", values, set, remove);
    optional(link.ordered().map(Item::n), "ordered", ":ordered", values, set, remove);
    optional(texts(link.shown(), Person::text), "shown", ":shown", values, set, remove);
    optional(texts(link.flags(), flag -> flag), "link_flags", ":flags", values, set, remove);
    values.put(":flagged", n(flaggedAt));
    set.add("flagged_at = :flagged");
    return attempt(
        study, clauses(set, remove) + " ADD revision :one", "revision = :revision", values);
  }

  private static String clauses(List<String> set, List<String> remove) {
    return (set.isEmpty() ? "" : "SET " + String.join(", ", set))
        + (remove.isEmpty() ? "" : " REMOVE " + String.join(", ", remove));
  }

  @Override
  public boolean total(StudyId study, long revision, Totals totals) {
    var values =
        Item.write()
            .put(":revision", revision)
            .put(":series", totals.series())
            .put(":instances", totals.instances())
            .put(":received", totals.received())
            .put(":facts", Json.text(totals.facts()))
            .put(":complete", bool(totals.complete()))
            .put(":completeAt", totals.completeAt())
            .put(":one", 1)
            .attributes();
    var set = new ArrayList<String>();
    var remove = new ArrayList<String>();
    optional(
        totals.modalities().isEmpty() ? Optional.empty() : Optional.of(ss(totals.modalities())),
        "modalities",
        ":modalities",
        values,
        set,
        remove);
    optional(totals.due().map(Item::n), "due_at", ":due", values, set, remove);
    optional(totals.due().map(_ -> s(shard(study))), "due_shard", ":shard", values, set, remove);
    if (totals.complete()) {
      values.put(":now", n(totals.now()));
      set.add("first_complete_at = if_not_exists(first_complete_at, :now)");
    }
    set.add("series = :series, instances = :instances, received = :received, facts = :facts");
    set.add("complete = :complete, complete_instances = :completeAt");
    return attempt(
        study, clauses(set, remove) + " ADD revision :one", "revision = :revision", values);
  }

  @Override
  public void hint(StudyId study, OrderId order) {
    dynamo.putItem(request -> request.tableName(table).item(key(study, "hint#" + order)));
  }

  @Override
  public Set<OrderId> hints(StudyId study) {
    return beginning(study, "hint#")
        .map(item -> OrderId.parse(item.text("item").substring("hint#".length())))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void report(StudyId study, Report.Version version) {
    ReportItems.put(dynamo, table, reportKey(study, version), version);
  }

  /// The person first, so that nobody sees the version without it.
  @Override
  public void report(StudyId study, Report.Version version, Person person) {
    ReportItems.about(dynamo, table, reportKey(study, version), person);
    report(study, version);
  }

  @Override
  public List<Report.Version> versions(StudyId study) {
    return beginning(study, "report#")
        .filter(ReportItems::counts)
        .map(ReportItems::version)
        .toList();
  }

  @Override
  public void hold(StudyId study, Report.Version version) {
    ReportItems.hold(dynamo, table, reportKey(study, version));
  }

  @Override
  public void attach(StudyId study, Report.Version version, Report.Pdf pdf) {
    ReportItems.attach(dynamo, table, reportKey(study, version), pdf);
  }

  @Override
  public void dispute(StudyId study, Report.Version version) {
    ReportItems.dispute(dynamo, table, reportKey(study, version));
  }

  private static Map<String, AttributeValue> reportKey(StudyId study, Report.Version version) {
    return ReportItems.key("study_id", study.value(), version);
  }

  @Override
  public List<Due> due(Instant now) {
    var due = new ArrayList<Due>();
    for (var shard = 0; shard < SHARDS; shard++) {
      var values = Map.of(":shard", s(Integer.toString(shard)), ":now", n(now));
      dynamo
          .queryPaginator(
              request ->
                  request
                      .tableName(table)
                      .indexName("ByDue")
                      .keyConditionExpression("due_shard = :shard AND due_at <= :now")
                      .expressionAttributeValues(values))
          .items()
          .stream()
          .map(Item::of)
          .forEach(item -> due.add(due(item)));
    }
    return due;
  }

  private static Due due(Item item) {
    var study = new StudyId(item.text("study_id"));
    var what = item.text("item");
    return what.equals("study")
        ? new Due.StudyDue(study)
        : new Due.SeriesDue(study, new SeriesUid(what.substring("series#".length())));
  }

  private static String shard(StudyId study) {
    return Integer.toString(Math.floorMod(study.value().hashCode(), SHARDS));
  }

  private Optional<Item> item(StudyId study, String item) {
    var found =
        dynamo.getItem(
            request -> request.tableName(table).key(key(study, item)).consistentRead(true));
    return found.hasItem() ? Optional.of(Item.of(found.item())) : Optional.empty();
  }

  private Stream<Item> beginning(StudyId study, String prefix) {
    return query(
        "study_id = :study AND begins_with(#item, :prefix)",
        Map.of(":study", s(study.value()), ":prefix", s(prefix)));
  }

  private Stream<Item> query(String condition, Map<String, AttributeValue> values) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression(condition)
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(values)
                    .consistentRead(true))
        .items()
        .stream()
        .map(Item::of);
  }

  private void update(StudyId study, String update, Map<String, AttributeValue> values) {
    dynamo.updateItem(
        request ->
            request
                .tableName(table)
                .key(key(study, "study"))
                .updateExpression(update)
                .expressionAttributeValues(values));
  }

  private boolean attempt(
      StudyId study, String update, String condition, Map<String, AttributeValue> values) {
    return attempt(key(study, "study"), update, condition, values);
  }

  private boolean attempt(
      Map<String, AttributeValue> key,
      String update,
      String condition,
      Map<String, AttributeValue> values) {
    try {
      dynamo.updateItem(
          request -> {
            request
                .tableName(table)
                .key(key)
                .updateExpression(update)
                .conditionExpression(condition);
            if (!values.isEmpty()) {
              request.expressionAttributeValues(values);
            }
          });
      return true;
    } catch (ConditionalCheckFailedException changed) {
      return false;
    }
  }

  private static Map<String, AttributeValue> key(StudyId study, String item) {
    return Map.of("study_id", s(study.value()), "item", s(item));
  }
}
