package org.studygate.studyview;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.studygate.access.Authorisation;
import org.studygate.access.Authorisation.Right;
import org.studygate.access.Visit;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.study.Instance;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;
import org.studygate.studyview.Answers.AccessLine;
import org.studygate.studyview.Answers.Accesses;
import org.studygate.studyview.Answers.Manifest;
import org.studygate.studyview.Answers.ReportView;
import org.studygate.studyview.Answers.SeriesView;
import org.studygate.studyview.Answers.StudyList;

/// Everything a visit reads: asked of the one authorisation, written to the trail, and only then
/// answered.
final class Reading {
  private static final int PAGE = 100;
  private static final Set<AuditAction> SHOWN =
      EnumSet.of(AuditAction.STUDY_VIEWED, AuditAction.IMAGES_VIEWED, AuditAction.REPORT_READ);

  private final Authorisation authorisation;
  private final Studies studies;
  private final AuditTrail trail;
  private final Views views;
  private final Clock clock;

  Reading(
      Authorisation authorisation, Studies studies, AuditTrail trail, Views views, Clock clock) {
    this.authorisation = authorisation;
    this.studies = studies;
    this.trail = trail;
    this.views = views;
    this.clock = clock;
  }

  StudyList list(Visit visit, String requestId) {
    var all = authorisation.all(visit.bucket());
    write(visit, AuditEvent.bucket(visit.bucket().id()), AuditAction.STUDIES_LISTED, requestId);
    return views.list(visit.bucket(), all);
  }

  Optional<Manifest> manifest(Visit visit, StudyId study, String requestId) {
    return read(visit, study, Right.STUDY, AuditAction.STUDY_VIEWED, requestId)
        .map(contents -> views.manifest(visit, contents));
  }

  /// All of a series, or one instance of it.
  Optional<SeriesView> series(
      Visit visit, StudyId study, SeriesUid series, Asked asked, String requestId) {
    return read(visit, study, Right.IMAGES, AuditAction.IMAGES_VIEWED, requestId)
        .filter(contents -> contents.series().stream().anyMatch(one -> one.uid().equals(series)))
        .flatMap(
            contents -> {
              var instances =
                  shown(contents.study(), series).stream()
                      .filter(one -> asked.names(one.sopUid()))
                      .toList();
              return asked.instance().isPresent() && instances.isEmpty()
                  ? Optional.empty()
                  : Optional.of(views.series(contents.study(), series, instances, asked.from()));
            });
  }

  /// Without what is of another person than the order's patient.
  private List<Instance> shown(Study study, SeriesUid series) {
    return studies.instances(study.id(), series).stream()
        .filter(instance -> study.shows(instance.person()))
        .toList();
  }

  Optional<ReportView> report(Visit visit, StudyId study, String requestId) {
    return read(visit, study, Right.REPORT, AuditAction.REPORT_READ, requestId).map(views::report);
  }

  /// Who opened it. Without the report's right nobody learns that there is one to read.
  Optional<Accesses> accesses(Visit visit, StudyId study, Optional<String> before) {
    return authorisation
        .ask(visit.bucket(), study, Right.STUDY)
        .map(
            contents -> {
              var page = trail.read(AuditEvent.study(study.value()), before, PAGE);
              return new Accesses(lines(page.events(), contents), page.next());
            });
  }

  private static List<AccessLine> lines(List<AuditEvent> events, StudyContents contents) {
    return events.stream()
        .filter(event -> SHOWN.contains(event.action()))
        .filter(event -> event.action() != AuditAction.REPORT_READ || !contents.reports().isEmpty())
        .map(event -> new AccessLine(event.at(), kind(event.who()), event.action().code()))
        .toList();
  }

  /// `patient:<id>` is shown as `patient`.
  private static String kind(String who) {
    return who.substring(0, Math.max(0, who.indexOf(':')));
  }

  private Optional<StudyContents> read(
      Visit visit, StudyId study, Right right, AuditAction action, String requestId) {
    var found = authorisation.ask(visit.bucket(), study, right);
    if (found.isPresent()) {
      write(visit, AuditEvent.study(study.value()), action, requestId);
    } else {
      var own = AuditEvent.bucket(visit.bucket().id());
      write(visit, own, AuditAction.ACCESS_REFUSED, requestId);
    }
    return found;
  }

  private void write(Visit visit, String trailOf, AuditAction action, String requestId) {
    var outcome = action == AuditAction.ACCESS_REFUSED ? "refused" : "ok";
    trail.record(new AuditEvent(trailOf, clock.instant(), visit.who(), action, outcome, requestId));
  }
}
