package org.studygate.dicom.document;

import java.util.List;

/// What a document says of itself, and what stands in it. Empty where it says nothing.
///
/// @param title what kind of document it is, in its own words
/// @param language of its text, as in BCP 47
/// @param date when it was written, as in ISO 8601 if it can be read
/// @param completion `complete` or `partial`
/// @param verification `verified` or `unverified`
/// @param preliminary whether it calls itself so
/// @param authors persons and devices
/// @param cut whether something was left out: it had more than is kept
public record Contents(
    String title,
    String language,
    String date,
    String time,
    String completion,
    String verification,
    boolean preliminary,
    List<String> authors,
    List<Verifier> verifiers,
    List<Line> lines,
    boolean cut) {

  /// Who answers for it.
  public record Verifier(String name, String organisation, String at) {}

  /// Whether somebody answers for all of it. Where it leaves that open, nobody does.
  public boolean binding() {
    return verification.equals("verified") && completion.equals("complete") && !preliminary;
  }

  @Override
  public String toString() {
    return "Contents[" + lines.size() + " lines]";
  }
}
