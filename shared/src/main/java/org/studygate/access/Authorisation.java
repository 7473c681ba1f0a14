package org.studygate.access;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.studygate.department.Departments;
import org.studygate.order.OrderContents;
import org.studygate.order.Orders;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.Series;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;

/// The one place that decides what a visit may read. A number opens the studies of its order and
/// nothing else: the study itself must say, at this moment, that it belongs. What may not be read
/// is
/// not in the answer, so a page cannot show a trace of it.
public final class Authorisation {
  private final Orders orders;
  private final Studies studies;
  private final Departments departments;
  private final Clock clock;

  public Authorisation(Orders orders, Studies studies, Departments departments, Clock clock) {
    this.orders = orders;
    this.studies = studies;
    this.departments = departments;
    this.clock = clock;
  }

  /// What is asked for.
  public enum Right {
    /// To know that the study is there.
    STUDY,
    IMAGES,
    REPORT
  }

  /// The study with what may be read of it; empty if that does not hold what is asked for.
  public Optional<StudyContents> ask(Bucket bucket, StudyId study, Right right) {
    return look(bucket, study)
        .filter(
            contents ->
                switch (right) {
                  case STUDY -> true;
                  case IMAGES -> !contents.series().isEmpty();
                  case REPORT -> !contents.reports().isEmpty();
                });
  }

  /// Every study that the bucket opens, the newest first.
  public List<StudyContents> all(Bucket bucket) {
    var order = OrderId.parse(bucket.orderId());
    var filed = orders.find(order);
    if (!bucket.open(clock.instant()) || filed.isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<StudyContents>();
    for (var id : candidates(order, filed.get())) {
      arrived(bucket, id).or(() -> reported(bucket, id, filed.get())).ifPresent(found::add);
    }
    if (found.isEmpty()) { // somebody else's study may bear the number: that hides no report
      reported(bucket, StudyId.of(order), filed.get()).ifPresent(found::add);
    }
    found.sort(NewestFirst.ORDER);
    return List.copyOf(found);
  }

  private Optional<StudyContents> look(Bucket bucket, StudyId study) {
    if (!bucket.open(clock.instant())) {
      return Optional.empty();
    }
    return arrived(bucket, study)
        .or(
            () -> {
              var order = OrderId.parse(bucket.orderId());
              return orders
                  .find(order)
                  .filter(
                      filed ->
                          candidates(order, filed).contains(study)
                              || study.equals(StudyId.of(order)))
                  .flatMap(filed -> reported(bucket, study, filed));
            });
  }

  /// Studies that came and studies that are only announced. The order itself stands for them where
  /// its report comes before any picture.
  private static Set<StudyId> candidates(OrderId order, OrderContents filed) {
    var ids = new LinkedHashSet<>(filed.studies());
    for (var listed : filed.order().studies()) {
      listed.uid().ifPresent(uid -> ids.add(StudyId.of(order.department(), uid)));
    }
    return ids;
  }

  private Optional<StudyContents> arrived(Bucket bucket, StudyId id) {
    return studies
        .contents(id)
        .filter(found -> found.study().order().equals(Optional.of(OrderId.parse(bucket.orderId()))))
        .flatMap(found -> readable(bucket, found));
  }

  /// A study of which nothing but a report has come so far.
  private Optional<StudyContents> reported(Bucket bucket, StudyId id, OrderContents filed) {
    if (studies.contents(id).isPresent()) {
      return Optional.empty(); // its pictures have come and belong to another order, or to none
    }
    var order = filed.order().id();
    var reports = studies.reports(id, order, filed.certain());
    return readable(bucket, new StudyContents(Study.announced(id, order), List.of(), reports));
  }

  private Optional<StudyContents> readable(Bucket bucket, StudyContents all) {
    var complete = all.study().firstCompleteAt().isPresent();
    var series = complete ? all.series() : List.<Series>of();
    var reports = all.reports().stream().filter(report -> permitted(bucket, report)).toList();
    return series.isEmpty() && reports.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StudyContents(
                all.study(),
                series,
                reports,
                reports.isEmpty() ? opens(bucket, all.reports()) : Optional.empty()));
  }

  /// Only whose report is a matter of days hears of it; every other rule leaves no trace of one.
  private Optional<Instant> opens(Bucket bucket, List<Report> reports) {
    return Optional.of(bucket.department())
        .filter(_ -> bucket.report() && !reports.isEmpty())
        .flatMap(departments::find)
        .map(department -> department.policy().report())
        .flatMap(
            rule ->
                reports.stream()
                    .flatMap(report -> rule.opens(first(report)).stream())
                    .min(Instant::compareTo));
  }

  private boolean permitted(Bucket bucket, Report report) {
    return bucket.report()
        && departments
            .find(bucket.department())
            .filter(
                department -> department.policy().report().permits(first(report), clock.instant()))
            .isPresent();
  }

  private static Instant first(Report report) {
    return report.versions().stream().map(Report.Version::at).min(Instant::compareTo).orElseThrow();
  }
}
