package org.studygate.access;

import static org.studygate.dynamo.Item.bool;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.limit.Tries;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `bucket_id=b7… | department=noord | order_id=noord/A17 | reference_hash=9f… |
/// birth_hash=4c… | verification=OTP_SMS | destination=+32… | valid_from | valid_until | report |
/// version | withdrawn | superseded | paid | paid_until | epoch=0 | returned_epoch |
/// code_failures=2 | code_failures_total=7`
///
/// A bucket superseded before it was written has no department yet and is none to anybody; so is
/// the one that stands for all numbers that do not exist.
///
/// Failures live here and not on a challenge: a new code refills nothing. A run of them
/// (`Tries`) blocks until somebody unlocks, fifty over the bucket's life for good.
public final class DynamoBuckets implements Buckets {
  static final int MAX_FAILURES_EVER = 50;
  private static final String MAY_BE_WRITTEN =
      "(attribute_not_exists(version) OR version <= :version)"
          + " AND NOT (withdrawn = :true AND superseded = :false)";

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

  private static Bucket bucket(Item item) {
    var verification = Verification.valueOf(item.text("verification"));
    return new Bucket(
        item.text("bucket_id"),
        item.text("department"),
        item.text("order_id"),
        item.flag("report"),
        verification,
        item.optionalText("destination"),
        item.text("language"),
        item.time("valid_from"),
        item.time("valid_until"),
        item.flag("withdrawn"),
        item.number("code_failures") >= verification.tries().max()
            || item.number("code_failures_total") >= MAX_FAILURES_EVER,
        new Paid(
            item.flag("paid"),
            item.optionalTime("paid_until"),
            item.optionalNumber("returned_epoch").orElse(0L)),
        item.number("epoch"));
  }

