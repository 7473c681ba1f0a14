package org.studygate.referenceletter;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.studygate.printing.Exam;
import org.studygate.printing.Printed;

/// A printed number, as who printed it sees it.
record LetterView(
    String id,
    String bucket,
    String reference,
    String department,
    LocalDate validUntil,
    String pdf,
    String patient,
    List<Exam> studies,
    String verification,
    Optional<String> sentTo,
    String language,
    String access,
    boolean anonymized,
    Optional<String> message,
    String state) {
  static LetterView of(Printed printed) {
    return new LetterView(
        printed.id(),
        printed.bucket(),
        printed.number(),
        printed.department(),
        printed.validUntil(),
        "/api/letters/" + printed.id() + "/pdf",
        printed.patient(),
        printed.exams(),
        printed.verification(),
        printed.sentTo(),
        printed.language(),
        printed.report() ? "images-and-report" : "images",
        false,
        printed.message(),
        "ready");
  }

  @Override
  public String toString() {
    return "LetterView[" + id + "]";
  }
}
