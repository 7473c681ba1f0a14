package org.studygate.order;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.studygate.study.Person;
import org.studygate.study.StudyId;

/// What is filed under an order, which itself may not have come yet.
///
/// @param newest the newest order message
/// @param persons the patient, in each way that its messages named him: a record may be merged or
///     corrected after the files were made
/// @param flag why the order's number opens nothing: `weak-number`, `number-taken`, …
/// @param buckets what its numbers open, those of former ones too
/// @param studies studies that say they belong; each counts only if its own `order` says the
///     same
public record OrderContents(
    Optional<Order> newest,
    Set<Person> persons,
    Optional<String> flag,
    Set<String> buckets,
    List<StudyId> studies) {
  public Order order() {
    return newest.orElseThrow();
  }

  public boolean isFor(Person person) {
    return persons.stream().anyMatch(person::is);
  }

  public boolean isForPatientOf(OrderContents other) {
    return persons.stream().anyMatch(other::isFor);
  }
}
