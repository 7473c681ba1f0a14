package org.studygate.access;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.maxBy;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.studygate.department.Department;
import org.studygate.department.ReportRule;
import org.studygate.study.Document;
import org.studygate.study.Report;
import org.studygate.study.Series;
import org.studygate.study.StudyContents;

/// Who may read what: everything that any open way gives, each way no more than the narrowest
/// bucket on it. Reads nothing, so that it can be tried with any history.
final class Rules {
  private Rules() {}

  /// @param all the study with everything that it has
  /// @param of its order; the department of that says when patients read reports
  /// @param held every way of `who` that may lead to it
  static Decision decide(
      Principal who, StudyContents all, Opened of, List<Held> held, Instant now) {
    var ways =
        held.stream().filter(way -> way.open(now)).filter(way -> way.holds(all.study())).toList();
    var open = ways.stream().filter(way -> way.closed(who).isEmpty()).toList();
    if (open.isEmpty()) {
      return ways.stream()
          .filter(way -> !way.added()) // a number is typed again
          .flatMap(way -> way.closed(who).stream())
          .findFirst()
          .<Decision>map(bucket -> new Decision.NeedsCode(bucket.id()))
          .orElseGet(Decision.Refused::new);
    }
    var widest = open.stream().max(WIDEST).orElseThrow();
    return readable(who, all, widest.report(), whole(all, open), of.department(), now)
        .<Decision>map(
            contents ->
                new Decision.Permitted(
                    of.with(List.of(contents)),
                    until(open),
                    widest.bucket().id(),
                    open,
                    reasons(who, open)))
        .orElseGet(Decision.Refused::new);
  }

  private static final Comparator<Held> WIDEST =
      Comparator.comparing(Held::report)
          .thenComparing(way -> way.until().orElse(Instant.MAX))
          .thenComparing(way -> way.bucket().id());

  private static Optional<Instant> until(List<Held> open) {
    return open.stream()
        .map(way -> way.until().orElse(Instant.MAX))
        .max(Instant::compareTo)
        .filter(until -> !until.equals(Instant.MAX));
  }

  /// Each once, with the latest end; who is a colleague of the own group is told, not oneself.
  static List<Reason> reasons(Principal who, Collection<Held> open) {
    return switch (who) {
      case Principal.Patient _ -> List.of();
      case Principal.Professional professional ->
          open.stream()
              .flatMap(way -> way.reason().stream())
              .filter(reason -> !reason.by().equals(Optional.of(professional.account())))
              .collect(
                  groupingBy(reason -> new Reason(reason.kind(), reason.by(), NEVER), maxBy(UNTIL)))
              .values()
              .stream()
              .flatMap(Optional::stream)
              .sorted(comparing(Reason::kind).thenComparing(reason -> reason.by().orElse("")))
              .toList();
    };
  }

  private static final Optional<Instant> NEVER = Optional.empty();

  private static final Comparator<Reason> UNTIL =
      comparing(reason -> reason.until().orElse(Instant.MAX));

  /// Whoever must see it now sees what there is, also of one that is still coming.
  private static boolean whole(StudyContents all, List<Held> open) {
    return all.study().firstCompleteAt().isPresent()
        || open.stream().anyMatch(way -> way.bucket().origin().kind() == Origin.Kind.GLASS);
  }

  /// What may not be read is not in it, so a page cannot show a trace of it.
  private static Optional<StudyContents> readable(
      Principal who,
      StudyContents all,
      boolean report,
      boolean complete,
      Optional<Department> department,
      Instant now) {
    var rule =
        department
            .filter(_ -> report)
            .map(found -> rule(who, found))
            .orElse(new ReportRule.Never());
    var series = complete ? all.series() : List.<Series>of();
    var documents = complete ? all.documents() : List.<Document>of();
    var reports = all.reports().stream().filter(one -> rule.permits(first(one), now)).toList();
    return series.isEmpty() && documents.isEmpty() && reports.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StudyContents(
                all.study(),
                series,
                documents,
                reports,
                reports.isEmpty() ? opens(rule, all.reports()) : Optional.empty()));
  }

  /// The department's rule is about patients: it gives a physician the time to speak to them.
  private static ReportRule rule(Principal who, Department department) {
    return switch (who) {
      case Principal.Patient _ -> department.policy().report();
      case Principal.Professional _ -> new ReportRule.AtOnce();
    };
  }

  /// Only whose report is a matter of days hears of it; every other rule leaves no trace of one.
  private static Optional<Instant> opens(ReportRule rule, List<Report> reports) {
    return reports.stream()
        .flatMap(report -> rule.opens(first(report)).stream())
        .min(Instant::compareTo);
  }

  private static Instant first(Report report) {
    return report.versions().stream().map(Report.Version::at).min(Instant::compareTo).orElseThrow();
  }
}
