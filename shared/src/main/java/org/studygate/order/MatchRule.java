package org.studygate.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.studygate.study.OrderId;
import org.studygate.study.Studies.Link;
import org.studygate.study.Study;

/// Which order a study belongs to, told from both alone, so that it does not matter which came
/// first. A study that may be of another patient belongs to none: it is kept, flagged, and opened
/// by
/// nobody's number.
public final class MatchRule {
  private MatchRule() {}

  /// @param orders of this department, that list the study's UID or have its accession number
  public static Link decide(Study study, List<Order> orders) {
    if (study.patientIds().size() > 1) {
      return none("patients-mixed");
    }
    var listing =
        orders.stream()
            .filter(order -> order.listed(study.uid()).isPresent())
            .sorted(Comparator.comparing(order -> order.id().toString()))
            .toList();
    return listing.isEmpty() ? byAccession(study, orders) : byListing(study, listing);
  }

  /// The hospital itself names the study in its order, so that counts more than the patient id in
  /// the file; a difference is for staff to look at.
  private static Link byListing(Study study, List<Order> listing) {
    var patients = new ArrayList<Optional<String>>();
    listing.forEach(order -> patients.add(order.patient().id()));
    if (listing.size() > 1 && patients.stream().distinct().count() > 1) {
      return none("listed-for-several-patients");
    }
    if (listing.size() > 1 && patients.getFirst().isEmpty()) {
      return none("listed-for-several-patients"); // nothing says that they are one person
    }
    var order =
        listing.stream()
            .filter(one -> study.accessions().contains(one.id().accession()))
            .findFirst()
            .orElse(listing.getFirst());
    var flag = differs(study, order) ? Optional.of("patient-differs") : Optional.<String>empty();
    return link(study, order, flag);
  }

  private static Link byAccession(Study study, List<Order> orders) {
    if (study.accessions().size() > 1) {
      return none("accessions-mixed");
    }
    var order =
        orders.stream()
            .filter(one -> study.accessions().contains(one.id().accession()))
            .findFirst();
    if (order.isEmpty()) {
      return new Link(Optional.empty(), Optional.empty(), Optional.empty());
    }
    return differs(study, order.get())
        ? none("patient-mismatch")
        : link(study, order.get(), Optional.empty());
  }

  private static boolean differs(Study study, Order order) {
    var patient = order.patient().id();
    return patient.isPresent()
        && !study.patientIds().isEmpty()
        && !study.patientIds().contains(patient.get());
  }

  private static Link link(Study study, Order order, Optional<String> flag) {
    var expected = order.listed(study.uid()).flatMap(Order.Listed::expectedInstances);
    return new Link(Optional.of(order.id()), expected, flag);
  }

  private static Link none(String flag) {
    return new Link(Optional.empty(), Optional.empty(), Optional.of(flag));
  }

  /// The order that a study's own accession number would name.
  static List<OrderId> byOwnAccession(Study study) {
    return study.accessions().stream()
        .filter(OrderId::possible)
        .map(accession -> new OrderId(study.department(), accession))
        .toList();
  }
}
