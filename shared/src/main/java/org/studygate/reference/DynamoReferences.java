package org.studygate.reference;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.purgeAt;
import static org.studygate.dynamo.Item.s;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.studygate.dynamo.Item;
import org.studygate.limit.Tries;
import org.studygate.order.BirthDate.Known;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
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
    try {
      var item =
          Item.of(
              dynamo
                  .updateItem(
                      request ->
                          request
                              .tableName(table)
                              .key(key(referenceHash))
                              .updateExpression(
                                  "ADD failures :one SET purge_at = if_not_exists(purge_at, :purge)")
                              .conditionExpression(
                                  "attribute_not_exists(failures) OR failures < :max")
                              .expressionAttributeValues(
                                  Map.of(
                                      ":one", n(1),
                                      ":max", n(Tries.DATE.max()),
                                      ":purge", purgeAt(now.plus(UNKNOWN_KEPT))))
                              .returnValues(ReturnValue.ALL_NEW))
                  .attributes());
      return new Try.Charged((int) item.number("failures"), entry(item));
    } catch (ConditionalCheckFailedException spent) {
      return new Try.Blocked();
    }
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
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(key(referenceHash))
                  .updateExpression("ADD failures :less")
                  .conditionExpression("failures >= :counted")
                  .expressionAttributeValues(Map.of(":less", n(-counted), ":counted", n(counted))));
    } catch (ConditionalCheckFailedException forgivenMeanwhile) {
      // another right try, or an unlock, has taken them off
    }
  }

  /// A registered number keeps its counter: `purge_at` 0 lies over five years back, which
  /// DynamoDB's TTL leaves alone, and `charge` does not replace it.
  @Override
  public Claiming register(String referenceHash, Entry entry, String version) {
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(key(referenceHash))
                  .updateExpression(
                      "SET bucket_id = :bucket, birth_hash = :birth, birth_known = :known, version = :version,"
                          + " purge_at = :never")
                  .conditionExpression(
                      "attribute_not_exists(bucket_id) OR (bucket_id = :bucket"
                          + " AND (attribute_not_exists(version) OR version <= :version))")
                  .expressionAttributeValues(
                      Map.of(
                          ":bucket", s(entry.bucketId()),
                          ":birth", s(entry.birthHash()),
                          ":known", s(entry.known().name()),
                          ":version", s(version),
                          ":never", n(0)))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return Claiming.WRITTEN;
    } catch (ConditionalCheckFailedException refused) {
      var mine = Item.of(refused.item()).text("bucket_id").equals(entry.bucketId());
      return mine ? Claiming.NEWER_THERE : Claiming.TAKEN;
    }
  }

  /// Dates of birth may be tried again. A part of the transaction of an unlock, which does nothing
  /// for a bucket whose number belongs to another.
  public static TransactWriteItem unlocking(String table, String referenceHash, String bucketId) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(referenceHash))
                    .updateExpression("SET failures = :zero")
                    .conditionExpression("bucket_id = :bucket")
                    .expressionAttributeValues(Map.of(":zero", n(0), ":bucket", s(bucketId))))
        .build();
  }

  private static Map<String, AttributeValue> key(String referenceHash) {
    return Map.of("reference_hash", s(referenceHash));
  }
}
