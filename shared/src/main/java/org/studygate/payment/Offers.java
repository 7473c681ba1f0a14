package org.studygate.payment;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.studygate.access.Authorisation;
import org.studygate.access.Bucket;
import org.studygate.department.Department;
import org.studygate.department.PaymentRules;
import org.studygate.department.Price;
import org.studygate.order.Order;
import org.studygate.order.Orders;
import org.studygate.otp.Masked;
import org.studygate.study.OrderId;
import org.studygate.study.StudyContents;

/// What a bucket costs and what its page says, by the department's policy and what the order
/// holds.
public final class Offers {
  private final Authorisation authorisation;
  private final Orders orders;

  public Offers(Authorisation authorisation, Orders orders) {
    this.authorisation = authorisation;
    this.orders = orders;
  }

  public Offer of(Bucket bucket, Department department, PaymentRules rules) {
    return of(bucket, department, rules, authorisation.all(bucket));
  }

  /// For whoever has read what the bucket opens already.
  public Offer of(
      Bucket bucket, Department department, PaymentRules rules, List<StudyContents> studies) {
    var listed = listed(bucket);
    var price = price(rules, studies, listed);
    var contact = department.contact();
    return new Offer(
        day(studies, listed),
        department.hospital(),
        Masked.mobile(bucket.destination().orElse("")),
        new Offer.Whom(department.name(), contact.phone(), contact.email()),
        new Offer.Amount(price.value(), price.currency().getCurrencyCode()),
        rules.methods(),
        rules.freeRoute());
  }

  public Price price(Bucket bucket, PaymentRules rules) {
    return price(rules, authorisation.all(bucket), listed(bucket));
  }

  private List<Order.Listed> listed(Bucket bucket) {
    return orders
        .find(OrderId.parse(bucket.orderId()))
        .map(filed -> filed.order().studies())
        .orElse(List.of());
  }

  /// Pictures tell their modality; an exam of which only a report has come has what the order
  /// says.
  private static Price price(
      PaymentRules rules, List<StudyContents> studies, List<Order.Listed> listed) {
    var modalities = new TreeSet<String>();
    studies.forEach(study -> modalities.addAll(study.study().modalities()));
    listed.forEach(study -> study.modality().ifPresent(modalities::add));
    return rules.priceOf(modalities);
  }

  /// As the study page tells it: what the hospital's order says comes before what its files say.
  private static Optional<LocalDate> day(List<StudyContents> studies, List<Order.Listed> listed) {
    return listed.stream()
        .flatMap(study -> study.date().stream())
        .max(LocalDate::compareTo)
        .or(
            () ->
                studies.stream()
                    .flatMap(study -> study.study().facts().day().stream())
                    .findFirst());
  }
}
