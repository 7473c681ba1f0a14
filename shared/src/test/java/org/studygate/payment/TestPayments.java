package org.studygate.payment;

import java.io.OutputStream;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import org.studygate.access.DynamoBuckets;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.dynamo.TestTables;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.order.DynamoOrders;
import org.studygate.payment.Tab.Attempt;
import org.studygate.platform.Log;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;

/// Payments of a test hospital: a provider that does as it is told, the rest real.
public final class TestPayments {
  private final TestTables tables;
  private final TestClock clock;
  public final FakeProvider provider = new FakeProvider();
  public final Pincodes pincodes =
      new Pincodes(new Pepper(new TestSecrets(), "pepper"), new SecureRandom());
  public final DynamoPayments payments;

  public TestPayments(TestTables tables, TestClock clock) {
    this.tables = tables;
    this.clock = clock;
    this.payments =
        new DynamoPayments(
            tables.client(),
            new DynamoPayments.Tables(
                "PaymentsTable", "OutboxTable", "BucketsTable", "ChallengesTable", "SessionsTable"),
            new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom())));
  }

  public Settlement settlement() {
    return settlement(payments -> payments);
  }

  public Settlement settlement(UnaryOperator<Payments> between) {
    return settlement(between, new PrintStream(OutputStream.nullOutputStream()));
  }

  public Settlement settlement(UnaryOperator<Payments> between, PrintStream log) {
    var pepper = new Pepper(new TestSecrets(), "pepper");
    var tokens = new Tokens(new SecureRandom());
    return new Settlement(
        provider,
        between.apply(payments),
        new DynamoBuckets(tables.client(), "BucketsTable"),
        new DynamoDepartments(tables.client(), "DepartmentsTable"),
        new DynamoOrders(tables.client(), "OrdersTable"),
        new Notices(new Seal(pepper, new SecureRandom()), tokens),
        pincodes,
        clock,
        new Log(log, clock),
        () -> false);
  }

  /// A session on record, as payment-checkout opens it: its id.
  public String open(String bucket, Attempt attempt) {
    var tab = payments.tab(bucket);
    if (!payments.begin(tab, attempt)) {
      throw new IllegalStateException("an attempt could not begin");
    }
    var number = tab.attempt() + 1;
    var opened =
        provider.open(
            new PaymentProvider.Request(
                "checkout-" + bucket + '-' + number,
                bucket,
                Checkout.number(bucket, number),
                "noord",
                attempt.price(),
                attempt.method(),
                attempt.language(),
                "images online",
                clock.instant().plus(PaymentPolicy.SESSION)));
    var checkout = Checkout.opened(opened.session(), bucket, number, attempt, clock.instant());
    if (!payments.opened(checkout, clock.instant().plus(PaymentPolicy.FIRST_ASK))) {
      throw new IllegalStateException("a session could not be noted");
    }
    return opened.session();
  }
}
