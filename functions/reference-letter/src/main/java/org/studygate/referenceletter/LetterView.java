package org.studygate.referenceletter;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.studygate.copying.Progress;
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
    String state,
    Optional<Progress> copies) {
  /// @param copies how far they are, of an anonymized one
  static LetterView of(Printed printed, Optional<Progress> copies) {
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
        printed.anonymized(),
        printed.message(),
        copies.map(LetterView::state).orElse("ready"),
        copies);
  }

  private static String state(Progress copies) {
    return switch (copies.state()) {
      case "waiting" -> "making";
      case "looking" -> "waiting";
      default -> copies.state();
    };
  }

  @Override
  public String toString() {
    return "LetterView[" + id + "]";
  }
}
