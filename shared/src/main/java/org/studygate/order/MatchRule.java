package org.studygate.order;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.studygate.study.OrderId;
import org.studygate.study.Person;
import org.studygate.study.Person.Likeness;
import org.studygate.study.Studies.Link;
import org.studygate.study.Study;
import org.studygate.study.Whose;

/// Which order a study belongs to, and which of its instances are the patient's, told from what
/// both sides say alone: so it does not matter which came first, and a correction mends it. An
/// order gets a study that bears its accession number or that it lists, and only what is of its
/// patient.
public final class MatchRule {
  private MatchRule() {}

  /// @param orders of this department, that list the study's UID or have its accession number
  /// @param counts how many instances name which person; asked only where orders of several
  ///     patients claim the study
  public static Link decide(
      Study study, List<OrderContents> orders, Supplier<Map<Person, Long>> counts) {
    var hand = study.link().hand();
    return hand.order()
        .map(order -> byHand(study, order, orders))
        .orElseGet(() -> byRule(study, orders, counts))
        .by(hand);
  }

  /// Whoever looked at both knows more than they say: what was decided holds until it is
  /// taken back.
  private static Link byHand(Study study, OrderId id, List<OrderContents> orders) {
    var order = orders.stream().filter(one -> one.order().id().equals(id)).findFirst();
    var shown = new HashSet<>(study.link().hand().persons());
    order.ifPresent(found -> study.persons().stream().filter(found::isFor).forEach(shown::add));
    shown.retainAll(study.persons());
    var flags = new TreeSet<String>();
    if (study.whose().size() >= Study.MOST_WHOSE) {
      flags.add(Remark.TOO_MANY_PATIENTS.code());
    }
    if (shown.size() < study.persons().size()) {
      flags.add(Remark.INSTANCE_OTHER_PATIENT.code());
    }
    var expected =
        order
            .flatMap(found -> found.order().listed(study.uid()))
            .flatMap(Order.Listed::expectedInstances);
    return new Link(Optional.of(id), expected, Set.copyOf(flags), Set.copyOf(shown));
  }

  private static Link byRule(
      Study study, List<OrderContents> orders, Supplier<Map<Person, Long>> counts) {
    var claims =
        orders.stream()
            .sorted(Comparator.comparing(order -> order.order().id().toString()))
            .map(order -> Claim.of(study, order))
            .filter(claim -> claim.listed() || claim.borne())
            .toList();
    var flags = new TreeSet<String>();
    if (study.whose().size() >= Study.MOST_WHOSE) {
      flags.add(Remark.TOO_MANY_PATIENTS.code());
    }
    var strongest = strongest(claims);
    var winner = strongest.isEmpty() ? Optional.<Claim>empty() : winner(strongest, counts);
    if (winner.isEmpty()) {
      flags.add(why(study, claims, strongest).map(Remark::code).orElse(""));
      flags.remove(""); // it waits for its order
      return Link.none(Set.copyOf(flags));
    }
    remarks(study, winner.get(), claims).forEach(remark -> flags.add(remark.code()));
    var order = winner.get().order().order();
    var expected = order.listed(study.uid()).flatMap(Order.Listed::expectedInstances);
    return new Link(Optional.of(order.id()), expected, Set.copyOf(flags), winner.get().persons());
  }

  /// What an order has to do with a study.
  ///
  /// @param persons those of the study's persons who are the order's patient
  /// @param listed it names the study by its UID
  /// @param borne the study bears its accession number
  /// @param own so do instances of its patient
  private record Claim(
      OrderContents order, Set<Person> persons, boolean listed, boolean borne, boolean own) {
    static Claim of(Study study, OrderContents order) {
      var persons = study.persons().stream().filter(order::isFor).collect(toUnmodifiableSet());
      var id = order.order().id();
      var bearing =
          study.whose().stream().filter(one -> one.accession().equals(id.accession())).toList();
      return new Claim(
          order,
          persons,
          order.order().listed(study.uid()).isPresent(),
          !bearing.isEmpty(),
          bearing.stream().map(Whose::person).anyMatch(persons::contains));
    }

    boolean samePatient(Claim other) {
      return order.isForPatientOf(other.order);
    }

    long instances(Map<Person, Long> counts) {
      return persons.stream().mapToLong(person -> counts.getOrDefault(person, 0L)).sum();
    }
  }

