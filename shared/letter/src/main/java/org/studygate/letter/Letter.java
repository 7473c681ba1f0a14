package org.studygate.letter;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.department.Department.Contact;
import org.studygate.department.Logo;
import org.studygate.department.Verification;
import org.studygate.reference.ReferenceNumber;

/// What stands on a letter. It has no place for a date of birth or a reason, so none is printed.
///
/// @param language of the letter
/// @param colour of the hospital, `#rrggbb`
/// @param sentTo where codes go, masked
/// @param validUntil the last day on which the number opens
/// @param patient by name; none on an anonymised letter
/// @param exams what the number opens; none on an anonymised letter, which mentions only that
/// @param report whether the report may be read; never of anonymised exams
/// @param message of whoever prints it
/// @param address of the page on which the number is typed, with the number as its fragment
public record Letter(
    String language,
    String hospital,
    String department,
    Contact contact,
    Optional<Logo> logo,
    String colour,
    ReferenceNumber number,
    Verification verification,
    Optional<String> sentTo,
    LocalDate validUntil,
    Optional<String> patient,
    List<Exam> exams,
    boolean anonymised,
    boolean report,
    Optional<String> message,
    String address) {
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

  public record Exam(Optional<LocalDate> date, String description) {}

  public Letter {
    if (!COLOUR.matcher(colour).matches()) {
      throw new IllegalArgumentException("a colour is # and six hex digits");
    }
    exams = anonymised ? List.of() : List.copyOf(exams);
    patient = anonymised ? Optional.empty() : patient;
    report = report && !anonymised;
  }

  /// It holds a name and a number: never shown by accident.
  @Override
  public String toString() {
    return "Letter[" + language + "]";
  }
}
