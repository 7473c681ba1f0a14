package org.studygate.reference;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.atLeast;
import static org.studygate.dynamo.Condition.atMost;
import static org.studygate.dynamo.Condition.below;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.purgeAt;
import static org.studygate.dynamo.Item.s;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Change.Result.Refused;
import org.studygate.dynamo.Change.Result.Written;
import org.studygate.dynamo.Item;
import org.studygate.limit.Tries;
import org.studygate.order.BirthDate.Known;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `reference_hash=9f… | bucket_id=b7… | birth_hash=4c… | birth_known=DAY | version | failures=2`,
/// and for a number that nobody registered only `failures` and `purge_at`.
///
/// A try is one conditional `ADD`: of any number of parallel guesses `Tries.DATE` are judged
/// (`ofTwoHundredParallelGuessesFiveAreJudged`). A success takes off what was counted up to itself,
/// never what came after, so it cannot be used to hide guesses.
public final class DynamoReferences implements References {
  private static final Duration UNKNOWN_KEPT = Duration.ofDays(30);

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoReferences(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Try charge(String referenceHash, Instant now) {
    var charge =
        on(referenceHash)
            .add("failures", 1)
            .setIfAbsent("purge_at", purgeAt(now.plus(UNKNOWN_KEPT)))
            .when(any(absent("failures"), below("failures", n(Tries.DATE.max()))));
    return charge
        .run(dynamo)
        .after()
        .<Try>map(item -> new Try.Charged((int) item.number("failures"), entry(item)))
        .orElseGet(Try.Blocked::new);
  }

  private static Optional<Entry> entry(Item item) {
    return item.optionalText("bucket_id")
        .map(bucket -> new Entry(bucket, item.text("birth_hash"), known(item)));
  }

  /// Numbers registered before partial dates were have none: their day is known.
  private static Known known(Item item) {
    return item.optionalText("birth_known").map(Known::valueOf).orElse(Known.DAY);
  }

  @Override
  public void forgive(String referenceHash, int counted) {
    on(referenceHash)
        .add("failures", -counted)
        .when(atLeast("failures", n(counted)))
        .run(dynamo); // refused: another right try, or an unlock, has taken them off
  }

  /// A registered number keeps its counter: `purge_at` 0 lies over five years back, which
  /// DynamoDB's TTL leaves alone, and `charge` does not replace it.
  @Override
  public Claiming register(String referenceHash, Entry entry, String version) {
    var bucket = s(entry.bucketId());
    var notNewer = any(absent("version"), atMost("version", s(version)));
    var registered =
        registering(on(referenceHash), entry, version)
            .when(any(absent("bucket_id"), all(equal("bucket_id", bucket), notNewer)))
            .run(dynamo);
    return switch (registered) {
      case Written _ -> Claiming.WRITTEN;
      case Refused(var standing) ->
          standing.orElseThrow().text("bucket_id").equals(entry.bucketId())
              ? Claiming.NEWER_THERE
              : Claiming.TAKEN;
    };
  }

  /// A number that nobody has yet. A part of the transaction that makes what it opens.
  public static TransactWriteItem claiming(
      String table, String referenceHash, Entry entry, String version) {
    return registering(Change.of(table, key(referenceHash)), entry, version)
        .when(absent("bucket_id"))
        .step();
  }

  private static Change registering(Change number, Entry entry, String version) {
    return number
        .set("bucket_id", entry.bucketId())
        .set("birth_hash", entry.birthHash())
        .set("birth_known", entry.known().name())
        .set("version", version)
        .set("purge_at", 0);
  }

  /// Dates of birth may be tried again. A part of the transaction of an unlock, which does nothing
  /// for a bucket whose number belongs to another.
  public static TransactWriteItem unlocking(String table, String referenceHash, String bucketId) {
    return Change.of(table, key(referenceHash))
        .set("failures", 0)
        .when(equal("bucket_id", s(bucketId)))
        .step();
  }

  private Change on(String referenceHash) {
    return Change.of(table, key(referenceHash));
  }

  private static Map<String, AttributeValue> key(String referenceHash) {
    return Map.of("reference_hash", s(referenceHash));
  }
}
