package org.studygate.paymentcheckout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.access.Authorisation;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.PaymentRules;
import org.studygate.department.PaymentRules.Afterwards;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.JsonObject;
import org.studygate.limit.DynamoLimits;
import org.studygate.limit.LimitRule;
import org.studygate.limit.Tries;
import org.studygate.order.DynamoOrders;
import org.studygate.payment.DynamoPayments;
import org.studygate.payment.Offers;
import org.studygate.payment.PaymentPolicy;
import org.studygate.payment.Payments;
import org.studygate.payment.Stage;
import org.studygate.payment.Tab;
import org.studygate.payment.TestPayments;
import org.studygate.platform.Faults;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.stripe.TestStripe;
import org.studygate.stripe.TestStripe.Call;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;

/// Sending somebody to pay, with the stand-in for Stripe over HTTP and the tables of the template.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PaymentCheckoutHandlerTest {
  private static final Token NOBODY = new Token("nobody");

  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private TestStripe stripe;
  private DynamoPayments payments;
  private PaymentCheckoutHandler handler;
  private int orders;
  private String bucket = "";
  private Token cookie = NOBODY;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clock = TestClock.at("2026-11-26T10:00:00Z");
    stripe = new TestStripe(folder, clock);
  }

  @AfterAll
  void stop() {
    stripe.close();
  }

  @BeforeEach
  void begin() {
    clock.advance(Duration.ofHours(3));
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    payments = new TestPayments(tables, clock).payments;
    stripe.behave();
    var platform = TestPlatform.of(clock, tables, TestHospital.variables());
    handler = new PaymentCheckoutHandler(stripe.platform(platform));
    bucket = order(Verification.PAYMENT);
    cookie = hospital.step(bucket);
  }

  private String order(Verification verification) {
    var order = new OrderId("noord", "C" + ++orders);
    var uid = "1.2.826.0.2." + orders;
    var made = hospital.order(order, "CHECKOUT-2026-" + (1000 + orders), verification, false, uid);
    hospital.study(order, uid, 1);
    return made;
  }

  @Test
  void aClickSendsToStripesPage() {
    var url = url(click("bancontact"));
    var session = stripe.sessions(bucket, "open").getFirst();
    assertThat(url).endsWith("/c/pay/" + session);
    assertThat(payments.tab(bucket).session()).contains(session);
    assertThat(payments.checkout(bucket, session).orElseThrow().method()).isEqualTo("bancontact");
    var trail =
        new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()))
            .read(AuditEvent.bucket(bucket), Optional.empty(), 10);
    assertThat(trail.events()).extracting(AuditEvent::action).contains(AuditAction.PAYMENT_STARTED);
  }

  @Test
  void thePriceIsThePolicysAndNeverTheBrowsers() {
    url(click("card"));
    assertThat(session("amount_total")).isEqualTo(1500);
    for (var more :
        List.of("\"price\":1", "\"amount\":1", "\"currency\":\"JPY\"", "\"bucket\":\"b\"")) {
      assertThat(send("{\"method\":\"card\"," + more + "}").status()).isEqualTo(400);
    }
    hospital.department("noord", new ReportRule.AtOnce(), rules(Map.of("CT", 2500L)));
    url(click("card"));
    assertThat(session("amount_total")).isEqualTo(2500);
  }

  private long session(String field) {
    return stripe.sessions().stream()
        .filter(one -> one.string("client_reference_id").equals(bucket))
        .filter(one -> one.string("status").equals("open"))
        .findFirst()
        .flatMap(one -> one.optionalLong(field))
        .orElseThrow();
  }

  private static PaymentRules rules(Map<String, Long> prices) {
    return new PaymentRules(
        Currency.getInstance("EUR"),
        1500,
        prices,
        List.of("card"),
        Afterwards.END,
        Afterwards.END,
        Map.of("nl", "Uw eigen dossier is gratis: bel ons."),
        false);
  }

  @Test
  void aWayToPayThatTheDepartmentDoesNotTakeIsRefused() {
    for (var method : List.of("ideal", "", "CARD", "card,ideal")) {
      problem(click(method), 400, "bad-request");
    }
    problem(send("{}"), 400, "bad-request");
    problem(send("{\"method\":[\"card\"]}"), 400, "bad-request");
    assertThat(stripe.sessions(bucket, "open")).isEmpty();
  }

  @Test
  void thePageOfAnUnknownLanguageIsEnglish() {
    url(send("{\"method\":\"card\",\"language\":\"xx\"}"));
    assertThat(stripe.calls().getLast().body()).contains("locale=en");
    url(send("{\"method\":\"sepa_debit\",\"language\":\"fr\"}"));
    assertThat(stripe.calls().getLast().body()).contains("locale=fr");
  }

  @Test
  void fiftyClicksAtOnceOpenOneSession() throws Exception {
    var urls = new HashSet<String>();
    try (var threads = Executors.newFixedThreadPool(50)) {
      var clicks = new ArrayList<Callable<String>>();
      for (var i = 0; i < 50; i++) {
        clicks.add(() -> url(click("card")));
      }
      for (var answer : threads.invokeAll(clicks)) {
        urls.add(answer.get());
      }
    }
    assertThat(urls).hasSize(1);
    assertThat(stripe.sessions(bucket, "open")).hasSize(1);
    assertThat(urls.iterator().next()).endsWith(stripe.sessions(bucket, "open").getFirst());
  }

  @Test
  void clicksOnTwoWaysAtOnceNeverLeaveTwoSessionsOpen() throws Exception {
    try (var threads = Executors.newFixedThreadPool(16)) {
      var clicks = new ArrayList<Callable<HttpResponse>>();
      for (var i = 0; i < 16; i++) {
        var method = i % 2 == 0 ? "card" : "bancontact";
        clicks.add(() -> click(method));
      }
      for (var answer : threads.invokeAll(clicks)) {
        // so many changes of mind that one may be asked to try again
        assertThat(answer.get().status()).isIn(201, 503);
      }
    }
    url(click("card"));
    assertThat(stripe.sessions(bucket, "open")).hasSize(1);
    var open = stripe.sessions(bucket, "open").getFirst();
    assertThat(payments.tab(bucket).session()).contains(open);
  }

  @Test
  void clickedTwiceItIsTheSamePage() {
    assertThat(url(click("card"))).isEqualTo(url(click("card")));
    clock.advance(Duration.ofMinutes(30));
    assertThat(stripe.sessions(bucket, "open")).hasSize(1);
    assertThat(url(click("card"))).endsWith(stripe.sessions(bucket, "open").getFirst());
  }

  @Test
  void anotherWayToPayEndsTheFormerSessionFirst() {
    var former = url(click("card"));
    stripe.calls();
    var next = url(click("bancontact"));
    assertThat(next).isNotEqualTo(former);
    assertThat(former).endsWith(stripe.sessions(bucket, "expired").getFirst());
    assertThat(next).endsWith(stripe.sessions(bucket, "open").getFirst());
    var asked = stripe.calls().stream().filter(call -> call.method().equals("POST")).toList();
    assertThat(asked).hasSize(2);
    assertThat(asked.getFirst().path()).endsWith("/expire");
    assertThat(asked.getLast().path()).isEqualTo("/v1/checkout/sessions");
  }

  @Test
  void paidMeanwhileInAnotherTabIsFoundBeforeAnotherWayIsOpened() {
    click("card");
    stripe.act(stripe.sessions(bucket, "open").getFirst(), "pay");
    problem(click("bancontact"), 409, "already-paid");
    assertThat(hospital.pincodes(bucket)).hasSize(1);
    assertThat(stripe.sessions(bucket, "open")).isEmpty();
    problem(click("card"), 409, "already-paid");
  }

  @Test
  void whileMoneyIsOnItsWayNothingMoreIsToBePaid() {
    click("sepa_debit");
    stripe.act(stripe.sessions(bucket, "open").getFirst(), "pay-later");
    problem(click("card"), 409, "payment-pending");
    problem(click("sepa_debit"), 409, "payment-pending");
    assertThat(look().string("status")).isEqualTo("pending");
    assertThat(look().object("payment").string("number")).matches("[0-9A-Z]{8}-1");
    assertThat(look().object("payment").json()).contains("\"value\":1500,\"currency\":\"EUR\"");
    assertThat(hospital.pincodes(bucket)).isEmpty();
  }

  @Test
  void whoCannotGetThePincodeDoesNotPayForIt() {
    for (var number : List.of("+3234567890", "+31612345678", "+32", "0470123456", "")) {
      destination(number);
      problem(click("card"), 409, "mobile-unreachable");
    }
    assertThat(stripe.sessions(bucket, "open")).isEmpty();
  }

  private void destination(String number) {
    tables
        .client()
        .updateItem(
            update ->
                update
                    .tableName("BucketsTable")
                    .key(Map.of("bucket_id", Item.s(bucket)))
                    .updateExpression("SET destination = :number")
                    .expressionAttributeValues(Map.of(":number", Item.s(number))));
  }

  @Test
  void onlyWhoseNextStepIsAPaymentIsHeard() {
    var code = order(Verification.OTP_SMS);
    var free = order(Verification.DATE_OF_BIRTH);
    var blocked = order(Verification.PAYMENT);
    var cookies = new ArrayList<Token>();
    cookies.add(NOBODY);
    cookies.add(hospital.challenge(code));
    cookies.add(hospital.step(free));
    cookies.add(hospital.step(blocked));
    var buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    for (var i = 0; i < Tries.PINCODE.max(); i++) {
      buckets.chargeCode(blocked, 0, Tries.PINCODE);
    }
    var withdrawn = order(Verification.PAYMENT);
    cookies.add(hospital.step(withdrawn));
    buckets.withdraw(withdrawn);
    for (var one : cookies) {
      problem(click(one, "card"), 401, "session-ended");
      problem(handler.answer(looking(one)), 401, "session-ended");
    }
    clock.advance(Duration.ofMinutes(61));
    problem(click("card"), 401, "session-ended");
    problem(handler.answer(TestEvents.read("payment-checkout", "card")), 401, "session-ended");
    assertThat(stripe.sessions(bucket, "open")).isEmpty();
  }

  @Test
  void whoBeganBeforeTheNumbersLastDayEndedIsToldThatItIsPaidAfterIt() {
    clock.advance(Duration.ofDays(60).minusMinutes(5));
    cookie = hospital.step(bucket);
    url(click("card"));
    clock.advance(Duration.ofMinutes(10));
    assertThat(handler.answer(looking(cookie)).body()).startsWith("{\"status\":\"unpaid\"");
    problem(click("card"), 401, "session-ended"); // nothing more is begun
    stripe.act(stripe.sessions(bucket, "open").getFirst(), "pay");
    assertThat(handler.answer(looking(cookie)).body()).startsWith("{\"status\":\"paid\"");
    problem(click("card"), 409, "already-paid");
  }

  @Test
  void nothingIsSoldOfWhichNothingIsKept() {
    hospital.department(
        "noord",
        new ReportRule.AtOnce(),
        Optional.of(TestHospital.PAYMENT),
        Optional.of(Period.ofDays(1)));
    problem(click("card"), 401, "session-ended"); // the exam was on 20 November 2026
    assertThat(stripe.sessions(bucket, "open")).isEmpty();
  }

  @Test
  void whileStripeIsDownNothingIsLost() {
    stripe.down(true);
    problem(click("card"), 503, "payment-unavailable");
    assertThat(stripe.log()).contains("\"PaymentUnavailable\":1");
    assertThat(stripe.log().lines())
        .as("found by what the patient is shown")
        .anyMatch(line -> line.contains("payment-unavailable") && line.contains("requestId"));
    stripe.behave();
    var url = url(click("card"));
    stripe.down(true);
    problem(click("card"), 503, "payment-unavailable");
    problem(handler.answer(looking(cookie)), 503, "payment-unavailable");
    stripe.behave();
    assertThat(url(click("card"))).isEqualTo(url);
    assertThat(stripe.sessions(bucket, "open")).hasSize(1);
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgain() {
    stripe.loses(PaymentCheckoutHandlerTest::opening);
    problem(click("card"), 503, "payment-unavailable");
    var opened = stripe.sessions(bucket, "open");
    assertThat(opened).hasSize(1);
    stripe.behave();
    assertThat(url(click("card"))).endsWith(opened.getFirst());
    assertThat(stripe.sessions(bucket, "open")).isEqualTo(opened);
  }

  private static boolean opening(Call call) {
    return call.method().equals("POST") && call.path().equals("/v1/checkout/sessions");
  }

  @Test
  void killedAtEveryCallTheNextClickGoesOnWithTheSameSession() {
    var killed = 0;
    for (var after : List.of(false, true)) {
      for (var call = 1; ; call++) {
        bucket = order(Verification.PAYMENT);
        cookie = hospital.step(bucket);
        var faults = after ? Faults.after(call) : Faults.before(call);
        var attempt = checkout(faults.wrap(Payments.class, payments));
        if (!killedBy(attempt, faults)) {
          break;
        }
        killed++;
        var left = stripe.sessions(bucket, "open");
        var url = url(click("card"));
        assertThat(stripe.sessions(bucket, "open")).as("call " + call).hasSize(1);
        assertThat(url).endsWith(stripe.sessions(bucket, "open").getFirst());
        if (!left.isEmpty()) {
          assertThat(stripe.sessions(bucket, "open")).isEqualTo(left);
        }
      }
    }
    assertThat(killed).isGreaterThanOrEqualTo(6);
  }

  private boolean killedBy(OpenCheckout checkout, Faults faults) {
    var department =
        new DynamoDepartments(tables.client(), "DepartmentsTable").find("noord").orElseThrow();
    var found = new DynamoBuckets(tables.client(), "BucketsTable").find(bucket).orElseThrow();
    var terms = new Terms.Of(found, department, TestHospital.PAYMENT);
    try {
      checkout.open(terms, "card", "nl", "request");
    } catch (Faults.Killed dead) {
      return true;
    }
    return faults.struck();
  }

  private OpenCheckout checkout(Payments killed) {
    var dynamo = tables.client();
    var orders = new DynamoOrders(dynamo, "OrdersTable");
    var studies = new DynamoStudies(dynamo, "StudiesTable");
    var departments = new DynamoDepartments(dynamo, "DepartmentsTable");
    return new OpenCheckout(
        new Offers(new Authorisation(orders, studies, departments, clock)),
        killed,
        stripe.provider(),
        new TestPayments(tables, clock).settlement(),
        new DynamoLimits(dynamo, "LimitsTable"),
        _ -> true,
        (_, language) -> Wiring.product("Ziekenhuis noord", language),
        new DynamoAuditTrail(dynamo, "AuditTable", new Tokens(new SecureRandom())),
        clock);
  }

  @Test
  void anAttemptThatLedNowhereIsForgotten() {
    stripe.down(true);
    click("card");
    stripe.behave();
    clock.advance(PaymentPolicy.ATTEMPT);
    url(click("bancontact"));
    assertThat(payments.tab(bucket).attempt()).isEqualTo(2);
    assertThat(stripe.sessions(bucket, "open")).hasSize(1);
  }

  @Test
  void comingBackSettlesWithoutAnyWebhook() {
    assertThat(look().string("status")).isEqualTo("unpaid");
    assertThat(look().json()).contains("\"payment\":null");
    click("card");
    assertThat(look().string("last")).isEqualTo("open");
    stripe.act(stripe.sessions(bucket, "open").getFirst(), "pay");
    var seen = look();
    assertThat(seen.string("status")).isEqualTo("paid");
    assertThat(seen.string("last")).isEqualTo("paid");
    assertThat(seen.object("payment").string("number")).matches("[0-9A-Z]{8}-1");
    assertThat(seen.object("payment").object("amount").optionalLong("value")).contains(1500L);
    assertThat(hospital.pincodes(bucket)).hasSize(1);
    assertThat(look().json()).isEqualTo(seen.json());
    assertThat(hospital.pincodes(bucket)).hasSize(1);
    assertThat(seen.json()).doesNotContain(hospital.pincodes(bucket).getFirst());
  }

  @Test
  void lookingTellsWhatIsToBePaidAndToWhom() {
    var seen = look();
    assertThat(seen.json())
        .contains("\"hospital\":\"Ziekenhuis noord\"")
        .contains("\"mobile\":\"••• 56\"")
        .contains("\"phone\":\"+3234567890\"")
        .contains("\"value\":1500,\"currency\":\"EUR\"")
        .contains("\"methods\":[\"bancontact\",\"card\",\"sepa_debit\"]")
        .contains("Uw eigen dossier is gratis")
        .doesNotContain("Peeters")
        .doesNotContain("thorax");
  }

  @Test
  void aSessionThatNobodyPaidIsOverAndAnotherCanBeBegun() {
    var former = url(click("card"));
    clock.advance(PaymentPolicy.SESSION);
    cookie = hospital.step(bucket);
    assertThat(look().string("last")).isEqualTo("expired");
    assertThat(look().string("status")).isEqualTo("unpaid");
    assertThat(url(click("card"))).isNotEqualTo(former);
    assertThat(look().string("last")).isEqualTo("open");
  }

  @Test
  void moneyThatDidNotComeIsSaidAndAnotherTryCanBegin() {
    click("sepa_debit");
    var session = stripe.sessions(bucket, "open").getFirst();
    stripe.act(session, "pay-later");
    stripe.act(session, "fail-later");
    assertThat(look().string("status")).isEqualTo("failed");
    url(click("card"));
    assertThat(payments.checkout(bucket, session).orElseThrow().stage()).isEqualTo(Stage.FAILED);
  }

  @Test
  void tooManyClicksAndLooksAreHeldUp() {
    url(click("card"));
    var limits = new DynamoLimits(tables.client(), "LimitsTable");
    for (var rule : List.of(LimitRule.PAYMENT_BEGUN, LimitRule.PAYMENT_ASKED)) {
      while (limits.take(rule, bucket, clock.instant()).isEmpty()) {}
    }
    for (var answer : List.of(click("card"), handler.answer(looking(cookie)))) {
      problem(answer, 429, "too-many-requests");
      assertThat(answer.headers()).containsKey("retry-after");
    }
    assertThat(stripe.sessions(bucket, "open")).hasSize(1);
  }

  @Test
  void anAddressOfAnotherHostIsNotGivenOut() {
    stripe.lie(answer -> answer.replaceAll("http://localhost:\\d+/", "https://evil.example/"));
    var answer = click("card");
    problem(answer, 503, "payment-unavailable");
    assertThat(answer.body()).doesNotContain("evil");
    stripe.behave();
    url(click("card"));
    stripe.lie(answer2 -> answer2.replaceAll("http://localhost:\\d+/", "https://evil.example/"));
    problem(click("card"), 503, "payment-unavailable");
  }

  @Test
  void nobodyIsSentToASessionThatIsNotTheRecordedOne() {
    var known = payments.tab(bucket);
    assertThat(known).isEqualTo(Tab.empty(bucket));
    url(click("card"));
    stripe.lie(answer -> answer.replace("\"amount_total\":1500", "\"amount_total\":1"));
    problem(click("card"), 503, "payment-unavailable");
    assertThat(stripe.log()).contains("\"PaymentMismatch\":1");
  }

  @Test
  void nothingOfAPersonIsLogged() {
    click("card");
    stripe.down(true);
    click("card");
    assertThat(stripe.log()).doesNotContain("Peeters", "+32470123456", "example.org/c/pay");
  }

  @Test
  void theNumberOfACardIsKeptNowhere() {
    var card = "4242424242424242";
    for (var body :
        List.of(
            "{\"method\":\"%s\"}",
            "{\"method\":\"card\",\"language\":\"%s\"}",
            "{\"method\":\"card\",\"number\":\"%s\"}",
            "{\"method\":\"card\",\"%s\":\"12/29\"}",
            "%s")) {
      send(body.formatted(card));
    }
    assertThat(stripe.log()).doesNotContain(card);
    for (var table : TestHospital.variables().values()) {
      if (table.endsWith("Table")) {
        assertThat(TableDump.of(tables.client(), table)).doesNotContain(card);
      }
    }
    assertThat(stripe.calls()).noneMatch(call -> call.body().contains(card));
  }

  private HttpResponse click(String method) {
    return click(cookie, method);
  }

  private HttpResponse click(Token by, String method) {
    return send(by, "{\"method\":\"%s\"}".formatted(method));
  }

  private HttpResponse send(String body) {
    return send(cookie, body);
  }

  private HttpResponse send(Token by, String body) {
    var event = TestEvents.cookie(TestEvents.read("payment-checkout", "card"), by);
    return handler.answer(TestEvents.body(event, body));
  }

  private static org.studygate.http.HttpRequest looking(Token by) {
    return TestEvents.cookie(TestEvents.read("payment-checkout", "look"), by);
  }

  private JsonObject look() {
    var answer = handler.answer(looking(cookie));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JsonObject.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String url(HttpResponse answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return JsonObject.parse(answer.body().getBytes(StandardCharsets.UTF_8)).string("url");
  }

  private static void problem(HttpResponse answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }
}
