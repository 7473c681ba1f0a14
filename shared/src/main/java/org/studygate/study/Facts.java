package org.studygate.study;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an instance says of its patient and study, as plain text; empty when it says nothing.
/// Dates are as in DICOM (`YYYYMMDD`). Cut short, for a file may hold anything.
public record Facts(
    String patientId,
    String patientIssuer,
    String patientName,
    String birthDate,
    String sex,
    String date,
    String time,
    String description,
    String institution) {
  /// As in DICOM (PS3.5, DA), as in ACR-NEMA before it (`2026.11.20`) or with dashes or slashes; a
  /// time may follow. The year comes first: in other orders nobody can tell day and month apart.
  private static final Pattern DAY =
      Pattern.compile("(\\d{4})([-./]?)(\\d{2})\\2(\\d{2})(?:[ T]?\\d{2}[\\d:.+-]*)?");

  public static final Facts NONE = new Facts("", "", "", "", "", "", "", "", "");

  public Facts {
    patientId = cut(patientId);
    patientIssuer = cut(patientIssuer);
    patientName = cut(patientName);
    birthDate = cut(birthDate);
    sex = cut(sex);
    date = cut(date);
    time = cut(time);
    description = cut(description);
    institution = cut(institution);
  }

  /// Of whom it says that it is.
  public Person person() {
    var born = born().map(DateTimeFormatter.BASIC_ISO_DATE::format).orElse(birthDate);
    return Person.of(patientId, patientIssuer, born, patientName);
  }

  /// The day of the exam, if there is one that can be read.
  public Optional<LocalDate> day() {
    return day(date);
  }

  public Optional<LocalDate> born() {
    return day(birthDate);
  }

  private static Optional<LocalDate> day(String text) {
    var written = DAY.matcher(text.strip());
    if (!written.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.of(
              Integer.parseInt(written.group(1)),
              Integer.parseInt(written.group(3)),
              Integer.parseInt(written.group(4))));
    } catch (DateTimeException none) {
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
