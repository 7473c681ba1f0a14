package org.studygate.studyrollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.access.TestHospital;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.frame.NoDecoder;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dynamo.TestTables;
import org.studygate.json.Json;
import org.studygate.objects.InMemoryDerived;
import org.studygate.objects.InMemoryObjects;
import org.studygate.objects.InMemoryUploads;
import org.studygate.objects.Keys;
import org.studygate.objects.Uploads;
import org.studygate.platform.Log;
import org.studygate.platform.TestClock;
import org.studygate.queue.SqsBatch;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Instance;
import org.studygate.study.NoRollUps;
import org.studygate.study.OrderId;
import org.studygate.study.Samples;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

final class PlanesTest {
  private static final String UID = "1.2.826.0.5.1";
  private static final StudyId STUDY = StudyId.of("noord", UID);
  private static final SeriesUid SERIES = new SeriesUid(UID + ".1");

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  @AutoClose private final TestTables tables = TestTables.start();
  private final InMemoryObjects objects = new InMemoryObjects(new HashMap<>(), "studies");
  private final Disturbed uploads = new Disturbed(new InMemoryUploads(objects));
  private final List<SeriesUid> again = new ArrayList<>();
  private Duration left = Duration.ofMinutes(2);
  private DynamoStudies studies;
  private StudyRollUpHandler handler;

  @BeforeEach
  void start() {
    new TestHospital(tables, clock).department("noord", new ReportRule.AtOnce());
    studies = new DynamoStudies(tables.client(), "StudiesTable");
    var log = new Log(new PrintStream(OutputStream.nullOutputStream()), clock);
    var departments = new DynamoDepartments(tables.client(), "DepartmentsTable");
    handler =
        new StudyRollUpHandler(
            new SqsBatch(log),
            new SeriesBuilder(studies, objects, new NoRollUps(), _ -> {}, clock),
            new Films(studies, objects, clock),
            new Former(studies, new InMemoryDerived(objects.all()), clock),
            new Planes(
                studies,
                objects,
                uploads,
                new NoDecoder(),
                (_, series) -> again.add(series),
                clock),
            new Completion(studies, departments, TestHospital.card(tables), clock, log),
            FollowUp.of(tables, clock));
  }

  @Test
  void everyFrameInViewingOrderWhateverItsSyntax() throws Exception {
    var syntaxes =
        List.of(
            TransferSyntax.EXPLICIT_LITTLE,
            TransferSyntax.IMPLICIT_LITTLE,
            TransferSyntax.EXPLICIT_BIG,
            TransferSyntax.DEFLATED,
            TransferSyntax.RLE);
    for (var number : IntStream.rangeClosed(1, 5).boxed().toList().reversed()) {
      come(number, made(number).syntax(syntaxes.get(number - 1)), 1);
    }
    come(6, made(6).frames(3), 3);
    come(7, made(7).colour(), 1);
    rollUp();
    assertThat(planes()).isEmpty(); // nobody has asked
    ask();
    var read = read();
    assertThat(read.frames()).hasSize(9);
    for (var i = 0; i < 9; i++) {
      var right =
          i < 5
              ? made(i + 1).samples(0)
              : i < 8 ? made(6).frames(3).samples(i - 5) : made(7).colour().samples(0);
      var frame = read.frames().get(i);
      assertThat(frame.samples()).as("frame " + i).isEqualTo(right);
      assertThat(List.of(frame.columns(), frame.rows())).isEqualTo(List.of(24, 16));
      assertThat(frame.channels()).isEqualTo(i == 8 ? 3 : 1);
    }
    assertThat(read.facts()).hasSize(2); // once for all that are alike
    assertThat(read.facts().getFirst())
        .isEqualTo(
            "{\"bits\":12,\"signed\":false,\"inverted\":false,\"scale\":null,\"slope\":1.0,"
                + "\"intercept\":-1024.0,\"modality\":null,\"windows\":["
                + "{\"center\":40.0,\"width\":400.0,\"function\":\"LINEAR\",\"explanation\":\"SOFT\"},"
                + "{\"center\":-600.0,\"width\":1500.0,\"function\":\"LINEAR\",\"explanation\":\"LUNG\"}],"
                + "\"voi\":null,\"extent\":null,\"padding\":null}");
    assertThat(read.facts().getLast()).isEqualTo("null");
    assertThat(exact()).contains(new Series.Exact.Made(9, read.headEnd()));
  }

  @Test
  void whatWasNotDrawnOrIsGoneHasItsPlaceAndNoBytes() throws Exception {
    come(1, made(1), 1);
    objects.all().remove(original(1));
    file(2, made(2).frames(5), 5, new Instance.Pictures(List.of(512), 4, List.of(3), "damaged"));
    come(3, made(3), 1);
    objects.all().put(original(3), new byte[2_000]); // no DICOM any more
    come(4, made(4), 1);
    rollUp();
    ask();
    assertThat(read().frames())
        .extracting(ReadPlanes.Entry::there)
        .containsExactly(false, true, true, false, true, false, false, true);
    assertThat(exact()).contains(new Series.Exact.Made(8, read().headEnd()));
  }

