package org.studygate.housekeeping;

import java.time.Clock;
import org.studygate.notice.Delivery;
import org.studygate.study.RollUps;
import org.studygate.study.Studies;
import org.studygate.study.Studies.Due;

/// What waits for a time that has come: quiet studies, series whose build was lost, messages that
/// nobody sent. It only asks for the work, which does itself no harm when it is done twice.
final class Rounds {
  private final Studies studies;
  private final RollUps rollUps;
  private final Delivery delivery;
  private final Clock clock;

  Rounds(Studies studies, RollUps rollUps, Delivery delivery, Clock clock) {
    this.studies = studies;
    this.rollUps = rollUps;
    this.delivery = delivery;
    this.clock = clock;
  }

  /// How much was found.
  record Found(int studies, int messages) {}

  Found go() {
    var due = studies.due(clock.instant());
    for (var one : due) {
      switch (one) {
        case Due.StudyDue(var study) -> rollUps.now(study);
        case Due.SeriesDue(var study, var series) -> rollUps.now(study, series);
      }
    }
    return new Found(due.size(), delivery.leftovers());
  }
}
