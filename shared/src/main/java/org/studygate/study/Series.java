package org.studygate.study;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A series. Counts and facts are those of generation `built`; `gen` above it means that instances
/// came since.
///
/// @param instances those that show a picture
/// @param frames their pictures: a clip is one instance of many
/// @param received all, documents included
/// @param shown the persons whose instances are counted in it
/// @param held the persons whose instances are held back: counted in `received` alone
/// @param preview the instance whose picture stands for the series
/// @param film of generation `built`, once it is made
/// @param exact of generation `built`, once somebody has asked for it
/// @param documents its other objects, but for reports, the first of many
public record Series(
    SeriesUid uid,
    Optional<Integer> number,
    String description,
    String modality,
    String bodyPart,
    int instances,
    int frames,
    int received,
    Optional<String> preview,
    Optional<Integer> announced,
    Facts facts,
    Set<Person> shown,
    Set<Person> held,
    long gen,
    long built,
    Optional<Film> film,
    Optional<Exact> exact,
    List<Document> documents) {
  /// All pictures of the series as one object, by docs/film.md.
  ///
  /// @param pictures one a frame, drawn or not
  /// @param sheetsEnd how many bytes of it are read first
  public record Film(int pictures, long sheetsEnd) {}

  /// Its exact pixels as one object, by docs/planes.md.
  public sealed interface Exact {
    /// After that nobody works on it any more: the function has been ended.
    Duration LONGEST = Duration.ofMinutes(2);

    /// Somebody works on it, or has died at it.
    record Begun(Instant at) implements Exact {}

    /// @param frames of the series, those without exact pixels too
    /// @param headEnd how many bytes of it are read first
    record Made(int frames, long headEnd) implements Exact {}

    /// There are none, or too many to be made.
    record None() implements Exact {}
  }

  public boolean pending() {
    return built < gen;
  }

  /// Whether its film shows all that would be seen if it were built now.
  public boolean filmed(Study study) {
    return !pending()
        && !outdated(study)
        && film.filter(made -> made.pictures() == frames).isPresent();
  }

  /// Whether it holds nothing that the study holds back.
  public boolean fit(Study study) {
    return study.link().shown().containsAll(shown);
  }

  /// Whether it shows other instances than it would if it were built now. While a study belongs to
  /// no order nobody sees it, so that it need not be built for that.
  public boolean outdated(Study study) {
    return study.order().isPresent() && (!fit(study) || held.stream().anyMatch(study::shows));
  }
}