  @Test
  void aLongSeriesGoesOffPieceByPieceAndASecondRunWritesTheSame() throws Exception {
    for (var number = 1; number <= 30; number++) {
      come(number, made(number).size(1024, 1024), 1);
    }
    rollUp();
    uploads.afterFinish =
        () -> {
          throw new IllegalStateException("killed");
        };
    assertThat(ask(STUDY)).contains("itemIdentifier");
    uploads.afterFinish = PlanesTest::nothing;
    assertThat(exact().orElseThrow()).isInstanceOf(Series.Exact.Begun.class);
    var before = object();
    assertThat(uploads.uploads.pieces()).isGreaterThan(1);
    ask();
    assertThat(exact().orElseThrow()).isInstanceOf(Series.Exact.Begun.class); // still his
    clock.advance(Duration.ofMinutes(3));
    ask();
    assertThat(object()).isSameAs(before);
    assertThat(exact()).contains(new Series.Exact.Made(30, read().headEnd()));
    assertThat(uploads.uploads.open()).isEmpty();
    for (var i = 0; i < 30; i += 13) {
      assertThat(read().frames().get(i).samples())
          .isEqualTo(made(i + 1).size(1024, 1024).samples(0));
    }
  }

  /// An instance is filed before its change is counted: an object of the same generation may have
  /// been made without it.
  @Test
  void otherBytesUnderItsNameAreNotTold() throws Exception {
    come(1, made(1), 1);
    rollUp();
    uploads.afterFinish =
        () -> {
          throw new IllegalStateException("killed");
        };
    ask(STUDY);
    uploads.afterFinish = PlanesTest::nothing;
    file(2, made(2), 1);
    clock.advance(Duration.ofMinutes(3));
    ask();
    assertThat(exact().orElseThrow()).isInstanceOf(Series.Exact.Begun.class);
    change();
    rollUp();
    assertThat(exact()).isEmpty();
    ask();
    assertThat(read().frames()).hasSize(2);
  }

  @Test
  void whatIsHeldBackIsInNone() throws Exception {
    come(1, made(1), 1);
    var other = Samples.instance(SERIES, sop(2), Instance.Kind.IMAGE, Samples.facts("P-2"));
    objects.all().put(original(2), made(2).bytes());
    studies.file(STUDY, other);
    come(3, made(3), 1);
    var order = Optional.of(new OrderId("noord", "A17"));
    var shown = Set.of(Samples.facts("P-1").person());
    var link = new Studies.Link(order, Optional.empty(), Set.of(), shown);
    var revision = studies.find(STUDY).orElseThrow().revision();
    assertThat(studies.link(STUDY, revision, link, clock.instant())).isTrue();
    rollUp();
    ask();
    assertThat(read().frames()).hasSize(2);
    assertThat(read().frames().getLast().samples()).isEqualTo(made(3).samples(0));
  }

  @Test
  void aFileThatIsTooLargeForMemoryGoesOverTheDisk() throws Exception {
    var large = made(1).size(1500, 1500).frames(4);
    objects.all().put(original(1), large.bytes());
    assertThat(large.bytes().length).isGreaterThan(16 << 20);
    var one = Samples.instance(SERIES, sop(1), Instance.Kind.IMAGE).instance();
    studies.file(STUDY, filed(Samples.withLength(Samples.like(one, one.sha256(), 4), 18_000_000)));
    studies.drawn(STUDY, SERIES, sop(1), new Instance.Pictures(List.of(512), 4, List.of(), ""));
    change();
    rollUp();
    ask();
    assertThat(read().frames()).hasSize(4);
    assertThat(read().frames().getLast().samples()).isEqualTo(large.samples(3));
  }

  @Test
  void aSeriesThatStillGrowsHasNone() throws Exception {
    come(1, made(1), 1);
    rollUp();
    come(2, made(2), 1);
    ask();
    assertThat(planes()).isEmpty();
    assertThat(exact()).isEmpty();
    rollUp();
    ask();
    assertThat(read().frames()).hasSize(2);
  }

  @Test
  void whatNoRunCanMakeIsSaidNotToBe() throws Exception {
    for (var number = 1; number <= 20; number++) {
      come(number, made(number), 1);
    }
    rollUp();
    uploads.atBegin = () -> left = Duration.ofSeconds(12); // with ten kept for the batch
    ask();
    assertThat(exact()).contains(new Series.Exact.None());
    assertThat(planes()).isEmpty();
    assertThat(uploads.uploads.open()).isEmpty();
    left = Duration.ofMinutes(2);
    uploads.atBegin = PlanesTest::nothing;
    ask();
    assertThat(exact()).contains(new Series.Exact.None());
  }

