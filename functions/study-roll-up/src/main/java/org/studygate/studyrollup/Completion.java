package org.studygate.studyrollup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.department.Departments;
import org.studygate.order.WriteCard;
import org.studygate.platform.Log;
import org.studygate.study.Facts;
import org.studygate.study.Series;
import org.studygate.study.Studies;
import org.studygate.study.Studies.Totals;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// Totals of a study, and whether it is complete. DICOM has no end of a study, so in this order the
/// sender's word, the order's count, the files' own count and a quiet time are believed. A late
/// instance opens the question again.
final class Completion {
  private static final int TRIES = 20;
  private static final Duration BUILDING = Duration.ofSeconds(60);

  private final Studies studies;
  private final Departments departments;
  private final WriteCard card;
  private final Clock clock;
  private final Log log;

  Completion(Studies studies, Departments departments, WriteCard card, Clock clock, Log log) {
    this.studies = studies;
    this.departments = departments;
    this.card = card;
    this.clock = clock;
    this.log = log;
  }

  /// Answers the revision at which it was found complete. It stays due until somebody says that
  /// all that follows from that is done ([Studies#followed]).
  Optional<Long> judge(StudyId id) {
    for (var tries = 0; tries < TRIES; tries++) {
      var study = studies.find(id);
      if (study.isEmpty() || study.get().lastReceivedAt().isEmpty()) {
        return Optional.empty(); // announced, and nothing has come
      }
      var totals = totals(study.get(), studies.series(id));
      if (studies.total(id, study.get().revision(), totals)) {
        if (totals.complete() && study.get().firstCompleteAt().isEmpty()) {
          log.metric("Completed", 1, Map.of("department", study.get().department()));
        }
        if (totals.complete()) {
          card.renew(id); // again after each judgement: whoever dies before it is judged once more
          return Optional.of(study.get().revision() + 1);
        }
        return Optional.empty();
      }
    }
    throw new IllegalStateException("a study kept changing while it was judged");
  }

  private Totals totals(Study study, List<Series> series) {
    var now = clock.instant();
    var shown = series.stream().filter(one -> one.instances() > 0).toList();
    var received = series.stream().mapToInt(Series::received).sum();
    var pending = series.stream().anyMatch(Series::pending);
    var quietAt = study.lastReceivedAt().orElseThrow().plus(quiet(study));
    var complete =
        !pending
            && (study.original()
                ? enough(study, series, received) || !now.isBefore(quietAt)
                : copied(study, received));
    return new Totals(
        shown.size(),
        shown.stream().mapToInt(Series::instances).sum(),
        received,
        modalities(shown.isEmpty() ? others(series) : shown),
        series.stream()
            .map(Series::facts)
            .filter(facts -> !facts.equals(Facts.NONE))
            .findFirst()
            .orElse(Facts.NONE),
        complete,
        complete ? received : study.expectation().completeAt(),
        now,
        due(study, complete || pending, now, quietAt));
  }

  /// A copy waits for no quiet: who makes it comes after it.
  private static Optional<Instant> due(
      Study study, boolean building, Instant now, Instant quietAt) {
    return building
        ? Optional.of(now.plus(BUILDING))
        : Optional.of(quietAt).filter(_ -> study.original());
  }

  /// Only who makes it knows when all of it is there.
  private static boolean copied(Study study, int received) {
    var expectation = study.expectation();
    return expectation.doneAt().isPresent() && received >= expectation.done().orElse(0);
  }

  private static List<Series> others(List<Series> series) {
    return series.stream().filter(one -> !one.documents().isEmpty()).toList();
  }

  private static List<String> modalities(List<Series> series) {
    return series.stream().map(Series::modality).distinct().sorted().toList();
  }

  private static boolean enough(Study study, List<Series> series, int received) {
    var expectation = study.expectation();
    if (expectation.doneAt().isPresent()) {
      return received >= expectation.done().orElse(0);
    }
    if (expectation.ordered().isPresent()) {
      return received >= expectation.ordered().get();
    }
    return series.stream()
        .flatMap(one -> one.announced().stream())
        .max(Integer::compare)
        .filter(announced -> received >= announced)
        .isPresent();
  }

  private Duration quiet(Study study) {
    return departments
        .find(study.department())
        .map(department -> department.policy().quiet())
        .orElse(Duration.ofMinutes(5));
  }
}
