package org.studygate.access;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.order.About;
import org.studygate.order.Order;
import org.studygate.study.Facts;
import org.studygate.study.Study;

/// Where lists and searches find a study: by what its order says, and where that says nothing by
/// what its files say, as a page tells it.
final class Places {
  private static final Pattern TIME =
      Pattern.compile("([01]\\d|2[0-3]):?([0-5]\\d):?([0-5]\\d)?.*");

  private Places() {}

  static Grant.Place of(Study study, Optional<Order> order) {
    var facts = study.facts();
    var listed = day(study, order) + "T" + time(facts) + "#" + study.id();
    var name =
        order
            .map(one -> NameKey.of(one.patient().familyName(), one.patient().birthDate().text()))
            .orElseGet(() -> NameKey.of(familyName(facts.patientName()), born(study)));
    return new Grant.Place(listed, name);
  }

  /// What stands for it in a copy is no date of anybody's birth.
  private static String born(Study study) {
    return study.original() ? study.facts().birthDate() : "";
  }

  private static LocalDate day(Study study, Optional<Order> order) {
    return new About(study, order)
        .date()
        .or(() -> study.firstCompleteAt().map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC)))
        .or(() -> order.map(one -> LocalDate.ofInstant(one.placedAt(), ZoneOffset.UTC)))
        .orElse(LocalDate.EPOCH);
  }

  private static String time(Facts facts) {
    var written = TIME.matcher(facts.time().strip());
    if (!written.matches()) {
      return "00:00:00";
    }
    var seconds = written.group(3) == null ? "00" : written.group(3);
    return written.group(1) + ":" + written.group(2) + ":" + seconds;
  }

  /// As DICOM writes names: the family name up to the first caret.
  private static String familyName(String name) {
    var end = name.indexOf('^');
    return end < 0 ? name : name.substring(0, end);
  }
}
