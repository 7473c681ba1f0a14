package org.studygate.printing;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.studygate.department.Verification;
import org.studygate.study.StudyId;

/// What somebody wants to have printed, as it was filled in.
///
/// @param destination where the code goes to, of what asks for one
/// @param report images and the report, or images alone
/// @param reason kept, and never printed
/// @param validUntil the last day
/// @param agreed the patient did
/// @param anonymize copies without the person, and no report
/// @param message stands in the letter and nowhere else
public record Asked(
    Set<StudyId> studies,
    Verification verification,
    Optional<String> destination,
    boolean report,
    String reason,
    String language,
    LocalDate validUntil,
    boolean agreed,
    boolean anonymize,
    Optional<Label> label,
    Optional<String> message) {
  /// A mark on the studies in somebody's list.
  ///
  /// @param account whose, or
  /// @param group of which each member
  public record Label(String text, Optional<String> account, Optional<String> group) {
    @Override
    public String toString() {
      return "Label[…]";
    }
  }

  public Asked {
    studies = Set.copyOf(studies);
  }

  /// Tells two wishes apart, and nothing of either.
  String text() {
    return String.join(
        "\n",
        studies.stream().map(StudyId::value).sorted().toList().toString(),
        verification.code(),
        destination.orElse(""),
        Boolean.toString(report),
        reason,
        language,
        validUntil.toString(),
        Boolean.toString(agreed),
        Boolean.toString(anonymize),
        label.map(one -> one.text() + '|' + one.account() + '|' + one.group()).orElse(""),
        message.orElse(""));
  }

  @Override
  public String toString() {
    return "Asked[…]";
  }
}
