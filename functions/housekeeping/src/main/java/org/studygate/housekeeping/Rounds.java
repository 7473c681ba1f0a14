package org.studygate.housekeeping;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.studygate.copying.CopyWork;
import org.studygate.notice.Delivery;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;
import org.studygate.study.RollUps;
import org.studygate.study.Studies;
import org.studygate.study.Studies.Due;

/// What waits for a time that has come: messages that nobody sent, quiet studies, series whose
/// build was lost, copies that are not whole or have had their day. Messages come first, since a
/// code lives ten minutes; however slow their carrier
/// is, the studies get their part of the minute. One that fails holds up no other, and what there
/// is no time for is found again.
final class Rounds {
  private static final Duration FOR_STUDIES = Duration.ofSeconds(15);

  private final Studies studies;
  private final RollUps rollUps;
  private final CopyWork copies;
  private final Delivery delivery;
  private final DailyMail mails;
  private final Clock clock;
  private final Log log;

  Rounds(
      Studies studies,
      RollUps rollUps,
      CopyWork copies,
      Delivery delivery,
      DailyMail mails,
      Clock clock,
      Log log) {
    this.studies = studies;
    this.rollUps = rollUps;
    this.copies = copies;
    this.delivery = delivery;
    this.mails = mails;
    this.clock = clock;
    this.log = log;
  }

  /// How much was taken up.
  record Found(int studies, int messages, int days) {}

  Found go(Deadline deadline) {
    var earlier = deadline.keeping(FOR_STUDIES);
    var messages = messages(earlier);
    var days = days(earlier);
    var asked = 0;
    for (var due : studies.due(clock.instant())) {
      if (!deadline.hasTime()) {
        break;
      }
      asked++;
      ask(due);
    }
    return new Found(asked, messages, days);
  }

  private int messages(Deadline deadline) {
    try {
      return delivery.leftovers(deadline);
    } catch (RuntimeException failure) {
      log.error("messages-not-looked-for", failure);
      return 0;
    }
  }

  private int days(Deadline deadline) {
    try {
      return mails.write(clock.instant(), deadline);
    } catch (RuntimeException failure) {
      log.error("days-not-closed", failure);
      return 0;
    }
  }

  /// It only asks for the work, which does itself no harm when it is done twice.
  private void ask(Due due) {
    try {
      switch (due) {
        case Due.StudyDue(var study) -> rollUps.now(study);
        case Due.SeriesDue(var study, var series) -> rollUps.now(study, series);
        case Due.CopiesDue(var bucket) -> copies.look(bucket);
      }
    } catch (RuntimeException failure) {
      log.error("study-not-asked-for", Map.of("study", due.id()), failure);
    }
  }
}