  @Override
  public Registering register(
      Bucket bucket, String referenceHash, String birthHash, String version) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":department", s(bucket.department()));
    values.put(":order", s(bucket.orderId()));
    values.put(":reference", s(referenceHash));
    values.put(":birth", s(birthHash));
    values.put(":report", bool(bucket.report()));
    values.put(":verification", s(bucket.verification().name()));
    values.put(":language", s(bucket.language()));
    values.put(":from", n(bucket.validFrom()));
    values.put(":until", n(bucket.validUntil()));
    values.put(":true", bool(true));
    values.put(":false", bool(false));
    values.put(":zero", n(0));
    values.put(":version", s(version));
    bucket.destination().ifPresent(destination -> values.put(":destination", s(destination)));
    var named = bucket.destination().isPresent();
    var set =
        "SET department = :department, order_id = :order, reference_hash = :reference, "
            + "birth_hash = :birth, report = :report, verification = :verification, "
            + "#language = :language, valid_from = :from, valid_until = :until, "
            + "version = :version, withdrawn = :false, superseded = :false, "
            + "code_failures = if_not_exists(code_failures, :zero), "
            + "code_failures_total = if_not_exists(code_failures_total, :zero)"
            + (named ? ", destination = :destination" : "")
            + ", epoch = if_not_exists(epoch, :zero)";
    var remove = named ? "" : " REMOVE destination";
    var asItWas =
        " AND (attribute_not_exists(department) OR (verification = :verification"
            + " AND birth_hash = :birth AND "
            + (named ? "destination = :destination" : "attribute_not_exists(destination)")
            + "))";
    var written = write(bucket.id(), set + remove, MAY_BE_WRITTEN + asItWas, values, version);
    if (written.isPresent()) {
      return written.get();
    }
    values.put(":one", n(1));
    return write(bucket.id(), set + " + :one" + remove, MAY_BE_WRITTEN, values, version)
        .orElseThrow();
  }

  /// Empty when the bucket may be written, only not as if nothing had changed.
  private Optional<Registering> write(
      String bucketId,
      String update,
      String condition,
      Map<String, AttributeValue> values,
      String version) {
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(key(bucketId))
                  .updateExpression(update)
                  .conditionExpression(condition)
                  .expressionAttributeNames(Map.of("#language", "language"))
                  .expressionAttributeValues(values)
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return Optional.of(Registering.WRITTEN);
    } catch (ConditionalCheckFailedException refused) {
      var standing = Item.of(refused.item());
      if (standing.flag("withdrawn") && !standing.flag("superseded")) {
        return Optional.of(Registering.WITHDRAWN);
      }
      return standing
          .optionalText("version")
          .filter(there -> there.compareTo(version) > 0)
          .map(_ -> Registering.NEWER_THERE);
    }
  }

  @Override
  public void supersede(String bucketId, String version) {
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(table)
                  .key(key(bucketId))
                  .updateExpression(
                      "SET withdrawn = :true, superseded = :true, version = :version"
                          + " ADD epoch :one")
                  .conditionExpression(MAY_BE_WRITTEN)
                  .expressionAttributeValues(
                      Map.of(
                          ":true", bool(true),
                          ":false", bool(false),
                          ":version", s(version),
                          ":one", n(1))));
    } catch (ConditionalCheckFailedException newerIsThere) {
      // Named again since, or ended for good.
    }
  }

  @Override
  public void withdraw(String bucketId) {
    var step = withdrawing(table, bucketId);
    dynamo.transactWriteItems(request -> request.transactItems(step));
  }

  /// The same, as a part of the transaction that tells the trail of it.
  static TransactWriteItem withdrawing(String table, String bucketId) {
    var values = Map.of(":true", bool(true), ":false", bool(false), ":one", n(1));
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(bucketId))
                    .updateExpression("SET withdrawn = :true, superseded = :false ADD epoch :one")
                    .expressionAttributeValues(values))
        .build();
  }

  @Override
  public void endVisits(String bucketId, boolean really) {
    var by = Map.of(":by", n(really ? 1 : 0));
    dynamo.updateItem(
        request ->
            request
                .tableName(table)
                .key(key(bucketId))
                .updateExpression("ADD epoch :by")
                .expressionAttributeValues(by));
  }

  @Override
  public CodeTry chargeCode(String bucketId, long epoch, Tries tries) {
    try {
      var item =
          dynamo
              .updateItem(
                  request ->
                      request
                          .tableName(table)
                          .key(key(bucketId))
                          .updateExpression("ADD code_failures :one, code_failures_total :one")
                          .conditionExpression(
                              "code_failures < :max AND code_failures_total < :ever"
                                  + " AND epoch = :epoch AND withdrawn = :false")
                          .expressionAttributeValues(
                              Map.of(
                                  ":one", n(1),
                                  ":max", n(tries.max()),
                                  ":ever", n(MAX_FAILURES_EVER),
                                  ":epoch", n(epoch),
                                  ":false", bool(false)))
                          .returnValues(ReturnValue.ALL_NEW))
              .attributes();
      return new CodeTry.Charged((int) Item.of(item).number("code_failures"));
    } catch (ConditionalCheckFailedException refused) {
      return new CodeTry.Refused();
    }
  }

  /// The code was right: what was counted up to this try counts no longer. A part of the
  /// transaction
  /// that opens the visit, and its last look at whether the bucket may still be opened.
  public static TransactWriteItem forgiving(
      String table, String bucketId, long epoch, int counted) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(bucketId))
                    .updateExpression("ADD code_failures :less, code_failures_total :one")
                    .conditionExpression(
                        "code_failures >= :counted AND epoch = :epoch AND withdrawn = :false")
                    .expressionAttributeValues(
                        Map.of(
                            ":less", n(-counted),
                            ":counted", n(counted),
                            ":one", n(-1),
                            ":epoch", n(epoch),
                            ":false", bool(false))))
        .build();
  }

  /// The money is there: from now on nothing but `until` ends it by itself. A part of the
  /// transaction that makes the pincode.
  public static TransactWriteItem paying(String table, String bucketId, Optional<Instant> until) {
    var values = new HashMap<>(Map.of(":true", bool(true)));
    until.ifPresent(end -> values.put(":until", n(end)));
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(bucketId))
                    .updateExpression(
                        "SET paid = :true"
                            + (until.isPresent() ? ", paid_until = :until" : " REMOVE paid_until"))
                    .expressionAttributeValues(values))
        .build();
  }

  /// The money has gone back: every visit and step that was opened with the bucket ends. A part of
  /// the transaction that notes it.
  public static TransactWriteItem returning(String table, String bucketId) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(bucketId))
                    .updateExpression(
                        "SET epoch = epoch + :one, returned_epoch = epoch + :one"
                            + " REMOVE paid, paid_until")
                    .expressionAttributeValues(Map.of(":one", n(1))))
        .build();
  }

  /// Codes may be tried again; what was opened before stays dead. A part of the transaction of an
  /// unlock.
  static TransactWriteItem unlocking(String table, String bucketId, String department) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(table)
                    .key(key(bucketId))
                    .updateExpression("SET code_failures = :zero ADD epoch :one")
                    .conditionExpression("department = :department AND code_failures_total < :ever")
                    .expressionAttributeValues(
                        Map.of(
                            ":zero", n(0),
                            ":one", n(1),
                            ":department", s(department),
                            ":ever", n(MAX_FAILURES_EVER))))
        .build();
  }

  static Map<String, AttributeValue> key(String bucketId) {
    return Map.of("bucket_id", s(bucketId));
  }
}