  @Test
  void whoeverHasNoWholeRunAsksForAnother() throws Exception {
    come(1, made(1), 1);
    rollUp();
    left = Duration.ofSeconds(60);
    ask();
    assertThat(again).containsExactly(SERIES);
    assertThat(exact()).isEmpty();
    left = Duration.ofMinutes(2);
    ask();
    assertThat(again).hasSize(1);
    assertThat(read().frames()).hasSize(1);
  }

  @Test
  void aSeriesWithoutAnyExactPixelsHasNone() throws Exception {
    come(1, made(1), 1);
    objects.all().remove(original(1));
    rollUp();
    ask();
    assertThat(exact()).contains(new Series.Exact.None());
    assertThat(planes()).isEmpty();
    assertThat(ask(StudyId.of("noord", "1.9"))).doesNotContain("itemIdentifier"); // of nothing
  }

  private static DicomFixtures made(int number) {
    return DicomFixtures.image(UID, SERIES.value(), sop(number)).numbers(1, number).seed(number);
  }

  private static String sop(int number) {
    return UID + ".1." + number;
  }

  private static String original(int number) {
    return Keys.original("noord", UID, SERIES, sop(number));
  }

  private void come(int number, DicomFixtures made, int frames) throws IOException {
    file(number, made, frames);
    change();
  }

  private void file(int number, DicomFixtures made, int frames) throws IOException {
    file(number, made, frames, new Instance.Pictures(List.of(512), frames, List.of(), ""));
  }

  private void file(int number, DicomFixtures made, int frames, Instance.Pictures drawn)
      throws IOException {
    objects.all().put(original(number), made.bytes());
    var one = Samples.instance(SERIES, sop(number), Instance.Kind.IMAGE).instance();
    studies.file(STUDY, filed(Samples.like(one, one.sha256(), frames)));
    studies.drawn(STUDY, SERIES, sop(number), drawn);
  }

  private Studies.Filed filed(Instance instance) throws IOException {
    return new Studies.Filed(instance, clock.instant(), Gzip.of("{}"), Optional.empty());
  }

  private Optional<Series.Exact> exact() {
    return studies.series(STUDY).getFirst().exact();
  }

  private List<String> planes() {
    return objects.all().keySet().stream().filter(key -> key.contains("/planes-")).toList();
  }

  private byte[] object() {
    var built = studies.series(STUDY).getFirst().built();
    return objects.all().getOrDefault(Keys.planes("noord", UID, SERIES, built), new byte[0]);
  }

  private ReadPlanes read() throws IOException {
    return ReadPlanes.of(object());
  }

  /// As study-ingest counts a batch of instances.
  private void change() {
    var now = clock.instant();
    var whose = Set.of(Samples.whose("P-1", "A17"), Samples.whose("P-2", "A17"));
    studies.received(
        new Studies.Arrival(STUDY, "noord", UID, whose), now, now.plus(Duration.ofMinutes(5)));
    studies.change(STUDY, SERIES, now);
  }

  private void rollUp() throws IOException {
    assertThat(answer(Map.of("study", STUDY.value(), "series", SERIES.value())))
        .isEqualTo("{\"batchItemFailures\":[]}");
  }

  private void ask() throws IOException {
    assertThat(ask(STUDY)).isEqualTo("{\"batchItemFailures\":[]}");
  }

  private String ask(StudyId study) throws IOException {
    return answer(Map.of("study", study.value(), "series", SERIES.value(), "exact", true));
  }

  private String answer(Map<String, ?> message) throws IOException {
    var event = Map.of("Records", List.of(Map.of("messageId", "1", "body", Json.text(message))));
    var answer = new ByteArrayOutputStream();
    handler.handle(new ByteArrayInputStream(Json.bytes(event)), answer, () -> left);
    return answer.toString(StandardCharsets.UTF_8);
  }

  private static void nothing() {}

  /// Uploads of somebody who may be disturbed.
  private static final class Disturbed implements Uploads {
    private final InMemoryUploads uploads;
    private Runnable atBegin = PlanesTest::nothing;
    private Runnable afterFinish = PlanesTest::nothing;

    Disturbed(InMemoryUploads uploads) {
      this.uploads = uploads;
    }

    @Override
    public Upload begin(String key, String type) {
      atBegin.run();
      var upload = uploads.begin(key, type);
      return new Upload() {
        @Override
        public void add(byte[] piece) throws IOException {
          upload.add(piece);
        }

        @Override
        public boolean finish(byte[] first) throws IOException {
          var finished = upload.finish(first);
          afterFinish.run();
          return finished;
        }

        @Override
        public void close() throws IOException {
          upload.close();
        }
      };
    }
  }
}
