package org.studygate.dicom.document;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Values as a page shows them. What cannot be read as what it should be stays as it is written.
final class Texts {
  /// Marks that turn the direction of what comes behind them; the pages set apart each value.
  private static final Pattern TURNS = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t\\r\\f]]");

  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");
  private static final Pattern TIME =
      Pattern.compile("(\\d{2}):?(\\d{2})(?::?(\\d{2})(\\.\\d+)?)?");
  private static final Pattern MOMENT =
      Pattern.compile("(\\d{8})(\\d{2,6}(?:\\.\\d+)?)?([+-]\\d{4})?");

  private Texts() {}

  static String plain(String text) {
    return TURNS.matcher(text).replaceAll("").replaceAll("\\r\\n?|\\f", "\n").strip();
  }

  /// Control characters that no file of DICOM could bring here become replacement characters.
  static String printable(String text) {
    return CONTROLS.matcher(text).replaceAll("\uFFFD");
  }

  static String language(String code) {
    return LANGUAGE.matcher(code).matches() ? code : "";
  }

  static String date(String written) {
    try {
      return LocalDate.parse(written, DateTimeFormatter.BASIC_ISO_DATE).toString();
    } catch (DateTimeException none) {
      return plain(written);
    }
  }

  static String time(String written) {
    var read = TIME.matcher(written);
    if (!read.matches()) {
      return plain(written);
    }
    var seconds = read.group(3);
    return read.group(1) + ":" + read.group(2) + (seconds == null ? "" : ":" + seconds);
  }

  /// A day, and a time behind a `T` where there is one; the zone as it is written.
  static String moment(String written) {
    var read = MOMENT.matcher(written);
    if (!read.matches()) {
      return plain(written);
    }
    var time = read.group(2) == null ? "" : "T" + time(read.group(2));
    var zone = read.group(3) == null ? "" : read.group(3);
    return date(read.group(1)) + time + zone;
  }

  /// `Maes^Jan^^Dr` as people say it: Dr Jan Maes; other writings of the name behind it.
  static String person(String written) {
    var groups = new ArrayList<String>();
    for (var group : written.split("=", 3)) {
      var name = spoken(group.split("\\^", -1));
      if (!name.isEmpty() && !groups.contains(name)) {
        groups.add(name);
      }
    }
    return plain(
        groups.size() < 2
            ? String.join("", groups)
            : groups.getFirst() + " (" + String.join(", ", groups.subList(1, groups.size())) + ")");
  }

  private static String spoken(String[] parts) {
    var order = List.of(3, 1, 2, 0, 4); // prefix, given, middle, family, suffix
    var name = new ArrayList<String>();
    for (var place : order) {
      if (place < parts.length && !parts[place].isBlank()) {
        name.add(parts[place].strip());
      }
    }
    return String.join(" ", name);
  }
}
