package org.studygate.order;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.studygate.study.OrderId;
import org.studygate.study.Person;

/// What a hospital asked for and for whom, as its newest message says. The reference number is not
/// in it: only its keyed hash is kept, elsewhere.
///
/// @param accession as the hospital wrote it
/// @param version orders the messages about one order: when it was placed, then when it arrived
public record Order(
    OrderId id,
    String accession,
    String version,
    Instant placedAt,
    Patient patient,
    Optional<Physician> requestedBy,
    List<Physician> copiesTo,
    List<Listed> studies) {

  public record Patient(
      Optional<String> id,
      Optional<String> issuer,
      String familyName,
      Optional<String> givenName,
      BirthDate birthDate,
      Optional<String> sex,
      Optional<String> language,
      Optional<String> mobile,
      Optional<String> email) {
    @Override
    public String toString() {
      return "Patient[…]";
    }
  }

  /// A physician, known by number.
  public record Physician(
      Optional<String> number, Optional<String> familyName, Optional<String> givenName) {}

  /// A study that the order names by its UID.
  public record Listed(
      Optional<String> uid,
      Optional<String> description,
      Optional<LocalDate> date,
      Optional<String> modality,
      Optional<Integer> expectedInstances) {}

  public Person person() {
    return Person.of(
        patient.id().orElse(""),
        patient.issuer().orElse(""),
        patient.birthDate().text(),
        patient.familyName() + " " + patient.givenName().orElse(""));
  }

  public Optional<Listed> listed(String studyUid) {
    return studies.stream().filter(study -> study.uid().equals(Optional.of(studyUid))).findFirst();
  }

  @Override
  public String toString() {
    return "Order[" + version + "]";
  }
}
