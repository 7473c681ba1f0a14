package org.studygate.stripe;

import java.time.Clock;
import java.util.Optional;
import org.studygate.department.Price;
import org.studygate.payment.Checkout;
import org.studygate.payment.PaymentPolicy;
import org.studygate.payment.PaymentProvider.Request;
import org.studygate.payment.Payments;
import org.studygate.payment.Tab.Attempt;

/// Sessions at the stand-in and on our record, as payment-checkout opens them.
public final class TestCheckouts {
  private final TestStripe stripe;
  private final Payments payments;
  private final Clock clock;

  public TestCheckouts(TestStripe stripe, Payments payments, Clock clock) {
    this.stripe = stripe;
    this.payments = payments;
    this.clock = clock;
  }

  /// Answers the session.
  public String open(String bucket, String method) {
    var attempt =
        new Attempt(Price.of(1500, "EUR"), method, "nl", clock.instant(), Optional.empty());
    var tab = payments.tab(bucket);
    var number = tab.attempt() + 1;
    require(payments.begin(tab, attempt));
    var opened =
        stripe
            .provider()
            .open(
                new Request(
                    "checkout-" + bucket + '-' + number,
                    bucket,
                    Checkout.number(bucket, number),
                    "noord",
                    attempt.price(),
                    method,
                    "nl",
                    "Beelden online",
                    clock.instant().plus(PaymentPolicy.SESSION)));
    var checkout = Checkout.opened(opened.session(), bucket, number, attempt, clock.instant());
    require(payments.opened(checkout, clock.instant().plus(PaymentPolicy.FIRST_ASK)));
    return opened.session();
  }

  private static void require(boolean done) {
    if (!done) {
      throw new IllegalStateException("a session could not be opened");
    }
  }
}
