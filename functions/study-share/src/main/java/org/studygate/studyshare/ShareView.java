package org.studygate.studyshare;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.studygate.sharing.Exam;
import org.studygate.sharing.Shared;

/// What was shared, as who did it sees it.
///
/// @param patient of all of it, where it is one
record ShareView(
    String id,
    String department,
    List<OneView> shares,
    Optional<String> patient,
    List<ExamView> exams,
    String access,
    String language,
    Optional<LocalDate> validUntil,
    boolean urgent,
    boolean anonymize,
    boolean furtherSharing,
    boolean tellOpened,
    Optional<String> message) {
  record OneView(
      String bucket,
      RecipientView recipient,
      List<String> studies,
      boolean twoFactor,
      boolean sendMail) {}

  record ExamView(String id, Optional<LocalDate> date, String description, String patient) {
    static ExamView of(Exam exam) {
      return new ExamView(exam.id(), exam.date(), exam.description(), exam.patient());
    }

    @Override
    public String toString() {
      return "ExamView[" + id + "]";
    }
  }

  static ShareView of(Shared shared) {
    return new ShareView(
        shared.id(),
        shared.department(),
        shared.shares().stream().map(ShareView::one).toList(),
        patient(shared.exams()),
        shared.exams().stream().map(ExamView::of).toList(),
        access(shared.write()),
        shared.language(),
        shared.validUntil(),
        shared.urgent(),
        shared.anonymized(),
        shared.further(),
        shared.tellOpened(),
        shared.message());
  }

  static Optional<String> patient(List<Exam> exams) {
    var patients = exams.stream().map(Exam::patient).collect(Collectors.toSet());
    return patients.size() == 1 ? patients.stream().findFirst() : Optional.empty();
  }

  private static OneView one(Shared.One one) {
    return new OneView(
        one.bucket(),
        new RecipientView(one.kind(), one.recipient(), one.name()),
        one.studies(),
        one.twoFactor(),
        one.mail());
  }

  static String access(boolean write) {
    return write ? "report-write" : "report-read";
  }

  @Override
  public String toString() {
    return "ShareView[" + id + "]";
  }
}
