package org.studygate.paymentsweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.access.TestHospital;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.payment.DynamoPayments;
import org.studygate.payment.PaymentPolicy;
import org.studygate.payment.Payments.Due;
import org.studygate.payment.Stage;
import org.studygate.payment.TestPayments;
import org.studygate.platform.Deadline;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestContext;
import org.studygate.platform.TestPlatform;
import org.studygate.stripe.TestCheckouts;
import org.studygate.stripe.TestStripe;
import org.studygate.study.OrderId;

/// Payments that nobody tells of: the webhook is dropped and the browser closed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PaymentSweepHandlerTest {
  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private TestStripe stripe;
  private DynamoPayments payments;
  private TestCheckouts checkouts;
  private PaymentSweepHandler handler;
  private int orders;

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
  void begin() throws IOException {
    stripe.behave();
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    payments = new TestPayments(tables, clock).payments;
    checkouts = new TestCheckouts(stripe, payments, clock);
    handler =
        new PaymentSweepHandler(
            stripe.platform(TestPlatform.of(clock, tables, TestHospital.variables())));
    clock.advance(Duration.ofDays(2)); // all that other tests have left open is over
    for (var i = 0; i < 10 && !due().isEmpty(); i++) {
      sweep();
    }
    stripe.calls();
  }

  private String order() {
    var order = new OrderId("noord", "S" + ++orders);
    var number = "SWEEPING-2026-" + (1000 + orders);
    return hospital.order(order, number, Verification.PAYMENT, false, "1.2.826.0.4." + orders);
  }

  private List<Due> due() {
    return payments.due(clock.instant(), 1_000);
  }

  private void sweep() throws IOException {
    sweep(() -> Duration.ofMinutes(4));
  }

  private void sweep(Deadline deadline) throws IOException {
    try (var event =
        Files.newInputStream(Path.of("../../events/payment-sweep/five-minutes.json"))) {
      handler.handleRequest(event, OutputStream.nullOutputStream(), TestContext.until(deadline));
    }
  }

  @Test
  void aPaymentThatNobodyToldOfIsFoundInFiveMinutes() throws IOException {
    var bucket = order();
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    sweep();
    assertThat(payments.tab(bucket).paid()).as("not yet due").isFalse();
    clock.advance(PaymentPolicy.FIRST_ASK);
    sweep();
    assertThat(payments.tab(bucket).paidBy()).contains(session);
    assertThat(hospital.pincodes(bucket)).hasSize(1);
    clock.advance(Duration.ofDays(1));
    sweep();
    assertThat(hospital.pincodes(bucket)).hasSize(1);
    assertThat(due()).isEmpty();
  }

  @Test
  void whatIsStillOpenIsAskedAfterUntilItIsOver() throws IOException {
    var bucket = order();
    var session = checkouts.open(bucket, "card");
    var asked = 0;
    for (var minutes = 0; minutes < 60; minutes += 5) {
      clock.advance(Duration.ofMinutes(5));
      stripe.calls();
      sweep();
      asked += stripe.calls().size();
    }
    assertThat(asked).isEqualTo(4); // after 5, 15, 25, 35 minutes, and no more once it has expired
    assertThat(payments.checkout(bucket, session).orElseThrow().stage()).isEqualTo(Stage.EXPIRED);
    assertThat(payments.tab(bucket).session()).isEmpty();
    assertThat(due()).isEmpty();
  }

  @Test
  void moneyThatTakesDaysIsWaitedFor() throws IOException {
    var bucket = order();
    var session = checkouts.open(bucket, "sepa_debit");
    stripe.act(session, "pay-later");
    clock.advance(PaymentPolicy.FIRST_ASK);
    sweep();
    assertThat(payments.tab(bucket).paid()).isFalse();
    clock.advance(Duration.ofDays(5));
    stripe.act(session, "succeed");
    sweep();
    assertThat(payments.tab(bucket).paid()).isTrue();
  }

  @Test
  void oneThatFailsHoldsUpNoOther() throws IOException {
    var failing = checkouts.open(order(), "card");
    var bucket = order();
    var session = checkouts.open(bucket, "card");
    stripe.act(session, "pay");
    stripe.down(call -> call.path().contains(failing));
    clock.advance(PaymentPolicy.FIRST_ASK);
    sweep();
    assertThat(payments.tab(bucket).paid()).isTrue();
    assertThat(stripe.log()).contains("\"event\":\"sweep-failed\"");
    assertThat(stripe.log().lines())
        .anyMatch(line -> line.contains("\"asked\":2") && line.contains("\"failed\":1"));
  }

  @Test
  void nobodyIsAskedAfterWhenThereIsNoTimeForAnAnswer() throws IOException {
    for (var i = 0; i < 3; i++) {
      stripe.act(checkouts.open(order(), "card"), "pay");
    }
    clock.advance(PaymentPolicy.FIRST_ASK);
    stripe.calls();
    var left = new ArrayDeque<>(List.of(Duration.ofSeconds(60), Duration.ofSeconds(39)));
    sweep(() -> left.size() > 1 ? left.remove() : left.element());
    assertThat(stripe.calls()).as("one before, none after").hasSize(1);
    assertThat(stripe.log().lines()).anyMatch(line -> line.contains("\"asked\":1"));
    assertThat(due()).as("what is left is found in the next round").hasSize(2);
    sweep();
    assertThat(due()).isEmpty();
  }

  /// More of them than are asked after at once, and all before the one that can be settled.
  @Test
  void manyThatFailOrThatStripeDoesNotKnowHoldUpNoOther() throws IOException {
    var failing = new ArrayList<String>();
    var unknown = new ArrayList<String>();
    for (var i = 0; i < 26; i++) {
      failing.add(checkouts.open(order(), "card"));
      unknown.add(checkouts.open(order(), "card"));
    }
    clock.advance(Duration.ofSeconds(1));
    var bucket = order();
    stripe.act(checkouts.open(bucket, "card"), "pay");
    stripe.down(call -> failing.stream().anyMatch(call.path()::contains));
    stripe.lie(
        answer ->
            unknown.stream().anyMatch(answer::contains)
                ? answer.replaceAll("\"currency\":\"eur\"", "\"currency\":null")
                : answer);
    clock.advance(PaymentPolicy.FIRST_ASK);
    sweep();
    assertThat(payments.tab(bucket).paid()).isTrue();
    stripe.calls();
    clock.advance(Duration.ofHours(1));
    stripe.down(false);
    sweep();
    assertThat(stripe.calls()).as("the unknown are asked about once a day").hasSize(26);
    clock.advance(Duration.ofDays(1));
    stripe.behave();
    sweep();
    assertThat(due()).as("all over").isEmpty();
  }
}
