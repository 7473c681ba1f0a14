package org.studygate.referenceletter;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.studygate.printing.Exam;

/// What the page of printing begins with.
///
/// @param verification the one of last time, if it may be used still
/// @param destination of the patient, as the order says; whole, for whoever prints decides by it
/// @param reportAllowed whether patients of the department ever read reports
/// @param maximum the last day that may be chosen
record DefaultsView(
    Optional<String> verification,
    Optional<String> prefix,
    String language,
    LocalDate validUntil,
    LocalDate maximum,
    List<String> verifications,
    List<String> prefixes,
    Destination destination,
    boolean reportAllowed,
    String patient,
    Named department,
    List<Exam> studies,
    Agreement agreement,
    Labels labels) {
  /// For whom a label may be set.
  record Labels(List<Named> accounts, List<Named> groups) {}

  record Destination(Optional<String> mobile, Optional<String> email) {
    @Override
    public String toString() {
      return "Destination[…]";
    }
  }

  record Named(String id, String name) {}

  record Agreement(String version) {}

  @Override
  public String toString() {
    return "DefaultsView[…]";
  }
}
