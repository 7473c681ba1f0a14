package org.studygate.paymentcheckout;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.studygate.limit.LimitRule;
import org.studygate.limit.Limits;
import org.studygate.payment.Checkout;
import org.studygate.payment.Offer;
import org.studygate.payment.Offers;
import org.studygate.payment.Payments;
import org.studygate.payment.Settlement;
import org.studygate.payment.Stage;
import org.studygate.payment.Tab;

/// How a payment stands, for the page that somebody comes back to: the address it was called by
/// proves nothing, so the provider is asked. Whichever is first, this or the webhook, settles it.
final class LookAtPayment {
  private final Offers offers;
  private final Payments payments;
  private final Settlement settlement;
  private final Limits limits;
  private final Clock clock;

  LookAtPayment(
      Offers offers, Payments payments, Settlement settlement, Limits limits, Clock clock) {
    this.offers = offers;
    this.payments = payments;
    this.settlement = settlement;
    this.limits = limits;
    this.clock = clock;
  }

  sealed interface Outcome {
    /// @param last how the newest session ended, or that it is open
    /// @param checkout what was paid with, else what may be paid now
    record Seen(Status status, Optional<Stage> last, Optional<Checkout> checkout, Offer offer)
        implements Outcome {}

    record TooMany(Instant retryAt) implements Outcome {}
  }

  enum Status {
    UNPAID,
    PENDING,
    PAID,
    FAILED
  }

  Outcome look(Terms.Of of) {
    var bucket = of.bucket();
    var tab = payments.tab(bucket.id());
    if (!tab.paid() && tab.session().isPresent()) {
      var now = clock.instant();
      var room = limits.take(LimitRule.PAYMENT_ASKED, bucket.id(), now);
      if (room.isPresent()) {
        return new Outcome.TooMany(room.get());
      }
      settlement.settle(tab.session().get(), "return");
      tab = payments.tab(bucket.id());
    }
    return seen(of, tab);
  }

  private Outcome seen(Terms.Of of, Tab tab) {
    var open = tab.session().flatMap(session -> payments.checkout(tab.bucket(), session));
    var last = open.map(checkout -> checkout.stage()).or(tab::last);
    var paid =
        tab.paidBy()
            .filter(by -> !by.equals(Tab.STAFF))
            .flatMap(session -> payments.checkout(tab.bucket(), session));
    return new Outcome.Seen(
        status(tab, last),
        last,
        tab.paid() ? paid : open,
        offers.of(of.bucket(), of.department(), of.rules()));
  }

  private static Status status(Tab tab, Optional<Stage> last) {
    if (tab.paid()) {
      return Status.PAID;
    }
    return switch (last.orElse(Stage.OPEN)) {
      case PENDING -> Status.PENDING;
      case FAILED -> Status.FAILED;
      case OPEN, EXPIRED, PAID, DISPUTED, WON, LOST, REFUNDED -> Status.UNPAID;
    };
  }
}
