package org.studygate.studyrollup;

import java.time.Clock;
import java.util.Optional;
import org.studygate.objects.Derived;
import org.studygate.objects.Keys;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// Removes what was made of former generations of a series, once it has been at rest so long that
/// no address names one any more and nobody who began before is still writing one.
final class Former {
  private final Studies studies;
  private final Derived objects;
  private final Clock clock;

  Former(Studies studies, Derived objects, Clock clock) {
    this.studies = studies;
    this.objects = objects;
    this.clock = clock;
  }

  void remove(StudyId id, SeriesUid uid) {
    studies
        .building(id, uid)
        .filter(building -> building.rests(clock.instant()))
        .map(Studies.Building::series)
        .filter(series -> !series.pending())
        .ifPresent(series -> studies.find(id).ifPresent(study -> remove(study, series)));
  }

  private void remove(Study study, Series series) {
    for (var prefix : Keys.generations(study.shelf(), study.uid(), series.uid())) {
      objects.keys(prefix).stream()
          .filter(key -> generation(key, prefix).filter(gen -> gen < series.built()).isPresent())
          .forEach(objects::remove);
    }
    studies.rested(study.id(), series.uid(), series.built());
  }

  private static Optional<Long> generation(String key, String prefix) {
    var end = key.indexOf('.', prefix.length());
    var number = key.substring(prefix.length(), Math.max(prefix.length(), end));
    return number.matches("\\d{1,18}") ? Optional.of(Long.valueOf(number)) : Optional.empty();
  }
}
