package org.studygate.studyshare;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What the page of sharing begins with.
///
/// @param validityMaximum the last day that may be chosen
/// @param unlimited whether it may be without an end
/// @param access what may be given of the report
/// @param anonymize whether copies without the identity may be made
/// @param codes whether every recipient must be asked for a code
/// @param numbers whether somebody without an account may get it
/// @param shared what stands of these studies already, as far as who shares may know
record DefaultsView(
    Department department,
    Optional<String> patient,
    List<ShareView.ExamView> exams,
    LocalDate validUntil,
    LocalDate validityMaximum,
    boolean unlimited,
    List<String> languages,
    String language,
    List<String> access,
    Remembered remembered,
    String agreement,
    boolean anonymize,
    boolean codes,
    boolean numbers,
    List<Standing> shared) {
  record Department(String id, String name) {}

  record Remembered(boolean twoFactor, boolean sendMail, boolean tellOpened) {}

  record Standing(
      RecipientView recipient, String access, Optional<LocalDate> until, List<String> studies) {}

  @Override
  public String toString() {
    return "DefaultsView[…]";
  }
}
