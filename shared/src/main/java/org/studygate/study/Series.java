package org.studygate.study;

import java.util.Optional;

/// A series. Counts and facts are those of generation `built`; `gen` above it means that instances
/// came since.
///
/// @param instances those that show a picture
/// @param received all, documents included
/// @param preview the instance whose picture stands for the series
public record Series(
    SeriesUid uid,
    Optional<Integer> number,
    String description,
    String modality,
    String bodyPart,
    int instances,
    int received,
    Optional<String> preview,
    Optional<Integer> announced,
    Facts facts,
    long gen,
    long built) {
  public boolean pending() {
    return built < gen;
  }
}
