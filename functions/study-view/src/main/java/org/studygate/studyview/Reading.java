package org.studygate.studyview;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.access.Authorisation;
import org.studygate.access.Decision;
import org.studygate.access.Decision.Permitted;
import org.studygate.access.Held;
import org.studygate.access.Opened;
import org.studygate.access.Principal;
import org.studygate.access.Right;
import org.studygate.access.Visit;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.http.Problem;
import org.studygate.mark.Marks;
import org.studygate.order.About;
import org.studygate.order.Card;
import org.studygate.sharing.FirstOpened;
import org.studygate.sharing.ToWhom;
import org.studygate.study.Document;
import org.studygate.study.Instance;
import org.studygate.study.Report;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;
import org.studygate.studyview.Answers.AccessLine;
import org.studygate.studyview.Answers.Accesses;
import org.studygate.studyview.Answers.DocumentView;
import org.studygate.studyview.Answers.Manifest;
import org.studygate.studyview.Answers.OpenedSeries;
import org.studygate.studyview.Answers.ReportView;
import org.studygate.studyview.Answers.SeriesView;
import org.studygate.studyview.Answers.StudyList;

/// Everything a visit reads: asked of the one authorisation, written to the trail, and only then
/// answered.
final class Reading {
  private static final int PAGE = 100;
  private static final Set<AuditAction> SHOWN =
      EnumSet.of(
          AuditAction.STUDY_VIEWED,
          AuditAction.IMAGES_VIEWED,
          AuditAction.FILE_DOWNLOADED,
          AuditAction.REPORT_READ,
          AuditAction.STUDY_SHARED,
          AuditAction.NUMBER_PRINTED,
          AuditAction.GLASS_BROKEN);

  /// Whoever has opened a study or read its report finds that in the list.
  private static final Set<AuditAction> MARKED =
      EnumSet.of(AuditAction.STUDY_VIEWED, AuditAction.REPORT_READ);

  private final Authorisation authorisation;
  private final Studies studies;
  private final AuditTrail trail;
  private final Marks marks;
  private final FirstOpened firsts;
  private final ListStudies lists;
  private final Views views;
  private final Clock clock;

  Reading(
      Authorisation authorisation,
      Studies studies,
      AuditTrail trail,
      Marks marks,
      FirstOpened firsts,
      ListStudies lists,
      Views views,
      Clock clock) {
    this.authorisation = authorisation;
    this.studies = studies;
    this.trail = trail;
    this.marks = marks;
    this.firsts = firsts;
    this.lists = lists;
    this.views = views;
    this.clock = clock;
  }

  /// @param open whether the study that a page shows first is opened with it
  StudyList list(Visit visit, boolean open, String requestId) {
    var all = authorisation.all(visit.principal());
    write(visit, visit.actor().trail(), AuditAction.STUDIES_LISTED, requestId);
    var first = all.stream().filter(opened -> open && !opened.studies().isEmpty()).findFirst();
    return views.list(all, first.map(opened -> opened(visit, opened, requestId)));
  }

  /// Whoever came by a number.
  private void noted(Visit visit, Opened opened, Study study) {
    if (visit.principal() instanceof Principal.Patient(var bucket)) {
      firsts.note(visit.principal(), List.of(bucket), new About(study, opened.order()));
    }
  }

  private Manifest opened(Visit visit, Opened opened, String requestId) {
    var contents = opened.studies().getFirst();
    var study = AuditEvent.study(contents.study().id().value());
    write(visit, study, AuditAction.STUDY_VIEWED, requestId);
    noted(visit, opened, contents.study());
    return views.manifest(opened, contents, first(visit, contents, requestId), Optional.empty());
  }

  /// @param open whether the picture that a page shows first is given with it
  Optional<Manifest> manifest(Visit visit, StudyId study, boolean open, String requestId) {
    var decision = authorisation.ask(visit.principal(), study, Right.STUDY);
    if (decision instanceof Decision.NeedsCode(var bucket)) {
      write(visit, visit.actor().trail(), AuditAction.ACCESS_REFUSED, requestId);
      throw Problem.CODE_NEEDED.refusal(Map.of("bucket", bucket));
    }
    return told(visit, study, permitted(decision), AuditAction.STUDY_VIEWED, requestId)
        .map(
            found ->
                views.manifest(
                    found.opened(),
                    found.contents(),
                    open ? first(visit, found.contents(), requestId) : Optional.empty(),
                    lists.beside(visit, found)));
  }

  /// Whose series are among what may be read has the right to their pictures.
  private Optional<OpenedSeries> first(Visit visit, StudyContents contents, String requestId) {
    var study = contents.study();
    return contents.series().stream()
        .findFirst()
        .map(
            series -> {
              var all = shown(study, series.uid());
              write(
                  visit,
                  AuditEvent.study(study.id().value()),
                  AuditAction.IMAGES_VIEWED,
                  requestId);
              return views.opened(study, series, all);
            });
  }

  /// All of a series, or one instance of it.
  Optional<SeriesView> series(
      Visit visit, StudyId study, SeriesUid series, Asked asked, String requestId) {
    return read(visit, study, Right.IMAGES, AuditAction.IMAGES_VIEWED, requestId)
        .map(Permitted::contents)
        .flatMap(
            contents ->
                contents.series().stream()
                    .filter(one -> one.uid().equals(series))
                    .findFirst()
                    .flatMap(found -> series(contents.study(), found, asked)));
  }

  private Optional<SeriesView> series(Study study, Series series, Asked asked) {
    return asked.all() && series.filmed(study) && Views.isLong(series.instances(), series.frames())
        ? studies
            .listing(study.id(), series)
            .map(listing -> views.series(study, series, listing, asked))
            .or(() -> fromItems(study, series, asked))
        : fromItems(study, series, asked);
  }