  /// A study is its own order's, whose accession number it bears; only one that has none goes to an
  /// order that lists it.
  private static List<Claim> strongest(List<Claim> claims) {
    var own = claims.stream().filter(Claim::own).toList();
    return own.isEmpty()
        ? claims.stream().filter(claim -> claim.listed() && !claim.persons().isEmpty()).toList()
        : own;
  }

  private static Optional<Claim> winner(List<Claim> claims, Supplier<Map<Person, Long>> counts) {
    var first = claims.getFirst();
    if (claims.stream().allMatch(first::samePatient)) {
      var listing = claims.stream().filter(Claim::listed).toList();
      return claims.size() == 1 ? Optional.of(first) : listing.stream().findFirst();
    }
    var count = counts.get();
    var most = claims.stream().mapToLong(claim -> claim.instances(count)).max().orElseThrow();
    var largest = claims.stream().filter(claim -> claim.instances(count) == most).toList();
    return largest.size() < claims.size() ? winner(largest, () -> count) : Optional.empty();
  }

  private static Optional<Remark> why(Study study, List<Claim> claims, List<Claim> strongest) {
    if (!strongest.isEmpty()) {
      var first = strongest.getFirst();
      return Optional.of(
          strongest.stream().allMatch(first::samePatient)
              ? Remark.ACCESSIONS_MIXED
              : Remark.PATIENTS_MIXED);
    }
    if (!claims.isEmpty()) {
      return Optional.of(
          claims.stream().allMatch(claim -> incomparable(study, claim))
              ? Remark.PATIENT_UNKNOWN
              : Remark.PATIENT_MISMATCH);
    }
    if (several(study.persons())) {
      return Optional.of(Remark.PATIENTS_MIXED);
    }
    return byOwnAccession(study).isEmpty()
        ? Optional.of(Remark.ACCESSION_UNUSABLE)
        : Optional.empty();
  }

  private static boolean incomparable(Study study, Claim claim) {
    return study.persons().stream()
        .allMatch(
            person ->
                claim.order().persons().stream()
                    .allMatch(one -> one.compare(person) == Likeness.UNKNOWN));
  }

  private static boolean several(Collection<Person> persons) {
    return persons.stream()
        .anyMatch(one -> persons.stream().anyMatch(two -> one.compare(two) == Likeness.OTHER));
  }

  private static Set<Remark> remarks(Study study, Claim winner, List<Claim> claims) {
    var remarks = new TreeSet<Remark>();
    if (winner.persons().size() < study.persons().size()) {
      remarks.add(Remark.INSTANCE_OTHER_PATIENT);
    }
    var others = claims.stream().filter(claim -> !claim.samePatient(winner)).toList();
    if (others.stream().anyMatch(Claim::listed)) {
      remarks.add(Remark.LISTED_FOR_SEVERAL_PATIENTS);
    }
    if (others.stream().anyMatch(claim -> claim.borne() && !claim.own())) {
      remarks.add(Remark.PATIENT_DIFFERS);
    }
    var known = winner.order().persons();
    for (var person : winner.persons()) {
      if (known.stream().noneMatch(person::namedLike)) {
        remarks.add(Remark.NAME_DIFFERS);
      }
      if (known.stream().noneMatch(person::bornLike)) {
        remarks.add(Remark.BIRTH_DATE_DIFFERS);
      }
    }
    return remarks;
  }

  /// The orders that a study's own accession numbers would name.
  static Set<OrderId> byOwnAccession(Study study) {
    return study.whose().stream()
        .map(Whose::accession)
        .filter(accession -> !accession.isEmpty())
        .map(accession -> new OrderId(study.department(), accession))
        .collect(toUnmodifiableSet());
  }
}
