package org.studygate.housekeeping;

import java.time.Instant;
import java.util.Optional;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.digest.Day;
import org.studygate.digest.Days;
import org.studygate.notice.DigestMessage;
import org.studygate.notice.Notices;
import org.studygate.notice.Outgoing;

/// Once a day, when a department's day is over in which it was told something: one mail to its
/// technical address, if its policy has one. How many of which code, and where they are told.
final class DailyMail {
  private final Days days;
  private final Departments departments;
  private final Notices notices;

  DailyMail(Days days, Departments departments, Notices notices) {
    this.days = days;
    this.departments = departments;
    this.notices = notices;
  }

  /// Answers how many days it has closed.
  int write(Instant now) {
    var closed = 0;
    for (var day : days.over(now)) {
      var mail = departments.find(day.department()).flatMap(department -> mail(department, day));
      if (days.close(day, mail, now)) {
        closed++;
      }
    }
    return closed;
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
