package org.studygate.study;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A study with what it shows: series that have pictures, by number, and reports that count.
///
/// @param documents what has no picture and is no report
/// @param reportFrom when a report that is held back may be read; empty if none is, or never
public record StudyContents(
    Study study,
    List<Series> series,
    List<Document> documents,
    List<Report> reports,
    Optional<Instant> reportFrom) {
  public StudyContents(Study study, List<Series> series, List<Report> reports) {
    this(study, series, List.of(), reports, Optional.empty());
  }
}
