package org.studygate.study;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// What an instance says of its patient and study, as plain text; empty when it says nothing.
/// Dates are as in DICOM (`YYYYMMDD`). Cut short, for a file may hold anything.
public record Facts(
    String patientId,
    String patientName,
    String birthDate,
    String sex,
    String date,
    String time,
    String description,
    String institution) {
  public static final Facts NONE = new Facts("", "", "", "", "", "", "", "");

  public Facts {
    patientId = cut(patientId);
    patientName = cut(patientName);
    birthDate = cut(birthDate);
    sex = cut(sex);
    date = cut(date);
    time = cut(time);
    description = cut(description);
    institution = cut(institution);
  }

  /// The day of the exam, if there is one that can be read.
  public Optional<LocalDate> day() {
    return day(date);
  }

  public Optional<LocalDate> born() {
    return day(birthDate);
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }

  static String cut(String text) {
    return text.length() <= 128 ? text : text.substring(0, 128);
  }

  @Override
  public String toString() {
    return "Facts[…]";
  }
}
