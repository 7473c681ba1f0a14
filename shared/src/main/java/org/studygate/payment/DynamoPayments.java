package org.studygate.payment;

import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.DynamoBuckets;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Price;
import org.studygate.dynamo.Item;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Outgoing;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.signin.Challenge;
import org.studygate.signin.DynamoChallenges;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/// `bucket_id=b7… | item=account | attempt=2 | trying_method=ideal | trying_value |
/// trying_currency | trying_language | trying_begun | session=cs_… | last=EXPIRED | paid_by=cs_…
/// | trying_until | pincode_hash | pincode_sealed`
///
/// `bucket_id=b7… | item=session#cs_… | attempt | value | currency | method | opened | until |
/// stage=PAID | rank=4 | payment_intent | refunded | refund=NONE | due_shard=payment | due_at`
///
/// A session moves forward only (`rank`), in one transaction with everything that follows, so of
/// any number of events, repeats and crashes one makes the pincode (`SettlementTest`). Kept for
/// good: nothing here has a TTL.
public final class DynamoPayments implements Payments {
  private static final String ACCOUNT = "account";
  private static final String SESSION = "session#";
  private static final String SHARD = "payment";
  private static final int MAX_TRIES = 10;

  private final DynamoDbClient dynamo;
  private final Tables tables;
  private final DynamoAuditTrail trail;

  /// @param payments the table of this class; a function names the others only if it may write
  ///     there
  public record Tables(
      String payments, String outbox, String buckets, String challenges, String sessions) {
    private static final String NOT_MINE = "";

    /// For functions that open and settle payments.
    public static Tables ofSettlement(String payments, String outbox, String buckets) {
      return new Tables(payments, outbox, buckets, NOT_MINE, NOT_MINE);
    }

    /// For the function that judges pincodes.
    public static Tables ofEntry(
        String payments, String buckets, String challenges, String sessions) {
      return new Tables(payments, NOT_MINE, buckets, challenges, sessions);
    }

    /// For a function that only looks.
    public static Tables ofLooking(String payments) {
      return new Tables(payments, NOT_MINE, NOT_MINE, NOT_MINE, NOT_MINE);
    }
  }

  public DynamoPayments(DynamoDbClient dynamo, Tables tables, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.tables = tables;
    this.trail = trail;
  }

  @Override
  public Tab account(String bucket) {
    return item(bucket, ACCOUNT).map(DynamoPayments::account).orElse(Tab.empty(bucket));
  }

  @Override
  public Optional<Checkout> checkout(String bucket, String session) {
    return item(bucket, SESSION + session).map(DynamoPayments::checkout);
  }

  private Optional<Item> item(String bucket, String item) {
    var found =
        dynamo.getItem(
            request ->
                request.tableName(tables.payments()).key(key(bucket, item)).consistentRead(true));
    return found.hasItem() ? Optional.of(Item.of(found.item())) : Optional.empty();
  }

