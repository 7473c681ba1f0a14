package org.studygate.studyrollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.access.TestHospital;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.dynamo.TestTables;
import org.studygate.json.Json;
import org.studygate.objects.InMemoryDerived;
import org.studygate.objects.InMemoryObjects;
import org.studygate.platform.Log;
import org.studygate.platform.TestClock;
import org.studygate.queue.SqsBatch;
import org.studygate.receipt.Receipt;
import org.studygate.study.Document;
import org.studygate.study.DocumentKind;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Facts;
import org.studygate.study.Instance;
import org.studygate.study.NoRollUps;
import org.studygate.study.OrderId;
import org.studygate.study.Person;
import org.studygate.study.Samples;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class StudyRollUpHandlerTest {
  private static final String UID = "1.2.826.0.5.1";
  private static final StudyId STUDY = StudyId.of("noord", UID);
  private static final SeriesUid SERIES = new SeriesUid(UID + ".1");

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  @AutoClose private final TestTables tables = TestTables.start();
  private DynamoStudies studies;
  private InMemoryObjects objects;
  private final List<Receipt> receipts = new ArrayList<>();
  private StudyRollUpHandler handler;

  @BeforeEach
  void start() {
    new TestHospital(tables, clock).department("noord", new ReportRule.AtOnce());
    studies = new DynamoStudies(tables.client(), "StudiesTable");
    objects = new InMemoryObjects(new HashMap<>(), "studies");
    var log = new Log(new PrintStream(logged, true), clock);
    handler =
        new StudyRollUpHandler(
            new SqsBatch(log),
            new SeriesBuilder(studies, objects, new NoRollUps(), receipts::add, clock),
            new Films(studies, objects, clock),
            new Former(studies, new InMemoryDerived(objects.all()), clock),
            NoPlanes.of(studies, objects, clock),
            new Completion(
                studies,
                new DynamoDepartments(tables.client(), "DepartmentsTable"),
                TestHospital.card(tables),
                clock,
                log),
            FollowUp.of(tables, clock));
  }

  @Test
  void aSeriesIsBuiltWithTheMetadataOfAllItsInstances() throws Exception {
    come(3);
    come(1);
    var gen = come(2);
    rollUp(gen);
    var series = studies.series(STUDY).getFirst();
    assertThat(series.instances()).isEqualTo(3);
    assertThat(series.preview()).contains(UID + ".1.2");
    assertThat(series.built()).isEqualTo(gen);
    assertThat(metadata(gen)).isEqualTo("[{\"n\":1},{\"n\":2},{\"n\":3}]");
  }

  /// The pages open a clip in its middle at once, as any other series.
  @Test
  void aClipCountsAsItsFrames() throws Exception {
    var still = Samples.instance(SERIES, UID + ".1.1", Instance.Kind.IMAGE).instance();
    var clip = Samples.like(still, still.sha256(), 40);
    studies.file(STUDY, new Studies.Filed(clip, clock.instant(), Gzip.of("{}"), Optional.empty()));
    rollUp(come(2));
    var series = studies.series(STUDY).getFirst();
    assertThat(series.instances()).isEqualTo(2);
    assertThat(series.frames()).isEqualTo(41);
  }

  /// A report has rules of its own: it is not among what goes with the pictures.
  @Test
  void whatHasNoPictureIsNamedUnlessItIsAReport() throws Exception {
    other(7, "1.2.840.10008.5.1.4.1.1.9.1.1", Instance.Kind.OTHER);
    other(8, "1.2.840.10008.5.1.4.1.1.88.11", Instance.Kind.REPORT);
    rollUp(come(1));
    var series = studies.series(STUDY).getFirst();
    assertThat(series.instances()).isEqualTo(1);
    assertThat(series.documents())
        .containsExactly(new Document(SERIES, UID + ".1.7", DocumentKind.ECG, "Thorax", false));
  }

  @Test
  void ofVeryManyObjectsTheFirstAreNamed() throws Exception {
    for (var number = 2; number <= 60; number++) {
      other(number, "1.2.840.10008.5.1.4.1.1.66", Instance.Kind.OTHER);
    }
    rollUp(come(1));
    assertThat(studies.series(STUDY).getFirst().documents()).hasSize(Document.MOST);
  }

  private void other(int number, String sopClass, Instance.Kind kind) throws IOException {
    var one = Samples.instance(SERIES, UID + ".1." + number, kind).instance();
    var like = Samples.ofClass(one, sopClass);
    studies.file(STUDY, new Studies.Filed(like, clock.instant(), Gzip.of("{}"), Optional.empty()));
  }

  @Test
  void aMessageThatIsOvertakenBuildsNothing() throws Exception {
    var first = come(1);
    rollUp(first);
    var second = come(2);
    var third = come(3);
    var before = study().revision();
    rollUp(second);
    assertThat(study().revision()).as("nor is it judged").isEqualTo(before);
    assertThat(studies.series(STUDY).getFirst().built()).isEqualTo(first);
    rollUp(third);
    assertThat(studies.series(STUDY).getFirst().built()).isEqualTo(third);
  }

  @Test
  void aSteadyStreamIsBuiltOnceAMinuteAllTheSame() throws Exception {
    rollUp(come(1));
    var second = come(2);
    come(3);
    clock.advance(Duration.ofSeconds(61));
    rollUp(second);
    assertThat(studies.series(STUDY).getFirst().instances()).isEqualTo(3);
  }

  @Test
  void theSameMessageTwiceChangesNothing() throws Exception {
    var gen = come(1);
    rollUp(gen);
    var before = objects.all().keySet().toString();
    rollUp(gen);
    assertThat(objects.all().keySet().toString()).isEqualTo(before);
  }

  @Test
  void quietTimeCompletesAStudy() throws Exception {
    rollUp(come(1));
    assertThat(study().complete()).isFalse();
    clock.advance(Duration.ofMinutes(5));
    assertThat(studies.due(clock.instant())).contains(new Studies.Due.StudyDue(STUDY));
    rollUpStudy();
    assertThat(study().complete()).isTrue();
    assertThat(study().firstCompleteAt()).contains(clock.instant());
    rollUpStudy();
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("\"Completed\":1")
        .contains("\"department\":\"noord\"");
    assertThat(studies.due(clock.instant().plus(Duration.ofDays(1)))).isEmpty();
  }

  /// Whoever dies in between leaves it due: it is found again, and its department sees it.
  @Test
  void aStudyThatIsCompleteWithoutRightsIsFoundAgain() throws Exception {
    rollUp(come(1));
    clock.advance(Duration.ofMinutes(5));
    var completion =
        new Completion(
            studies,
            new DynamoDepartments(tables.client(), "DepartmentsTable"),
            TestHospital.card(tables),
            clock,
            new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), clock));
    assertThat(completion.judge(STUDY)).isPresent();
    assertThat(study().complete()).isTrue();
    assertThat(rows()).isEmpty();
    clock.advance(Duration.ofMinutes(2));
    assertThat(studies.due(clock.instant())).contains(new Studies.Due.StudyDue(STUDY));
    rollUpStudy();
    assertThat(rows()).isNotEmpty();
    assertThat(studies.due(clock.instant().plus(Duration.ofDays(1)))).isEmpty();
  }

  /// Something came while its rights were settled: it stays due.
  @Test
  void whatHasChangedMeanwhileIsLookedAtAgain() throws Exception {
    rollUp(come(1));
    clock.advance(Duration.ofMinutes(5));
    rollUpStudy();
    var revision = study().revision();
    come(2);
    studies.followed(STUDY, revision);
    assertThat(studies.due(clock.instant().plus(Duration.ofDays(1))))
        .contains(new Studies.Due.StudyDue(STUDY));
  }

  private List<Map<String, AttributeValue>> rows() {
    return tables.client().scan(scan -> scan.tableName("GrantsTable")).items();
  }

  @Test
  void aDoneMessageCompletesItWhenAllAreThere() throws Exception {
    rollUp(come(1));
    studies.done(STUDY, "noord", UID, new Studies.Done(clock.instant(), Optional.of(2), "1"));
    rollUpStudy();
    assertThat(study().complete()).isFalse();
    rollUp(come(2));
    assertThat(study().complete()).isTrue();
  }

  @Test
  void theOrdersCountCompletesIt() throws Exception {
    rollUp(come(1));
    var link = new Studies.Link(Optional.empty(), Optional.of(2), Set.of(), Set.of());
    assertThat(studies.link(STUDY, study().revision(), link, clock.instant())).isTrue();
    rollUpStudy();
    assertThat(study().complete()).isFalse();
    rollUp(come(2));
    assertThat(study().complete()).isTrue();
  }

  @Test
  void aLateInstanceReopensItAndHidesNothing() throws Exception {
    rollUp(come(1));
    clock.advance(Duration.ofMinutes(5));
    rollUpStudy();
    var first = study().firstCompleteAt();
    clock.advance(Duration.ofMinutes(1));
    rollUp(come(2));
    assertThat(study().complete()).isFalse();
    assertThat(study().firstCompleteAt()).isEqualTo(first);
    clock.advance(Duration.ofMinutes(5));
    rollUpStudy();
    assertThat(study().complete()).isTrue();
    assertThat(study().firstCompleteAt()).isEqualTo(first);
  }

  @Test
  void whatIsOfSomebodyElseIsInNothingThatIsShownAndTold() throws Exception {
    come(1);
    var other = file(2, Samples.facts("P-2")); // the console gave it to somebody else
    studies.received(
        new Studies.Arrival(STUDY, "noord", UID, Set.of(new Whose(other.person(), "A17"))),
        clock.instant(),
        clock.instant().plus(Duration.ofMinutes(5)));
    var gen = studies.change(STUDY, SERIES, clock.instant());
    rollUp(gen); // belongs to no order yet: nobody sees it
    link(Samples.facts("P-1").person());
    assertThat(studies.contents(STUDY).orElseThrow().series()).isEmpty();
    rollUp(studies.change(STUDY, SERIES, clock.instant()));
    var series = studies.contents(STUDY).orElseThrow().series().getFirst();
    assertThat(series.instances()).isEqualTo(1);
    assertThat(series.received()).isEqualTo(2);
    assertThat(series.preview()).contains(UID + ".1.1");
    assertThat(series.held()).containsExactly(other.person());
    assertThat(metadata(series.gen())).isEqualTo("[{\"n\":1}]");
    assertThat(receipts).extracting(Receipt::code).containsExactly("instance-other-patient");
    assertThat(receipts.getFirst().about().sopUid()).contains(UID + ".1.2");
    link(Samples.facts("P-1").person(), other.person()); // a correction
    assertThat(series.outdated(study())).isTrue();
    rollUp(studies.change(STUDY, SERIES, clock.instant()));
    assertThat(studies.contents(STUDY).orElseThrow().series().getFirst().instances()).isEqualTo(2);
  }

  private void link(Person... shown) {
    var order = Optional.of(new OrderId("noord", "A17"));
    var link = new Studies.Link(order, Optional.empty(), Set.of(), Set.of(shown));
    assertThat(studies.link(STUDY, study().revision(), link, clock.instant())).isTrue();
  }

  private Instance file(int number, Facts facts) throws IOException {
    var sop = UID + ".1." + number;
    var instance = Samples.instance(SERIES, sop, Instance.Kind.IMAGE, facts).instance();
    var header = Gzip.of("{\"n\":" + number + "}");
    studies.file(STUDY, new Studies.Filed(instance, clock.instant(), header, Optional.empty()));
    return instance;
  }

  private Study study() {
    return studies.find(STUDY).orElseThrow();
  }

  /// An instance is filed as study-ingest does; answers the generation.
  private long come(int number) throws IOException {
    file(number, Samples.facts("P-1"));
    var now = clock.instant();
    studies.received(
        new Studies.Arrival(STUDY, "noord", UID, Set.of(Samples.whose("P-1", "A17"))),
        now,
        now.plus(Duration.ofMinutes(5)));
    return studies.change(STUDY, SERIES, now);
  }

  private void rollUp(long gen) throws IOException {
    send(Map.of("study", STUDY.value(), "series", SERIES.value(), "gen", gen));
  }

  private void rollUpStudy() throws IOException {
    send(Map.of("study", STUDY.value()));
  }

  private void send(Map<String, Object> message) throws IOException {
    var event = Map.of("Records", List.of(Map.of("messageId", "1", "body", Json.text(message))));
    var answer = new ByteArrayOutputStream();
    handler.handle(
        new ByteArrayInputStream(Json.bytes(event)), answer, () -> Duration.ofMinutes(1));
    assertThat(answer.toString(StandardCharsets.UTF_8)).isEqualTo("{\"batchItemFailures\":[]}");
  }

  private String metadata(long gen) throws IOException {
    var key =
        objects.all().keySet().stream()
            .filter(one -> one.endsWith("/metadata-" + gen + ".json.gz"))
            .findFirst()
            .orElseThrow();
    var bytes = objects.all().getOrDefault(key, new byte[0]);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
