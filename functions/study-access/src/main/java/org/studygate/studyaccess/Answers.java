package org.studygate.studyaccess;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.studygate.copying.LeftOut;

/// What is told of access, as `docs/openapi.yaml` says it.
final class Answers {
  private Answers() {}

  /// @param refused the code of a receipt, where the number that came with the order opens nothing
  /// @param downloads the newest first
  record AccessView(
      List<GrantView> grants,
      List<BucketView> buckets,
      Optional<String> refused,
      List<DownloadView> downloads) {}

  /// @param kind `patient`, `professional`, `staff`
  /// @param by what an account is called
  record DownloadView(Instant at, String kind, Optional<String> by) {}

  /// @param kind `account`, `group`, `department`
  /// @param by what whoever gave it is called
  /// @param shared of what somebody gave to somebody with an account
  record GrantView(
      String id,
      String kind,
      String name,
      String reason,
      String access,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<String> by,
      String state,
      Optional<GivenView> shared) {}

  /// @param under the bucket that it was given on from
  /// @param reason for the department and the service desk
  /// @param twoFactor whether a code is asked for
  /// @param failures wrong codes in a row
  /// @param left what its copies do not have
  record GivenView(
      String bucket,
      Optional<String> under,
      Optional<String> reason,
      boolean twoFactor,
      int failures,
      boolean write,
      boolean further,
      boolean anonymized,
      List<LeftOut.Some> left) {}

  /// @param failures wrong codes or pincodes in a row
  /// @param dateFailures wrong dates of birth in a row
  /// @param reason for those who look after it alone
  /// @param order at the desk, where the number of an order opens it
  /// @param refused the code of a receipt, where no number opens it yet
  /// @param left what its copies do not have
  /// @param studies how many it opens
  record BucketView(
      String id,
      String kind,
      String state,
      String access,
      String verification,
      Optional<String> sentTo,
      int failures,
      int dateFailures,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<Instant> madeAt,
      Optional<String> by,
      Optional<String> reason,
      boolean anonymized,
      Optional<String> order,
      Optional<String> refused,
      List<LeftOut.Some> left,
      int studies) {}

  record SentView(
      String id,
      String kind,
      String state,
      String access,
      String verification,
      Optional<String> sentTo,
      int failures,
      int dateFailures,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<Instant> madeAt,
      Optional<String> by,
      Optional<ToView> to,
      Optional<String> reason,
      boolean anonymized,
      Optional<String> order,
      Optional<String> refused,
      List<LeftOut.Some> left,
      String department,
      Optional<PatientView> patient,
      List<StudyView> studies) {}

  /// With whom something was shared.
  ///
  /// @param name empty for who is there no more
  record ToView(String kind, String name) {
    @Override
    public String toString() {
      return "ToView[" + kind + "]";
    }
  }

  record PatientView(String name, Optional<String> birthDate, Optional<String> id) {}

  record StudyView(String id, Optional<LocalDate> date, String description) {}
}
