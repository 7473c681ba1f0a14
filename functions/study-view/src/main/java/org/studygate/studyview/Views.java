package org.studygate.studyview;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.studygate.access.Bucket;
import org.studygate.access.Opened;
import org.studygate.access.Reason;
import org.studygate.department.Department;
import org.studygate.department.Face;
import org.studygate.json.Json;
import org.studygate.json.RawJson;
import org.studygate.objects.Keys;
import org.studygate.objects.S3Gets;
import org.studygate.order.About;
import org.studygate.order.Card;
import org.studygate.order.Initials;
import org.studygate.order.Order;
import org.studygate.study.Document;
import org.studygate.study.Instance;
import org.studygate.study.Listing;
import org.studygate.study.Report;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Study;
import org.studygate.study.StudyContents;
import org.studygate.studyview.Answers.DocumentLine;
import org.studygate.studyview.Answers.DocumentView;
import org.studygate.studyview.Answers.FilmView;
import org.studygate.studyview.Answers.FrameView;
import org.studygate.studyview.Answers.InstanceView;
import org.studygate.studyview.Answers.Line;
import org.studygate.studyview.Answers.Manifest;
import org.studygate.studyview.Answers.Named;
import org.studygate.studyview.Answers.OpenedSeries;
import org.studygate.studyview.Answers.Patient;
import org.studygate.studyview.Answers.Person;
import org.studygate.studyview.Answers.PlanesView;
import org.studygate.studyview.Answers.Prior;
import org.studygate.studyview.Answers.ReportLine;
import org.studygate.studyview.Answers.ReportView;
import org.studygate.studyview.Answers.Said;
import org.studygate.studyview.Answers.SeriesLine;
import org.studygate.studyview.Answers.SeriesView;
import org.studygate.studyview.Answers.StudyList;
import org.studygate.studyview.Answers.VersionLine;
import org.studygate.studyview.Answers.VideoView;
import org.studygate.studyview.Answers.Why;
import org.studygate.studyview.Answers.Work;
import org.studygate.studyview.Answers.WorkLine;

/// Puts what may be read into the words of the interface. The order's own words come first (a
/// department wrote them for people), the files' words fill what it leaves open.
final class Views {
  private static final int SMALL = 128;
  private static final int MEDIUM = 512;
  private static final int LARGE = 1280;

