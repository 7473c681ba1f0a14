package org.studygate.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Authorisation;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.access.Validity;
import org.studygate.access.Visits;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.department.Departments;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.DynamoLimits;
import org.studygate.limit.DynamoSourceLimits;
import org.studygate.limit.Tries;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.order.DynamoOrders;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.reference.DynamoReferences;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.signin.Combination;
import org.studygate.signin.Combination.Judgement;
import org.studygate.signin.Combination.Typed;
import org.studygate.signin.Combination.Why;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Facts;
import org.studygate.study.OrderId;

/// Paid for means any time: what ends access that was paid for, and what does not (product.md 3.4).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PaidForTest {
  private static final Staff DESK = new Staff("17", "noord", Role.ADMIN);
  private static final Duration LONG = Duration.ofDays(3650);

  private final Pepper pepper = new Pepper(new TestSecrets(), "pepper");
  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private TestPayments test;
  private DynamoBuckets buckets;
  private DynamoOrders orderTable;
  private Departments departments;
  private Offers offers;
  private Combination combination;
  private OrderId order = new OrderId("noord", "none");
  private String number = "";
  private String bucket = "";
  private int orders;

  @BeforeEach
  void begin() {
    clock = TestClock.at("2026-11-23T10:00:00Z");
    hospital = new TestHospital(tables, clock);
    kept(Optional.empty());
    test = new TestPayments(tables, clock);
    var dynamo = tables.client();
    buckets = new DynamoBuckets(dynamo, "BucketsTable");
    orderTable = new DynamoOrders(dynamo, "OrdersTable");
    departments = new DynamoDepartments(dynamo, "DepartmentsTable");
    var studies = new DynamoStudies(dynamo, "StudiesTable");
    offers = new Offers(new Authorisation(orderTable, studies, departments, clock));
    var references = new DynamoReferences(dynamo, "ReferencesTable");
    combination =
        new Combination(
            new DynamoSourceLimits(dynamo, "LimitsTable"), references, buckets, pepper, clock);
    orders++;
    order = new OrderId("noord", "paid-" + orders);
    number = "PAID-FOR-%04d-4711337".formatted(orders);
    bucket = place(30);
    hospital.study(order, "1.4." + orders, 1);
  }

  private void kept(Optional<Period> retention) {
    hospital.department(
        "noord", new ReportRule.AtOnce(), Optional.of(TestHospital.PAYMENT), retention);
  }

  private String place(long days) {
    var now = clock.instant();
    return hospital.order(
        order,
        number,
        Verification.PAYMENT,
        false,
        new Validity(now.minus(Duration.ofDays(60)), now.plus(Duration.ofDays(days))),
        "1.4." + orders);
  }

  private String begun() {
    var found = buckets.find(bucket).orElseThrow();
    var department = departments.find("noord").orElseThrow();
    var attempt =
        offers.attempt(found, department, TestHospital.PAYMENT, "card", "nl", clock.instant());
    return test.open(bucket, attempt);
  }

  private void become(String session, Stage stage) {
    test.provider.become(session, stage);
    test.settlement().settle(session, "test");
  }

  private String paid() {
    var session = begun();
    become(session, Stage.PAID);
    return session;
  }

  private Judgement judge() {
    return combination.judge(Typed.of(number, "1958-03-07"), "10.9." + orders + ".1");
  }

  private void opens() {
    assertThat(judge()).isInstanceOf(Judgement.Right.class);
  }

  private void refused(Why why) {
    assertThat(judge())
        .isInstanceOfSatisfying(
            Judgement.Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }

  @Test
  void theLastDayOfItsNumberDoesNotEndIt() {
    paid();
    clock.advance(LONG);
    opens();
  }

  @Test
  void unpaidItEndsWithItsNumber() {
    begun();
    clock.advance(Duration.ofDays(30));
    refused(Why.EXPIRED);
  }

  @Test
  void aVisitGoesOnOverTheLastDay() {
    paid();
    clock.advance(Duration.ofDays(30).minusMinutes(5));
    var cookie = new Tokens(new SecureRandom()).next();
    var sessions = new DynamoSessions(tables.client(), "SessionsTable");
    sessions.begin(
        Session.begin(cookie.hash(), new Subject.OfBucket(bucket), 0, "noord", clock.instant()));
    clock.advance(Duration.ofMinutes(10));
    assertThat(new Visits(sessions, buckets, clock).click(cookie)).isPresent();
  }

  @Test
  void begunBeforeTheLastDayAndSettledAfterItOpens() {
    var session = begun();
    become(session, Stage.PENDING);
    clock.advance(Duration.ofDays(40));
    become(session, Stage.PAID);
    opens();
    assertThat(hospital.pincodes(bucket)).hasSize(1);
  }

  @Test
  void aLaterMessageNeitherShortensNorPostponesIt() {
    paid();
    clock.advance(Duration.ofDays(1));
    place(-3);
    opens();
    hospital.order(
        order,
        number,
        Verification.PAYMENT,
        false,
        new Validity(clock.instant().plusSeconds(9000), clock.instant().plusSeconds(9001)),
        "1.4." + orders);
    opens();
  }

  /// The hospital asks for another proof from now on; the day of the number still does not count.
  @Test
  void aCorrectionOfTheProofLeavesItOpen() {
    paid();
    clock.advance(Duration.ofDays(1));
    hospital.order(order, number, Verification.OTP_SMS, false, "1.4." + orders);
    clock.advance(LONG);
    opens();
  }

  @Test
  void moneyThatGoesBackEndsItAndLeavesTheNumbersOwnDays() {
    var session = paid();
    become(session, Stage.REFUNDED);
    opens(); // to be paid again, within its days
    assertThat(buckets.find(bucket).orElseThrow().paid().now()).isFalse();
    clock.advance(Duration.ofDays(30));
    refused(Why.EXPIRED);
  }

  @Test
  void aWithdrawalEndsItAndSoDoesAMessageThatNamesItsNumberNoMore() {
    paid();
    buckets.supersede(bucket, "9");
    refused(Why.WITHDRAWN);
    clock.advance(LONG);
    buckets.supersede(bucket, "91");
    refused(Why.WITHDRAWN);
    buckets.withdraw(bucket);
    refused(Why.WITHDRAWN);
  }

  @Test
  void namedAgainByALaterMessageItIsStillPaidFor() {
    paid();
    buckets.supersede(bucket, "2026-11-24");
    clock.advance(Duration.ofDays(40));
    place(1);
    clock.advance(LONG);
    opens();
  }

  @Test
  void aBlockHoldsWhoHasPaidTooUntilSomebodyUnlocks() {
    paid();
    for (var i = 0; i < Tries.PINCODE.max(); i++) {
      buckets.chargeCode(bucket, 0, Tries.PINCODE);
    }
    clock.advance(LONG);
    refused(Why.BLOCKED);
  }

  @Test
  void paidAtTheCounterCountsAlike() {
    clock.advance(Duration.ofDays(31));
    refused(Why.EXPIRED);
    assertThat(desk().markAsPaid(DESK, bucket, "cash, receipt 12", "request"))
        .isEqualTo(new PaymentDesk.Outcome.Done());
    clock.advance(LONG);
    opens();
  }

  @Test
  void theEndOfTheImagesRetentionIsSaidBeforeAndEndsIt() {
    kept(Optional.of(Period.ofYears(1)));
    assertThat(offer().accessUntil()).contains(LocalDate.of(2027, 11, 20)); // a year after the exam
    paid();
    at("2027-11-20T22:59:59Z");
    opens();
    at("2027-11-20T23:00:00Z"); // midnight in Brussels
    refused(Why.EXPIRED);
  }

  /// What was said before paying holds, whatever the policy says later.
  @Test
  void aPolicyThatIsChangedLaterTakesNothingAway() {
    assertThat(offer().accessUntil()).isEmpty();
    paid();
    kept(Optional.of(Period.ofMonths(1)));
    clock.advance(LONG);
    opens();
  }

  @Test
  void whereTheOrderSaysNoDayTheFilesDoAndElseTheDayOnWhichTheStudyWasComplete() {
    kept(Optional.of(Period.ofMonths(3)));
    clock.advance(Duration.ofSeconds(1));
    hospital.order(order, number, Verification.PAYMENT, false); // lists no study with a day
    assertThat(offer().accessUntil()).contains(LocalDate.of(2027, 2, 20));
    hospital.study(
        order, "1.4." + orders + ".2", 1, new Facts("P-1", "", "", "", "", "", "", "", ""));
    assertThat(offer().accessUntil()).contains(LocalDate.of(2027, 2, 23));
  }

  @Test
  void nothingIsSoldAtTheCounterOfWhichNothingIsKept() {
    kept(Optional.of(Period.ofMonths(1)));
    clock.advance(Duration.ofDays(60));
    assertThat(desk().markAsPaid(DESK, bucket, "cash, receipt 12", "request"))
        .isEqualTo(new PaymentDesk.Outcome.Ended());
    assertThat(hospital.pincodes(bucket)).isEmpty();
  }

  /// Whoever asks what it costs has read the department: it is not read again.
  @Test
  void anOfferReadsNoDepartment() {
    var nobody = new DynamoDepartments(tables.client(), "NoSuchTable");
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    var alone = new Offers(new Authorisation(orderTable, studies, nobody, clock));
    var found = buckets.find(bucket).orElseThrow();
    var department = departments.find("noord").orElseThrow();
    assertThat(alone.of(found, department, TestHospital.PAYMENT)).isEqualTo(offer());
  }

  private void at(String time) {
    clock.advance(Duration.between(clock.instant(), Instant.parse(time)));
  }

  private Offer offer() {
    var found = buckets.find(bucket).orElseThrow();
    return offers.of(found, departments.find("noord").orElseThrow(), TestHospital.PAYMENT);
  }

  private PaymentDesk desk() {
    var tokens = new Tokens(new SecureRandom());
    return new PaymentDesk(
        test.payments,
        buckets,
        test.pincodes,
        offers,
        departments,
        new Notices(new Seal(pepper, new SecureRandom()), tokens),
        new DynamoLimits(tables.client(), "LimitsTable"),
        clock);
  }
}
