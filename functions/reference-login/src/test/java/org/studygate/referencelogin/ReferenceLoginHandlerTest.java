package org.studygate.referencelogin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.access.Validity;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.Noord;
import org.studygate.department.Price;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
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
import org.studygate.signin.Challenge;
import org.studygate.signin.DynamoChallenges;
import org.studygate.study.OrderId;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReferenceLoginHandlerTest {
  private static final String REFUSED = "combination-incorrect";

  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private ReferenceLoginHandler handler;
  private int orders;
  private OrderId order = new OrderId("noord", "A0");
  private String number = "";

  @BeforeEach
  void begin() {
    orders++;
    clock = TestClock.at("2026-11-23T10:00:00Z");
    clock.advance(Duration.ofHours(orders)); // a window of its own for each test's limits
    order = new OrderId("noord", "A" + orders);
    number = "RIS-2026-XKQ" + (48151623 + orders);
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    handler = new ReferenceLoginHandler(TestPlatform.of(clock, tables, TestHospital.variables()));
  }

  @Test
  void aDateOfBirthIsEnoughWhereTheOrderSaysSo() {
    hospital.order(order, number, Verification.DATE_OF_BIRTH, false, uid());
    hospital.study(order, uid(), 2);
    var answer = send(number, "1958-03-07");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"next\":\"open\"}");
    var sessions = new DynamoSessions(tables.client(), "SessionsTable");
    assertThat(sessions.find(TestEvents.cookie(answer).hash(), clock.instant())).isPresent();
  }

  @Test
  void howTheNumberIsTypedDoesNotMatter() {
    hospital.order(order, number, Verification.DATE_OF_BIRTH, false, uid());
    hospital.study(order, uid(), 1);
    var typed = " " + number.toLowerCase(java.util.Locale.ROOT).replace("-", " ") + " ";
    assertThat(send(typed, "1958-03-07").status()).isEqualTo(200);
    var pasted = number.replace("-", "\u2013") + "\u200b".repeat(200) + "\u202f".repeat(200);
    assertThat(send(pasted, "\uff17.\uff13.\uff11\uff19\uff15\uff18").status()).isEqualTo(200);
  }

  @Test
  void aCodeGoesToWhatTheHospitalRegistered() {
    var bucket = hospital.order(order, number, Verification.OTP_SMS, false, uid());
    hospital.study(order, uid(), 1);
    var answer = send(number, "1958-03-07");
    assertThat(answer.body())
        .startsWith("{\"next\":\"otp\",\"channel\":\"sms\",\"sentTo\":\"••• 56\",\"resendAt\":\"")
        .contains("\"expiresAt\":\"" + clock.instant().plus(Duration.ofMinutes(10)) + "\"");
    var message = hospital.outbox(bucket);
    assertThat(message.to()).isEqualTo("+32470123456");
    assertThat(message.code()).matches("\\d{6}");
    assertThat(answer.body()).doesNotContain(message.code());
  }

  @Test
  void aPrintedNumberAsksForTheCodeThatWasChosenWhateverItsOrderAsksFor() {
    var more = uid() + ".7";
    hospital.order(order, number, Verification.DATE_OF_BIRTH, true, uid(), more);
    var printed = "PRINTED-" + number;
    var bucket =
        hospital.printed(
            printed,
            Verification.OTP_EMAIL,
            false,
            hospital.study(order, uid(), 1),
            hospital.study(order, more, 1));
    var wrong = send(printed, "1958-03-08");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body()).isEqualTo(send("NOBODYS-" + number, "1958-03-07").body());
    var answer = send(printed, "1958-03-07");
    assertThat(answer.body()).startsWith("{\"next\":\"otp\",\"channel\":\"email\"");
    assertThat(hospital.outbox(bucket).to()).isEqualTo("an.peeters@example.org");
    new DynamoBuckets(tables.client(), "BucketsTable").withdraw(bucket);
    assertThat(send(printed, "1958-03-07").body()).isEqualTo(wrong.body());
  }

  @Test
  void aNewSignInEndsTheVisitThatItsCookieReplaces() {
    var bucket = hospital.order(order, number, Verification.DATE_OF_BIRTH, false, uid());
    hospital.study(order, uid(), 1);
    var first = TestEvents.cookie(send(number, "1958-03-07"));
    assertThat(send(first, number, "1958-03-08").status()).isEqualTo(401);
    var sessions = new DynamoSessions(tables.client(), "SessionsTable");
    assertThat(sessions.find(first.hash(), clock.instant())).as("nothing replaced it").isPresent();
    var second = TestEvents.cookie(send(first, number, "1958-03-07"));
    assertThat(sessions.find(first.hash(), clock.instant())).isEmpty();
    assertThat(sessions.find(second.hash(), clock.instant())).isPresent();
    assertThat(signedOut(bucket)).containsExactly("replaced");
  }

  @Test
  void aNewSignInEndsTheChallengeThatItsCookieReplaces() {
    var bucket = hospital.order(order, number, Verification.PAYMENT, false, uid());
    hospital.study(order, uid(), 1);
    var first = send(number, "1958-03-07");
    assertThat(step(first)).isPresent();
    var second = send(TestEvents.cookie(first), number, "1958-03-07");
    assertThat(step(first)).isEmpty();
    assertThat(step(second)).isPresent();
    assertThat(signedOut(bucket)).containsExactly("replaced");
  }

  /// Whoever goes back and signs in again goes on with the code that was sent; nobody else gets one
  /// sooner.
  @Test
  void withinAMinuteThereIsNoSecondCodeAndTheFirstStillWorks() {
    var bucket = hospital.order(order, number, Verification.OTP_SMS, false, uid());
    hospital.study(order, uid(), 1);
    var first = send(number, "1958-03-07");
    clock.advance(Duration.ofSeconds(20));
    var again = send(TestEvents.cookie(first), number, "1958-03-07");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(TestEvents.cookie(again)).isEqualTo(TestEvents.cookie(first));
    assertThat(step(first)).isPresent();
    var elsewhere = send(number, "1958-03-07");
    assertThat(elsewhere.status()).isEqualTo(429);
    assertThat(elsewhere.headers()).containsEntry("retry-after", "40");
    assertThat(hospital.messages(bucket)).hasSize(1);
    clock.advance(Duration.ofSeconds(40));
    var later = send(TestEvents.cookie(first), number, "1958-03-07");
    assertThat(TestEvents.cookie(later)).isNotEqualTo(TestEvents.cookie(first));
    assertThat(step(first)).isEmpty();
    assertThat(hospital.messages(bucket)).hasSize(2);
  }

  private HttpResponse send(Token cookie, String reference, String dateOfBirth) {
    var body = "{\"reference\":\"%s\",\"dateOfBirth\":\"%s\"}".formatted(reference, dateOfBirth);
    return handler.answer(TestEvents.cookie(event(body), cookie));
  }

  private List<String> signedOut(String bucket) {
    return new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()))
        .read(AuditEvent.bucket(bucket), Optional.empty(), 20).events().stream()
            .filter(event -> event.action() == AuditAction.SIGNED_OUT)
            .map(AuditEvent::outcome)
            .toList();
  }

  @Test
  void aMaskedMailAddressKeepsItsFirstLetterAndDomain() {
    hospital.order(order, number, Verification.OTP_EMAIL, false, uid());
    hospital.study(order, uid(), 1);
    assertThat(send(number, "1958-03-07").body())
        .contains("\"channel\":\"email\",\"sentTo\":\"a•••@example.org\"");
  }

  @Test
  void nothingToSeeYetIsSaid() {
    hospital.order(order, number, Verification.OTP_SMS, true, uid());
    assertThat(send(number, "1958-03-07").body()).isEqualTo("{\"next\":\"wait\",\"from\":null}");
  }

  @Test
  void aReportWithoutPicturesIsSomethingToSeeIfItMayBeRead() {
    hospital.order(order, number, Verification.DATE_OF_BIRTH, true, uid());
    hospital.report(order, "Geen bijzonderheden.");
    assertThat(send(number, "1958-03-07").body()).isEqualTo("{\"next\":\"open\"}");
  }

  @Test
  void aReportThatMayNotBeReadLeavesNoTrace() {
    hospital.order(order, number, Verification.DATE_OF_BIRTH, false, uid());
    hospital.report(order, "Geen bijzonderheden.");
    assertThat(send(number, "1958-03-07").body()).isEqualTo("{\"next\":\"wait\",\"from\":null}");
  }

  @Test
  void beforeItsFirstDayTheDayIsTold() {
    var from = Instant.parse("2026-12-01T23:00:00Z"); // 2 December in Brussels
    hospital.order(
        order,
        number,
        Verification.DATE_OF_BIRTH,
        false,
        new Validity(from, from.plus(Duration.ofDays(30))),
        uid());
    hospital.study(order, uid(), 1);
    assertThat(send(number, "1958-03-07").body())
        .isEqualTo("{\"next\":\"wait\",\"from\":\"2026-12-02\"}");
  }

  @Test
  void everyRefusalIsTheSame() {
    var bucket = hospital.order(order, number, Verification.DATE_OF_BIRTH, false, uid());
    hospital.study(order, uid(), 1);
    var bodies = new HashSet<String>();
    bodies.add(refused("NOBODY-HAS-THIS-77", "1958-03-07"));
    bodies.add(refused(number, "1958-03-08"));
    bodies.add(refused(number, "not a date"));
    bodies.add(refused("", "1958-03-07"));
    bodies.add(refused("7H2K-0000-0000-0000-A", "1958-03-07"));
    new DynamoBuckets(tables.client(), "BucketsTable").withdraw(bucket);
    bodies.add(refused(number, "1958-03-07"));
    assertThat(bodies).hasSize(1);
  }

  @Test
  void anExpiredNumberIsRefused() {
    hospital.order(order, number, Verification.DATE_OF_BIRTH, false, uid());
    hospital.study(order, uid(), 1);
    clock.advance(Duration.ofDays(61));
    refused(number, "1958-03-07");
  }

  @Test
  void asManyWrongDatesAsMayBeBlockANumber() {
    hospital.order(order, number, Verification.DATE_OF_BIRTH, false, uid());
    hospital.study(order, uid(), 1);
    for (var i = 1; i <= Tries.DATE.max(); i++) {
      refused(number, "1958-04-0" + i);
    }
    refused(number, "1958-03-07");
  }

  @Test
  void aBucketBlockedByWrongCodesSendsNoMoreCodes() {
    var bucket = hospital.order(order, number, Verification.OTP_SMS, false, uid());
    hospital.study(order, uid(), 1);
    var buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    for (var i = 0; i < Tries.CODE.max(); i++) {
      buckets.chargeCode(bucket, 0, Tries.CODE);
    }
    refused(number, "1958-03-07");
  }

  @Test
  void whatIsToBePaidIsSaidWithItsPriceAndTheFreeWay() {
    hospital.order(order, number, Verification.PAYMENT, false, uid());
    hospital.study(order, uid(), 1);
    var answer = send(number, "1958-03-07");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("{\"next\":\"pay\",")
        .contains("\"mobile\":\"••• 56\"")
        .contains("\"hospital\":\"Ziekenhuis noord\"")
        .contains("\"value\":1500,\"currency\":\"EUR\"")
        .contains("\"methods\":[\"bancontact\",\"card\",\"sepa_debit\"]")
        .contains("gratis")
        .doesNotContain("thorax", "Peeters", "470123");
    assertThat(step(answer)).isPresent();
  }

  @Test
  void whatIsPaidAsksForThePincodeAndPaidBackForMoneyAgain() {
    var bucket = hospital.order(order, number, Verification.PAYMENT, false, uid());
    hospital.study(order, uid(), 1);
    var payments = new TestPayments(tables, clock);
    var attempt =
        new Attempt(Price.of(1500, "EUR"), "sepa_debit", "nl", clock.instant(), Optional.empty());
    var session = payments.open(bucket, attempt);
    payments.provider.become(session, Stage.PENDING);
    payments.settlement().settle(session, "test");
    assertThat(send(number, "1958-03-07").body()).startsWith("{\"next\":\"pay\"");
    payments.provider.become(session, Stage.PAID);
    payments.settlement().settle(session, "test");
    var paid = send(number, "1958-03-07");
    assertThat(paid.body()).isEqualTo("{\"next\":\"pincode\",\"mobile\":\"••• 56\"}");
    assertThat(step(paid)).isPresent();
    assertThat(paid.body()).doesNotContain(hospital.pincodes(bucket).getFirst());
    payments.provider.become(session, Stage.REFUNDED);
    payments.settlement().settle(session, "test");
    assertThat(send(number, "1958-03-07").body()).startsWith("{\"next\":\"pay\"");
  }

  @Test
  void whoHasPaidComesInLongAfterTheNumbersLastDayAndThoughNobodyIsAskedToPayAnyMore() {
    var bucket = hospital.order(order, number, Verification.PAYMENT, false, uid());
    hospital.study(order, uid(), 1);
    paid(bucket);
    clock.advance(Duration.ofDays(400));
    assertThat(send(number, "1958-03-07").body()).startsWith("{\"next\":\"pincode\"");
    hospital.department("noord", new ReportRule.AtOnce(), Optional.empty());
    assertThat(send(number, "1958-03-07").body()).startsWith("{\"next\":\"pincode\"");
  }

  /// The exam was on 20 November 2026.
  @Test
  void theEndOfTheImagesIsSaidBeforePayingAndAfterItNothingIsSold() {
    hospital.order(order, number, Verification.PAYMENT, false, uid());
    hospital.study(order, uid(), 1);
    assertThat(send(number, "1958-03-07").body()).contains("\"accessUntil\":null");
    hospital.department(
        "noord",
        new ReportRule.AtOnce(),
        Optional.of(TestHospital.PAYMENT),
        Optional.of(Period.ofMonths(1)));
    assertThat(send(number, "1958-03-07").body()).contains("\"accessUntil\":\"2026-12-20\"");
    clock.advance(Duration.ofDays(40));
    assertThat(refused("NOBODY-HAS-THIS-77", "1958-03-07"))
        .isEqualTo(refused(number, "1958-03-07"));
  }

  private void paid(String bucket) {
    var payments = new TestPayments(tables, clock);
    var session =
        payments.open(
            bucket,
            new Attempt(Price.of(1500, "EUR"), "card", "nl", clock.instant(), Optional.empty()));
    payments.provider.become(session, Stage.PAID);
    payments.settlement().settle(session, "test");
  }

  /// Nobody pays for what is not there yet.
  @Test
  void whereThereIsNothingToSeeYetNoMoneyIsAskedFor() {
    hospital.order(order, number, Verification.PAYMENT, true, uid());
    var answer = send(number, "1958-03-07");
    assertThat(answer.body()).isEqualTo("{\"next\":\"wait\",\"from\":null}");
    assertThat(answer.cookies()).isEmpty();
  }

  @Test
  void whereWrongPincodesHaveBlockedNoMoneyIsAskedFor() {
    var bucket = hospital.order(order, number, Verification.PAYMENT, false, uid());
    hospital.study(order, uid(), 1);
    var buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    for (var i = 0; i < Tries.PINCODE.max(); i++) {
      buckets.chargeCode(bucket, 0, Tries.PINCODE);
    }
    var blocked = refused(number, "1958-03-07");
    assertThat(refused("NOBODY-HAS-THIS-77", "1958-03-07")).isEqualTo(blocked);
  }

  @Test
  void withoutAMobileTheWayToTheDepartmentIsSaidAllTheSame() {
    var bucket = hospital.order(order, number, Verification.PAYMENT, false, uid());
    hospital.study(order, uid(), 1);
    tables
        .client()
        .updateItem(
            update ->
                update
                    .tableName("BucketsTable")
                    .key(java.util.Map.of("bucket_id", Item.s(bucket)))
                    .updateExpression("REMOVE destination"));
    assertThat(send(number, "1958-03-07").body())
        .startsWith("{\"next\":\"pay\"")
        .doesNotContain("470123");
  }

  @Test
  void aDepartmentThatNoLongerAsksForMoneyHasToSayHowItsNumbersOpen() {
    hospital.order(order, number, Verification.PAYMENT, false, uid());
    hospital.study(order, uid(), 1);
    new DynamoDepartments(tables.client(), "DepartmentsTable")
        .put(Noord.department(), clock.instant(), "test");
    var answer = refused(number, "1958-03-07");
    assertThat(refused("NOBODY-HAS-THIS-77", "1958-03-07")).isEqualTo(answer);
  }

  private Optional<Challenge> step(HttpResponse answer) {
    var steps =
        new DynamoChallenges(tables.client(), DynamoChallenges.Tables.ofSteps("ChallengesTable"));
    return steps.find(TestEvents.cookie(answer).hash(), clock.instant());
  }

  @Test
  void waveOfGuessesFromOneAddressIsHeldUp() {
    HttpResponse answer = send("NOBODY-HAS-THIS-00", "1958-03-07");
    for (var i = 1; i <= 30; i++) {
      answer = send("NOBODY-HAS-THIS-" + (10 + i), "1958-03-07");
    }
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers()).containsKey("retry-after");
  }

  @Test
  void theNumberOfACardIsKeptNowhere() {
    var card = "4242424242424242";
    var platform = TestPlatform.of(clock, tables, TestHospital.variables());
    var lines = new ByteArrayOutputStream();
    var listening =
        new ReferenceLoginHandler(
            new Platform(
                platform.environment(),
                clock,
                platform.random(),
                platform.aws(),
                platform.secrets(),
                new Log(new PrintStream(lines, true, StandardCharsets.UTF_8), clock)));
    for (var body :
        List.of(
            "{\"reference\":\"%s\",\"dateOfBirth\":\"1958-03-07\"}",
            "{\"reference\":\"A\",\"dateOfBirth\":\"%s\"}",
            "{\"reference\":\"A\",\"dateOfBirth\":\"1958-03-07\",\"%s\":\"1\"}",
            "{\"reference\":%s,\"dateOfBirth\":\"1958-03-07\"}",
            "%s")) {
      listening.answer(
          TestEvents.body(TestEvents.read("reference-login", "login"), body.formatted(card)));
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
    var request = event("{\"reference\":\"X\",\"dateOfBirth\":\"1958-03-07\",\"isStaff\":true}");
    assertThat(handler.answer(request).status()).isEqualTo(400);
  }

  private String refused(String reference, String dateOfBirth) {
    var answer = send(reference, dateOfBirth);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).contains(REFUSED);
    assertThat(answer.cookies()).isEmpty();
    return answer.body();
  }

  private HttpResponse send(String reference, String dateOfBirth) {
    return handler.answer(
        event("{\"reference\":\"%s\",\"dateOfBirth\":\"%s\"}".formatted(reference, dateOfBirth)));
  }

  private String uid() {
    return "1.2.826.0.1." + orders;
  }

  private static HttpRequest event(String body) {
    return TestEvents.body(TestEvents.read("reference-login", "login"), body);
  }
}