  private static final Pattern PLACE =
      Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d)(?:T(\\d\\d:\\d\\d))?");

  private static final int FEW = 16;

  private static final int FEW_FRAMES = 64;

  private final Addresses addresses;
  private final Exact exact;
  private final Clock clock;

  Views(Addresses addresses, Exact exact, Clock clock) {
    this.addresses = addresses;
    this.exact = exact;
    this.clock = clock;
  }

  StudyList list(List<Opened> all, Optional<Manifest> first) {
    var lines = new ArrayList<Line>();
    for (var opened : all) {
      opened.studies().forEach(contents -> lines.add(line(opened, contents)));
    }
    return new StudyList(lines, Optional.empty(), first);
  }

  /// @param departments what they are called, by id; `colleagues` likewise
  static Work work(
      Worklist.Found found, Map<String, String> departments, Map<String, String> colleagues) {
    return new Work(
        found.rows().stream().map(row -> line(row, departments, colleagues)).toList(),
        found.next().map(Sought::next),
        found.looked().flatMap(Views::day),
        found.more());
  }

  private static WorkLine line(
      Worklist.Row row, Map<String, String> departments, Map<String, String> colleagues) {
    var card = row.card();
    return new WorkLine(
        card.study().value(),
        card.date(),
        time(row.place()),
        card.description(),
        card.modalities(),
        person(row),
        card.accession().filter(_ -> row.code().isEmpty()),
        new Named(
            card.department(), departments.getOrDefault(card.department(), card.department())),
        card.images(),
        row.hasReport(),
        card.report().filter(_ -> row.hasReport()).map(Card.Written::state),
        row.reasons().stream().map(reason -> why(reason, colleagues)).toList(),
        row.fresh(),
        row.unreadReport(),
        row.labels(),
        row.code());
  }

  /// Before the code is given, no more than the mail said.
  private static Person person(Worklist.Row row) {
    var patient = row.card().patient();
    return row.code().isPresent()
        ? new Person(
            Initials.of(patient.name()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            patient.anonymous())
        : new Person(
            patient.name(), patient.birthDate(), patient.id(), patient.sex(), patient.anonymous());
  }

  private static Why why(Reason reason, Map<String, String> colleagues) {
    var by = reason.by().flatMap(account -> Optional.ofNullable(colleagues.get(account)));
    return new Why(reason.kind().code(), by, reason.until());
  }

  /// A place begins with the moment of the exam.
  private static Optional<LocalDate> day(String place) {
    return PLACE.matcher(place).results().findFirst().map(at -> LocalDate.parse(at.group(1)));
  }

  private static Optional<String> time(String place) {
    return PLACE
        .matcher(place)
        .results()
        .findFirst()
        .flatMap(at -> Optional.ofNullable(at.group(2)));
  }

  private static Line line(Opened opened, StudyContents contents) {
    var study = contents.study();
    var about = new About(study, opened.order());
    var department = opened.owner();
    return new Line(
        study.id().value(),
        about.date(),
        about.description(),
        modalities(contents),
        patient(about),
        new Named(department, opened.department().map(Department::name).orElse(department)),
        !contents.series().isEmpty(),
        !contents.reports().isEmpty(),
        contents.reportFrom(),
        List.of());
  }

  /// What is told besides to whoever has an account.
  ///
  /// @param messages of the shares by which it came, the newest first
  record Beside(
      List<Worklist.Row> priors,
      List<Reason> reasons,
      List<Bucket> messages,
      Map<String, String> colleagues) {
    private List<Said> said() {
      return messages.stream().flatMap(bucket -> said(bucket).stream()).toList();
    }

    private Optional<Said> said(Bucket bucket) {
      var by = bucket.origin().by().map(one -> colleagues.getOrDefault(one, "")).orElse("");
      return bucket.share().message().map(text -> new Said(by, bucket.validFrom(), text));
    }

    private List<Prior> prior() {
      return priors.stream().map(Worklist.Row::card).map(Beside::prior).toList();
    }

    private static Prior prior(Card card) {
      return new Prior(card.study().value(), card.date(), card.description(), card.modalities());
    }

    private List<Why> why() {
      return reasons.stream().map(reason -> Views.why(reason, colleagues)).toList();
    }
  }

  Manifest manifest(
      Opened opened,
      StudyContents contents,
      Optional<OpenedSeries> first,
      Optional<Beside> beside) {
    var study = contents.study();
    var about = new About(study, opened.order());
    return new Manifest(
        study.id().value(),
        about.date(),
        about.description(),
        modalities(contents),
        beside.isPresent() ? whole(about) : patient(about),
        opened.department().map(Face::of),
        study.complete() ? "complete" : "receiving",
        contents.series().stream().map(series -> line(study, series)).toList(),
        documents(contents),
        Card.best(contents.reports())
            .map(Report::current)
            .map(
                report ->
                    new ReportLine(report.state().toString(), shown(report).map(Document::uid))),
        contents.reportFrom(),
        Optional.empty(),
        first,
        opened.order().map(Order::accession).filter(_ -> beside.isPresent()),
        beside.map(Beside::prior),
        beside.map(Beside::why),
        beside.map(Beside::said),
        clock.instant().plus(S3Gets.LIFE));
  }

  /// A clip begins, a stack has a middle: with its film, or with the address of that one picture.
  ///
  /// @param all its instances that are shown
  OpenedSeries opened(Study study, Series series, List<Instance> all) {
    var picture = series.frames() > series.instances() ? 0 : series.frames() / 2;
    var asked = new Asked(Optional.empty(), Optional.of(new Page.From(picture, 1, 1)), false);
    return new OpenedSeries(series.uid().value(), picture, series(study, series, all, asked));
  }

  private SeriesLine line(Study study, Series series) {
    var picture =
        series
            .preview()
            .map(sop -> Keys.preview(study.shelf(), study.uid(), series.uid(), sop, 1, MEDIUM))
            .map(addresses::picture);
    return new SeriesLine(
        series.uid().value(),
        series.number(),
        series.description(),
        series.modality(),
        series.instances(),
        series.frames(),
        picture);
  }

  /// Reports first: they are what most people look for.
  private static List<DocumentLine> documents(StudyContents contents) {
    var reports =
        contents.reports().stream()
            .map(Report::current)
            .flatMap(
                report ->
                    report.document().stream()
                        .map(one -> line(one, Optional.of(report.state().toString()))));
    var others = contents.documents().stream().map(one -> line(one, Optional.empty()));
    return Stream.concat(reports, others).toList();
  }

  /// The document that the report's own page shows whole.
  private static Optional<Document> shown(Report.Version report) {
    return report.document().filter(one -> one.readable() || report.pdfKey().isPresent());
  }

  private static DocumentLine line(Document document, Optional<String> state) {
    return new DocumentLine(document.uid(), document.kind(), document.title(), state);
  }

  /// @param report what it is a version of, if it is a report
  DocumentView document(Study study, Document document, Optional<Report.Version> report) {
    var key = Keys.original(study.shelf(), study.uid(), document.series(), document.uid());
    return new DocumentView(
        document.uid(),
        document.kind(),
        document.title(),
        report.map(version -> version.state().toString()),
        said(study, document),
        report.flatMap(Report.Version::pdfKey).map(addresses::pdf),
        addresses.dicom(key, document.uid() + ".dcm"),
        clock.instant().plus(S3Gets.LIFE));
  }

  private Optional<String> said(Study study, Document document) {
    return Optional.of(document)
        .filter(Document::readable)
        .map(one -> Keys.contents(study.shelf(), study.uid(), one.series(), one.uid()))
        .map(addresses::contents);
  }

  /// @param all its instances that are shown
  SeriesView series(Study study, Series series, List<Instance> all, Asked asked) {
    var frames = all.stream().mapToInt(Instance::frames).sum();
    var film = film(study, series, frames);
    var planes = planes(study, series, frames, asked);
    var metadata = metadata(study, series, asked);
    if (film.isPresent() && asked.all() && isLong(all.size(), frames)) {
      return answer(Listing.of(all).json(), film, planes, metadata, Optional.empty());
    }
    var named = all.stream().filter(one -> asked.names(one.sopUid())).toList();
    var page = Page.of(named, asked.from().orElse(Page.From.START));
    var views = page.parts().stream().map(part -> instance(study, series.uid(), part)).toList();
    return answer(new RawJson(Json.text(views)), film, planes, metadata, page.next());
  }

  /// Of so many the pictures have no addresses of their own beside their film.
  static boolean isLong(int instances, int frames) {
    return instances > FEW || frames > FEW_FRAMES;
  }

  /// The same for one that is long, and that its film shows wholly.
  SeriesView series(Study study, Series series, Listing listing, Asked asked) {
    var planes = planes(study, series, series.frames(), asked);
    var film = film(study, series, series.frames());
    var metadata = metadata(study, series, asked);
    return answer(listing.json(), film, planes, metadata, Optional.empty());
  }

  private Optional<PlanesView> planes(Study study, Series series, int frames, Asked asked) {
    return asked.exact() ? Optional.of(exact.of(study, series, frames)) : Optional.empty();
  }

  /// What the files say beside their pixels, of the same instances as the film: who measures needs
  /// it.
  private Optional<String> metadata(Study study, Series series, Asked asked) {
    return Optional.of(series)
        .filter(built -> asked.exact() && built.built() > 0)
        .map(built -> Keys.metadata(study.shelf(), study.uid(), built.uid(), built.built()))
        .map(addresses::metadata);
  }

  private SeriesView answer(
      RawJson instances,
      Optional<FilmView> film,
      Optional<PlanesView> planes,
      Optional<String> metadata,
      Optional<String> next) {
    var until = clock.instant().plus(S3Gets.LIFE);
    return new SeriesView(instances, film, planes, metadata, next, until);
  }

  /// A film is of persons whom the study shows, or the series would not be seen, and no instance
  /// goes away: where there are as many pictures now, they are the same ones. Of a series that has
  /// grown since, it is not told.
  private Optional<FilmView> film(Study study, Series series, int frames) {
    var key = Keys.film(study.shelf(), study.uid(), series.uid(), series.built());
    return series
        .film()
        .filter(film -> film.pictures() == frames)
        .map(
            film ->
                new FilmView(
                    addresses.film(key), series.built(), film.pictures(), film.sheetsEnd()));
  }

  private InstanceView instance(Study study, SeriesUid series, Page.Part part) {
    var instance = part.instance();
    var sop = instance.sopUid();
    var original = Keys.original(study.shelf(), study.uid(), series, sop);
    var frames = new ArrayList<FrameView>();
    var first = frame(study, series, instance, part.first());
    for (var frame = part.first(); frame <= part.last(); frame++) {
      frames.add(frame == part.first() ? first : frame(study, series, instance, frame));
    }
    return new InstanceView(
        sop,
        instance.number(),
        instance.frames(),
        instance.transferSyntax(),
        instance.rows(),
        instance.columns(),
        Optional.of(addresses.dicom(original, sop + ".dcm")),
        first.medium().or(first::small),
        frames,
        instance.window(),
        instance.pixels(),
        instance.frameMillis(),
        instance.pictures().isVideo()
            ? Optional.of(video(Keys.video(study.shelf(), study.uid(), series, sop)))
            : Optional.empty());
  }

  private VideoView video(String key) {
    return new VideoView(Optional.of(addresses.video(key)));
  }

  private FrameView frame(Study study, SeriesUid series, Instance instance, int frame) {
    return new FrameView(
        frame,
        picture(study, series, instance, frame, SMALL)
            .or(() -> picture(study, series, instance, frame, MEDIUM)),
        picture(study, series, instance, frame, MEDIUM),
        picture(study, series, instance, frame, LARGE));
  }

  private Optional<String> picture(
      Study study, SeriesUid series, Instance instance, int frame, int size) {
    var pictures = instance.pictures();
    if (!pictures.has(frame) || !pictures.sizes().contains(size)) {
      return Optional.empty();
    }
    return Optional.of(
        addresses.picture(
            Keys.preview(study.shelf(), study.uid(), series, instance.sopUid(), frame, size)));
  }

  ReportView report(StudyContents contents) {
    var report = Card.best(contents.reports()).orElseThrow();
    var current = report.current();
    return new ReportView(
        current.state().toString(),
        Optional.of(current.text()).filter(text -> !text.isBlank()),
        current.document().flatMap(document -> said(contents.study(), document)),
        current.pdfKey().map(addresses::pdf),
        Optional.of(current.author()).filter(author -> !author.isBlank()),
        current.at(),
        current.language(),
        report.versions().stream()
            .map(version -> new VersionLine(version.state().toString(), version.at()))
            .toList(),
        clock.instant().plus(S3Gets.LIFE));
  }

  private static Patient patient(About about) {
    var patient = about.patient();
    return new Patient(
        patient.name(),
        patient.birthDate(),
        Optional.empty(),
        Optional.empty(),
        patient.anonymous());
  }

  private static Patient whole(About about) {
    var patient = about.patient();
    return new Patient(
        patient.name(), patient.birthDate(), patient.id(), patient.sex(), patient.anonymous());
  }

  private static List<String> modalities(StudyContents contents) {
    return contents.series().stream().map(Series::modality).distinct().sorted().toList();
  }
}
