package org.studygate.sharing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.studygate.study.StudyId;

/// What somebody wants to share, as it was filled in.
///
/// @param write whether reports may be written, not only read
/// @param reason kept, and never told to whom it is shared with
/// @param validUntil the last day; empty where it shall end by nobody but people
/// @param agreed the patient did
/// @param further whether the recipients may share it on
/// @param tellOpened who shares wants to hear when it is opened first
/// @param message for the mail, and for whoever opens the studies
public record Asked(
    Set<StudyId> studies,
    List<To> recipients,
    boolean write,
    String reason,
    String language,
    Optional<LocalDate> validUntil,
    boolean agreed,
    boolean urgent,
    boolean anonymize,
    boolean further,
    boolean tellOpened,
    Optional<String> message) {
  /// @param twoFactor a code is asked for before it opens
  /// @param favourite to be kept among the favourites, once it is shared
  public record To(Recipient recipient, boolean twoFactor, boolean mail, boolean favourite) {
    private String text() {
      return String.join(
          "|",
          recipient.kind(),
          recipient.named(),
          Boolean.toString(twoFactor),
          Boolean.toString(mail),
          Boolean.toString(favourite));
    }
  }

  public Asked {
    studies = Set.copyOf(studies);
    recipients = List.copyOf(recipients);
  }

  /// Tells two wishes apart.
  String text() {
    return String.join(
        "\n",
        studies.stream().map(StudyId::value).sorted().toList().toString(),
        recipients.stream().map(To::text).collect(Collectors.joining(",")),
        Boolean.toString(write),
        reason,
        language,
        validUntil.map(LocalDate::toString).orElse(""),
        Boolean.toString(agreed),
        Boolean.toString(urgent),
        Boolean.toString(anonymize),
        Boolean.toString(further),
        Boolean.toString(tellOpened),
        message.orElse(""));
  }

  @Override
  public String toString() {
    return "Asked[…]";
  }
}
