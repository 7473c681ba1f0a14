package org.studygate.paymentcheckout;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.studygate.payment.Checkout;
import org.studygate.payment.Offer;
import org.studygate.payment.Stage;

/// How a payment stands, as the page is told it.
///
/// @param last how the newest try ended, or that it is open
/// @param payment what was or is to be paid, and a number to quote; nothing of a payment by hand
record Standing(
    String status,
    Optional<String> last,
    Optional<LocalDate> studyDate,
    Optional<LocalDate> accessUntil,
    String hospital,
    String mobile,
    Offer.Whom department,
    Offer.Amount amount,
    List<String> methods,
    Map<String, String> freeRoute,
    Optional<Quote> payment) {
  record Quote(String number, Offer.Amount amount) {
    static Quote of(Checkout checkout) {
      var price = checkout.price();
      return new Quote(
          checkout.number(), new Offer.Amount(price.value(), price.currency().getCurrencyCode()));
    }
  }

  static Standing of(LookAtPayment.Outcome.Seen seen) {
    var offer = seen.offer();
    return new Standing(
        seen.status().name().toLowerCase(Locale.ROOT),
        seen.last().map(Stage::code),
        offer.studyDate(),
        offer.accessUntil(),
        offer.hospital(),
        offer.mobile(),
        offer.department(),
        offer.amount(),
        offer.methods(),
        offer.freeRoute(),
        seen.checkout().map(Quote::of));
  }
}
