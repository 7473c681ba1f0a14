package org.studygate.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the desk is told, as `docs/openapi.yaml` says it.
final class Answers {
  private Answers() {}

  /// @param key of the object; empty where it is about what several say together
  record ReceiptView(
      String id,
      String key,
      String code,
      String sentence,
      Instant at,
      boolean done,
      Optional<Instant> doneAt,
      AboutView about) {}

  record AboutView(
      Optional<String> accession, Optional<String> studyUid, Optional<String> sopUid) {}

  /// @param acts that make sense now and that whoever asks may do
  record OrderView(
      String id,
      String accession,
      Instant placedAt,
      PatientView patient,
      List<StudyView> studies,
      Optional<NumberView> number,
      Optional<PaymentView> payment,
      Collection<String> acts) {}

  record PatientView(
      String name,
      String birthDate,
      Optional<String> id,
      Optional<String> issuer,
      Optional<String> sex) {}

  /// @param state `announced`, `arriving`, `complete`, `held`, `elsewhere`
  /// @param why it is held back, or what is odd about it
  record StudyView(
      String id,
      Optional<LocalDate> date,
      String description,
      List<String> modalities,
      int instances,
      String state,
      Collection<String> why,
      boolean byHand) {}

  /// @param why the code of a receipt, where the order's number opens nothing
  /// @param failures wrong dates of birth in a row
  /// @param codeFailures wrong codes in a row
  record NumberView(
      String state,
      Optional<String> why,
      int failures,
      int codeFailures,
      Optional<Instant> validFrom,
      Optional<Instant> validUntil,
      Optional<String> verification) {}

  /// @param number in groups, told once
  record NewNumberView(String number, Instant validUntil) {
    @Override
    public String toString() {
      return "NewNumberView[…]";
    }
  }

  record PaymentView(String state, int pincodeFailures, boolean byHand, Optional<String> mobile) {}

  /// @param persons how many the files name
  record HeldView(
      String id,
      Optional<Instant> since,
      Collection<String> why,
      Optional<LocalDate> date,
      String description,
      List<String> modalities,
      int instances,
      boolean complete,
      Collection<String> accessions,
      Optional<OrderName> order,
      Optional<PersonView> patient,
      int persons,
      boolean byHand) {}

  record OrderName(String id, String accession) {}

  /// @param files how many objects name this person
  /// @param shown whether they are shown to whoever may see the study
  record PersonView(
      String id,
      String name,
      String birthDate,
      String patientId,
      String issuer,
      Collection<String> accessions,
      long files,
      boolean shown) {}

  /// Both sides, so that somebody can judge.
  ///
  /// @param persons whom the files name
  /// @param orders that may have to do with the study
  record JudgedView(
      HeldView study,
      List<PersonView> persons,
      List<CandidateView> orders,
      List<PictureView> pictures,
      Collection<String> acts) {}

  /// @param fits person ids of the files with `same`, `other` or `unknown`
  record CandidateView(
      String id, String accession, PatientView patient, boolean listed, List<FitView> fits) {}

  record FitView(String person, String likeness) {}

  record PictureView(String person, String series, String url) {}
}
