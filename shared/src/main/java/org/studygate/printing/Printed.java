package org.studygate.printing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// A number that was printed, with all that its letter says. The number itself is kept like this
/// alone, sealed, for as long as the letter can be had in another language.
///
/// @param id of the letter
/// @param by the account that printed it: nobody else gets it
/// @param verification its code
/// @param sentTo masked
/// @param validUntil the last day
public record Printed(
    String id,
    String by,
    String bucket,
    String department,
    String number,
    String patient,
    List<Exam> exams,
    String verification,
    Optional<String> sentTo,
    boolean report,
    boolean anonymized,
    String language,
    LocalDate validUntil,
    Optional<String> message) {
  public Printed {
    exams = List.copyOf(exams);
  }

  @Override
  public String toString() {
    return "Printed[" + id + "]";
  }
}
