package org.studygate.housekeeping;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.digest.Day;
import org.studygate.digest.Days;
import org.studygate.notice.DigestMessage;
import org.studygate.notice.Notices;
import org.studygate.notice.Outgoing;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;

/// Once a day, when a department's day is over in which it was told something: one mail to its
/// technical address, if its policy has one. How many of which code, and where they are told.
final class DailyMail {
  private final Days days;
  private final Departments departments;
  private final Notices notices;
  private final Log log;

  DailyMail(Days days, Departments departments, Notices notices, Log log) {
    this.days = days;
    this.departments = departments;
    this.notices = notices;
    this.log = log;
  }

  /// Answers how many days it has closed. One that cannot be holds up no other, and what there is
  /// no time for is found again.
  int write(Instant now, Deadline deadline) {
    var closed = 0;
    for (var day : days.over(now)) {
      if (!deadline.hasTime()) {
        return closed;
      }
      closed += close(day, now) ? 1 : 0;
    }
    return closed;
  }

  private boolean close(Day day, Instant now) {
    try {
      var mail = departments.find(day.department()).flatMap(department -> mail(department, day));
      return days.close(day, mail, now);
    } catch (RuntimeException failure) {
      log.error("day-not-closed", Map.of("department", day.department()), failure);
      return false;
    }
  }

  private Optional<Outgoing> mail(Department department, Day day) {
    return department
        .policy()
        .intake()
        .technicalAddress()
        .filter(_ -> day.total() > 0)
        .map(
            to ->
                notices.digest(
                    new DigestMessage(
                        to,
                        department.languages().getFirst(),
                        department.id(),
                        day.date(),
                        day.where(),
                        day.counts())));
  }
}
