package org.studygate.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.studygate.json.RawJson;
import org.studygate.study.Studies.Arrival;
import org.studygate.study.Studies.Done;
import org.studygate.study.Studies.Due;
import org.studygate.study.Studies.Link;
import org.studygate.study.Studies.Totals;

/// What every store of studies does.
public abstract class StudiesContract {
  private static final Instant NOW = Instant.parse("2026-11-20T08:15:00Z");
  private static final Instant DUE = NOW.plus(Duration.ofMinutes(5));
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final Set<Person> SHOWN = Set.of(Samples.facts("P-1").person());
  private static final Link LINK = new Link(Optional.of(ORDER), Optional.empty(), Set.of(), SHOWN);

  protected abstract Studies studies();

  @Test
  void whatNobodyElseCanKnowOfIsFiledTogether() {
    var id = id("new");
    var all =
        IntStream.rangeClosed(1, 30)
            .mapToObj(n -> Samples.instance(Samples.SERIES, "1.2.3.1." + n, Instance.Kind.IMAGE))
            .toList();
    studies().fileNew(id, all);
    studies().fileNew(id, all.subList(0, 1));
    assertThat(studies().filed(id, Samples.SERIES))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void whatIsKnownOfAStudyIsAnsweredWhenInstancesCome() {
    var id = id("received");
    var whose = Set.of(Samples.whose("P-1", "A17"));
    studies().received(new Arrival(id, "noord", "1.2", whose, 3), NOW, DUE);
    var received = studies().received(new Arrival(id, "noord", "1.2", whose, 2), NOW, DUE);
    assertThat(received.came()).isEqualTo(5);
    assertThat(received.study()).isEqualTo(studies().find(id).orElseThrow());
  }

  @Test
  void anInstanceIsFiledOnceAndReadBackAsItWas() {
    var id = id("filed");
    var one = Samples.instance(Samples.SERIES, "1.2.3.1.1", Instance.Kind.IMAGE);
    assertThat(studies().file(id, one)).isEqualTo(one.instance());
    var other = Samples.instance(Samples.SERIES, "1.2.3.1.1", Instance.Kind.OTHER);
    assertThat(studies().file(id, other)).isEqualTo(one.instance());
    assertThat(studies().instances(id, Samples.SERIES)).containsExactly(one.instance());
  }

  @Test
  void whatIsToldOfInstancesIsKeptForTheGenerationInForce() {
    var id = id("listed");
    var series = series(5, 2);
    assertThat(studies().listing(id, series)).isEmpty();
    var listing = new Listing(2, 80, new RawJson("[{},{}]"));
    studies().list(id, series.uid(), 5, listing);
    assertThat(studies().listing(id, series)).contains(listing);
    studies().list(id, series.uid(), 4, new Listing(2, 80, new RawJson("[]")));
    assertThat(studies().listing(id, series)).as("an older one is late").contains(listing);
    assertThat(studies().listing(id, series(5, 3))).as("of another number").isEmpty();
    assertThat(studies().listing(id, series(6, 2))).as("of a later generation").isEmpty();
    studies().list(id, series.uid(), 6, listing);
    assertThat(studies().listing(id, series(6, 2))).contains(listing);
    assertThat(studies().listing(id, series)).isEmpty();
  }

  @Test
  void aGenerationThatReplacedAnotherIsDueWhenItRests() {
    var id = id("former");
    var due = new Due.SeriesDue(id, Samples.SERIES);
    var first = studies().change(id, Samples.SERIES, NOW);
    studies().built(id, series(first, 2), NOW);
    var second = studies().change(id, Samples.SERIES, NOW);
    studies().built(id, series(second, 2), NOW);
    var rests = NOW.plusSeconds(150);
    assertThat(studies().due(rests.minusMillis(1))).doesNotContain(due);
    assertThat(studies().due(rests)).contains(due);
    assertThat(building(id).rests(rests.minusMillis(1))).isFalse();
    assertThat(building(id).rests(rests)).isTrue();
    studies().rested(id, Samples.SERIES, first);
    assertThat(studies().due(rests)).as("another is in force").contains(due);
    studies().rested(id, Samples.SERIES, second);
    assertThat(studies().due(rests)).doesNotContain(due);
  }

  private Studies.Building building(StudyId id) {
    return studies().building(id, Samples.SERIES).orElseThrow();
  }

  @Test
  void whatIsTooLongForAnItemIsNotKept() {
    var id = id("long");
    var noise = new byte[400_000];
    new Random(5).nextBytes(noise);
    var json = new RawJson(Base64.getEncoder().encodeToString(noise));
    studies().list(id, Samples.SERIES, 5, new Listing(2, 80, json));
    assertThat(studies().listing(id, series(5, 2))).isEmpty();
  }

  @Test
  void picturesDrawnLaterReplaceFewerAndNeverMore() {
    var id = id("drawn");
    var sop = "1.2.3.1.9";
    assertThat(studies().instance(id, Samples.SERIES, sop)).isEmpty();
    var step = Instance.Pictures.begun(List.of(128, 512), 300, List.of(7), "damaged");
    var end = new Instance.Pictures(List.of(128, 512), 900, List.of(7), "damaged");
    studies().drawn(id, Samples.SERIES, sop, step);
    assertThat(studies().instance(id, Samples.SERIES, sop)).as("nothing to draw for").isEmpty();
    var filed = Samples.instance(Samples.SERIES, sop, Instance.Kind.IMAGE);
    studies().file(id, filed);
    studies().drawn(id, Samples.SERIES, sop, step);
    assertThat(pictures(id, sop)).isEqualTo(step);
    assertThat(pictures(id, sop).goesOn()).isTrue();
    studies().drawn(id, Samples.SERIES, sop, end);
    studies().drawn(id, Samples.SERIES, sop, step);
    studies().file(id, filed);
    studies().file(id, List.of(filed));
    assertThat(pictures(id, sop)).isEqualTo(end);
    assertThat(pictures(id, sop).goesOn()).isFalse();
    var header = studies().filed(id, Samples.SERIES).getFirst().headerGz();
    assertThat(header).isEqualTo(filed.headerGz());
  }

  private Instance.Pictures pictures(StudyId id, String sop) {
    var one = studies().instance(id, Samples.SERIES, sop).orElseThrow();
    var listed = studies().instances(id, Samples.SERIES);
    assertThat(listed).contains(one);
    return one.pictures();
  }

  @Test
  void reportsInDisguiseAreNeverAmongTheImages() {
    var id = id("disguise");
    studies().file(id, Samples.instance(Samples.SERIES, "1.2.3.1.2", Instance.Kind.REPORT));
    studies().file(id, Samples.instance(Samples.SERIES, "1.2.3.1.3", Instance.Kind.OTHER));
    assertThat(studies().instances(id, Samples.SERIES)).isEmpty();
    assertThat(studies().filed(id, Samples.SERIES)).hasSize(2);
  }

  @Test
  void aSeriesUidThatBeginsLikeAnotherIsAnother() {
    var id = id("prefix");
    studies().file(id, Samples.instance(new SeriesUid("1.2.3"), "1.2.3.4", Instance.Kind.IMAGE));
    assertThat(studies().instances(id, new SeriesUid("1.2"))).isEmpty();
  }

  @Test
  void aStudyIsThereFromItsFirstInstance() {
    var id = id("first");
    assertThat(studies().contents(id)).isEmpty();
    studies().done(id, "noord", "1.2", new Done(NOW, Optional.of(3), "1"));
    assertThat(studies().contents(id)).isEmpty();
    receive(id, "P-1");
    var study = studies().contents(id).orElseThrow().study();
    assertThat(study.expectation().done()).contains(3);
    assertThat(study.department()).isEqualTo("noord");
    assertThat(study.complete()).isFalse();
  }

  @Test
  void patientsAndAccessionsGather() {
    var id = id("gather");
    receive(id, "P-1");
    receive(id, "P-2");
    receive(id, "P-1");
    var study = studies().find(id).orElseThrow();
    assertThat(study.whose())
        .containsExactlyInAnyOrder(Samples.whose("P-1", "A17"), Samples.whose("P-2", "A17"));
    assertThat(study.mixed()).isTrue();
  }

  @Test
  void aStudyKeepsAHundredPersonsAndTakesEachInstance() {
    var id = id("many");
    for (var i = 0; i < Study.MOST_WHOSE + 20; i++) {
      receive(id, "P-" + i);
    }
    var study = studies().find(id).orElseThrow();
    assertThat(study.whose()).hasSize(Study.MOST_WHOSE);
    assertThat(study.revision()).isEqualTo(Study.MOST_WHOSE + 20);
  }

  @Test
  void personsAreCountedByTheirInstances() {
    var id = id("count");
    studies().file(id, Samples.instance(Samples.SERIES, "1.2.3.1.1", Instance.Kind.IMAGE));
    studies().file(id, Samples.instance(Samples.SERIES, "1.2.3.1.2", Instance.Kind.REPORT));
    assertThat(studies().persons(id)).isEqualTo(Map.of(Samples.facts("P-1").person(), 2L));
  }

  @Test
  void aSeriesThatHoldsWhatItsStudyDoesNotShowIsNotShown() {
    var id = id("unfit");
    receive(id, "P-1");
    receive(id, "P-2");
    studies().change(id, Samples.SERIES, NOW);
    studies().change(id, Samples.SERIES, NOW);
    studies().built(id, series(2, 7), NOW);
    var others = Set.of(Samples.facts("P-2").person());
    var link = new Link(Optional.of(ORDER), Optional.empty(), Set.of(), others);
    studies().link(id, revision(id), link, NOW);
    assertThat(studies().contents(id).orElseThrow().series()).isEmpty();
    assertThat(studies().contents(id).orElseThrow().study().facts()).isEqualTo(Facts.NONE);
    studies().link(id, revision(id), LINK, NOW);
    assertThat(studies().contents(id).orElseThrow().series()).hasSize(1);
  }

  @Test
  void theNewestDoneCounts() {
    var id = id("done");
    studies().done(id, "noord", "1.2", new Done(NOW, Optional.of(3), "2"));
    studies().done(id, "noord", "1.2", new Done(NOW, Optional.empty(), "1"));
    assertThat(studies().find(id).orElseThrow().expectation().done()).contains(3);
    studies().done(id, "noord", "1.2", new Done(NOW, Optional.empty(), "3"));
    assertThat(studies().find(id).orElseThrow().expectation().done()).isEmpty();
  }

  @Test
  void anEarlierGenerationNeverReplacesALaterOne() {
    var id = id("generation");
    receive(id, "P-1");
    assertThat(studies().change(id, Samples.SERIES, NOW)).isEqualTo(1);
    assertThat(studies().change(id, Samples.SERIES, NOW)).isEqualTo(2);
    assertThat(studies().built(id, series(2, 7), NOW)).isTrue();
    assertThat(studies().built(id, series(1, 5), NOW)).isFalse();
    assertThat(studies().built(id, series(2, 5), NOW)).isFalse();
    assertThat(studies().contents(id).orElseThrow().series()).containsExactly(series(2, 7));
  }

  @Test
  void aSeriesWithoutPicturesShowsNothing() {
    var id = id("empty series");
    receive(id, "P-1");
    studies().change(id, Samples.SERIES, NOW);
    studies().built(id, series(1, 0), NOW);
    assertThat(studies().contents(id).orElseThrow().series()).isEmpty();
    assertThat(studies().series(id)).hasSize(1);
  }

  @Test
  void aSeriesOfOtherObjectsShowsThemAndNoPicture() {
    var id = id("other objects");
    receive(id, "P-1");
    studies().change(id, Samples.SERIES, NOW);
    var ecg =
        new Document(Samples.SERIES, "1.2.3.1.7", DocumentKind.ECG, "Rust \u202e \"12\"", false);
    studies().built(id, series(1, 0, List.of(ecg)), NOW);
    var contents = studies().contents(id).orElseThrow();
    assertThat(contents.series()).isEmpty();
    assertThat(contents.documents()).containsExactly(ecg);
    studies().built(id, series(2, 0), NOW);
    assertThat(studies().contents(id).orElseThrow().documents()).isEmpty();
  }

  @Test
  void aSeriesWaitsUntilItsLastChangeIsBuilt() {
    var id = id("waits");
    studies().change(id, Samples.SERIES, NOW);
    studies().change(id, Samples.SERIES, NOW);
    var later = NOW.plus(Duration.ofHours(1));
    studies().built(id, series(1, 1), NOW);
    assertThat(studies().due(later)).contains(new Due.SeriesDue(id, Samples.SERIES));
    studies().built(id, series(2, 1), NOW);
    assertThat(studies().due(NOW.plusSeconds(149)))
        .doesNotContain(new Due.SeriesDue(id, Samples.SERIES));
  }

  @Test
  void aStudyIsDueWhenItsTimeHasComeAndNoMoreWhenComplete() {
    var id = id("due");
    receive(id, "P-1");
    assertThat(studies().due(DUE.minusMillis(1))).doesNotContain(new Due.StudyDue(id));
    assertThat(studies().due(DUE)).contains(new Due.StudyDue(id));
    assertThat(studies().total(id, revision(id), totals(true))).isTrue();
    assertThat(studies().due(DUE)).doesNotContain(new Due.StudyDue(id));
    var study = studies().find(id).orElseThrow();
    assertThat(study.complete()).isTrue();
    assertThat(study.firstCompleteAt()).contains(NOW);
    assertThat(study.modalities()).containsExactly("CT", "SR");
    assertThat(study.expectation().completeAt()).isEqualTo(7);
  }

  @Test
  void aReopenedStudyStaysAvailable() {
    var id = id("reopened");
    receive(id, "P-1");
    studies().total(id, revision(id), totals(true));
    studies().total(id, revision(id), totals(false));
    var study = studies().find(id).orElseThrow();
    assertThat(study.complete()).isFalse();
    assertThat(study.firstCompleteAt()).contains(NOW);
  }

  @Test
  void whatWasDecidedOnOlderFactsIsNotWritten() {
    var id = id("older");
    receive(id, "P-1");
    var revision = revision(id);
    receive(id, "P-2");
    var link = new Link(Optional.of(ORDER), Optional.of(300), Set.of(), SHOWN);
    assertThat(studies().link(id, revision, link, NOW)).isFalse();
    assertThat(studies().total(id, revision, totals(true))).isFalse();
    assertThat(studies().link(id, revision(id), link, NOW)).isTrue();
    assertThat(studies().find(id).orElseThrow().link()).isEqualTo(link);
    assertThat(studies().find(id).orElseThrow().expectation().ordered()).contains(300);
  }

  @Test
  void aLinkCanBeTakenBack() {
    var id = id("taken back");
    receive(id, "P-1");
    studies().flag(id, "other-bytes");
    studies().link(id, revision(id), LINK, NOW);
    studies().link(id, revision(id), Link.none(Set.of("patient-mismatch")), NOW.plusSeconds(1));
    var study = studies().find(id).orElseThrow();
    assertThat(study.order()).isEmpty();
    assertThat(study.flags()).containsExactlyInAnyOrder("other-bytes", "patient-mismatch");
    assertThat(study.flaggedAt()).contains(NOW.plusSeconds(1));
    assertThat(study.shows(Samples.facts("P-1").person())).isFalse();
  }

  @Test
  void hintsGather() {
    var id = id("hints");
    studies().hint(id, ORDER);
    studies().hint(id, ORDER);
    studies().hint(id, new OrderId("noord", "A/18#x"));
    assertThat(studies().hints(id))
        .containsExactlyInAnyOrder(ORDER, new OrderId("noord", "A/18#x"));
  }

  @Test
  void theBestReportCountsInAnyOrderOfArrival() {
    var id = id("reports");
    receive(id, "P-1");
    var corrected = version("c", Report.State.CORRECTED, NOW, Optional.empty());
    var last = version("f", Report.State.FINAL, NOW.plusSeconds(60), Optional.empty());
    var first = version("p", Report.State.PRELIMINARY, NOW, Optional.empty());
    for (var version : List.of(last, corrected, first, last)) {
      studies().report(id, version);
    }
    assertThat(studies().contents(id).orElseThrow().reports())
        .containsExactly(new Report("r", List.of(corrected, last, first)));
  }

  @Test
  void ofTwoArrivalsOfAReportTheEarlierCounts() {
    var id = id("report twice");
    receive(id, "P-1");
    studies().report(id, version("v", Report.State.FINAL, NOW.plusSeconds(9), Optional.empty()));
    studies().report(id, version("v", Report.State.FINAL, NOW, Optional.empty()));
    studies().report(id, version("v", Report.State.FINAL, NOW.plusSeconds(5), Optional.empty()));
    assertThat(studies().contents(id).orElseThrow().reports().getFirst().current().at())
        .isEqualTo(NOW);
  }

  @Test
  void aReportOfAnOrderCountsOnlyWhileTheStudyBelongsToIt() {
    var id = id("report of order");
    receive(id, "P-1");
    studies().report(id, version("v", Report.State.FINAL, NOW, Optional.of(ORDER)));
    assertThat(studies().contents(id).orElseThrow().reports()).isEmpty();
    studies().link(id, revision(id), LINK, NOW);
    assertThat(studies().contents(id).orElseThrow().reports()).hasSize(1);
  }

  @Test
  void theNewestPdfJoinsAVersionAndADisputedOneNobody() {
    var id = id("pdf");
    receive(id, "P-1");
    var version = version("v", Report.State.FINAL, NOW, Optional.empty());
    studies().attach(id, version, new Report.Pdf("lost", "1")); // no such version yet
    studies().report(id, version);
    studies().attach(id, version, new Report.Pdf("new", "2"));
    studies().attach(id, version, new Report.Pdf("old", "1"));
    assertThat(pdf(id)).contains("new");
    studies().dispute(id, version);
    assertThat(pdf(id)).isEmpty();
  }

  @Test
  void exactPixelsAreTakenOnOnceAndToldOfTheirGenerationAlone() {
    var id = id("exact");
    receive(id, "P-1");
    studies().change(id, Samples.SERIES, NOW);
    studies().change(id, Samples.SERIES, NOW);
    var stale = NOW.minusSeconds(120);
    assertThat(studies().beginExact(id, Samples.SERIES, 2, NOW, stale)).isFalse(); // not built yet
    studies().built(id, series(2, 6), NOW);
    assertThat(exact(id)).isEmpty();
    assertThat(studies().beginExact(id, Samples.SERIES, 1, NOW, stale)).isFalse();
    assertThat(studies().beginExact(id, Samples.SERIES, 2, NOW, stale)).isTrue();
    assertThat(exact(id)).contains(new Series.Exact.Begun(NOW));
    assertThat(studies().beginExact(id, Samples.SERIES, 2, NOW, stale)).isFalse();
    var later = NOW.plusSeconds(120); // whoever began has died
    assertThat(studies().beginExact(id, Samples.SERIES, 2, later, NOW)).isTrue();
    var made = new Series.Exact.Made(240, 3_000);
    assertThat(studies().exact(id, Samples.SERIES, 1, made)).isFalse();
    assertThat(studies().exact(id, Samples.SERIES, 2, made)).isTrue();
    assertThat(exact(id)).contains(made);
    assertThat(studies().beginExact(id, Samples.SERIES, 2, later, later)).isFalse();
    assertThat(studies().withoutExact(id, Samples.SERIES, 2)).isTrue();
    assertThat(exact(id)).contains(new Series.Exact.None());
    studies().built(id, series(3, 7), later);
    assertThat(exact(id)).isEmpty();
  }

  private Optional<Series.Exact> exact(StudyId id) {
    return studies().series(id).getFirst().exact();
  }

  private Optional<String> pdf(StudyId id) {
    return studies().contents(id).orElseThrow().reports().getFirst().current().pdfKey();
  }

  private static StudyId id(String test) {
    return StudyId.of("noord", test);
  }

  private void receive(StudyId id, String patient) {
    studies()
        .received(new Arrival(id, "noord", "1.2", Set.of(Samples.whose(patient, "A17"))), NOW, DUE);
  }

  private long revision(StudyId id) {
    return studies().find(id).orElseThrow().revision();
  }

  private static Totals totals(boolean complete) {
    return new Totals(
        1,
        6,
        7,
        List.of("CT", "SR"),
        Samples.facts("P-1"),
        complete,
        7,
        NOW,
        complete ? Optional.empty() : Optional.of(DUE));
  }

  private static Series series(long built, int instances) {
    return series(built, instances, List.of());
  }

  private static Series series(long built, int instances, List<Document> documents) {
    return new Series(
        Samples.SERIES,
        Optional.of(2),
        "Thorax",
        "CT",
        "CHEST",
        instances,
        instances * 40,
        instances,
        Optional.of("1.2.3.1.1"),
        Optional.empty(),
        Samples.facts("P-1"),
        SHOWN,
        Set.of(),
        2,
        built,
        Optional.empty(),
        Optional.empty(),
        documents);
  }

  private static Report.Version version(
      String version, Report.State state, Instant at, Optional<OrderId> order) {
    return new Report.Version(
        "r", version, state, at, order, "nl", "Geen afwijkingen.", "Maes", Optional.empty(), false);
  }
}
