package org.studygate.referencelogin;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.payment.Offer;

/// What the page is told before anything is paid.
record Pay(
    String next,
    Optional<LocalDate> studyDate,
    Optional<LocalDate> accessUntil,
    String hospital,
    String mobile,
    Offer.Whom department,
    Offer.Amount amount,
    List<String> methods,
    Map<String, String> freeRoute) {
  static Pay of(Offer offer) {
    return new Pay(
        "pay",
        offer.studyDate(),
        offer.accessUntil(),
        offer.hospital(),
        offer.mobile(),
        offer.department(),
        offer.amount(),
        offer.methods(),
        offer.freeRoute());
  }
}
