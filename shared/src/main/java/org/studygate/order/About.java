package org.studygate.order;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.study.Person;
import org.studygate.study.Study;

/// What is said of a study. The order's own words come first (a department wrote them for people),
/// the files' words fill what it leaves open.
public record About(Study study, Optional<Order> order) {
  /// @param name given name first, where an order says which is which
  public record Patient(
      String name,
      Optional<BirthDate> birthDate,
      Optional<String> id,
      Optional<String> issuer,
      Optional<String> sex) {
    private static final Pattern NOBODY = Pattern.compile("\\d+ Anonymous");

    /// What a copy without the person calls its patient, wherever that is kept.
    public boolean anonymous() {
      return birthDate.isEmpty() && id.isEmpty() && NOBODY.matcher(name).matches();
    }

    public Person person() {
      var born = birthDate.map(BirthDate::text).orElse("");
      return Person.of(id.orElse(""), issuer.orElse(""), born, name);
    }

    @Override
    public String toString() {
      return "Patient[…]";
    }
  }

  /// One that names no study speaks of the only one that it has.
  private Optional<Order.Listed> listed() {
    return order.flatMap(
        found -> {
          var named = found.listed(study.uid());
          return named.isPresent() || found.studies().size() != 1
              ? named
              : Optional.of(found.studies().getFirst()).filter(one -> one.uid().isEmpty());
        });
  }

  /// Of a copy none: what stands for it is no day of any exam.
  public Optional<LocalDate> date() {
    return study.original() ? said() : Optional.empty();
  }

  private Optional<LocalDate> said() {
    return listed().flatMap(Order.Listed::date).or(() -> study.facts().day());
  }

  public String description() {
    return listed().flatMap(Order.Listed::description).orElse(study.facts().description());
  }

  public Patient patient() {
    return study.original() ? named() : anonymous();
  }

  /// Of a copy nothing is told but what it calls the patient, and an order never speaks of one.
  private Patient anonymous() {
    var parts = study.facts().patientName().split("\\^", 2);
    var name = parts.length < 2 ? parts[0] : parts[1] + " " + parts[0];
    return new Patient(
        name.strip(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Patient named() {
    var facts = study.facts();
    return order
        .map(Order::patient)
        .map(
            patient ->
                new Patient(
                    (patient.givenName().orElse("") + " " + patient.familyName()).strip(),
                    Optional.of(patient.birthDate()),
                    patient.id().or(() -> said(facts.patientId())),
                    patient.issuer().or(() -> said(facts.patientIssuer())),
                    patient.sex().or(() -> said(facts.sex()))))
        .orElseGet(
            () ->
                new Patient(
                    facts.patientName(),
                    facts.born().map(BirthDate::of),
                    said(facts.patientId()),
                    said(facts.patientIssuer()),
                    said(facts.sex())));
  }

  private static Optional<String> said(String text) {
    return Optional.of(text).filter(one -> !one.isBlank());
  }
}
