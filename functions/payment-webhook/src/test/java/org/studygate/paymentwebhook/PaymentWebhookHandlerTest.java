package org.studygate.paymentwebhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.crac.Context;
import org.crac.Resource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.access.Visits;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.payment.DynamoPayments;
import org.studygate.payment.Stage;
import org.studygate.payment.TestPayments;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.stripe.TestCheckouts;
import org.studygate.stripe.TestStripe;
import org.studygate.stripe.TestStripe.Event;
import org.studygate.study.OrderId;

/// What Stripe tells, told over the stand-in's own events: which of it counts, and what comes of
/// it (security rules 35 to 40).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PaymentWebhookHandlerTest {
  private static final long SEED = 20261127;

  private final Random random = new Random(SEED);
  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private TestStripe stripe;
  private DynamoPayments payments;
  private TestCheckouts checkouts;
  private PaymentWebhookHandler handler;
  private int orders;
  private String bucket = "";

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    System.out.println("seed " + SEED);
    clock = TestClock.at("2026-11-26T10:00:00Z");
    stripe = new TestStripe(folder, clock);
  }

  @AfterAll
  void stop() {
    stripe.close();
  }

  @BeforeEach
  void begin() {
    clock.advance(Duration.ofHours(1));
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    payments = new TestPayments(tables, clock).payments;
    checkouts = new TestCheckouts(stripe, payments, clock);
    stripe.behave();
    stripe.told();
    handler =
        new PaymentWebhookHandler(
            stripe.platform(TestPlatform.of(clock, tables, TestHospital.variables())));
    bucket = order();
  }

  private String order() {
    var order = new OrderId("noord", "W" + ++orders);
    var number = "WEBHOOK-2026-" + (1000 + orders);
    return hospital.order(order, number, Verification.PAYMENT, false, "1.2.826.0.3." + orders);
  }

  @Test
  void paidIsToldAndThePincodeIsOnItsWay() {
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    for (var event : stripe.told()) {
      assertThat(send(event)).isEqualTo("200 {\"received\":true}");
    }
    assertThat(payments.tab(bucket).paidBy()).contains(session);
    assertThat(hospital.pincodes(bucket)).hasSize(1);
    assertThat(stripe.log()).contains("\"PaymentFulfilled\":1");
  }

  @Test
  void whatIsNotGenuineChangesNothing() {
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    var event = stripe.told().getLast();
    assertThat(event.type()).isEqualTo("checkout.session.completed");
    var body = event.body();
    var now = clock.instant();
    var real = body.replace("\"livemode\":false", "\"livemode\":true");
    var padded = body.replaceFirst("\\{", "{\"padding\":\"" + "x".repeat(300_000) + "\",");
    var wrong = new LinkedHashMap<String, Event>();
    wrong.put("forged", TestStripe.signed(body, "whsec_of_somebody", now));
    wrong.put("replayed", TestStripe.signed(body, TestStripe.SECRET, now.minusSeconds(301)));
    wrong.put("ahead", TestStripe.signed(body, TestStripe.SECRET, now.plusSeconds(301)));
    wrong.put("truncated", new Event(body.substring(0, body.length() - 9), event.signature()));
    wrong.put("half", stripe.signed(body.substring(0, body.length() / 2)));
    wrong.put("changed", new Event(body.replace("1500", "1501"), event.signature()));
    wrong.put("spaced", new Event(body + "\n", event.signature()));
    wrong.put("oversized", stripe.signed(padded));
    wrong.put("real money", stripe.signed(real));
    wrong.put("unsigned", new Event(body, ""));
    wrong.put("nothing", stripe.signed(""));
    wrong.put("no event", stripe.signed("{}"));
    wrong.put("two", stripe.signed(body + body));
    var before = dump();
    wrong.forEach(
        (name, one) ->
            assertThat(send(one)).as(name).startsWith("400 {\"code\":\"signature-invalid\""));
    assertThat(dump()).isEqualTo(before);
    assertThat(stripe.log()).contains("\"WebhookRefused\":1");
    assertThat(send(event)).startsWith("200");
    assertThat(dump()).isNotEqualTo(before);
  }

  @Test
  void withoutAnySignatureAndAroundTheFirewallNobodyIsHeard() throws IOException {
    var before = dump();
    var event = stripe.signed("{}");
    assertThat(call(event(event, Map.of("stripe-signature", "gone")))).startsWith("400");
    assertThat(call(event(event, Map.of("x-studygate-origin", "guessed")))).startsWith("403");
    assertThat(dump()).isEqualTo(before);
  }

  @Test
  void aFunctionOfRealMoneyDoesNotHearOfTestMoney() throws IOException {
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    var live =
        new PaymentWebhookHandler(
            stripe.live(TestPlatform.of(clock, tables, TestHospital.variables())));
    var before = dump();
    for (var event : stripe.told()) {
      assertThat(call(live, event(event, Map.of()))).startsWith("400");
    }
    assertThat(dump()).isEqualTo(before);
  }

  @Test
  void whileTheSecretIsRotatedTwoSignaturesAndTheFormerSecretPass() {
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    var body = stripe.told().getLast().body();
    var time = clock.instant().getEpochSecond();
    var ours = TestStripe.hmac(TestStripe.SECRET, time + "." + body);
    var other = TestStripe.hmac("whsec_of_the_other_end", time + "." + body);
    assertThat(send(new Event(body, "t=" + time + ",v1=" + other + ",v1=" + ours)))
        .startsWith("200");
    assertThat(hospital.pincodes(bucket)).hasSize(1);
    assertThat(send(TestStripe.signed(body, TestStripe.FORMER, clock.instant()))).startsWith("200");
    assertThat(hospital.pincodes(bucket)).hasSize(1);
  }

  /// What happens at Stripe, and whether access is open in the end.
  private record Life(String method, Stage stage, boolean access, List<String> acts) {
    static Life of(String method, Stage stage, boolean access, String... acts) {
      return new Life(method, stage, access, List.of(acts));
    }
  }

  private static final List<Life> LIVES =
      List.of(
          Life.of("card", Stage.PAID, true, "fail", "pay"),
          Life.of("sepa_debit", Stage.PENDING, false, "pay-later"),
          Life.of("sepa_debit", Stage.PAID, true, "pay-later", "succeed"),
          Life.of("sepa_debit", Stage.FAILED, false, "pay-later", "fail-later"),
          Life.of("card", Stage.EXPIRED, false, "expire"),
          Life.of("card", Stage.REFUNDED, false, "pay", "refund"),
          Life.of("card", Stage.DISPUTED, true, "pay", "dispute"),
          Life.of("card", Stage.WON, true, "pay", "dispute", "win"),
          Life.of("card", Stage.LOST, false, "pay", "dispute", "lose"));

  /// The events reach us after each step or all at the end, once or thrice, in any order.
  @Test
  void howeverEventsComeALifeEndsAlike() {
    for (var life : LIVES) {
      for (var times = 0; times < 2; times++) {
        var atOnce = times == 0;
        bucket = order();
        var session = checkouts.open(bucket, life.method());
        stripe.told();
        var all = new ArrayList<Event>();
        for (var act : life.acts()) {
          stripe.act(session, act);
          var told = stripe.told();
          all.addAll(told);
          if (atOnce) {
            told.forEach(event -> assertThat(send(event)).startsWith("200"));
          }
        }
        var copies = new ArrayList<>(all);
        copies.addAll(all);
        Collections.shuffle(copies, random);
        for (var event : copies) {
          assertThat(send(stripe.signed(event.body()))).startsWith("200");
        }
        var what = life + (atOnce ? " told at once" : " told late");
        assertThat(payments.tab(bucket).paid()).as(what).isEqualTo(life.access());
        assertThat(payments.checkout(bucket, session).orElseThrow().stage())
            .as(what)
            .isEqualTo(life.stage());
        assertThat(hospital.pincodes(bucket)).as(what).hasSizeLessThanOrEqualTo(1);
        if (life.access()) {
          assertThat(hospital.pincodes(bucket)).as(what).hasSize(1);
        }
      }
    }
  }

  @Test
  void fiftyDeliveriesAtOnceMakeOnePincode() throws Exception {
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    var event = stripe.told().getLast();
    try (var threads = Executors.newFixedThreadPool(50)) {
      var deliveries = new ArrayList<Callable<String>>();
      for (var i = 0; i < 50; i++) {
        deliveries.add(() -> send(event));
      }
      for (var answer : threads.invokeAll(deliveries)) {
        assertThat(answer.get()).startsWith("200");
      }
    }
    assertThat(hospital.pincodes(bucket)).hasSize(1);
  }

  @Test
  void whatIsNotOursIsHeardAndChangesNothing() {
    var before = dump();
    for (var event :
        List.of(
            TestStripe.event("checkout.session.completed", false, Map.of("id", "cs_test_other")),
            TestStripe.event("checkout.session.expired", false, Map.of("id", "cs_test_other")),
            TestStripe.event("charge.refunded", false, Map.of("payment_intent", "pi_other")),
            TestStripe.event("charge.dispute.closed", false, Map.of("id", "dp_1")),
            TestStripe.event("customer.created", false, Map.of("id", "cus_1")))) {
      assertThat(send(stripe.signed(event))).as(event).startsWith("200");
    }
    assertThat(dump()).isEqualTo(before);
  }

  /// By the same account the hospital also sells parking tickets, and gives some away.
  @Test
  void aSessionOfAnotherShopIsHeardAndChangesNothing() {
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    var event = stripe.told().getLast();
    var before = dump();
    var strange = "\"client_reference_id\":\"ticket 17\"";
    var ours = "\"client_reference_id\":\"" + bucket + "\"";
    stripe.lie(answer -> answer.replace(ours, strange));
    assertThat(send(event)).startsWith("200");
    stripe.lie(
        answer ->
            answer
                .replace(ours, "\"client_reference_id\":null")
                .replace("\"amount_total\":1500", "\"amount_total\":0"));
    assertThat(send(event)).startsWith("200");
    assertThat(dump()).isEqualTo(before);
  }

  @Test
  void whatDoesNotAgreeOpensNothingAndCounts() {
    var lies =
        List.of(
            "\"amount_total\":1500>\"amount_total\":1499",
            "\"amount_total\":1500>\"amount_total\":150000",
            "\"currency\":\"eur\">\"currency\":\"usd\"",
            "\"livemode\":false>\"livemode\":true");
    for (var lie : lies) {
      bucket = order();
      var session = checkouts.open(bucket, "card");
      stripe.act(session, "pay");
      var event = stripe.told().getLast();
      var parts = lie.split(">", 2);
      stripe.lie(answer -> answer.replace(parts[0], parts[1]));
      var before = dump();
      var mismatches = mismatches();
      assertThat(send(event)).as(lie).startsWith("200");
      assertThat(dump()).as(lie).isEqualTo(before);
      assertThat(mismatches()).as(lie).isEqualTo(mismatches + 1);
      stripe.behave();
    }
  }

  @Test
  void aSessionPaidForOneBucketOpensNoOther() {
    var other = order();
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    var event = stripe.told().getLast();
    stripe.lie(answer -> answer.replace(bucket, other));
    var before = dump();
    var mismatches = mismatches();
    assertThat(send(event)).startsWith("200");
    assertThat(dump()).isEqualTo(before);
    assertThat(mismatches()).isEqualTo(mismatches + 1);
  }

  private long mismatches() {
    return stripe.log().lines().filter(line -> line.contains("\"PaymentMismatch\":1")).count();
  }

  @Test
  void whileStripeDoesNotAnswerItIsToldToComeAgain() {
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    var events = stripe.told();
    stripe.down(true);
    var before = dump();
    assertThat(send(events.getLast())).startsWith("500");
    stripe.act(session, "refund");
    assertThat(send(stripe.told().getLast())).startsWith("500");
    assertThat(dump()).isEqualTo(before);
    stripe.behave();
    clock.advance(Duration.ofHours(1));
    assertThat(send(stripe.signed(events.getLast().body()))).startsWith("200");
    assertThat(payments.checkout(bucket, session).orElseThrow().stage()).isEqualTo(Stage.REFUNDED);
    assertThat(hospital.pincodes(bucket)).isEmpty();
  }

  @Test
  void everyByteOfTheBodyIsKeptForTheSignature() throws IOException {
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    var about = Map.of("id", session, "note", "Zoë Çelik — 你好 \u00e9 \ud83c\udf0d");
    var plain = TestStripe.event("checkout.session.completed", false, about);
    for (var body :
        List.of(
            plain,
            plain.replace("\"Zo", "\"\\u005a\\u006f\\/\\n"),
            "\n  " + plain.replace(",", " ,\r\n\t") + "  \n")) {
      assertThat(send(stripe.signed(body))).as(body).startsWith("200");
      assertThat(call(base64(stripe.signed(body)))).as(body).startsWith("200");
    }
    assertThat(hospital.pincodes(bucket)).hasSize(1);
  }

  @Test
  void aRefundAndALostDisputeEndRunningVisitsAtOnce() {
    for (var acts : List.of(List.of("refund"), List.of("dispute", "lose"))) {
      bucket = order();
      var session = checkouts.open(bucket, "card");
      stripe.act(session, "pay");
      stripe.told().forEach(event -> assertThat(send(event)).startsWith("200"));
      var visits =
          new Visits(
              new DynamoSessions(tables.client(), "SessionsTable"),
              new DynamoBuckets(tables.client(), "BucketsTable"),
              clock);
      var visit = visit();
      assertThat(visits.click(visit)).isPresent();
      for (var act : acts) {
        assertThat(visits.click(visit)).as("before " + act).isPresent();
        stripe.act(session, act);
        stripe.told().forEach(event -> assertThat(send(event)).startsWith("200"));
      }
      assertThat(visits.click(visit)).as(acts.toString()).isEmpty();
      assertThat(payments.tab(bucket).paid()).isFalse();
    }
  }

  /// As the pincode opens it.
  private Tokens.Token visit() {
    var token = new Tokens(new SecureRandom()).next();
    var epoch =
        new DynamoBuckets(tables.client(), "BucketsTable").find(bucket).orElseThrow().epoch();
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(
            Session.begin(
                token.hash(), new Subject.OfBucket(bucket), epoch, "noord", clock.instant()));
    return token;
  }

  @Test
  void theNumberOfACardIsKeptNowhere() {
    var card = "4242424242424242";
    var genuine =
        List.of(
            TestStripe.event(card, false, Map.of("id", card)),
            TestStripe.event("checkout.session.completed", false, Map.of("id", card)),
            TestStripe.event("charge.refunded", false, Map.of("payment_intent", card)),
            TestStripe.event("charge.refunded", false, Map.of(card, card)));
    genuine.forEach(body -> send(stripe.signed(body)));
    genuine.forEach(body -> send(new Event(body, "t=1,v1=" + card)));
    send(new Event(card, card));
    assertThat(stripe.log()).doesNotContain(card);
    assertThat(dump()).doesNotContain(card);
  }

  @Test
  void nothingOfAPersonIsLogged() {
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    stripe.told().forEach(this::send);
    assertThat(stripe.log())
        .doesNotContain("Peeters", "+32470123456", "patient@example.org", "pi_")
        .doesNotContain(hospital.pincodes(bucket).getFirst());
  }

  @Test
  void beforeASnapshotNothingIsAskedOfStripe() throws Exception {
    stripe.calls();
    var before = dump();
    Context<Resource> none = org.crac.Core.getGlobalContext();
    handler.beforeCheckpoint(none);
    handler.afterRestore(none);
    assertThat(stripe.calls()).isEmpty();
    assertThat(dump()).isEqualTo(before);
  }

  /// All tables: nothing may be written.
  private String dump() {
    return TestHospital.variables().values().stream()
        .filter(name -> name.endsWith("Table"))
        .sorted()
        .map(table -> table + "\n" + TableDump.of(tables.client(), table))
        .collect(Collectors.joining("\n"));
  }

  private String send(Event event) {
    try {
      return call(event(event, Map.of()));
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  /// The event of `events/`, with another body and signature.
  private static String event(Event event, Map<String, String> headers) throws IOException {
    return event(event.body(), event.signature(), headers, false);
  }

  private static String base64(Event event) throws IOException {
    var bytes = event.body().getBytes(StandardCharsets.UTF_8);
    return event(Base64.getEncoder().encodeToString(bytes), event.signature(), Map.of(), true);
  }

  private static String event(
      String body, String signature, Map<String, String> changed, boolean base64)
      throws IOException {
    var file = Path.of("../../events/payment-webhook/session-completed.json");
    var known = JsonObject.parse(Files.readAllBytes(file)).object("headers");
    var headers = new LinkedHashMap<String, String>();
    known.names().forEach(name -> headers.put(name, known.string(name)));
    headers.put("stripe-signature", signature);
    headers.putAll(changed);
    headers.values().removeIf("gone"::equals);
    return Json.text(
        Map.of(
            "version",
            "2.0",
            "routeKey",
            "POST /api/webhooks/stripe",
            "rawPath",
            "/api/webhooks/stripe",
            "headers",
            headers,
            "requestContext",
            Map.of("http", Map.of("method", "POST", "sourceIp", "192.0.2.1"), "requestId", "r"),
            "isBase64Encoded",
            base64,
            "body",
            body));
  }

  private String call(String event) throws IOException {
    return call(handler, event);
  }

  private static String call(PaymentWebhookHandler handler, String event) throws IOException {
    var in = new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8));
    var answer = handler.answer(HttpRequest.read(in));
    return answer.status() + " " + answer.body();
  }
}
