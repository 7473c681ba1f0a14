package org.studygate.order;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.Series;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;

/// What a line of a list shows of a study, kept with the study, so that a hundred lines are one
/// request. It is for the eye alone: nobody is let in by it, and what it says may be a moment old.
///
/// @param order to which it belonged when this was written
/// @param accession as the hospital writes it
/// @param report the most binding one
/// @param came when the study became available, or its report where it has no images
public record Card(
    StudyId study,
    String department,
    Optional<OrderId> order,
    Optional<String> accession,
    Optional<LocalDate> date,
    String description,
    List<String> modalities,
    About.Patient patient,
    boolean images,
    Optional<Written> report,
    Optional<Instant> came) {
  /// @param version whoever has seen this one has seen it
  public record Written(String version, String state) {}

  /// With everything that whoever holds the study may read: images once it is complete, and reports
  /// at once.
  static Card of(StudyContents contents, Optional<Order> order) {
    var study = contents.study();
    var about = new About(study, order);
    var complete = study.firstCompleteAt().isPresent();
    var report = best(contents.reports()).map(Report::current);
    return new Card(
        study.id(),
        study.department(),
        study.order(),
        order.map(Order::accession),
        about.date(),
        about.description(),
        contents.series().stream().map(Series::modality).distinct().sorted().toList(),
        about.patient(),
        complete && !contents.series().isEmpty(),
        report.map(one -> new Written(one.version(), one.state().toString())),
        study.firstCompleteAt().or(() -> report.map(Report.Version::at)));
  }

  /// Of several reports on one study the most binding, then the latest.
  public static Optional<Report> best(List<Report> reports) {
    return reports.stream()
        .max(
            Comparator.comparing((Report report) -> report.current().state())
                .thenComparing(report -> report.current().at())
                .thenComparing(Report::id));
  }

  @Override
  public String toString() {
    return "Card[" + study + "]";
  }
}
