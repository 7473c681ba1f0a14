package org.studygate.messageingest;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.studygate.department.Department;
import org.studygate.json.JsonObject;
import org.studygate.study.OrderId;
import org.studygate.study.SeriesUid;

/// What several kinds of messages name.
final class Messages {
  private static final Duration AHEAD = Duration.ofDays(1);

  private Messages() {}

  static OrderId order(Department department, JsonObject json) throws Refused {
    var rules = department.policy().intake();
    return OrderId.of(department.id(), json.string("accession"), rules)
        .orElseThrow(
            () ->
                new Refused(
                    "bad-accession", "The accession number is empty or over 64 characters."));
  }

  static String studyUid(JsonObject json) throws Refused {
    var uid = json.string("studyUid");
    if (!SeriesUid.isUid(uid)) {
      throw new Refused("bad-uid", "The study UID has other characters than digits and dots.");
    }
    return uid;
  }

  /// An order of the future would shut out every later correction.
  static void plausible(Instant placedAt, Instant arrived) throws Refused {
    if (placedAt.isBefore(Instant.EPOCH) || placedAt.isAfter(arrived.plus(AHEAD))) {
      throw new Refused("bad-time", "placedAt lies before 1970 or more than a day ahead.");
    }
  }

  static void plausible(LocalDate day) throws Refused {
    if (day.getYear() < 1970 || day.getYear() > 9999) {
      throw new Refused("bad-date", "A date has a year from 1970 to 9999.");
    }
  }
}
