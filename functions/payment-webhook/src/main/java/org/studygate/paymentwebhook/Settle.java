package org.studygate.paymentwebhook;

import org.studygate.payment.PaymentProvider;
import org.studygate.payment.Settlement;
import org.studygate.stripe.StripeEvents.Notice;

/// Makes of every kind of event the same question: how does this session stand? So it does not
/// matter in which order, how often or how late events come (security rules 36 to 38).
final class Settle {
  private final PaymentProvider provider;
  private final Settlement settlement;

  Settle(PaymentProvider provider, Settlement settlement) {
    this.provider = provider;
    this.settlement = settlement;
  }

  void hear(Notice notice) {
    switch (notice) {
      case Notice.OfSession(var kind, var session) -> settlement.settle(session, kind);
      case Notice.OfPayment(var kind, var payment) ->
          provider.sessionOf(payment).ifPresent(session -> settlement.settle(session, kind));
      case Notice.Other _ -> {}
    }
  }
}
