package org.studygate.studyview;

import java.time.Clock;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.studygate.objects.Keys;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Study;
import org.studygate.study.StudyId;
import org.studygate.studyview.Answers.PlanesView;

/// Where the exact pixels of a series lie (docs/planes.md). They are made when somebody first asks
/// for them, and whoever asks meanwhile is told so.
final class Exact {
  private final Addresses addresses;
  private final BiConsumer<StudyId, SeriesUid> maker;
  private final Clock clock;

  /// @param maker is asked to make them; asked twice, it makes them once
  Exact(Addresses addresses, BiConsumer<StudyId, SeriesUid> maker, Clock clock) {
    this.addresses = addresses;
    this.maker = maker;
    this.clock = clock;
  }

  /// While instances are there that they do not have, they are not told of, as it is with the film.
  ///
  /// @param frames that the series shows
  PlanesView of(Study study, Series series, int frames) {
    if (series.pending()) {
      return PlanesView.MAKING; // asked for once it has settled
    }
    return switch (series.exact().orElse(null)) {
      case Series.Exact.None _ -> PlanesView.NONE;
      case Series.Exact.Made made when made.frames() == frames -> ready(study, series, made);
      case Series.Exact.Made _ -> PlanesView.MAKING; // with its next generation
      case Series.Exact.Begun(var at) when at.plus(Series.Exact.LONGEST).isAfter(clock.instant()) ->
          PlanesView.MAKING;
      case Series.Exact.Begun _ -> asked(study, series);
      case null -> asked(study, series);
    };
  }

  private PlanesView asked(Study study, Series series) {
    maker.accept(study.id(), series.uid());
    return PlanesView.MAKING;
  }

  private PlanesView ready(Study study, Series series, Series.Exact.Made made) {
    var key = Keys.planes(study.shelf(), study.uid(), series.uid(), series.built());
    return new PlanesView(
        "ready",
        Optional.of(addresses.planes(key)),
        Optional.of(series.built()),
        Optional.of(made.headEnd()));
  }
}
