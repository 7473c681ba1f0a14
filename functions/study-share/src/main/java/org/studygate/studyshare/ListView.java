package org.studygate.studyshare;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.studygate.copying.LeftOut;

/// What was shared by or with somebody, the newest first.
record ListView(List<LineView> shares, Optional<String> next) {
  /// @param studies none where it is over for who asks, or a code has still to be given, or copies
  ///     are still made
  /// @param children how often it was given on
  /// @param left what the copies do not have, for who gave them
  /// @param mail `refused` where the recipient could not be told of it
  record LineView(
      String bucket,
      RecipientView recipient,
      PersonView by,
      List<StudyView> studies,
      String access,
      Instant from,
      Optional<Instant> until,
      String state,
      Optional<Instant> openedAt,
      boolean twoFactor,
      boolean code,
      boolean anonymised,
      boolean urgent,
      boolean furtherSharing,
      boolean message,
      int children,
      List<LeftOut.Some> left,
      Optional<String> mail) {
    @Override
    public String toString() {
      return "LineView[" + bucket + "]";
    }
  }

  record PersonView(String id, String name) {
    @Override
    public String toString() {
      return "PersonView[" + id + "]";
    }
  }

  /// @param modalities what there is to say of a copy, which has neither a date nor words
  record StudyView(
      String id,
      Optional<LocalDate> date,
      String description,
      List<String> modalities,
      String patient) {
    @Override
    public String toString() {
      return "StudyView[" + id + "]";
    }
  }
}