  private Optional<SeriesView> fromItems(Study study, Series series, Asked asked) {
    var all = shown(study, series.uid());
    return asked.instance().isPresent() && all.stream().noneMatch(one -> asked.names(one.sopUid()))
        ? Optional.empty()
        : Optional.of(views.series(study, series, all, asked));
  }

  /// Without what is of another person than the order's patient. A study that belongs to no order
  /// is permitted to nobody but its own department, which is to find out whose it is.
  private List<Instance> shown(Study study, SeriesUid series) {
    return studies.instances(study.id(), series).stream()
        .filter(instance -> study.order().isEmpty() || study.shows(instance.person()))
        .toList();
  }

  /// What may not be read is not in the contents: such a document is one that is not there.
  Optional<DocumentView> document(Visit visit, StudyId study, String uid, String requestId) {
    var contents =
        permitted(authorisation.ask(visit.principal(), study, Right.STUDY))
            .map(Permitted::contents);
    var report = contents.flatMap(all -> reported(all, uid));
    var found =
        report
            .flatMap(Report.Version::document)
            .or(() -> contents.flatMap(all -> listed(all, uid)));
    var action = report.isPresent() ? AuditAction.REPORT_READ : AuditAction.FILE_DOWNLOADED;
    tell(visit, study, contents.filter(_ -> found.isPresent()), action, requestId);
    return found.map(one -> views.document(contents.orElseThrow().study(), one, report));
  }

  private static Optional<Report.Version> reported(StudyContents contents, String uid) {
    return contents.reports().stream()
        .map(Report::current)
        .filter(version -> version.document().filter(one -> one.uid().equals(uid)).isPresent())
        .findFirst();
  }

  private static Optional<Document> listed(StudyContents contents, String uid) {
    return contents.documents().stream().filter(one -> one.uid().equals(uid)).findFirst();
  }

  Optional<ReportView> report(Visit visit, StudyId study, String requestId) {
    return read(visit, study, Right.REPORT, AuditAction.REPORT_READ, requestId)
        .map(Permitted::contents)
        .map(views::report);
  }

  /// Who opened it. Without the report's right nobody learns that there is one to read.
  Optional<Accesses> accesses(Visit visit, StudyId study, Optional<String> before) {
    return permitted(authorisation.ask(visit.principal(), study, Right.STUDY))
        .map(Permitted::contents)
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
        .map(Reading::line)
        .toList();
  }

  private static AccessLine line(AuditEvent event) {
    var shared =
        Optional.of(event.outcome())
            .filter(_ -> event.action() == AuditAction.STUDY_SHARED)
            .flatMap(ToWhom::of);
    return new AccessLine(
        event.at(),
        who(event),
        event.action().code(),
        shared.map(ToWhom::told),
        shared.filter(ToWhom::anonymized).isPresent());
  }

  private static String who(AuditEvent event) {
    return switch (event.who()) {
      case Actor.Patient _ -> "patient";
      case Actor.Professional _ -> "professional";
      case Actor.Staff _, Actor.Hospital _, Actor.Studygate _, Actor.Unknown _ -> "department";
    };
  }

  private Optional<Permitted> read(
      Visit visit, StudyId study, Right right, AuditAction action, String requestId) {
    var decision = authorisation.ask(visit.principal(), study, right);
    return told(visit, study, permitted(decision), action, requestId);
  }

  private void noted(Visit visit, Permitted found) {
    var about = new About(found.contents().study(), found.opened().order());
    firsts.note(visit.principal(), found.ways().stream().map(Held::bucket).toList(), about);
  }

  private Optional<Permitted> told(
      Visit visit, StudyId study, Optional<Permitted> found, AuditAction action, String requestId) {
    tell(visit, study, found.map(Permitted::contents), action, requestId);
    found.ifPresent(one -> noted(visit, one));
    return found;
  }

  private void tell(
      Visit visit,
      StudyId study,
      Optional<StudyContents> found,
      AuditAction action,
      String requestId) {
    if (found.isEmpty()) {
      write(visit, visit.actor().trail(), AuditAction.ACCESS_REFUSED, requestId);
      return;
    }
    var event = event(visit, AuditEvent.study(study.value()), action, requestId);
    switch (visit.principal()) {
      case Principal.Professional who when MARKED.contains(action) ->
          marks.opened(who.account(), study, version(found.get(), action), event);
      case Principal.Professional _, Principal.Patient _ -> trail.record(event);
    }
  }

  /// Of the report, if it is that which is read.
  private static Optional<String> version(StudyContents contents, AuditAction action) {
    return Card.best(contents.reports())
        .filter(_ -> action == AuditAction.REPORT_READ)
        .map(report -> report.current().version());
  }

  /// Whoever has still to give a code for it is told so of the study itself; of all below it, what
  /// everybody is told who may not see it.
  private static Optional<Permitted> permitted(Decision decision) {
    return switch (decision) {
      case Permitted permitted -> Optional.of(permitted);
      case Decision.NeedsCode _, Decision.Refused _ -> Optional.empty();
    };
  }

  private void write(Visit visit, String trailOf, AuditAction action, String requestId) {
    trail.record(event(visit, trailOf, action, requestId));
  }

  private AuditEvent event(Visit visit, String trailOf, AuditAction action, String requestId) {
    var outcome = action == AuditAction.ACCESS_REFUSED ? "refused" : "ok";
    return new AuditEvent(trailOf, clock.instant(), visit.actor(), action, outcome, requestId);
  }
}
