package org.studygate.study;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.atMost;
import static org.studygate.dynamo.Condition.below;
import static org.studygate.dynamo.Condition.contains;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Condition.not;
import static org.studygate.dynamo.Condition.room;
import static org.studygate.dynamo.Condition.same;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.ss;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.dynamo.Batch;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.json.Json;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/// One partition a study: `study_id=4k… | item=`
/// - `study | department | uid | whose | order_id? | shown | link_flags | flagged_at |
///   complete | totals … | revision | held_at? | hand_order? | hand_persons? | hand_seen? |
///   copy_of? | copy_bucket?`
/// - `series#<uid> | gen | built | counts, facts and persons of generation built | its film |
///   its exact pixels (`exact_at`: begun; `exact_head_end`: made, or 0: there are none)`
/// - `list#<uid> | gen | packed (gz)`: what is told of the instances of generation gen
///   ([Listing])
/// - `report#<id>#<version>`: see [ReportItems]
/// - `instance#<series uid>#<sop uid> | at | sha256 | detail (JSON) | header_key?`, never
///   changed, but for `drawn (JSON) | drawn_frames` while its pictures are drawn in several
///   steps
/// - `header#<series uid>#<sop uid>#<sha256> | header (gz)`: as large as ten instances, and
///   read by nobody but who builds the series (older ones are in their instance's item)
/// - `hint#<order id>`: an order that names this study
///
/// From `report#` to `study` stands what a reader needs, so that one query at one moment
/// gives it. `due_shard` and `due_at` are there only while something waits for a time.
public final class DynamoStudies implements Studies {
  /// An item that stands for the copies of a bucket, and waits like studies do.
  public static final String COPYING = "copying";

  private static final int SHARDS = 8;

  /// An item holds 400 kB, its names among them.
  private static final int MOST_LISTED = 390_000;

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

  /// What the item of a study says, if an instance has come: for who reads many together.
  public static Optional<Study> study(Item item) {
    return Optional.of(item).filter(one -> one.has("first_at")).map(StudyItems::study);
  }

