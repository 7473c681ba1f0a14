package org.studygate.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Authorisation;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.Price;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.DynamoLimits;
import org.studygate.limit.Tries;
import org.studygate.notice.Notices;
import org.studygate.notice.PincodeMessage;
import org.studygate.notice.Seal;
import org.studygate.order.DynamoOrders;
import org.studygate.payment.PaymentDesk.Outcome;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;

/// What staff see and do, and that to everybody else there is nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PaymentDeskTest {
  private static final Staff ADMIN = new Staff("18", "noord", Role.ADMIN);
  private static final List<Staff> OTHERS =
      List.of(
          new Staff("19", "lindenhof", Role.ADMIN), new Staff("20", "noord", Role.PROFESSIONAL));

  private final TestClock clock = TestClock.at("2026-11-26T10:00:00Z");
  @AutoClose private final TestTables tables = TestTables.start();
  private TestHospital hospital;
  private TestPayments test;
  private DynamoBuckets buckets;
  private DynamoAuditTrail trail;
  private PaymentDesk desk;
  private int orders;

  @BeforeAll
  void start() {
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.Never());
    test = new TestPayments(tables, clock);
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    var tokens = new Tokens(new SecureRandom());
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", tokens);
    var departments = new DynamoDepartments(tables.client(), "DepartmentsTable");
    var orderTable = new DynamoOrders(tables.client(), "OrdersTable");
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    desk =
        new PaymentDesk(
            test.payments,
            buckets,
            test.pincodes,
            new Offers(new Authorisation(orderTable, studies, departments, clock)),
            departments,
            new Notices(
                new Seal(new Pepper(new TestSecrets(), "pepper"), new SecureRandom()), tokens),
            new DynamoLimits(tables.client(), "LimitsTable"),
            clock);
  }

  private String bucket(Verification verification) {
    var order = new OrderId("noord", "desk-" + ++orders);
    return hospital.order(
        order, "DESKNUMBER" + orders + "XY", verification, false, "1.3." + orders);
  }

  private String session(String bucket) {
    return test.open(
        bucket,
        new Tab.Attempt(Price.of(1500, "EUR"), "card", "nl", clock.instant(), Optional.empty()));
  }

  private String paid() {
    var bucket = bucket(Verification.PAYMENT);
    var session = session(bucket);
    test.provider.become(session, Stage.PAID);
    test.settlement().settle(session, "test");
    return bucket;
  }

  private List<String> pincodes(String bucket) {
    return hospital.messages(bucket).stream()
        .filter(PincodeMessage.class::isInstance)
        .map(message -> ((PincodeMessage) message).pincode())
        .toList();
  }

  private List<AuditAction> actions(String bucket) {
    return trail.read(AuditEvent.bucket(bucket), Optional.empty(), 20).events().stream()
        .map(AuditEvent::action)
        .toList();
  }

  @Test
  void staffSeeHowItStandsAndHowManyPincodesWereWrong() {
    var bucket = paid();
    var epoch = buckets.find(bucket).orElseThrow().epoch();
    buckets.chargeCode(bucket, epoch, Tries.PINCODE);
    buckets.chargeCode(bucket, epoch, Tries.PINCODE);
    var standing = desk.look(ADMIN, bucket).orElseThrow();
    assertThat(standing.paid()).isTrue();
    assertThat(standing.byHand()).isFalse();
    assertThat(standing.wrongPincodes()).isEqualTo(2);
    assertThat(standing.blocked()).isFalse();
    assertThat(standing.checkouts()).extracting(Checkout::stage).containsExactly(Stage.PAID);
  }

  @Test
  void thePincodeGoesAgainTheSameAndToTheRegisteredMobile() {
    var bucket = paid();
    assertThat(desk.resend(ADMIN, bucket, "request")).isEqualTo(new Outcome.Done());
    assertThat(pincodes(bucket)).hasSize(2);
    assertThat(List.copyOf(java.util.Set.copyOf(pincodes(bucket)))).hasSize(1);
    assertThat(actions(bucket)).contains(AuditAction.PINCODE_SENT);
  }

  @Test
  void notAfterABlock() {
    var bucket = paid();
    var epoch = buckets.find(bucket).orElseThrow().epoch();
    for (var i = 0; i < Tries.PINCODE.max(); i++) {
      buckets.chargeCode(bucket, epoch, Tries.PINCODE);
    }
    assertThat(desk.resend(ADMIN, bucket, "request")).isEqualTo(new Outcome.Blocked());
    assertThat(pincodes(bucket)).hasSize(1);
    assertThat(desk.look(ADMIN, bucket).orElseThrow().blocked()).isTrue();
  }

  @Test
  void notWithoutAPaymentAndNotWithoutEnd() {
    var unpaid = bucket(Verification.PAYMENT);
    assertThat(desk.resend(ADMIN, unpaid, "request")).isEqualTo(new Outcome.NotPaid());
    var bucket = paid();
    for (var i = 0; i < 5; i++) {
      assertThat(desk.resend(ADMIN, bucket, "request")).isEqualTo(new Outcome.Done());
    }
    assertThat(desk.resend(ADMIN, bucket, "request")).isInstanceOf(Outcome.TooMany.class);
    clock.advance(Duration.ofHours(1));
    assertThat(desk.resend(ADMIN, bucket, "request")).isEqualTo(new Outcome.Done());
  }

  @Test
  void whoPaidAtTheCounterGetsAPincodeAndMoneyThatComesAllTheSameGoesBack() {
    var bucket = bucket(Verification.PAYMENT);
    var session = session(bucket);
    assertThat(desk.markAsPaid(ADMIN, bucket, "cash, receipt 12", "request"))
        .isEqualTo(new Outcome.Done());
    assertThat(desk.markAsPaid(ADMIN, bucket, "cash, receipt 12", "request"))
        .isEqualTo(new Outcome.AlreadyPaid());
    assertThat(pincodes(bucket)).hasSize(1);
    assertThat(desk.look(ADMIN, bucket).orElseThrow().byHand()).isTrue();
    assertThat(actions(bucket)).contains(AuditAction.PAYMENT_MARKED);

    test.provider.become(session, Stage.PAID);
    test.settlement().settle(session, "event");
    assertThat(test.provider.refunds()).contains(session);
    assertThat(pincodes(bucket)).hasSize(1);
    assertThat(test.payments.tab(bucket).paidBy()).contains(Tab.STAFF);
  }

  @Test
  void markingWhileStripeTellsMakesOnePincode() throws Exception {
    var bucket = bucket(Verification.PAYMENT);
    var session = session(bucket);
    test.provider.become(session, Stage.PAID);
    var turn = new java.util.concurrent.atomic.AtomicInteger();
    SettlementTest.together(
        16,
        () ->
            turn.incrementAndGet() % 2 == 0
                ? desk.markAsPaid(ADMIN, bucket, "cash", "request")
                : test.settlement().settle(session, "event"));
    assertThat(pincodes(bucket)).hasSize(1);
  }

  @Test
  void withoutAReasonNothingHappens() {
    var bucket = bucket(Verification.PAYMENT);
    for (var reason : List.of("", " \t", "x".repeat(501))) {
      assertThat(desk.markAsPaid(ADMIN, bucket, reason, "request"))
          .isEqualTo(new Outcome.ReasonMissing());
    }
    assertThat(test.payments.tab(bucket).paid()).isFalse();
  }

  @Test
  void toEverybodyElseThereIsNothing() {
    var bucket = paid();
    for (var other : OTHERS) {
      assertThat(desk.look(other, bucket)).isEmpty();
      assertThat(desk.resend(other, bucket, "request")).isEqualTo(new Outcome.NotFound());
      assertThat(desk.markAsPaid(other, bucket, "why", "request"))
          .isEqualTo(new Outcome.NotFound());
    }
    assertThat(desk.look(ADMIN, "no-such-bucket")).isEmpty();
    assertThat(desk.look(ADMIN, bucket(Verification.OTP_SMS))).isEmpty();
    assertThat(pincodes(bucket)).hasSize(1);
  }
}
