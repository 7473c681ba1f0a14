package org.studygate.access;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.atLeast;
import static org.studygate.dynamo.Condition.atMost;
import static org.studygate.dynamo.Condition.below;
import static org.studygate.dynamo.Condition.contains;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Condition.not;
import static org.studygate.dynamo.Condition.several;
import static org.studygate.dynamo.Item.bool;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.ss;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Verification;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Change.Result.Refused;
import org.studygate.dynamo.Change.Result.Written;
import org.studygate.dynamo.Condition;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.NewItem;
import org.studygate.dynamo.Transaction;
import org.studygate.limit.Tries;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `bucket_id=b7… | department=noord | order_id=noord/A17 (or studies) | reference_hash=9f… |
/// birth_hash=4c… | verification=OTP_SMS | destination=+32… | valid_from | valid_until | report |
/// version | withdrawn | superseded | paid | paid_until | epoch=0 | returned_epoch |
/// code_failures=2 | code_failures_total=7 | added_by`
///
/// What a person gave has `kind=print` or `share` besides (a hospital's own number has none), `by`,
/// `made_at`, and, of copies without the identity, `anonymised`, `sources` (`copy:study`), with the
/// copies for `studies`, and, once all of them are whole, `ready`.
///
/// What is shared has `sharer=a2 | recipient=account:a1 | path=[b3, b9] | parent=b9 | further
/// | write | message | urgent | tell_opened | opened_at | mail_refused` besides, no number where
/// the recipient has an account, and no `valid_until` where people alone end it.
///
/// Where a hospital's own number is of no use, what it was to open waits for one of ours without
/// `reference_hash`, as `refused=weak-number`, and is withdrawn as long as it waits.
///
/// Of a mapping or a department: `bucket_id=mapping-m1 | kind=mapping | of=m1 | department=noord |
/// withdrawn | epoch=0`, made when it is first needed.
///
/// A bucket superseded before it was written has no department yet and is none to anybody; so is
/// the one that stands for all numbers that do not exist.
///
/// Failures live here and not on a challenge: a new code refills nothing. A run of them
/// (`Tries`) blocks until somebody unlocks, fifty over the bucket's life for good.
public final class DynamoBuckets implements Buckets, Unsent {
  static final int MAX_FAILURES_EVER = 50;

  /// So many accounts may have one number in their lists.
  private static final int MOST_ADDED = 100;

