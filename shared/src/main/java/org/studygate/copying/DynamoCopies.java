package org.studygate.copying;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.NewItem;
import org.studygate.study.DynamoStudies;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Beside the studies: `study_id=<bucket> | item=copying | department | tries | failed? | due_shard
/// | due_at` and `copied#<copy>` of each, and below each copy
/// - `copy | bucket | source | owner | whole_at? | pixels (JSON)? | reason? | left (JSON)?`, and
///   while it waits for somebody `department=copies/noord | held_at`, so that the index of what is
///   held back leads to it and no list of studies does
/// - `part#<series> | of | done | looks | left (JSON)? | finished`
/// - `look#<series>#<sop> | reason`
public final class DynamoCopies implements Copies {
  /// A message begins sooner; the sweeper comes after it for what was left.
  private static final Duration SWEEP_AFTER = Duration.ofMinutes(2);

  private static final String JOB = DynamoStudies.COPYING;
  static final String COPY = "copy";
  private static final String PART = "part#";
  private static final String LOOK = "look#";
  private static final String COPIED = "copied#";

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoCopies(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /// That copies are to be made. A part of the transaction that makes their bucket.
  public static TransactWriteItem beginning(
      String table, String bucket, String department, Instant now) {
    var item =
        Item.write()
            .put("study_id", bucket)
            .put("item", JOB)
            .put("department", department)
            .put("tries", 0)
            .put("due_shard", DynamoStudies.shard(bucket))
            .put("due_at", now.plus(SWEEP_AFTER));
    return new NewItem(table, item.attributes(), "study_id").step();
  }

  @Override
  public Optional<Job> job(String bucket) {
    return item(key(bucket, JOB))
        .map(
            item ->
                new Job(
                    bucket,
                    item.text("department"),
                    (int) item.number("tries"),
                    item.flag("failed")));
  }

  @Override
  public void again(String bucket, Instant at, boolean tried, boolean failed) {
    var change =
        Change.of(table, key(bucket, JOB))
            .set("due_shard", DynamoStudies.shard(bucket))
            .set("due_at", at)
            .set("failed", failed);
    (tried ? change.add("tries", 1) : change.set("tries", 0))
        .when(exists("department"))
        .run(dynamo);
  }

  @Override
  public List<StudyId> of(String bucket) {
    return beginning(bucket, COPIED)
        .map(item -> new StudyId(item.text("item").substring(COPIED.length())))
        .toList();
  }

  @Override
  public void forget(String bucket, StudyId copy) {
    dynamo.deleteItem(delete -> delete.tableName(table).key(key(bucket, COPIED + copy)));
  }

  @Override
  public void over(String bucket) {
    dynamo.deleteItem(delete -> delete.tableName(table).key(key(bucket, JOB)));
  }

  /// The parts first: a copy that is there has all of them.
  @Override
  public void plan(Copy copy, Collection<Part> parts) {
    for (var part : parts) {
      on(copy.id(), PART + part.series()).set("of", part.of()).when(absent("of")).run(dynamo);
    }
    dynamo.putItem(put -> put.tableName(table).item(key(copy.bucket(), COPIED + copy.id())));
    on(copy.id(), COPY)
        .set("bucket", copy.bucket())
        .set("source", copy.source().value())
        .set("owner", copy.department())
        .when(absent("bucket"))
        .run(dynamo);
  }

  @Override
  public Optional<Copy> find(StudyId copy) {
    return item(key(copy.value(), COPY)).map(DynamoCopies::copy);
  }

  @Override
  public List<Copy> planned(Collection<StudyId> copies) {
    var batch = new BatchRead();
    copies.forEach(copy -> batch.get(table, key(copy.value(), COPY)));
    return batch.run(dynamo).getOrDefault(table, List.of()).stream()
        .map(DynamoCopies::copy)
        .toList();
  }

  private static Copy copy(Item item) {
    return new Copy(
        new StudyId(item.text("study_id")),
        item.text("bucket"),
        new StudyId(item.text("source")),
        item.text("owner"),
        item.optionalText("pixels").map(Pixels::parse),
        item.optionalTime("held_at"),
        item.optionalText("reason"),
        left(item),
        item.has("whole_at"));
  }

  private static LeftOut left(Item item) {
    return item.optionalText("left").map(LeftOut::parse).orElse(LeftOut.NOTHING);
  }

  @Override
  public List<Part> parts(StudyId copy) {
    return beginning(copy, PART)
        .map(
            item ->
                new Part(
                    new SeriesUid(item.text("item").substring(PART.length())),
                    (int) item.number("of"),
                    item.optionalNumber("done").orElse(0L).intValue(),
                    item.optionalNumber("looks").orElse(0L).intValue(),
                    left(item),
                    item.flag("finished")))
        .toList();
  }

  @Override
  public void advanced(StudyId copy, SeriesUid series, int done) {
    on(copy, PART + series).set("done", done).when(exists("of")).run(dynamo);
  }

  @Override
  public void finished(StudyId copy, SeriesUid series, int done, int looks, LeftOut left) {
    on(copy, PART + series)
        .set("done", done)
        .set("looks", looks)
        .set("left", left.text())
        .set("finished", true)
        .when(exists("of"))
        .run(dynamo);
  }

  @Override
  public void counted(StudyId copy, LeftOut left) {
    on(copy, COPY).set("left", left.text()).when(exists("bucket")).run(dynamo);
  }

  @Override
  public void look(StudyId copy, Look look) {
    on(copy, LOOK + look.series() + "#" + look.sop()).set("reason", look.reason()).run(dynamo);
  }

  @Override
  public List<Look> looks(StudyId copy) {
    return beginning(copy, LOOK).map(DynamoCopies::look).toList();
  }

  private static Look look(Item item) {
    var parts = item.text("item").split("#", 3);
    return new Look(new SeriesUid(parts[1]), parts[2], item.text("reason"));
  }

  @Override
  public void waits(StudyId copy, String reason, Instant now) {
    var owner = find(copy).map(Copy::department);
    if (owner.isPresent()) {
      on(copy, COPY)
          .set("department", DynamoCopyDesk.WAITING + owner.get())
          .setIfAbsent("held_at", n(now))
          .setIfAbsent("reason", s(reason))
          .when(all(exists("bucket"), absent("pixels")))
          .run(dynamo); // refused: somebody has looked
    }
  }

  @Override
  public void whole(StudyId copy, Instant now) {
    on(copy, COPY).setIfAbsent("whole_at", n(now)).when(exists("bucket")).run(dynamo);
  }

  @Override
  public void remove(StudyId copy) {
    dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression("study_id = :study")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .projectionExpression("study_id, #item")
                    .expressionAttributeValues(Map.of(":study", s(copy.value()))))
        .items()
        .forEach(key -> dynamo.deleteItem(delete -> delete.tableName(table).key(key)));
  }

  private Change on(StudyId copy, String item) {
    return Change.of(table, key(copy.value(), item));
  }

  private Optional<Item> item(Map<String, AttributeValue> key) {
    var found = dynamo.getItem(get -> get.tableName(table).key(key).consistentRead(true));
    return found.hasItem() ? Optional.of(Item.of(found.item())) : Optional.empty();
  }

  private Stream<Item> beginning(StudyId copy, String prefix) {
    return beginning(copy.value(), prefix);
  }

  private Stream<Item> beginning(String id, String prefix) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(table)
                    .keyConditionExpression("study_id = :study AND begins_with(#item, :prefix)")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(Map.of(":study", s(id), ":prefix", s(prefix)))
                    .consistentRead(true))
        .items()
        .stream()
        .map(Item::of);
  }

  static Map<String, AttributeValue> key(String id, String item) {
    return Map.of("study_id", s(id), "item", s(item));
  }
}
