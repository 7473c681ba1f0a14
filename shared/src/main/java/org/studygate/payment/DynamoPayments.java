package org.studygate.payment;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.any;
import static org.studygate.dynamo.Condition.below;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.DynamoBuckets;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Price;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Outgoing;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.signin.Challenge;
import org.studygate.signin.DynamoChallenges;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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

    /// For a function that judges pincodes for visits that are there already.
    public static Tables ofProof(String payments, String buckets, String challenges) {
      return new Tables(payments, NOT_MINE, buckets, challenges, NOT_MINE);
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
  public Tab tab(String bucket) {
    return item(bucket, ACCOUNT).map(DynamoPayments::tab).orElse(Tab.empty(bucket));
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

  private static Tab tab(Item item) {
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
    return change(known.bucket())
        .set("attempt", known.attempt() + 1)
        .set("trying_value", attempt.price().value())
        .set("trying_currency", attempt.price().currency().getCurrencyCode())
        .set("trying_method", attempt.method())
        .set("trying_language", attempt.language())
        .set("trying_begun", attempt.begun())
        .setOrRemove("trying_until", attempt.until().map(Item::n))
        .when(
            all(
                absent("paid_by"),
                absent("session"),
                known.attempt() == 0 ? absent("attempt") : equal("attempt", n(known.attempt()))))
        .run(dynamo)
        .written();
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
    return new Transaction()
            .putNew("session", tables.payments(), item.attributes(), "bucket_id")
            .change(
                "account",
                change(checkout.bucket())
                    .set("session", checkout.session())
                    .remove("trying_begun", "last")
                    .when(
                        all(
                            equal("attempt", n(checkout.attempt())),
                            absent("paid_by"),
                            absent("session"))))
            .commit(dynamo)
            .done()
        || tab(checkout.bucket()) // another click was as quick
            .session()
            .filter(checkout.session()::equals)
            .isPresent();
  }

  @Override
  public boolean move(Tab tab, Checkout checkout, Step step) {
    var all = new Transaction().change("session", forward(checkout, step));
    switch (step.move()) {
      case Move.Note() -> {}
      case Move.Close() -> all.change("account", closed(checkout, step));
      case Move.Fulfil() ->
          all.change("account", fulfilled(checkout, step))
              .step(
                  "bucket",
                  DynamoBuckets.paying(tables.buckets(), checkout.bucket(), checkout.until()));
      case Move.End() ->
          all.change("account", ended(checkout, step))
              .step("bucket", DynamoBuckets.returning(tables.buckets(), checkout.bucket()));
      case Move.Twice() ->
          all.check(
              "account",
              tables.payments(),
              key(checkout.bucket(), ACCOUNT),
              equal("paid_by", s(tab.paidBy().orElseThrow())));
    }
    for (var message : step.messages()) {
      all.step(message.messageId(), DynamoOutbox.putting(tables.outbox(), message, step.now()));
    }
    return all.step("event", trail.recording(step.event())).commit(dynamo).done();
  }

  private Change forward(Checkout checkout, Step step) {
    var change =
        Change.of(tables.payments(), key(checkout.bucket(), SESSION + checkout.session()))
            .set("stage", step.to().name())
            .set("rank", step.to().rank())
            .set("refunded", step.refunded())
            .setOrRemove("due_at", step.ask().map(Item::n))
            .setOrRemove("due_shard", step.ask().map(_ -> s(SHARD)))
            .when(
                all(
                    any(
                        below("rank", n(step.to().rank())),
                        all(
                            equal("rank", n(step.to().rank())),
                            below("refunded", n(step.refunded())))),
                    equal("refund", s(checkout.refund().name()))));
    step.paymentIntent().ifPresent(intent -> change.set("payment_intent", intent));
    return step.move() instanceof Move.Twice
        ? change.set("refund", Checkout.Refund.WANTED.name())
        : change;
  }

  private Change fulfilled(Checkout checkout, Step step) {
    return paid(checkout.bucket(), checkout.session(), step.pincode().orElseThrow())
        .set("last", step.to().name())
        .remove("session", "trying_begun");
  }

  /// The pincode that is there already stays: it may be in somebody's hands.
  private Change paid(String bucket, String by, Tab.Pincode pincode) {
    return change(bucket)
        .set("paid_by", by)
        .setIfAbsent("pincode_hash", s(pincode.hash()))
        .setIfAbsent("pincode_sealed", s(pincode.sealed()))
        .when(
            all(
                absent("paid_by"),
                any(absent("pincode_hash"), equal("pincode_hash", s(pincode.hash())))));
  }

  private Change closed(Checkout checkout, Step step) {
    return change(checkout.bucket())
        .set("last", step.to().name())
        .remove("session", "trying_begun")
        .when(equal("session", s(checkout.session())));
  }

  private Change ended(Checkout checkout, Step step) {
    return change(checkout.bucket())
        .set("last", step.to().name())
        .remove("paid_by")
        .when(equal("paid_by", s(checkout.session())));
  }

  @Override
  public boolean mark(
      Tab tab,
      Tab.Pincode pincode,
      Optional<Instant> until,
      Outgoing message,
      AuditEvent event,
      String reason) {
    return new Transaction()
        .change("account", paid(tab.bucket(), Tab.STAFF, pincode))
        .step("bucket", DynamoBuckets.paying(tables.buckets(), tab.bucket(), until))
        .step("message", DynamoOutbox.putting(tables.outbox(), message, event.at()))
        .step("event", trail.recording(event, reason))
        .commit(dynamo)
        .done();
  }

  @Override
  public void send(Outgoing message, AuditEvent event) {
    new Transaction()
        .step("message", DynamoOutbox.putting(tables.outbox(), message, event.at()))
        .step("event", trail.recording(event))
        .commit(dynamo);
  }

  @Override
  public void refundAsked(Checkout checkout) {
    Change.of(tables.payments(), key(checkout.bucket(), SESSION + checkout.session()))
        .set("refund", Checkout.Refund.ASKED.name())
        .remove("due_at", "due_shard")
        .when(exists("bucket_id"))
        .run(dynamo);
  }

  @Override
  public void later(Checkout checkout, Instant ask) {
    Change.of(tables.payments(), key(checkout.bucket(), SESSION + checkout.session()))
        .set("due_at", ask)
        .when(all(equal("stage", s(checkout.stage().name())), exists("due_at")))
        .run(dynamo); // refused: whoever moved it has said when to ask
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
  public boolean enter(Challenge step, int counted, Tab tab, Session visit, Instant now) {
    return proving(step, counted, tab, now)
        .step("session", DynamoSessions.beginning(tables.sessions(), visit))
        .commit(dynamo)
        .done();
  }

  @Override
  public boolean prove(Challenge step, int counted, Tab tab, Instant now) {
    return proving(step, counted, tab, now).commit(dynamo).done();
  }

  private Transaction proving(Challenge step, int counted, Tab tab, Instant now) {
    var pincode = tab.pincode().orElseThrow();
    return new Transaction()
        .step("step", DynamoChallenges.ending(tables.challenges(), step, now))
        .step(
            "bucket",
            DynamoBuckets.forgiving(
                tables.buckets(), step.bucket().orElseThrow(), step.epoch(), counted))
        .check(
            "account",
            tables.payments(),
            key(tab.bucket(), ACCOUNT),
            all(exists("paid_by"), equal("pincode_hash", s(pincode.hash()))));
  }

  private Change change(String bucket) {
    return Change.of(tables.payments(), key(bucket, ACCOUNT));
  }

  private static Map<String, AttributeValue> key(String bucket, String item) {
    return Map.of("bucket_id", s(bucket), "item", s(item));
  }
}
