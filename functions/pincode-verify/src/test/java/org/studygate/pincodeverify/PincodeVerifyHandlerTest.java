package org.studygate.pincodeverify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoUnlocks;
import org.studygate.access.TestHospital;
import org.studygate.access.Unlock;
import org.studygate.access.Visits;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Price;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.limit.Tries;
import org.studygate.payment.Stage;
import org.studygate.payment.Tab.Attempt;
import org.studygate.payment.TestPayments;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.study.OrderId;

/// What a pincode opens, and what nobody is told when it does not (security rules 5, 10 and 18).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PincodeVerifyHandlerTest {
  private static final Staff DESK = new Staff("17", "noord", Role.SERVICE_DESK);

  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private TestPayments test;
  private DynamoBuckets buckets;
  private DynamoAuditTrail trail;
  private PincodeVerifyHandler handler;
  private int orders;
  private String bucket = "";
  private String session = "";
  private String pincode = "";

  @BeforeEach
  void begin() {
    clock = TestClock.at("2026-11-26T10:00:00Z");
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    test = new TestPayments(tables, clock);
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    handler = new PincodeVerifyHandler(TestPlatform.of(clock, tables, TestHospital.variables()));
    bucket = order(Verification.PAYMENT);
    session = pay(bucket);
    pincode = hospital.pincodes(bucket).getFirst();
  }

  private String order(Verification verification) {
    var order = new OrderId("noord", "P" + ++orders);
    var number = "PINCODE-2026-" + (1000 + orders);
    return hospital.order(order, number, verification, false, "1.2.826.0.5." + orders);
  }

  private String pay(String id) {
    var attempt =
        new Attempt(Price.of(1500, "EUR"), "card", "nl", clock.instant(), Optional.empty());
    var opened = test.open(id, attempt);
    become(opened, Stage.PAID);
    return opened;
  }

  private void become(String opened, Stage stage) {
    test.provider.become(opened, stage);
    test.settlement().settle(opened, "test");
  }

  @Test
  void thePincodeOpensAVisitUnderANewCookieAndAgainOnAnotherDay() {
    var visits = new ArrayList<Token>();
    for (var day = 0; day < 3; day++) {
      var step = hospital.step(bucket);
      var answer = send(step, pincode);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"next\":\"open\"}");
      var visit = TestEvents.cookie(answer);
      assertThat(visit).isNotEqualTo(step);
      assertThat(visits().find(visit)).isPresent();
      visits.add(visit);
      clock.advance(Duration.ofDays(1));
    }
    assertThat(visits).doesNotHaveDuplicates();
    assertThat(events(AuditAction.SIGNED_IN)).hasSize(3);
  }

  @Test
  void howThePincodeIsTypedDoesNotMatter() {
    var pasted = pincode.substring(0, 4) + "\u00a0" + pincode.substring(4) + "\u2003";
    assertThat(send(hospital.step(bucket), pasted).status()).isEqualTo(200);
  }

  @Test
  void aStepIsTakenOnce() {
    var step = hospital.step(bucket);
    assertThat(send(step, pincode).status()).isEqualTo(200);
    refused(step, pincode);
    assertThat(send(hospital.step(bucket), pincode).status()).isEqualTo(200);
  }

  @Test
  void asManyWrongOnesInARowAsMayBeBlockAndARightOneInBetweenForgives() {
    var step = hospital.step(bucket);
    for (var i = 0; i < Tries.PINCODE.max() - 1; i++) {
      refused(step, wrong(i));
    }
    assertThat(send(step, pincode).status()).isEqualTo(200);
    assertThat(buckets.wrongCodes(bucket)).isZero();
    var next = hospital.step(bucket);
    for (var i = 0; i < Tries.PINCODE.max(); i++) {
      assertThat(buckets.find(bucket).orElseThrow().blocked()).isFalse();
      refused(next, wrong(i));
    }
    assertThat(buckets.find(bucket).orElseThrow().blocked()).isTrue();
    refused(next, pincode);
  }

  @Test
  void newStepsRefillNothing() {
    for (var i = 0; i < Tries.PINCODE.max(); i++) {
      refused(hospital.step(bucket), wrong(i));
    }
    assertThat(buckets.find(bucket).orElseThrow().blocked()).isTrue();
  }

  @Test
  void ofTwoHundredGuessesAtOnceNoMoreAreJudgedThanMayBeWrong() throws Exception {
    var step = hospital.step(bucket);
    var guesses = new ArrayList<Callable<HttpResponse>>();
    for (var i = 0; i < 200; i++) {
      var guess = wrong(i);
      guesses.add(() -> send(step, guess));
    }
    assertThat(new LinkedHashSet<>(atOnce(guesses))).hasSize(1);
    assertThat(events(AuditAction.SIGN_IN_REFUSED))
        .filteredOn(event -> event.outcome().equals("wrong-pincode"))
        .hasSize(Tries.PINCODE.max());
    assertThat(buckets.wrongCodes(bucket)).isEqualTo(Tries.PINCODE.max());
    refused(step, pincode);
  }

  @Test
  void theRightOneSentManyTimesAtOnceOpensOneVisitAStep() throws Exception {
    var first = hospital.step(bucket);
    var second = hospital.step(bucket);
    for (var step : List.of(first, second)) {
      var sent = new ArrayList<Callable<HttpResponse>>();
      for (var i = 0; i < 4; i++) {
        sent.add(() -> send(step, pincode));
      }
      assertThat(atOnce(sent)).filteredOn(answer -> answer.status() == 200).hasSize(1);
    }
    assertThat(events(AuditAction.SIGNED_IN)).hasSize(2);
  }

  @Test
  void aRightOneAmongWrongOnesOpensOneVisitOrNone() throws Exception {
    for (var round = 0; round < 5; round++) {
      bucket = order(Verification.PAYMENT);
      pay(bucket);
      pincode = hospital.pincodes(bucket).getFirst();
      var step = hospital.step(bucket);
      var sent = new ArrayList<Callable<HttpResponse>>();
      for (var i = 0; i < 8; i++) {
        var guess = i == round ? pincode : wrong(i);
        sent.add(() -> send(step, guess));
      }
      var right = atOnce(sent).stream().filter(answer -> answer.status() == 200).count();
      assertThat(right).isLessThanOrEqualTo(1);
      assertThat(events(AuditAction.SIGNED_IN)).hasSize((int) right);
      assertThat(
              events(AuditAction.SIGN_IN_REFUSED).stream()
                  .filter(event -> event.outcome().equals("wrong-pincode")))
          .hasSizeLessThanOrEqualTo(7);
    }
  }

  private static List<HttpResponse> atOnce(List<Callable<HttpResponse>> calls) throws Exception {
    var answers = new ArrayList<HttpResponse>();
    try (var threads = Executors.newFixedThreadPool(50)) {
      for (var answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  @Test
  void everyRefusalIsTheSame() {
    var answers = new LinkedHashSet<HttpResponse>();
    var other = order(Verification.PAYMENT);
    pay(other);
    var foreign = hospital.pincodes(other).getFirst();
    answers.add(refused(hospital.step(bucket), foreign));
    answers.add(refused(hospital.step(bucket), ""));
    answers.add(refused(hospital.step(bucket), "x".repeat(10_000)));
    answers.add(refused(new Token("nobody"), pincode));
    answers.add(refused(hospital.challenge(order(Verification.OTP_SMS)), pincode));
    answers.add(refused(hospital.step(order(Verification.DATE_OF_BIRTH)), pincode));
    var unpaid = order(Verification.PAYMENT);
    answers.add(refused(hospital.step(unpaid), pincode));
    answers.add(refused(hospital.step(unpaid), ""));
    var used = hospital.step(bucket);
    assertThat(send(used, pincode).status()).isEqualTo(200);
    answers.add(refused(used, pincode));
    var late = hospital.step(bucket);
    clock.advance(Duration.ofMinutes(61));
    answers.add(refused(late, pincode));
    for (var i = 0; i < Tries.PINCODE.max(); i++) {
      answers.add(refused(hospital.step(bucket), wrong(i)));
    }
    answers.add(refused(hospital.step(bucket), pincode));
    var refunded = order(Verification.PAYMENT);
    var paid = pay(refunded);
    var step = hospital.step(refunded);
    become(paid, Stage.REFUNDED);
    answers.add(refused(step, hospital.pincodes(refunded).getFirst()));
    answers.add(refused(hospital.step(refunded), hospital.pincodes(refunded).getFirst()));
    var withdrawn = order(Verification.PAYMENT);
    pay(withdrawn);
    var gone = hospital.step(withdrawn);
    buckets.withdraw(withdrawn);
    answers.add(refused(gone, hospital.pincodes(withdrawn).getFirst()));
    answers.add(handler.answer(TestEvents.read("pincode-verify", "pincode"))); // no such visit
    assertThat(answers).hasSize(1);
  }

  @Test
  void aRefundEndsVisitsAndThePincodeUntilItIsPaidAgain() {
    var visit = TestEvents.cookie(send(hospital.step(bucket), pincode));
    assertThat(visits().find(visit)).isPresent();
    var begun = hospital.step(bucket);
    become(session, Stage.REFUNDED);
    assertThat(visits().find(visit)).isEmpty();
    refused(begun, pincode);
    refused(hospital.step(bucket), pincode);
    pay(bucket);
    assertThat(send(hospital.step(bucket), pincode).status()).isEqualTo(200);
  }

  @Test
  void unlockedItWorksAgainThroughANewStepOnly() {
    var step = hospital.step(bucket);
    for (var i = 0; i < Tries.PINCODE.max(); i++) {
      refused(step, wrong(i));
    }
    var unlocks = new DynamoUnlocks(tables.client(), "BucketsTable", "ReferencesTable", trail);
    assertThat(new Unlock(unlocks, trail, clock).unlock(DESK, bucket, "called", "request"))
        .isEqualTo(new Unlock.Outcome.Unlocked());
    refused(step, pincode);
    assertThat(send(hospital.step(bucket), pincode).status()).isEqualTo(200);
  }

  @Test
  void theNumberOfACardIsKeptNowhere() {
    var card = "4242424242424242";
    var platform = TestPlatform.of(clock, tables, TestHospital.variables());
    var lines = new ByteArrayOutputStream();
    var listening =
        new PincodeVerifyHandler(
            new Platform(
                platform.environment(),
                clock,
                platform.random(),
                platform.aws(),
                platform.secrets(),
                new Log(new PrintStream(lines, true, StandardCharsets.UTF_8), clock)));
    for (var body :
        List.of(
            "{\"pincode\":\"%s\"}",
            "{\"pincode\":\"1\",\"number\":\"%s\"}",
            "{\"pincode\":\"1\",\"%s\":\"1\"}",
            "{\"pincode\":%s}",
            "%s")) {
      listening.answer(
          TestEvents.body(
              TestEvents.cookie(
                  TestEvents.read("pincode-verify", "pincode"), hospital.step(bucket)),
              body.formatted(card)));
    }
    assertThat(lines.toString(StandardCharsets.UTF_8)).isNotEmpty().doesNotContain(card);
    for (var table : TestHospital.variables().values()) {
      if (table.endsWith("Table")) {
        assertThat(TableDump.of(tables.client(), table)).doesNotContain(card);
      }
    }
  }

  @Test
  void unknownFieldsAreNotAccepted() {
    var step = hospital.step(bucket);
    for (var body :
        List.of(
            "{\"pincode\":\"%s\",\"paid\":true}".formatted(pincode),
            "{\"pincode\":%s}".formatted(Long.valueOf(pincode)),
            "{}",
            "[]",
            "")) {
      var event = TestEvents.cookie(TestEvents.read("pincode-verify", "pincode"), step);
      assertThat(handler.answer(TestEvents.body(event, body)).status()).as(body).isEqualTo(400);
    }
    assertThat(buckets.wrongCodes(bucket)).isZero();
  }

  private List<AuditEvent> events(AuditAction action) {
    var found = new ArrayList<AuditEvent>();
    var before = Optional.<String>empty();
    do {
      var page = trail.read(AuditEvent.bucket(bucket), before, 100);
      page.events().stream().filter(event -> event.action() == action).forEach(found::add);
      before = page.next();
    } while (before.isPresent());
    return found;
  }

  private Visits visits() {
    return new Visits(new DynamoSessions(tables.client(), "SessionsTable"), buckets, clock);
  }

  /// Another one for each number.
  private String wrong(int number) {
    return "%08d".formatted((Long.parseLong(pincode) + 1 + number) % 100_000_000);
  }

  private HttpResponse refused(Token step, String typed) {
    var answer = send(step, typed);
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.cookies()).isEmpty();
    return answer;
  }

  private HttpResponse send(Token step, String typed) {
    var event = TestEvents.cookie(TestEvents.read("pincode-verify", "pincode"), step);
    return handler.answer(TestEvents.body(event, "{\"pincode\":\"" + typed + "\"}"));
  }
}