  private static StudyContents contents(Study study, List<Item> items) {
    var series =
        items.stream()
            .filter(item -> item.text("item").startsWith("series#"))
            .map(StudyItems::series)
            .filter(one -> study.order().isEmpty() || one.fit(study))
            .filter(one -> one.instances() > 0 || !one.documents().isEmpty())
            .sorted(StudyOrder.SERIES)
            .toList();
    var reports = items.stream().filter(item -> item.text("item").startsWith("report#"));
    return new StudyContents(
        described(study, series),
        series.stream().filter(one -> one.instances() > 0).toList(),
        series.stream().flatMap(one -> one.documents().stream()).toList(),
        StudyItems.reports(reports, study),
        Optional.empty());
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
                    StudyItems.series(item),
                    item.optionalTime("built_at").orElse(Instant.EPOCH),
                    Math.toIntExact(item.optionalNumber("filmed").orElse(0L))));
  }

  @Override
  public Instance file(StudyId study, Filed instance) {
    headers(study, List.of(instance));
    return unlessThere(study, instance);
  }

  @Override
  public void file(StudyId study, List<Filed> instances) {
    headers(study, instances);
    instances.forEach(instance -> unlessThere(study, instance));
  }

  @Override
  public void fileNew(StudyId study, List<Filed> instances) {
    headers(study, instances);
    var items = new HashMap<String, Map<String, AttributeValue>>();
    for (var filed : instances) {
      var instance = filed.instance();
      var name = StudyItems.instance(instance.series(), instance.sopUid());
      items.put(name, StudyItems.instance(study, filed));
    }
    Batch.put(dynamo, table, items.values());
  }

  /// First, so that no instance is there without its header. They may be written together: whoever
  /// writes one writes the same.
  private void headers(StudyId study, List<Filed> instances) {
    var items = new HashMap<String, Map<String, AttributeValue>>();
    for (var instance : instances) {
      if (instance.headerKey().isEmpty()) {
        var name = StudyItems.header(instance.instance());
        items.put(name, StudyItems.header(study, instance)); // one twice in a batch is one
      }
    }
    Batch.put(dynamo, table, items.values());
  }

  private Instance unlessThere(StudyId study, Filed instance) {
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
    var frames = n(pictures.frames());
    on(study, StudyItems.instance(series, sopUid))
        .set("drawn", Json.text(pictures))
        .set("drawn_frames", frames)
        .when(all(exists("study_id"), any(absent("drawn_frames"), below("drawn_frames", frames))))
        .run(dynamo);
  }

  @Override
  public long change(StudyId study, SeriesUid series, Instant now) {
    return on(study, "series#" + series)
        .set("due_shard", shard(study))
        .set("due_at", now.plus(SWEEP_AFTER))
        .add("gen", 1)
        .run(dynamo)
        .after()
        .orElseThrow()
        .number("gen");
  }

  @Override
  public Received received(Arrival arrival, Instant now, Instant due) {
    var whose = ss(arrival.whose().stream().map(Whose::text).toList());
    var room = room("whose", Study.MOST_WHOSE);
    var written = came(arrival, now, due).add("whose", whose).when(room).run(dynamo);
    var counted = written.written() ? written : came(arrival, now, due).run(dynamo);
    var after = counted.after().orElseThrow();
    return new Received(StudyItems.study(after), after.number("came"));
  }

  private Change came(Arrival arrival, Instant now, Instant due) {
    return revised(arrival.study())
        .set("department", arrival.department())
        .set("uid", arrival.uid())
        .setIfAbsent("first_at", n(now))
        .set("last_at", now)
        .add("came", arrival.count())
        .set("due_shard", shard(arrival.study()))
        .set("due_at", due);
  }

  @Override
  public void copying(StudyId copy, Study.Copy of) {
    revised(copy)
        .set("copy_of", of.source().value())
        .set("copy_bucket", of.bucket())
        .when(absent("copy_of"))
        .run(dynamo); // refused: noted before
  }

  @Override
  public void flag(StudyId study, String flag) {
    revised(study)
        .add("flags", ss(Set.of(flag)))
        .when(not(contains("flags", s(flag)))) // many objects of a study may say the same
        .run(dynamo);
  }

  @Override
  public void done(StudyId study, String department, String uid, Done done) {
    revised(study)
        .set("department", department)
        .set("uid", uid)
        .set("done_at", done.at())
        .set("done_version", done.version())
        .setOrRemove("done_instances", done.instances().map(Item::n))
        .when(any(absent("done_version"), below("done_version", s(done.version()))))
        .run(dynamo);
  }

  @Override
  public boolean built(StudyId study, Series series, Instant now) {
    var item = "series#" + series.uid();
    var built = n(series.built());
    var result =
        on(study, item)
            .set("built", built)
            .set("built_at", now)
            .setIfAbsent("first_built", built)
            .set("description", series.description())
            .set("modality", series.modality())
            .set("body_part", series.bodyPart())
            .set("instances", series.instances())
            .set("frames", series.frames())
            .set("received", series.received())
            .set("facts", Json.text(series.facts()))
            .setOrRemove("number", series.number().map(Item::n))
            .setOrRemove("preview", series.preview().map(Item::s))
            .setOrRemove("announced", series.announced().map(Item::n))
            .setOrRemove("shown", texts(series.shown(), Person::text))
            .setOrRemove("held", texts(series.held(), Person::text))
            .setOrRemove("documents", StudyItems.documents(series.documents()))
            .remove("film_pictures", "film_sheets_end")
            .remove("exact_at", "exact_frames", "exact_head_end")
            .when(any(absent("built"), below("built", built)))
            .run(dynamo);
    if (result.written()) {
      var first = result.after().orElseThrow().number("first_built");
      var change =
          first < series.built()
              ? on(study, item).set("due_at", Building.restsAt(now))
              : on(study, item).remove("due_shard", "due_at");
      change.when(same("gen", "built")).run(dynamo);
    }
    return result.written();
  }

  @Override
  public void rested(StudyId study, SeriesUid series, long gen) {
    on(study, "series#" + series)
        .remove("due_shard", "due_at")
        .when(all(same("gen", "built"), equal("built", n(gen))))
        .run(dynamo);
  }

  @Override
  public boolean filmed(StudyId study, SeriesUid series, long gen, Series.Film film) {
    return on(study, "series#" + series)
        .set("film_pictures", film.pictures())
        .set("filmed", film.pictures())
        .set("film_sheets_end", film.sheetsEnd())
        .when(equal("built", n(gen)))
        .run(dynamo)
        .written();
  }

  @Override
  public boolean beginExact(StudyId study, SeriesUid series, long gen, Instant now, Instant since) {
    return on(study, "series#" + series)
        .set("exact_at", now)
        .when(
            all(
                equal("built", n(gen)),
                absent("exact_head_end"),
                any(absent("exact_at"), atMost("exact_at", n(since)))))
        .run(dynamo)
        .written();
  }

  @Override
  public boolean exact(StudyId study, SeriesUid series, long gen, Series.Exact.Made made) {
    return exact(study, series, gen, made.frames(), made.headEnd());
  }

  @Override
  public boolean withoutExact(StudyId study, SeriesUid series, long gen) {
    return exact(study, series, gen, 0, 0);
  }

  private boolean exact(StudyId study, SeriesUid series, long gen, int frames, long headEnd) {
    return on(study, "series#" + series)
        .set("exact_frames", frames)
        .set("exact_head_end", headEnd)
        .when(equal("built", n(gen)))
        .run(dynamo)
        .written();
  }

  @Override
  public void list(StudyId study, SeriesUid series, long gen, Listing listing) {
    var packed = listing.packed();
    if (packed.length <= MOST_LISTED) {
      on(study, "list#" + series)
          .set("gen", gen)
          .set("form", Listing.FORM)
          .set("instances", listing.instances())
          .set("frames", listing.frames())
          .set("packed", Item.b(packed))
          .when(any(absent("gen"), atMost("gen", n(gen))))
          .run(dynamo);
    }
  }

  @Override
  public Optional<Listing> listing(StudyId study, Series series) {
    return item(study, "list#" + series.uid())
        .filter(
            item ->
                item.number("gen") == series.built()
                    && item.number("form") == Listing.FORM
                    && item.number("instances") == series.instances()
                    && item.number("frames") == series.frames())
        .map(item -> Listing.unpacked(item.bytes("packed")))
        .map(json -> new Listing(series.instances(), series.frames(), json));
  }

  /// A set, which cannot be empty in a table.
  private static <T> Optional<AttributeValue> texts(
      Collection<T> values, Function<T, String> text) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(ss(values.stream().map(text).toList()));
  }

  @Override
  public boolean link(StudyId study, long revision, Link link, Instant flaggedAt) {
    return linking(table, study, revision, link, flaggedAt).run(dynamo).written();
  }

  /// The same as a part of a transaction that tells who decided it.
  static Change linking(String table, StudyId study, long revision, Link link, Instant flaggedAt) {
    var hand = link.hand();
    return Change.of(table, key(study, "study"))
        .add("revision", 1)
        .setOrRemove("order_id", link.order().map(order -> s(order.toString())))
        .setOrRemove("ordered", link.ordered().map(Item::n))
        .setOrRemove("shown", texts(link.shown(), Person::text))
        .setOrRemove("link_flags", texts(link.flags(), flag -> flag))
        .set("flagged_at", flaggedAt)
        .setOrRemove("held_at", Optional.of(n(flaggedAt)).filter(_ -> link.open()))
        .setOrRemove("hand_order", hand.order().map(order -> s(order.toString())))
        .setOrRemove("hand_persons", texts(hand.persons(), Person::text))
        .setOrRemove("hand_seen", texts(hand.seen(), flag -> flag))
        .when(equal("revision", n(revision)));
  }

  @Override
  public boolean total(StudyId study, long revision, Totals totals) {
    var change =
        revised(study)
            .set("series", totals.series())
            .set("instances", totals.instances())
            .set("received", totals.received())
            .set("facts", Json.text(totals.facts()))
            .set("complete", totals.complete())
            .set("complete_instances", totals.completeAt())
            .setOrRemove("modalities", texts(totals.modalities(), modality -> modality))
            .setOrRemove("due_at", totals.due().map(Item::n))
            .setOrRemove("due_shard", totals.due().map(_ -> s(shard(study))))
            .when(equal("revision", n(revision)));
    if (totals.complete()) {
      change.setIfAbsent("first_complete_at", n(totals.now()));
    }
    return change.run(dynamo).written();
  }

  @Override
  public void followed(StudyId study, long revision) {
    on(study, "study")
        .remove("due_shard", "due_at")
        .when(equal("revision", n(revision)))
        .run(dynamo); // refused: whatever has changed it asks for more
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
    var what = item.text("item");
    if (what.equals(COPYING)) {
      return new Due.CopiesDue(item.text("study_id"));
    }
    var study = new StudyId(item.text("study_id"));
    return what.equals("study")
        ? new Due.StudyDue(study)
        : new Due.SeriesDue(study, new SeriesUid(what.substring("series#".length())));
  }

  private static String shard(StudyId study) {
    return shard(study.value());
  }

  /// What waits for a time is spread over these.
  public static String shard(String id) {
    return Integer.toString(Math.floorMod(id.hashCode(), SHARDS));
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

  /// Whoever has read the study before finds that it has changed.
  private Change revised(StudyId study) {
    return on(study, "study").add("revision", 1);
  }

  private Change on(StudyId study, String item) {
    return Change.of(table, key(study, item));
  }

  private static Map<String, AttributeValue> key(StudyId study, String item) {
    return Map.of("study_id", s(study.value()), "item", s(item));
  }
}