  @Override
  public List<Checkout> checkouts(String bucket) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(tables.payments())
                    .keyConditionExpression("bucket_id = :bucket AND begins_with(#item, :session)")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(Map.of(":bucket", s(bucket), ":session", s(SESSION)))
                    .consistentRead(true))
        .items()
        .stream()
        .map(item -> checkout(Item.of(item)))
        .sorted(Comparator.comparing(Checkout::attempt))
        .toList();
  }

  private static Tab account(Item item) {
    var trying =
        item.optionalTime("trying_begun")
            .map(
                begun ->
                    new Tab.Attempt(
                        Price.of(item.number("trying_value"), item.text("trying_currency")),
                        item.text("trying_method"),
                        item.text("trying_language"),
                        begun,
                        item.optionalTime("trying_until")));
    return new Tab(
        item.text("bucket_id"),
        item.optionalNumber("attempt").orElse(0L).intValue(),
        trying,
        item.optionalText("session"),
        item.optionalText("last").map(Stage::valueOf),
        item.optionalText("paid_by"),
        item.optionalText("pincode_hash")
            .map(hash -> new Tab.Pincode(hash, item.text("pincode_sealed"))));
  }

  private static Checkout checkout(Item item) {
    return new Checkout(
        item.text("item").substring(SESSION.length()),
        item.text("bucket_id"),
        (int) item.number("attempt"),
        Price.of(item.number("value"), item.text("currency")),
        item.text("method"),
        item.time("opened"),
        item.optionalTime("until"),
        Stage.valueOf(item.text("stage")),
        item.optionalText("payment_intent"),
        item.number("refunded"),
        Checkout.Refund.valueOf(item.text("refund")));
  }

  @Override
  public boolean begin(Tab known, Tab.Attempt attempt) {
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(tables.payments())
                  .key(key(known.bucket(), ACCOUNT))
                  .updateExpression(
                      "SET attempt = :next, trying_value = :value, trying_currency = :currency,"
                          + " trying_method = :method, trying_language = :language,"
                          + " trying_begun = :begun"
                          + (attempt.until().isPresent()
                              ? ", trying_until = :until"
                              : " REMOVE trying_until"))
                  .conditionExpression(
                      "attribute_not_exists(paid_by) AND attribute_not_exists(#session) AND "
                          + (known.attempt() == 0
                              ? "attribute_not_exists(attempt)"
                              : "attempt = :known"))
                  .expressionAttributeNames(Map.of("#session", "session"))
                  .expressionAttributeValues(beginning(known, attempt)));
      return true;
    } catch (ConditionalCheckFailedException somebodyWasQuicker) {
      return false;
    }
  }

  private static Map<String, AttributeValue> beginning(Tab known, Tab.Attempt attempt) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":next", n(known.attempt() + 1));
    values.put(":value", n(attempt.price().value()));
    values.put(":currency", s(attempt.price().currency().getCurrencyCode()));
    values.put(":method", s(attempt.method()));
    values.put(":language", s(attempt.language()));
    values.put(":begun", n(attempt.begun()));
    attempt.until().ifPresent(until -> values.put(":until", n(until)));
    if (known.attempt() > 0) {
      values.put(":known", n(known.attempt()));
    }
    return values;
  }

  @Override
  public boolean opened(Checkout checkout, Instant ask) {
    var item =
        Item.write()
            .put("bucket_id", checkout.bucket())
            .put("item", SESSION + checkout.session())
            .put("attempt", checkout.attempt())
            .put("value", checkout.price().value())
            .put("currency", checkout.price().currency().getCurrencyCode())
            .put("method", checkout.method())
            .put("opened", checkout.opened())
            .put("stage", Stage.OPEN.name())
            .put("rank", Stage.OPEN.rank())
            .put("refunded", 0)
            .put("refund", Checkout.Refund.NONE.name())
            .put("due_shard", SHARD)
            .put("due_at", ask);
    checkout.until().ifPresent(until -> item.put("until", until));
    var record =
        TransactWriteItem.builder()
            .put(
                put ->
                    put.tableName(tables.payments())
                        .item(item.attributes())
                        .conditionExpression("attribute_not_exists(bucket_id)"))
            .build();
    var current =
        update(
            change(checkout.bucket())
                .updateExpression("SET #session = :session REMOVE trying_begun, #last")
                .conditionExpression(
                    "attempt = :attempt AND attribute_not_exists(paid_by)"
                        + " AND attribute_not_exists(#session)")
                .expressionAttributeNames(Map.of("#session", "session", "#last", "last"))
                .expressionAttributeValues(
                    Map.of(":session", s(checkout.session()), ":attempt", n(checkout.attempt()))));
    return written(List.of(record, current))
        || account(checkout.bucket()) // another click was as quick
            .session()
            .filter(checkout.session()::equals)
            .isPresent();
  }

  @Override
  public boolean move(Tab account, Checkout checkout, Step step) {
    var steps = new ArrayList<TransactWriteItem>();
    steps.add(forward(checkout, step));
    switch (step.move()) {
      case Move.Note() -> {}
      case Move.Close() -> steps.add(closed(checkout, step));
      case Move.Fulfil() -> {
        steps.add(fulfilled(checkout, step));
        steps.add(DynamoBuckets.paying(tables.buckets(), checkout.bucket(), checkout.until()));
      }
      case Move.End() -> {
        steps.add(ended(checkout, step));
        steps.add(DynamoBuckets.returning(tables.buckets(), checkout.bucket()));
      }
      case Move.Twice() -> steps.add(paidByAnother(account, checkout));
    }
    step.messages()
        .forEach(message -> steps.add(DynamoOutbox.putting(tables.outbox(), message, step.now())));
    steps.add(trail.recording(step.event()));
    return written(steps);
  }

  private TransactWriteItem forward(Checkout checkout, Step step) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":stage", s(step.to().name()));
    values.put(":rank", n(step.to().rank()));
    values.put(":refunded", n(step.refunded()));
    values.put(":refund", s(checkout.refund().name()));
    var set = "SET stage = :stage, #rank = :rank, refunded = :refunded";
    if (step.paymentIntent().isPresent()) {
      values.put(":intent", s(step.paymentIntent().get()));
      set += ", payment_intent = :intent";
    }
    if (step.move() instanceof Move.Twice) {
      values.put(":wanted", s(Checkout.Refund.WANTED.name()));
      set += ", refund = :wanted";
    }
    if (step.ask().isPresent()) {
      values.put(":ask", n(step.ask().get()));
      values.put(":shard", s(SHARD));
      set += ", due_at = :ask, due_shard = :shard";
    } else {
      set += " REMOVE due_at, due_shard";
    }
    return update(
        Update.builder()
            .tableName(tables.payments())
            .key(key(checkout.bucket(), SESSION + checkout.session()))
            .updateExpression(set)
            .conditionExpression(
                "(#rank < :rank OR (#rank = :rank AND refunded < :refunded))"
                    + " AND refund = :refund")
            .expressionAttributeNames(Map.of("#rank", "rank"))
            .expressionAttributeValues(values));
  }

  private TransactWriteItem fulfilled(Checkout checkout, Step step) {
    var pincode = step.pincode().orElseThrow();
    return update(
        change(checkout.bucket())
            .updateExpression(
                "SET paid_by = :session, #last = :stage,"
                    + " pincode_hash = if_not_exists(pincode_hash, :hash),"
                    + " pincode_sealed = if_not_exists(pincode_sealed, :sealed)"
                    + " REMOVE #session, trying_begun")
            .conditionExpression(
                "attribute_not_exists(paid_by)"
                    + " AND (attribute_not_exists(pincode_hash) OR pincode_hash = :hash)")
            .expressionAttributeNames(Map.of("#session", "session", "#last", "last"))
            .expressionAttributeValues(
                Map.of(
                    ":session", s(checkout.session()),
                    ":stage", s(step.to().name()),
                    ":hash", s(pincode.hash()),
                    ":sealed", s(pincode.sealed()))));
  }

  private TransactWriteItem closed(Checkout checkout, Step step) {
    return update(
        change(checkout.bucket())
            .updateExpression("SET #last = :stage REMOVE #session, trying_begun")
            .conditionExpression("#session = :session")
            .expressionAttributeNames(Map.of("#session", "session", "#last", "last"))
            .expressionAttributeValues(
                Map.of(":session", s(checkout.session()), ":stage", s(step.to().name()))));
  }

  private TransactWriteItem ended(Checkout checkout, Step step) {
    return update(
        change(checkout.bucket())
            .updateExpression("SET #last = :stage REMOVE paid_by")
            .conditionExpression("paid_by = :session")
            .expressionAttributeNames(Map.of("#last", "last"))
            .expressionAttributeValues(
                Map.of(":session", s(checkout.session()), ":stage", s(step.to().name()))));
  }

  private TransactWriteItem paidByAnother(Tab account, Checkout checkout) {
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(tables.payments())
                    .key(key(checkout.bucket(), ACCOUNT))
                    .conditionExpression("paid_by = :other")
                    .expressionAttributeValues(Map.of(":other", s(account.paidBy().orElseThrow()))))
        .build();
  }

  @Override
  public boolean mark(
      Tab account,
      Tab.Pincode pincode,
      Optional<Instant> until,
      Outgoing message,
      AuditEvent event,
      String reason) {
    var paid =
        update(
            change(account.bucket())
                .updateExpression(
                    "SET paid_by = :staff,"
                        + " pincode_hash = if_not_exists(pincode_hash, :hash),"
                        + " pincode_sealed = if_not_exists(pincode_sealed, :sealed)")
                .conditionExpression(
                    "attribute_not_exists(paid_by)"
                        + " AND (attribute_not_exists(pincode_hash) OR pincode_hash = :hash)")
                .expressionAttributeValues(
                    Map.of(
                        ":staff", s(Tab.STAFF),
                        ":hash", s(pincode.hash()),
                        ":sealed", s(pincode.sealed()))));
    return written(
        List.of(
            paid,
            DynamoBuckets.paying(tables.buckets(), account.bucket(), until),
            DynamoOutbox.putting(tables.outbox(), message, event.at()),
            trail.recording(event, reason)));
  }

  @Override
  public void send(Outgoing message, AuditEvent event) {
    written(
        List.of(
            DynamoOutbox.putting(tables.outbox(), message, event.at()), trail.recording(event)));
  }

  @Override
  public void refundAsked(Checkout checkout) {
    dynamo.updateItem(
        request ->
            request
                .tableName(tables.payments())
                .key(key(checkout.bucket(), SESSION + checkout.session()))
                .updateExpression("SET refund = :asked REMOVE due_at, due_shard")
                .conditionExpression("attribute_exists(bucket_id)")
                .expressionAttributeValues(Map.of(":asked", s(Checkout.Refund.ASKED.name()))));
  }

  @Override
  public void later(Checkout checkout, Instant ask) {
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(tables.payments())
                  .key(key(checkout.bucket(), SESSION + checkout.session()))
                  .updateExpression("SET due_at = :ask")
                  .conditionExpression("stage = :stage AND attribute_exists(due_at)")
                  .expressionAttributeValues(
                      Map.of(":ask", n(ask), ":stage", s(checkout.stage().name()))));
    } catch (ConditionalCheckFailedException movedMeanwhile) {
      // whoever moved it has said when to ask
    }
  }

  @Override
  public List<Due> due(Instant by, int limit) {
    return dynamo
        .query(
            request ->
                request
                    .tableName(tables.payments())
                    .indexName("ByDue")
                    .keyConditionExpression("due_shard = :shard AND due_at <= :by")
                    .expressionAttributeValues(Map.of(":shard", s(SHARD), ":by", n(by)))
                    .limit(limit))
        .items()
        .stream()
        .map(Item::of)
        .map(item -> new Due(item.text("bucket_id"), item.text("item").substring(SESSION.length())))
        .toList();
  }

  @Override
  public boolean enter(Challenge step, int counted, Tab account, Session visit, Instant now) {
    var pincode = account.pincode().orElseThrow();
    var stillPaid =
        TransactWriteItem.builder()
            .conditionCheck(
                check ->
                    check
                        .tableName(tables.payments())
                        .key(key(account.bucket(), ACCOUNT))
                        .conditionExpression("attribute_exists(paid_by) AND pincode_hash = :hash")
                        .expressionAttributeValues(Map.of(":hash", s(pincode.hash()))))
            .build();
    return written(
        List.of(
            DynamoChallenges.ending(tables.challenges(), step, now),
            DynamoSessions.beginning(tables.sessions(), visit),
            DynamoBuckets.forgiving(tables.buckets(), step.bucketId(), step.epoch(), counted),
            stillPaid));
  }

  /// All of it or nothing; `false` when a condition did not hold. A conflict with another write
  /// in the same moment is tried again.
  private boolean written(List<TransactWriteItem> steps) {
    for (var tries = 1; ; tries++) {
      try {
        dynamo.transactWriteItems(request -> request.transactItems(steps));
        return true;
      } catch (TransactionCanceledException cancelled) {
        if (cancelled.cancellationReasons().stream()
            .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
          return false;
        }
        if (tries == MAX_TRIES) {
          throw cancelled;
        }
      }
    }
  }

  private Update.Builder change(String bucket) {
    return Update.builder().tableName(tables.payments()).key(key(bucket, ACCOUNT));
  }

  private static TransactWriteItem update(Update.Builder update) {
    return TransactWriteItem.builder().update(update.build()).build();
  }

  private static Map<String, AttributeValue> key(String bucket, String item) {
    return Map.of("bucket_id", s(bucket), "item", s(item));
  }
}
