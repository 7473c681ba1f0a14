package org.studygate.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.studygate.access.Authorisation;
import org.studygate.access.Bucket;
import org.studygate.access.Opened;
import org.studygate.access.Principal;
import org.studygate.department.Department;
import org.studygate.department.PaymentRules;
import org.studygate.department.Price;
import org.studygate.order.Order;
import org.studygate.payment.Tab.Attempt;
import org.studygate.signin.Masked;
import org.studygate.study.StudyContents;

/// What a bucket costs and what its page says, by the department's policy and what the order
/// holds.
public final class Offers {
  private final Authorisation authorisation;

  public Offers(Authorisation authorisation) {
    this.authorisation = authorisation;
  }

  public Offer of(Bucket bucket, Department department, PaymentRules rules) {
    return of(bucket, department, rules, paidFor(bucket, department));
  }

  /// For whoever has read what the bucket opens already.
  public Offer of(Bucket bucket, Department department, PaymentRules rules, List<Opened> opened) {
    var studies = studies(opened);
    var listed = listed(opened);
    var price = price(rules, studies, listed);
    var contact = department.contact();
    return new Offer(
        day(studies, listed),
        lastDay(department, studies, listed),
        department.hospital(),
        Masked.mobile(bucket.destination().orElse("")),
        new Offer.Whom(department.name(), contact.phone(), contact.email()),
        new Offer.Amount(price.value(), price.currency().getCurrencyCode()),
        rules.methods(),
        rules.freeRoute());
  }

  /// What is written down before the provider is asked: what it costs and until when it is for, as
  /// the offer says it.
  public Attempt attempt(
      Bucket bucket,
      Department department,
      PaymentRules rules,
      String method,
      String language,
      Instant now) {
    var opened = paidFor(bucket, department);
    var studies = studies(opened);
    var listed = listed(opened);
    var until = lastDay(department, studies, listed).map(day -> end(day, department));
    return new Attempt(price(rules, studies, listed), method, language, now, until);
  }

  /// When access that is paid for ends by itself.
  public Optional<Instant> until(Bucket bucket, Department department) {
    var opened = paidFor(bucket, department);
    return lastDay(department, studies(opened), listed(opened)).map(day -> end(day, department));
  }

  private static Instant end(LocalDate lastDay, Department department) {
    return lastDay.plusDays(1).atStartOfDay(department.zone()).toInstant();
  }

  /// The end of the retention of the newest images: from the day of their exam, or, where nobody
  /// says one, from the day on which they were complete.
  private static Optional<LocalDate> lastDay(
      Department department, List<StudyContents> studies, List<Order.Listed> listed) {
    var days = new ArrayList<LocalDate>();
    listed.forEach(study -> study.date().ifPresent(days::add));
    for (var study : studies) {
      if (!dated(study, listed)) {
        study.study().facts().day().or(() -> completed(study, department)).ifPresent(days::add);
      }
    }
    return department
        .policy()
        .retention()
        .flatMap(kept -> days.stream().max(LocalDate::compareTo).map(day -> day.plus(kept)));
  }

  private static boolean dated(StudyContents study, List<Order.Listed> listed) {
    return listed.stream()
        .anyMatch(
            one -> one.date().isPresent() && one.uid().equals(Optional.of(study.study().uid())));
  }

  private static Optional<LocalDate> completed(StudyContents study, Department department) {
    return study.study().firstCompleteAt().map(at -> LocalDate.ofInstant(at, department.zone()));
  }

  /// What the bucket opens once it has been paid for.
  private List<Opened> paidFor(Bucket bucket, Department department) {
    return authorisation.all(new Principal.Patient(bucket.paidFor()), department);
  }

  private static List<StudyContents> studies(List<Opened> opened) {
    return opened.stream().flatMap(of -> of.studies().stream()).toList();
  }

  private static List<Order.Listed> listed(List<Opened> opened) {
    return opened.stream()
        .flatMap(of -> of.order().stream())
        .flatMap(order -> order.studies().stream())
        .toList();
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
