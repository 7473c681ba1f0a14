package org.studygate.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.department.PaymentRules;
import org.studygate.department.PaymentRules.Afterwards;
import org.studygate.department.Price;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.notice.PincodeMessage;
import org.studygate.notice.ReceiptMessage;
import org.studygate.payment.PaymentProvider.Told;
import org.studygate.payment.Tab.Attempt;
import org.studygate.platform.Faults;
import org.studygate.platform.TestClock;
import org.studygate.study.OrderId;

/// Whatever comes, in whatever order, however often and whatever dies on the way: one payment, one
/// pincode, and never access without money (security rules 36 to 42).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SettlementTest {
  private static final long SEED = 20261126;

  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private TestPayments test;
  private int orders;

  @BeforeAll
  void start() {
    System.out.println("seed " + SEED);
  }

  @BeforeEach
  void begin() {
    clock = TestClock.at("2026-11-26T10:00:00Z");
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.Never());
    test = new TestPayments(tables, clock);
  }

  private String bucket() {
    var order = new OrderId("noord", "pay-" + ++orders);
    var number = "PAYMENTNUMBER" + orders + "X";
    return hospital.order(order, number, Verification.PAYMENT, false, "1.2." + orders);
  }

  private Attempt attempt(String method) {
    return new Attempt(Price.of(1500, "EUR"), method, "nl", clock.instant(), Optional.empty());
  }

  private List<String> pincodes(String bucket) {
    return hospital.messages(bucket).stream()
        .filter(PincodeMessage.class::isInstance)
        .map(message -> ((PincodeMessage) message).pincode())
        .toList();
  }

  private long epoch(String bucket) {
    return new DynamoBuckets(tables.client(), "BucketsTable").find(bucket).orElseThrow().epoch();
  }

  @Test
  void paidMakesOnePincodeAndOneReceipt() {
    var bucket = bucket();
    var session = test.open(bucket, attempt("card"));
    test.provider.become(session, Stage.PAID);
    test.settlement().settle(session, "test");
    test.settlement().settle(session, "test");
    assertThat(pincodes(bucket)).hasSize(1).allMatch(code -> code.matches("[0-9]{8}"));
    assertThat(hospital.messages(bucket)).filteredOn(ReceiptMessage.class::isInstance).hasSize(1);
    var tab = test.payments.tab(bucket);
    assertThat(tab.paidBy()).contains(session);
    assertThat(test.pincodes.matches(tab, pincodes(bucket).getFirst())).isTrue();
    assertThat(test.pincodes.matches(tab, "00000000")).isFalse();
  }

  @Test
  void aPincodeIsOfItsOwnBucketOnly() {
    var one = paid();
    var other = paid();
    assertThat(test.pincodes.matches(test.payments.tab(one), pincodes(other).getFirst())).isFalse();
    assertThat(test.pincodes.matches(Tab.empty(one), "")).isFalse();
  }

  private String paid() {
    var bucket = bucket();
    var session = test.open(bucket, attempt("card"));
    test.provider.become(session, Stage.PAID);
    test.settlement().settle(session, "test");
    return bucket;
  }

  /// The life of one payment at the provider's, and what must come of it.
  private record Life(List<Stage> stages, boolean access) {
    static Life of(boolean access, Stage... stages) {
      return new Life(List.of(stages), access);
    }
  }

  private static final List<Life> LIVES =
      List.of(
          Life.of(true, Stage.PAID),
          Life.of(true, Stage.PENDING, Stage.PAID),
          Life.of(false, Stage.PENDING, Stage.FAILED),
          Life.of(false, Stage.EXPIRED),
          Life.of(false, Stage.PAID, Stage.REFUNDED),
          Life.of(true, Stage.PAID, Stage.DISPUTED),
          Life.of(true, Stage.PAID, Stage.DISPUTED, Stage.WON),
          Life.of(false, Stage.PAID, Stage.DISPUTED, Stage.LOST),
          Life.of(false, Stage.PENDING, Stage.PAID, Stage.DISPUTED, Stage.WON, Stage.REFUNDED));

  /// Every life, with its events heard in every order, each as often as chance will have it, any
  /// number of them only when it is over, the machine dying before or after any call.
  @ParameterizedTest
  @MethodSource("interleavings")
  void everyInterleavingEndsInTheSameState(int life, long seed) {
    var random = new Random(seed);
    var told = LIVES.get(life);
    var bucket = bucket();
    var session = test.open(bucket, attempt("sepa_debit"));
    var waiting = new ArrayList<Stage>();
    for (var stage : told.stages()) {
      test.provider.become(session, stage);
      waiting.add(stage);
      Collections.shuffle(waiting, random);
      while (!waiting.isEmpty() && random.nextBoolean()) {
        hear(session, random);
        if (random.nextInt(3) > 0) {
          waiting.removeLast(); // else it comes once more
        }
        if (!told.stages().contains(Stage.PAID)) {
          assertThat(test.payments.tab(bucket).paid()).isFalse();
        }
      }
    }
    test.settlement().settle(session, "redelivered until it was answered");

    var tab = test.payments.tab(bucket);
    var last = told.stages().getLast();
    assertThat(tab.paid()).as("access").isEqualTo(told.access());
    assertThat(test.payments.checkout(bucket, session).orElseThrow().stage()).isEqualTo(last);
    assertThat(tab.session()).as("nothing is left to be paid").isEmpty();
    var sent = Set.copyOf(pincodes(bucket));
    assertThat(sent).as("one pincode, sent if anybody was let in").hasSizeLessThanOrEqualTo(1);
    assertThat(sent).hasSize(tab.pincode().isPresent() ? 1 : 0);
    if (told.access()) {
      assertThat(pincodes(bucket)).hasSize(1);
    }
    assertThat(test.provider.refunds()).isEmpty();
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> interleavings() {
    var random = new Random(SEED);
    return IntStream.range(0, LIVES.size() * 12)
        .mapToObj(
            i ->
                org.junit.jupiter.params.provider.Arguments.of(
                    i % LIVES.size(), random.nextLong()));
  }

  private void hear(String session, Random random) {
    var faults =
        switch (random.nextInt(3)) {
          case 0 -> Faults.none();
          case 1 -> Faults.before(1 + random.nextInt(5));
          default -> Faults.after(1 + random.nextInt(5));
        };
    try {
      test.settlement(real -> faults.wrap(Payments.class, real)).settle(session, "event");
    } catch (Faults.Killed killed) {
      // Stripe comes again
    }
  }

  @Test
  void fiftyEventsAtOnceMakeOnePincode() throws Exception {
    var bucket = bucket();
    var session = test.open(bucket, attempt("card"));
    test.provider.become(session, Stage.PAID);
    together(50, () -> test.settlement().settle(session, "event"));
    assertThat(pincodes(bucket)).hasSize(1);
  }

  @Test
  void killedAtEveryCallAndToldAgainThereIsOnePincode() {
    for (var at = 1; ; at++) {
      var bucket = bucket();
      var session = test.open(bucket, attempt("card"));
      test.provider.become(session, Stage.PAID);
      var struck = false;
      for (var faults : List.of(Faults.before(at), Faults.after(at))) {
        try {
          test.settlement(real -> faults.wrap(Payments.class, real)).settle(session, "event");
        } catch (Faults.Killed killed) {
          struck = true;
        }
      }
      test.settlement().settle(session, "event");
      assertThat(pincodes(bucket)).as("killed at " + at).hasSize(1);
      assertThat(test.payments.tab(bucket).paidBy()).contains(session);
      if (!struck) {
        return;
      }
    }
  }

  @Test
  void moneyThatDoesNotAgreeOpensNothing() {
    var bucket = bucket();
    var session = test.open(bucket, attempt("card"));
    var price = Price.of(1500, "EUR");
    for (var lie :
        List.of(
            told(session, bucket, Price.of(1, "EUR"), false),
            told(session, bucket, Price.of(1500, "USD"), false),
            told(session, bucket, price, true),
            told(session, bucket(), price, false),
            told(session, "", price, false),
            told("cs_unknown", bucket, price, false))) {
      test.provider.lie(lie);
      assertThat(test.settlement().settle(lie.session(), "event"))
          .isInstanceOf(Settlement.Outcome.Ignored.class);
      assertThat(test.payments.tab(bucket).paid()).isFalse();
      assertThat(lie.bucket().isEmpty() || !test.payments.tab(lie.bucket()).paid()).isTrue();
    }
    assertThat(pincodes(bucket)).isEmpty();
  }

  private static Told told(String session, String bucket, Price price, boolean live) {
    var intent = Optional.of("pi_x");
    return new Told(session, bucket, price, live, Stage.PAID, Optional.empty(), intent, 0);
  }

  @Test
  void paidTwiceMakesOnePincodeAndOneRefundHoweverOftenItIsTold() {
    var bucket = bucket();
    var first = test.open(bucket, attempt("card"));
    test.provider.become(first, Stage.EXPIRED);
    test.settlement().settle(first, "event");
    var second = test.open(bucket, attempt("bancontact"));
    test.provider.become(second, Stage.PAID);
    test.settlement().settle(second, "event");
    // An answer of before was wrong, or the bank was slow: the first was paid after all.
    test.provider.become(first, Stage.PAID);
    for (var i = 0; i < 3; i++) {
      test.settlement().settle(first, "event");
      test.settlement().settle(second, "event");
    }
    assertThat(pincodes(bucket)).hasSize(1);
    assertThat(test.provider.refunds()).containsExactly(first);
    assertThat(test.payments.tab(bucket).paidBy()).contains(second);
    assertThat(test.payments.checkout(bucket, first).orElseThrow().stage())
        .isEqualTo(Stage.REFUNDED);
  }

  @Test
  void aRefundThatCouldNotBeAskedForIsAskedForByTheSweeper() {
    var bucket = bucket();
    var first = test.open(bucket, attempt("card"));
    test.provider.become(first, Stage.PAID);
    test.payments.mark(
        test.payments.tab(bucket),
        test.pincodes.of(test.payments.tab(bucket)),
        Optional.empty(),
        TestMessages.pincode(bucket),
        TestMessages.event(bucket, clock),
        "at the counter");
    assertThatThrownBy(
            () ->
                test.settlement(real -> Faults.before(5).wrap(Payments.class, real))
                    .settle(first, "event"))
        .isInstanceOf(Faults.Killed.class);
    assertThat(test.payments.due(clock.instant(), 10)).contains(new Payments.Due(bucket, first));
    test.settlement().settle(first, "sweep");
    assertThat(test.provider.refunds()).containsExactly(first);
    assertThat(test.payments.due(clock.instant().plus(Duration.ofDays(30)), 10))
        .doesNotContain(new Payments.Due(bucket, first));
  }

  @Test
  void aRefundEndsAccessAtOnceAndPayingAgainGivesTheSamePincode() {
    var bucket = bucket();
    var first = test.open(bucket, attempt("card"));
    test.provider.become(first, Stage.PAID);
    test.settlement().settle(first, "event");
    var epoch = epoch(bucket);
    test.provider.become(first, Stage.REFUNDED);
    test.settlement().settle(first, "event");
    assertThat(test.payments.tab(bucket).paid()).isFalse();
    assertThat(epoch(bucket)).as("visits end").isEqualTo(epoch + 1);

    var second = test.open(bucket, attempt("card"));
    test.provider.become(second, Stage.PAID);
    test.settlement().settle(second, "event");
    assertThat(test.payments.tab(bucket).paidBy()).contains(second);
    assertThat(Set.copyOf(pincodes(bucket))).hasSize(1);
    assertThat(pincodes(bucket)).hasSize(2);
  }

  @Test
  void aDepartmentThatKeepsAccessAfterARefundKeepsIt() {
    var rules = TestHospital.PAYMENT;
    hospital.department(
        "noord",
        new ReportRule.Never(),
        new PaymentRules(
            rules.currency(),
            rules.price(),
            rules.prices(),
            rules.methods(),
            Afterwards.KEEP,
            Afterwards.KEEP,
            rules.freeRoute(),
            rules.receipt()));
    for (var stage : EnumSet.of(Stage.REFUNDED, Stage.LOST)) {
      var bucket = paid();
      var epoch = epoch(bucket);
      var session = test.payments.tab(bucket).paidBy().orElseThrow();
      test.provider.become(session, stage);
      test.settlement().settle(session, "event");
      assertThat(test.payments.tab(bucket).paid()).isTrue();
      assertThat(epoch(bucket)).isEqualTo(epoch);
    }
  }

  @Test
  void anAnswerOfBeforeChangesNothing() {
    var bucket = paid();
    var session = test.payments.tab(bucket).paidBy().orElseThrow();
    test.provider.become(session, Stage.REFUNDED);
    test.settlement().settle(session, "event");
    test.provider.become(session, Stage.PAID); // an answer that was on its way for long
    test.settlement().settle(session, "event");
    assertThat(test.payments.tab(bucket).paid()).isFalse();
  }

  @Test
  void whoHasPaidIsLetInAlsoWhenTheDepartmentTakesNoMoneyAnyMore() {
    var bucket = bucket();
    var session = test.open(bucket, attempt("card"));
    hospital.department("noord", new ReportRule.Never(), Optional.empty());
    test.provider.become(session, Stage.PAID);
    test.settlement().settle(session, "event");
    assertThat(pincodes(bucket)).hasSize(1);
    test.provider.become(session, Stage.REFUNDED);
    test.settlement().settle(session, "event");
    assertThat(test.payments.tab(bucket).paid()).isFalse();
  }

  @Test
  void anUnknownSessionThatNobodyPaidIsNothingToTellAnybody() {
    var bucket = bucket();
    var log = new ByteArrayOutputStream();
    for (var stage : EnumSet.of(Stage.OPEN, Stage.EXPIRED, Stage.PAID)) {
      var session = "cs_stranger_" + stage.code();
      var price = Price.of(900, "EUR");
      test.provider.lie(
          new Told(session, bucket, price, false, stage, Optional.empty(), Optional.empty(), 0));
      test.settlement(payments -> payments, new PrintStream(log)).settle(session, "event");
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains("payment-mismatch"))
        .hasSize(1)
        .allMatch(line -> line.contains("cs_stranger_paid"));
  }

  @Test
  void aPartOfTheMoneyBackIsNotedAndChangesNothingElse() {
    var bucket = paid();
    var session = test.payments.tab(bucket).paidBy().orElseThrow();
    var was = test.provider.find(session).orElseThrow();
    test.provider.lie(
        new Told(
            session,
            bucket,
            was.price(),
            false,
            Stage.PAID,
            Optional.empty(),
            was.paymentIntent(),
            500));
    test.settlement().settle(session, "event");
    assertThat(test.payments.checkout(bucket, session).orElseThrow().refunded()).isEqualTo(500);
    assertThat(test.payments.tab(bucket).paid()).isTrue();
    assertThat(pincodes(bucket)).hasSize(1);
  }

  @Test
  void whileTheProviderIsDownNothingIsDecided() {
    var bucket = bucket();
    var session = test.open(bucket, attempt("card"));
    test.provider.down(true);
    assertThatThrownBy(() -> test.settlement().settle(session, "event"))
        .isInstanceOf(PaymentProvider.Unavailable.class);
    test.provider.down(false);
    test.provider.become(session, Stage.PAID);
    test.settlement().settle(session, "event");
    assertThat(pincodes(bucket)).hasSize(1);
  }

  @Test
  void aSessionLeftOpenIsAskedAboutUntilItIsOver() {
    var bucket = bucket();
    var session = test.open(bucket, attempt("card"));
    var due = new Payments.Due(bucket, session);
    assertThat(test.payments.due(clock.instant(), 50)).doesNotContain(due);
    clock.advance(PaymentPolicy.FIRST_ASK);
    assertThat(test.payments.due(clock.instant(), 50)).contains(due);
    test.settlement().settle(session, "sweep");
    assertThat(test.payments.due(clock.instant(), 50)).doesNotContain(due);
    clock.advance(Duration.ofMinutes(10));
    assertThat(test.payments.due(clock.instant(), 50)).contains(due);
    test.provider.become(session, Stage.EXPIRED);
    test.settlement().settle(session, "sweep");
    clock.advance(Duration.ofDays(30));
    assertThat(test.payments.due(clock.instant(), 50)).doesNotContain(due);
  }

  static void together(int times, Callable<?> call) throws Exception {
    var work = new ArrayList<Callable<Object>>();
    for (var i = 0; i < times; i++) {
      work.add(call::call);
    }
    try (var threads = Executors.newFixedThreadPool(times)) {
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
  }
}