  private static final int TRIES = 20;

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoBuckets(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<Bucket> find(String bucketId) {
    return item(bucketId).map(DynamoBuckets::bucket);
  }

  @Override
  public int wrongCodes(String bucketId) {
    return item(bucketId).map(item -> (int) item.number("code_failures")).orElse(0);
  }

  private Optional<Item> item(String bucketId) {
    var found =
        dynamo.getItem(request -> request.tableName(table).key(key(bucketId)).consistentRead(true));
    return Optional.of(Item.of(found.item()))
        .filter(item -> item.optionalText("department").isPresent());
  }

  /// Those of these buckets that are there.
  static BatchRead reading(BatchRead batch, String table, Collection<String> ids) {
    ids.forEach(id -> batch.get(table, key(id)));
    return batch;
  }

  static Optional<Bucket> read(Item item) {
    return Optional.of(item)
        .filter(found -> found.optionalText("department").isPresent())
        .map(DynamoBuckets::bucket);
  }

  private static Bucket bucket(Item item) {
    var kind = kind(item);
    return switch (kind) {
      case MAPPING -> lasting(item, new Scope.OfMapping(item.text("of"), item.text("department")));
      case DEPARTMENT -> lasting(item, new Scope.OfDepartment(item.text("department")));
      case NUMBER, PRINT, SHARE, GLASS -> given(item, kind);
    };
  }

  private static Origin.Kind kind(Item item) {
    return item.optionalText("kind").map(Origin.Kind::of).orElse(Origin.Kind.NUMBER);
  }

  private static Bucket lasting(Item item, Scope scope) {
    return Bucket.lasting(
        item.text("bucket_id"), item.text("department"), scope, item.flag("withdrawn"));
  }

  private static Origin origin(Item item, Origin.Kind kind) {
    var anonymised = item.flag("anonymised");
    return new Origin(
        kind,
        item.optionalText("by"),
        item.optionalTime("made_at"),
        anonymised,
        !anonymised || item.flag("ready"));
  }

  private static Bucket given(Item item, Origin.Kind kind) {
    var verification = Verification.valueOf(item.text("verification"));
    return new Bucket(
        item.text("bucket_id"),
        item.text("department"),
        kind == Origin.Kind.GLASS ? one(item) : scope(item),
        item.flag("report"),
        verification,
        item.optionalText("destination"),
        item.text("language"),
        item.time("valid_from"),
        item.optionalTime("valid_until").orElse(Instant.MAX),
        item.flag("withdrawn"),
        item.number("code_failures") >= verification.tries().max()
            || item.number("code_failures_total") >= MAX_FAILURES_EVER,
        new Paid(
            item.flag("paid"),
            item.optionalTime("paid_until"),
            item.optionalNumber("returned_epoch").orElse(0L)),
        item.number("epoch"),
        Set.copyOf(item.texts("added_by")),
        origin(item, kind),
        kind == Origin.Kind.SHARE ? share(item) : Share.NONE);
  }

  private static Share share(Item item) {
    return new Share(
        item.optionalText("recipient"),
        item.ordered("path"),
        item.flag("further"),
        item.flag("write"),
        item.optionalText("message"),
        item.flag("urgent"),
        item.optionalTime("opened_at"),
        item.flag("mail_refused"),
        item.flag("tell_opened"));
  }

  @Override
  public Registering register(
      Bucket bucket, String referenceHash, String birthHash, String version) {
    var asItWas =
        any(
            absent("department"),
            all(
                equal("verification", s(bucket.verification().name())),
                equal("birth_hash", s(birthHash)),
                bucket
                    .destination()
                    .map(destination -> equal("destination", s(destination)))
                    .orElseGet(() -> absent("destination"))));
    var mayBe = mayBeWritten(version);
    var same = registering(bucket, referenceHash, birthHash, version).add("epoch", 0);
    var other = registering(bucket, referenceHash, birthHash, version).add("epoch", 1);
    return written(same.when(all(mayBe, asItWas)), version)
        .or(() -> written(other.when(mayBe), version))
        .orElseThrow();
  }

  /// Empty when the bucket may be written, only not as if nothing had changed.
  private Optional<Registering> written(Change change, String version) {
    return switch (change.run(dynamo)) {
      case Written _ -> Optional.of(Registering.WRITTEN);
      case Refused(var standing) -> refused(standing.orElseThrow(), version);
    };
  }

  private Change registering(
      Bucket bucket, String referenceHash, String birthHash, String version) {
    return registering(table, bucket, referenceHash, birthHash, version);
  }

  @Override
  public Registering refuse(Bucket bucket, String why, String version) {
    var change =
        described(Change.of(table, key(bucket.id())), bucket, version)
            .set("withdrawn", true)
            .set("superseded", true)
            .set("refused", why)
            .add("epoch", 0)
            .when(all(mayBeWritten(version), absent("reference_hash")));
    return switch (change.run(dynamo)) {
      case Written _ -> Registering.WRITTEN;
      case Refused(var standing) ->
          refused(standing.orElseThrow(), version).orElse(Registering.NUMBERED);
    };
  }

  @Override
  public Optional<String> number(String bucketId) {
    return item(bucketId).flatMap(item -> item.optionalText("reference_hash"));
  }

  /// Why the number is of no use that came for a bucket which has none.
  static Optional<String> refused(Item bucket) {
    return bucket.optionalText("refused");
  }

  /// What waits for a number gets one of ours. A part of the transaction that registers it.
  ///
  /// @param version of the message that the number is made for
  static TransactWriteItem numbering(
      String table, String bucketId, String referenceHash, String birthHash, String version) {
    return Change.of(table, key(bucketId))
        .set("reference_hash", referenceHash)
        .set("birth_hash", birthHash)
        .set("withdrawn", false)
        .set("superseded", false)
        .remove("refused")
        .add("epoch", 1)
        .when(all(exists("refused"), absent("reference_hash"), equal("version", s(version))))
        .step();
  }

  /// A bucket that somebody gives. A part of the transaction that tells the trail of it.
  public static TransactWriteItem giving(
      String table, Bucket bucket, Given given, String referenceHash, String birthHash) {
    var origin = bucket.origin();
    var version = origin.madeAt().map(DynamoAuditTrail::time).orElse("");
    var change =
        registering(table, bucket, referenceHash, birthHash, version)
            .add("epoch", 0)
            .set("kind", origin.kind().code())
            .set("reason", given.reason())
            .set("agreed_at", given.agreedAt())
            .set("agreed_text", given.agreedText());
    origin.by().ifPresent(by -> change.set("by", by));
    if (origin.kind() == Origin.Kind.SHARE) {
      sharing(change, bucket);
    }
    return change.when(absent("bucket_id")).step();
  }

  /// Of whoever has no account: no recipient, and nothing that it comes out of.
  private static void sharing(Change change, Bucket bucket) {
    var share = bucket.share();
    bucket.origin().by().ifPresent(by -> change.set("sharer", by));
    share.message().ifPresent(message -> change.set("message", message));
    change
        .set("further", false)
        .set("write", false)
        .set("urgent", share.urgent())
        .set("tell_opened", share.tellOpened());
  }

  /// A bucket that somebody shares with people who have accounts. A part of the transaction that
  /// tells the trail of it.
  public static TransactWriteItem sharing(String table, Bucket bucket, Given given) {
    var share = bucket.share();
    var item =
        begun(bucket, opened(bucket.scope()), given.reason())
            .putIfPresent("sharer", bucket.origin().by())
            .put("agreed_at", given.agreedAt())
            .put("agreed_text", given.agreedText())
            .putIfPresent("recipient", share.recipient())
            .put("further", share.further())
            .put("write", share.write())
            .putIfPresent("message", share.message())
            .put("urgent", share.urgent())
            .put("tell_opened", share.tellOpened());
    if (bucket.scope() instanceof Scope.OfCopies copies) {
      item.put("anonymised", true).put("sources", ss(sources(copies)));
    }
    if (!share.path().isEmpty()) {
      item.put("path", Item.list(share.path())).put("parent", share.path().getLast());
    }
    return new NewItem(table, item.attributes(), "bucket_id").step();
  }

  /// What those stand under that are given on from it: it is live, may be given on, and is nowhere
  /// narrower than they are. A part of the transaction that makes them: one for all of them, for a
  /// transaction touches an item once.
  ///
  /// @param below each with the right that it was given
  public static TransactWriteItem passing(String table, String parent, Collection<Bucket> below) {
    var holds = new ArrayList<Condition>();
    holds.add(exists("department"));
    holds.add(equal("withdrawn", bool(false)));
    holds.add(equal("further", bool(true)));
    holds.add(any(absent("anonymised"), equal("anonymised", bool(false))));
    for (var bucket : below) {
      chosen(bucket.scope()).forEach(study -> holds.add(contains("studies", s(study))));
    }
    if (below.stream().anyMatch(bucket -> bucket.verification() == Verification.DATE_OF_BIRTH)) {
      holds.add(equal("verification", s(Verification.DATE_OF_BIRTH.name())));
    }
    if (below.stream().anyMatch(Bucket::report)) {
      holds.add(equal("report", bool(true)));
    }
    if (below.stream().anyMatch(bucket -> bucket.share().write())) {
      holds.add(equal("write", bool(true)));
    }
    var latest =
        below.stream()
            .map(bucket -> bucket.until().orElse(Instant.MAX))
            .max(Instant::compareTo)
            .orElseThrow();
    holds.add(
        latest.equals(Instant.MAX)
            ? absent("valid_until")
            : any(absent("valid_until"), atLeast("valid_until", n(latest))));
    return Transaction.checking(table, key(parent), all(holds.toArray(Condition[]::new)));
  }

  /// Of copies what was chosen are the studies themselves.
  private static List<String> chosen(Scope scope) {
    return scope instanceof Scope.OfCopies copies
        ? copies.sources().values().stream().map(StudyId::value).sorted().toList()
        : opened(scope);
  }

  private static List<String> opened(Scope scope) {
    return switch (scope) {
      case Scope.OfStudies(var studies) -> studies.stream().map(StudyId::value).sorted().toList();
      case Scope.OfCopies copies -> copies.copies().stream().map(StudyId::value).sorted().toList();
      case Scope.OfOrder _, Scope.OfOne _, Scope.OfMapping _, Scope.OfDepartment _ ->
          throw new IllegalArgumentException("what is shared was chosen");
    };
  }

  /// One study for one account and a while, with the reason why. A part of the transaction that
  /// tells the trail of it.
  static TransactWriteItem opening(String table, Bucket bucket, StudyId study, String reason) {
    var item = begun(bucket, List.of(study.value()), reason);
    return new NewItem(table, item.attributes(), "bucket_id").step();
  }

  /// A bucket that no number opens, as it begins.
  private static Item.Writer begun(Bucket bucket, List<String> studies, String reason) {
    var item =
        Item.write()
            .put("bucket_id", bucket.id())
            .put("kind", bucket.origin().kind().code())
            .put("department", bucket.department())
            .put("studies", ss(studies))
            .put("report", bucket.report())
            .put("verification", bucket.verification().name())
            .put("language", bucket.language())
            .put("valid_from", bucket.validFrom())
            .put("made_at", bucket.validFrom())
            .putIfPresent("by", bucket.origin().by())
            .put("reason", reason)
            .put("withdrawn", false)
            .put("superseded", false)
            .put("epoch", 0)
            .put("code_failures", 0)
            .put("code_failures_total", 0);
    bucket.until().ifPresent(until -> item.put("valid_until", until));
    return item;
  }

  private static Change registering(
      String table, Bucket bucket, String referenceHash, String birthHash, String version) {
    return described(Change.of(table, key(bucket.id())), bucket, version)
        .set("reference_hash", referenceHash)
        .set("birth_hash", birthHash)
        .set("withdrawn", false)
        .set("superseded", false);
  }

  private static Change described(Change change, Bucket bucket, String version) {
    change
        .set("department", bucket.department())
        .set("report", bucket.report())
        .set("verification", bucket.verification().name())
        .setOrRemove("destination", bucket.destination().map(Item::s))
        .set("language", bucket.language())
        .set("valid_from", bucket.validFrom())
        .set("valid_until", bucket.validUntil())
        .set("version", version)
        .add("code_failures", 0)
        .add("code_failures_total", 0);
    bucket.origin().madeAt().ifPresent(at -> change.setIfAbsent("made_at", n(at)));
    return switch (bucket.scope()) {
      case Scope.OfOrder(var order) -> change.set("order_id", order.toString()).remove("studies");
      case Scope.OfStudies(var studies) ->
          change
              .set("studies", ss(studies.stream().map(StudyId::value).toList()))
              .remove("order_id");
      case Scope.OfCopies copies ->
          change
              .set("studies", ss(copies.copies().stream().map(StudyId::value).toList()))
              .set("sources", ss(sources(copies)))
              .set("anonymised", true)
              .remove("order_id");
      case Scope.OfOne _, Scope.OfMapping _, Scope.OfDepartment _ ->
          throw new IllegalArgumentException("no number opens this");
    };
  }

  private static List<String> sources(Scope.OfCopies copies) {
    return copies.sources().entrySet().stream()
        .map(one -> one.getKey().value() + ':' + one.getValue().value())
        .toList();
  }

  /// Of those copies that it opens still.
  private static Scope copies(Item item) {
    var opened = Set.copyOf(item.texts("studies"));
    var sources = new HashMap<StudyId, StudyId>();
    for (var one : item.texts("sources")) {
      var pair = one.split(":", 2);
      if (opened.contains(pair[0])) {
        sources.put(new StudyId(pair[0]), new StudyId(pair[1]));
      }
    }
    return new Scope.OfCopies(item.text("bucket_id"), sources);
  }

  private static Scope one(Item item) {
    return new Scope.OfOne(new StudyId(item.texts("studies").getFirst()));
  }

  private static Scope scope(Item item) {
    if (item.flag("anonymised")) {
      return copies(item);
    }
    return item.optionalText("order_id")
        .<Scope>map(order -> new Scope.OfOrder(OrderId.parse(order)))
        .orElseGet(
            () ->
                new Scope.OfStudies(
                    item.texts("studies").stream()
                        .map(StudyId::new)
                        .collect(Collectors.toUnmodifiableSet())));
  }

  private static Optional<Registering> refused(Item standing, String version) {
    if (standing.flag("withdrawn") && !standing.flag("superseded")) {
      return Optional.of(Registering.WITHDRAWN);
    }
    return standing
        .optionalText("version")
        .filter(there -> there.compareTo(version) > 0)
        .map(_ -> Registering.NEWER_THERE);
  }

  /// Not by an older message, and not once a person has ended it.
  private static Condition mayBeWritten(String version) {
    return all(
        any(absent("version"), atMost("version", s(version))),
        not(all(equal("withdrawn", bool(true)), equal("superseded", bool(false)))));
  }

  @Override
  public void last(Scope scope) {
    var item =
        switch (scope) {
          case Scope.OfMapping(var id, var department) ->
              lasting(Bucket.ofMapping(id), department, Origin.Kind.MAPPING).put("of", id);
          case Scope.OfDepartment(var department) ->
              lasting(Bucket.ofDepartment(department), department, Origin.Kind.DEPARTMENT);
          case Scope.OfOrder _, Scope.OfStudies _, Scope.OfCopies _, Scope.OfOne _ ->
              throw new IllegalArgumentException("what a number opens is registered");
        };
    new NewItem(table, item.attributes(), "bucket_id").putIfAbsent(dynamo);
  }

  /// Former epochs of the same account are left out: what they proved counts no longer.
  @Override
  public boolean add(String bucketId, String account, long epoch) {
    for (var tries = 0; tries < TRIES; tries++) {
      var added = item(bucketId).map(item -> item.texts("added_by")).orElse(List.of());
      var left = new TreeSet<>(added);
      left.removeIf(one -> one.startsWith(account + '@'));
      left.add(account + '@' + epoch);
      if (left.size() > MOST_ADDED) {
        return false;
      }
      var asItWas = added.isEmpty() ? absent("added_by") : equal("added_by", ss(added));
      var change =
          Change.of(table, key(bucketId))
              .set("added_by", ss(left))
              .when(all(ofNow(epoch), exists("department"), asItWas));
      switch (change.run(dynamo)) {
        case Written _ -> {
          return true;
        }
        case Refused(var standing) -> {
          if (standing
              .filter(
                  item ->
                      !item.flag("withdrawn")
                          && item.optionalNumber("epoch").equals(Optional.of(epoch)))
              .isEmpty()) {
            return false;
          }
        }
      }
    }
    throw new IllegalStateException("a bucket kept changing while its number was added");
  }

  private static Item.Writer lasting(String id, String department, Origin.Kind kind) {
    return Item.write()
        .put("bucket_id", id)
        .put("kind", kind.code())
        .put("department", department)
        .put("withdrawn", false)
        .put("epoch", 0);
  }

  @Override
  public void supersede(String bucketId, String version) {
    Change.of(table, key(bucketId))
        .set("withdrawn", true)
        .set("superseded", true)
        .set("version", version)
        .remove("refused")
        .add("epoch", 1)
        .when(mayBeWritten(version))
        .run(dynamo); // refused: named again since, or ended for good
  }

  @Override
  public void withdraw(String bucketId) {
    withdrawing(Change.of(table, key(bucketId))).run(dynamo);
  }

  /// The same, as a part of the transaction that tells the trail of it.
  public static TransactWriteItem withdrawing(String table, String bucketId) {
    return withdrawing(Change.of(table, key(bucketId))).step();
  }

  private static Change withdrawing(Change bucket) {
    return bucket.set("withdrawn", true).set("superseded", false).remove("refused").add("epoch", 1);
  }

  /// Ends a bucket for good, if nobody has yet.
  static TransactWriteItem ending(String table, String bucketId) {
    return withdrawing(
            Change.of(table, key(bucketId)).when(all(exists("department"), not(endedForGood()))))
        .step();
  }

  private static Condition endedForGood() {
    return all(
        equal("withdrawn", bool(true)),
        any(absent("superseded"), equal("superseded", bool(false))));
  }

  /// One study of several is opened no longer.
  static TransactWriteItem takingOut(String table, String bucketId, StudyId study) {
    return Change.of(table, key(bucketId))
        .delete("studies", ss(List.of(study.value())))
        .when(
            all(
                contains("studies", s(study.value())),
                several("studies"),
                equal("withdrawn", bool(false))))
        .step();
  }

  /// A bucket of copies opens, all of which are whole: unless it opens others by now, or is open
  /// already, or ended. A part of the transaction that tells of it.
  public static TransactWriteItem readying(String table, Bucket bucket) {
    if (!(bucket.scope() instanceof Scope.OfCopies copies)) {
      throw new IllegalArgumentException("nothing is copied for it");
    }
    return Change.of(table, key(bucket.id()))
        .set("ready", true)
        .when(
            all(
                equal("studies", ss(copies.copies().stream().map(StudyId::value).toList())),
                equal("anonymised", bool(true)),
                equal("withdrawn", bool(false)),
                absent("ready")))
        .step();
  }

  @Override
  public void endVisits(String bucketId, boolean really) {
    Change.of(table, key(bucketId)).add("epoch", really ? 1 : 0).run(dynamo);
  }

  @Override
  public boolean opened(String bucketId, Instant at) {
    return noting(table, bucketId, at).run(dynamo).written();
  }

  private static Change noting(String table, String bucketId, Instant at) {
    return Change.of(table, key(bucketId))
        .set("opened_at", at)
        .when(all(exists("department"), absent("opened_at")));
  }

  /// The same, as a part of the transaction that tells it.
  public static TransactWriteItem openedFirst(String table, String bucketId, Instant at) {
    return noting(table, bucketId, at).step();
  }

  @Override
  public void unsent(String bucketId) {
    Change.of(table, key(bucketId))
        .set("mail_refused", true)
        .when(equal("kind", s(Origin.Kind.SHARE.code())))
        .run(dynamo);
  }

  @Override
  public CodeTry chargeCode(String bucketId, long epoch, Tries tries) {
    return switch (Change.of(table, key(bucketId))
        .add("code_failures", 1)
        .add("code_failures_total", 1)
        .when(
            all(
                below("code_failures", n(tries.max())),
                below("code_failures_total", n(MAX_FAILURES_EVER)),
                ofNow(epoch)))
        .run(dynamo)) {
      case Written(var item) -> new CodeTry.Charged((int) item.number("code_failures"));
      case Refused _ -> new CodeTry.Refused();
    };
  }

  private static Condition ofNow(long epoch) {
    return all(equal("epoch", n(epoch)), equal("withdrawn", bool(false)));
  }

  /// The code was right: what was counted up to this try counts no longer. A part of the
  /// transaction that opens the visit, and its last look at whether the bucket may still be
  /// opened.
  public static TransactWriteItem forgiving(
      String table, String bucketId, long epoch, int counted) {
    return Change.of(table, key(bucketId))
        .add("code_failures", -counted)
        .add("code_failures_total", -1)
        .when(all(atLeast("code_failures", n(counted)), ofNow(epoch)))
        .step();
  }

  /// The money is there: from now on nothing but `until` ends it by itself. A part of the
  /// transaction that makes the pincode.
  public static TransactWriteItem paying(String table, String bucketId, Optional<Instant> until) {
    return Change.of(table, key(bucketId))
        .set("paid", true)
        .setOrRemove("paid_until", until.map(Item::n))
        .step();
  }

  /// The money has gone back: every visit and step that was opened with the bucket ends. A part of
  /// the transaction that notes it.
  public static TransactWriteItem returning(String table, String bucketId) {
    return Change.of(table, key(bucketId))
        .setSum("returned_epoch", "epoch", 1)
        .add("epoch", 1)
        .remove("paid", "paid_until")
        .step();
  }

  /// Codes may be tried again; what was opened before stays dead. A part of the transaction of an
  /// unlock.
  static TransactWriteItem unlocking(String table, String bucketId, String department) {
    return Change.of(table, key(bucketId))
        .set("code_failures", 0)
        .add("epoch", 1)
        .when(
            all(
                equal("department", s(department)),
                below("code_failures_total", n(MAX_FAILURES_EVER))))
        .step();
  }

  static Map<String, AttributeValue> key(String bucketId) {
    return Map.of("bucket_id", s(bucketId));
  }
}
