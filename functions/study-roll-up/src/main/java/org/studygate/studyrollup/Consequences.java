package org.studygate.studyrollup;

import java.util.Optional;
import org.studygate.access.Settling;
import org.studygate.copying.Opening;
import org.studygate.news.Telling;
import org.studygate.order.WriteCard;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

/// What follows from how a study stands: who may see it, and who is told by mail; of a copy,
/// whether
/// its bucket opens. Whoever dies before all is done leaves it due, and it is done again.
final class Consequences {
  private final Studies studies;
  private final WriteCard card;
  private final Settling settling;
  private final Telling telling;
  private final Opening opening;

  Consequences(
      Studies studies, WriteCard card, Settling settling, Telling telling, Opening opening) {
    this.studies = studies;
    this.card = card;
    this.settling = settling;
    this.telling = telling;
    this.opening = opening;
  }

  /// @param complete the revision at which the study was found complete
  void draw(StudyId study, Optional<Long> complete) {
    var copy = studies.find(study).filter(found -> !found.original());
    if (copy.isPresent()) {
      if (complete.isPresent()) {
        opening.whole(copy.get());
        studies.followed(study, complete.get());
      }
      return;
    }
    if (complete.isEmpty()) {
      announced(study);
    }
    settling.study(study);
    telling.tell(study);
    complete.ifPresent(revision -> studies.followed(study, revision));
  }

  /// Of a report without images: nobody else has anything to write a card of.
  private void announced(StudyId study) {
    if (studies.find(study).flatMap(found -> found.lastReceivedAt()).isEmpty()) {
      studies.hints(study).forEach(order -> card.renew(order, study));
    }
  }
}
