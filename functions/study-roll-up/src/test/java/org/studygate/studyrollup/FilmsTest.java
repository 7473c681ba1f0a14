package org.studygate.studyrollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.access.TestHospital;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.dynamo.TestTables;
import org.studygate.json.Json;
import org.studygate.objects.Derived;
import org.studygate.objects.InMemoryDerived;
import org.studygate.objects.InMemoryObjects;
import org.studygate.objects.Keys;
import org.studygate.objects.Objects;
import org.studygate.platform.Log;
import org.studygate.platform.TestClock;
import org.studygate.queue.SqsBatch;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Facts;
import org.studygate.study.Instance;
import org.studygate.study.Listing;
import org.studygate.study.NoRollUps;
import org.studygate.study.OrderId;
import org.studygate.study.Samples;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

final class FilmsTest {
  private static final String UID = "1.2.826.0.5.1";
  private static final StudyId STUDY = StudyId.of("noord", UID);
  private static final SeriesUid SERIES = new SeriesUid(UID + ".1");
  private static final Studies.Due DUE = new Studies.Due.SeriesDue(STUDY, SERIES);
  private static final Color RED = new Color(200, 30, 60);

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  @AutoClose private final TestTables tables = TestTables.start();
  private final Bucket objects = new Bucket();
  private Derived derived = new InMemoryDerived(objects.all());
  private Duration left = Duration.ofMinutes(1);
  private DynamoStudies studies;
  private StudyRollUpHandler handler;

  @BeforeEach
  void start() {
    new TestHospital(tables, clock).department("noord", new ReportRule.AtOnce());
    begin();
  }

  private void begin() {
    studies = new DynamoStudies(tables.client(), "StudiesTable");
    var log = new Log(new PrintStream(OutputStream.nullOutputStream()), clock);
    var departments = new DynamoDepartments(tables.client(), "DepartmentsTable");
    handler =
        new StudyRollUpHandler(
            new SqsBatch(log),
            new SeriesBuilder(studies, objects, new NoRollUps(), _ -> {}, clock),
            new Films(studies, objects, clock),
            new Former(studies, derived, clock),
            NoPlanes.of(studies, objects, clock),
            new Completion(studies, departments, TestHospital.card(tables), clock, log),
            FollowUp.of(tables, clock));
  }

  @Test
  void allPicturesInViewingOrderTheMiddleFirst() throws Exception {
    for (var number : IntStream.rangeClosed(1, 40).boxed().toList().reversed()) {
      file(number, Samples.facts("P-1"));
      draw(number, 1, 512, 341, grey(number));
    }
    rollUp(change());
    var read = film();
    assertThat(read.pictures()).hasSize(40);
    assertThat(read.middle()).isEqualTo(20);
    assertThat(read.sheets()).extracting(ReadFilm.Sheet::first).containsExactly(16, 0, 32);
    for (var i = 0; i < 40; i++) {
      assertThat(read.pictures().get(i).jpeg()).isEqualTo(objects.picture(i + 1, 1, 512));
      assertThat(read.pictures().get(i).columns()).isEqualTo(512);
      assertThat(read.pictures().get(i).rows()).isEqualTo(341);
      near(read.cell(i), 0, 0, grey(i + 1));
      near(read.cell(i), 127, 84, grey(i + 1));
      near(read.cell(i), 64, 110, Color.BLACK);
    }
    var series = series();
    assertThat(series.film()).contains(new Series.Film(40, read.sheetsEnd()));
    assertThat(read.pictures().get(20).at()).isEqualTo(28 + 3 * 8 + 40 * 8);
  }

  @Test
  void whatWasNotDrawnOrIsGoneHasItsPlaceAndNoBytes() throws Exception {
    file(1, Samples.facts("P-1")); // nothing of it lies in the store
    clip(2, 5, List.of(3), RED);
    file(3, Samples.facts("P-1"));
    draw(3, 1, 512, 512, Color.GRAY);
    objects.all().put(objects.key(3, 1, 512), new byte[] {1, 2, 3}); // damaged
    file(4, Samples.facts("P-1"));
    draw(4, 1, 512, 512, Color.GRAY);
    objects.all().remove(objects.key(4, 1, 128));
    rollUp(change());
    var read = film();
    assertThat(read.pictures())
        .extracting(one -> one.jpeg().length > 0)
        .containsExactly(false, true, true, false, true, true, false, true);
    assertThat(read.middle()).isEqualTo(4);
    near(read.cell(0), 64, 64, Color.BLACK);
    near(read.cell(1), 64, 64, RED);
    near(read.cell(3), 64, 64, Color.BLACK);
    near(read.cell(7), 64, 64, Color.BLACK);
    assertThat(series().film().orElseThrow().pictures()).isEqualTo(8);
  }

  @Test
  void aSheetWithoutAnyPictureIsLeftOut() throws Exception {
    clip(1, 60, List.of(), Color.GRAY, 20);
    rollUp(change());
    var read = film();
    assertThat(read.pictures()).hasSize(60);
    assertThat(read.middle()).isEqualTo(19);
    assertThat(read.sheets()).extracting(ReadFilm.Sheet::first).containsExactly(16, 0);
  }

  @Test
  void colourLiesBesideGreyAndOddShapesLikeTheirPictures() throws Exception {
    file(1, Samples.facts("P-1"));
    draw(1, 1, 512, 512, RED);
    file(2, Samples.facts("P-1"));
    draw(2, 1, 512, 512, Color.GRAY);
    file(3, Samples.facts("P-1"));
    draw(3, 1, 1, 512, Color.WHITE);
    file(4, Samples.facts("P-1"));
    draw(4, 1, 20, 10, Color.WHITE);
    rollUp(change());
    var read = film();
    near(read.cell(0), 126, 126, RED);
    near(read.cell(1), 2, 2, Color.GRAY); // colour alone shines over by a pixel
    near(read.cell(2), 0, 127, Color.WHITE);
    near(read.cell(2), 40, 64, Color.BLACK);
    near(read.cell(3), 19, 9, Color.WHITE);
    near(read.cell(3), 60, 60, Color.BLACK);
    assertThat(read.pictures().get(2).columns()).isEqualTo(1);
    assertThat(read.pictures().get(2).rows()).isEqualTo(512);
  }

  @Test
  void theSmallPictureWithinALargeOneIsReadAndNotSentTwice() throws Exception {
    for (var number = 1; number <= 2; number++) {
      file(number, Samples.facts("P-1"));
      draw(number, 1, 512, 512, Color.GRAY);
      var plain = objects.picture(number, 1, 512);
      var small = objects.all().remove(objects.key(number, 1, 128));
      objects.all().put(objects.key(number, 1, 512), carrying(plain, small));
      assertThat(ImageIO.read(new ByteArrayInputStream(objects.picture(number, 1, 512))))
          .isNotNull();
    }
    rollUp(change());
    var read = film();
    near(read.cell(0), 64, 64, Color.GRAY);
    near(read.cell(1), 64, 64, Color.GRAY);
    assertThat(read.pictures().getFirst().jpeg()).isEqualTo(jpeg(512, 512, Color.GRAY));
  }

  @Test
  void nothingOfSomebodyElseIsInIt() throws Exception {
    for (var number = 1; number <= 4; number++) {
      file(number, Samples.facts(number == 2 ? "P-2" : "P-1"));
      draw(number, 1, 512, 512, number == 2 ? Color.WHITE : Color.DARK_GRAY);
    }
    change();
    var order = Optional.of(new OrderId("noord", "A17"));
    var shown = Set.of(Samples.facts("P-1").person());
    var link = new Studies.Link(order, Optional.empty(), Set.of(), shown);
    var revision = studies.find(STUDY).orElseThrow().revision();
    assertThat(studies.link(STUDY, revision, link, clock.instant())).isTrue();
    rollUp(change());
    var read = film();
    assertThat(read.pictures()).hasSize(3);
    for (var i = 0; i < 3; i++) {
      near(read.cell(i), 64, 64, Color.DARK_GRAY);
    }
    assertThat(studies.listing(STUDY, series()).orElseThrow().json().text())
        .contains(".1.1\"", ".1.3\"", ".1.4\"")
        .doesNotContain(".1.2\"");
  }

  @Test
  void aSeriesThatStillGrowsHasNoneAndTheLastMessageMakesIt() throws Exception {
    come(1, 2);
    var second = change();
    come(3);
    var third = change();
    clock.advance(Duration.ofSeconds(61));
    rollUp(second); // once a minute all the same
    assertThat(series().built()).isEqualTo(third);
    assertThat(objects.films()).isEmpty();
    rollUp(third);
    assertThat(film().pictures()).hasSize(3);
    var listed = studies.listing(STUDY, series()).orElseThrow();
    assertThat(listed).isEqualTo(Listing.of(studies.instances(STUDY, SERIES)));
    come(4);
    assertThat(series().film()).isPresent();
    rollUp(change());
    assertThat(film().pictures()).hasSize(4);
  }

  /// Each film reads and writes all pictures: one for each that comes would be half a million.
  @Test
  void aSeriesThatComesPictureByPictureIsFilmedWhenItHasGrownByAQuarter() throws Exception {
    var filmed = new ArrayList<Integer>();
    for (var number = 1; number <= 40; number++) {
      come(number);
      rollUp(change());
      series().film().map(Series.Film::pictures).ifPresent(filmed::add);
    }
    assertThat(filmed).containsExactly(2, 3, 4, 5, 7, 9, 12, 15, 19, 24, 30, 38);
    assertThat(series().film()).isEmpty();
    var last = series().gen();
    clock.advance(Duration.ofSeconds(149));
    rollUp(last);
    assertThat(series().film()).isEmpty();
    assertThat(studies.due(clock.instant())).doesNotContain(DUE);
    clock.advance(Duration.ofSeconds(1));
    assertThat(studies.due(clock.instant())).contains(DUE);
    rollUp(last);
    assertThat(film().pictures()).hasSize(40);
    assertThat(studies.due(clock.instant())).doesNotContain(DUE);
  }

  @Test
  void aSeriesOfWhichAllHasComeIsFilmedAtOnce() throws Exception {
    come(IntStream.rangeClosed(1, 9).toArray());
    rollUp(change());
    come(10);
    rollUp(change());
    assertThat(series().film()).isEmpty();
    var done = new Studies.Done(clock.instant(), Optional.of(10), "1");
    studies.done(STUDY, "noord", UID, done);
    rollUp(series().gen());
    assertThat(film().pictures()).hasSize(10);
  }

  @Test
  void whatFormerGenerationsLeftIsRemovedWhenTheSeriesRests() throws Exception {
    come(1, 2);
    var first = change();
    rollUp(first);
    objects.all().put(Keys.planes("noord", UID, SERIES, first), new byte[1]);
    come(3, 4);
    var second = change();
    rollUp(second);
    objects.all().put(Keys.planes("noord", UID, SERIES, second), new byte[1]);
    var all = Set.copyOf(objects.all().keySet());
    assertThat(all).contains(Keys.film("noord", UID, SERIES, first));
    clock.advance(Duration.ofSeconds(149));
    rollUp(second);
    assertThat(objects.all().keySet()).as("addresses may name it").isEqualTo(all);
    change();
    clock.advance(Duration.ofSeconds(1));
    rollUp(second); // more has come, which its own message builds
    var third = series().built();
    assertThat(objects.all().keySet()).containsAll(all);
    clock.advance(Duration.ofSeconds(150));
    rollUp(third);
    var left = new TreeSet<>(all);
    for (var former : List.of(first, second)) {
      left.remove(Keys.metadata("noord", UID, SERIES, former));
      left.remove(Keys.film("noord", UID, SERIES, former));
      left.remove(Keys.planes("noord", UID, SERIES, former));
    }
    left.add(Keys.metadata("noord", UID, SERIES, third));
    left.add(Keys.film("noord", UID, SERIES, third));
    assertThat(objects.all().keySet()).isEqualTo(left);
    assertThat(film().pictures()).hasSize(4);
  }

  @Test
  void whoRemovesWhileAnotherGenerationComesLeavesItAndWhatItReplaced() throws Exception {
    come(1, 2);
    rollUp(change());
    come(3);
    var second = change();
    rollUp(second);
    clock.advance(Duration.ofSeconds(150));
    var plain = derived;
    var first = new AtomicBoolean(true);
    derived =
        new Derived() {
          @Override
          public List<String> keys(String prefix) {
            if (first.getAndSet(false)) {
              derived = plain;
              begin();
              comesMeanwhile(4);
            }
            return plain.keys(prefix);
          }

          @Override
          public void remove(String key) {
            plain.remove(key);
          }
        };
    begin();
    rollUp(second);
    var third = series().built();
    assertThat(third).isGreaterThan(second);
    assertThat(objects.films().keySet())
        .containsExactlyInAnyOrder(
            Keys.film("noord", UID, SERIES, second), Keys.film("noord", UID, SERIES, third));
    clock.advance(Duration.ofSeconds(150));
    assertThat(studies.due(clock.instant())).contains(DUE);
    rollUp(third);
    assertThat(objects.films()).containsOnlyKeys(Keys.film("noord", UID, SERIES, third));
  }

  @Test
  void aFilmThatIsOvertakenIsNotTold() throws Exception {
    come(1, 2);
    var first = change();
    objects.beforeFilm =
        () -> {
          objects.beforeFilm = FilmsTest::nothing;
          meanwhile(
              () -> {
                come(3);
                rollUp(change());
              });
        };
    rollUp(first);
    assertThat(objects.films()).hasSize(2);
    assertThat(film().pictures()).hasSize(3);
    assertThat(series().film().orElseThrow().pictures()).isEqualTo(3);
  }

  @Test
  void whoeverDiesBeforeItIsToldIsFollowedByTheSameMessage() throws Exception {
    come(1, 2);
    var gen = change();
    objects.afterFilm =
        () -> {
          throw new IllegalStateException("killed");
        };
    assertThat(answer(gen)).contains("itemIdentifier");
    assertThat(series().built()).isEqualTo(gen);
    assertThat(series().film()).isEmpty();
    assertThat(objects.films()).hasSize(1);
    objects.afterFilm = FilmsTest::nothing;
    rollUp(gen);
    assertThat(film().pictures()).hasSize(2);
    assertThat(objects.films()).hasSize(1);
  }

  /// An instance is filed before its change is counted: a film of the same generation may have
  /// been made without it.
  @Test
  void otherBytesUnderItsNameAreNotTold() throws Exception {
    come(1, 2);
    var gen = change();
    objects.afterFilm =
        () -> {
          throw new IllegalStateException("killed");
        };
    assertThat(answer(gen)).contains("itemIdentifier");
    objects.afterFilm = FilmsTest::nothing;
    come(3);
    rollUp(gen);
    assertThat(series().film()).isEmpty();
    rollUp(change());
    assertThat(film().pictures()).hasSize(3);
  }

  @Test
  void aStoreThatFailsIsAskedAgainAndHidesNothing() throws Exception {
    come(1, 2);
    var gen = change();
    objects.failing = objects.key(2, 1, 512);
    assertThat(answer(gen)).contains("itemIdentifier");
    assertThat(series().instances()).isEqualTo(2);
    objects.failing = "";
    rollUp(gen);
    assertThat(film().pictures()).hasSize(2);
  }

  @Test
  void withoutTimeItIsLeftForTheNextTry() throws Exception {
    come(IntStream.rangeClosed(1, 20).toArray());
    var gen = change();
    objects.beforeRead = () -> left = Duration.ZERO;
    assertThat(answer(gen)).contains("itemIdentifier");
    assertThat(series().built()).isEqualTo(gen);
    left = Duration.ofMinutes(1);
    objects.beforeRead = FilmsTest::nothing;
    rollUp(gen);
    assertThat(film().pictures()).hasSize(20);
  }

  @Test
  void aSinglePictureOrNoneIsNoFilm() throws Exception {
    come(1);
    rollUp(change());
    file(2, Samples.facts("P-1"));
    rollUp(change());
    assertThat(objects.films()).isEmpty();
    assertThat(series().film()).isEmpty();
  }

  /// By somebody else, whose role is another one.
  private static void meanwhile(Step step) throws IOException {
    try {
      CompletableFuture.runAsync(
              () -> {
                try {
                  step.run();
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              })
          .get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IOException(failure);
    }
  }

  private void comesMeanwhile(int number) {
    try {
      meanwhile(
          () -> {
            come(number);
            rollUp(change());
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void come(int... numbers) throws IOException {
    for (var number : numbers) {
      file(number, Samples.facts("P-1"));
      draw(number, 1, 512, 512, grey(number));
    }
  }

  private void file(int number, Facts facts) throws IOException {
    var kind = Instance.Kind.IMAGE;
    file(Samples.instance(SERIES, UID + ".1." + number, kind, facts).instance());
  }

  private void file(Instance instance) throws IOException {
    var header = Gzip.of("{}");
    studies.file(STUDY, new Studies.Filed(instance, clock.instant(), header, Optional.empty()));
  }

  private void clip(int number, int frames, List<Integer> missing, Color colour)
      throws IOException {
    clip(number, frames, missing, colour, frames);
  }

  private void clip(int number, int frames, List<Integer> missing, Color colour, int drawn)
      throws IOException {
    var sop = UID + ".1." + number;
    var one = Samples.instance(SERIES, sop, Instance.Kind.IMAGE).instance();
    file(Samples.like(one, one.sha256(), frames));
    var why = missing.isEmpty() ? "" : "damaged";
    studies.drawn(
        STUDY, SERIES, sop, new Instance.Pictures(List.of(128, 512), drawn, missing, why));
    for (var frame = 1; frame <= drawn; frame++) {
      draw(number, frame, 512, 512, colour);
    }
  }

  private void draw(int number, int frame, int columns, int rows, Color colour) throws IOException {
    var scale = Math.min(1, 128.0 / Math.max(columns, rows));
    var small =
        jpeg(
            Math.max(1, (int) Math.round(columns * scale)),
            Math.max(1, (int) Math.round(rows * scale)),
            colour);
    objects.all().put(objects.key(number, frame, 512), jpeg(columns, rows, colour));
    objects.all().put(objects.key(number, frame, 128), small);
  }

  private static Color grey(int number) {
    return new Color(20 + number * 5, 20 + number * 5, 20 + number * 5);
  }

  private static byte[] jpeg(int columns, int rows, Color colour) throws IOException {
    var grey = colour.getRed() == colour.getBlue();
    var type = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    var image = new BufferedImage(columns, rows, type);
    var pixel = new int[] {colour.getRed(), colour.getGreen(), colour.getBlue()};
    for (var y = 0; y < rows; y++) {
      for (var x = 0; x < columns; x++) {
        image.getRaster().setPixel(x, y, pixel);
      }
    }
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }

  /// As JFIF 1.02 writes it: behind the first APP0 segment another one, `JFXX`, kind 0x10.
  private static byte[] carrying(byte[] jpeg, byte[] small) throws IOException {
    var behind = 4 + ((jpeg[4] & 0xFF) << 8 | (jpeg[5] & 0xFF));
    var length = 2 + 6 + small.length;
    var out = new ByteArrayOutputStream();
    out.write(jpeg, 0, behind);
    out.write(new byte[] {(byte) 0xFF, (byte) 0xE0, (byte) (length >> 8), (byte) length});
    out.write("JFXX\0\u0010".getBytes(StandardCharsets.US_ASCII));
    out.write(small);
    out.write(jpeg, behind, jpeg.length - behind);
    return out.toByteArray();
  }

  private static void near(BufferedImage cell, int x, int y, Color colour) {
    var found = cell.getRaster().getPixel(x, y, new int[4]);
    var grey = cell.getRaster().getNumBands() == 1;
    assertThat(found[0]).as("%d, %d", x, y).isCloseTo(colour.getRed(), within(6));
    assertThat(grey ? found[0] : found[1]).isCloseTo(colour.getGreen(), within(6));
    assertThat(grey ? found[0] : found[2]).isCloseTo(colour.getBlue(), within(6));
  }

  private Series series() {
    return studies.series(STUDY).getFirst();
  }

  private ReadFilm film() {
    var key = Keys.film("noord", UID, SERIES, series().built());
    assertThat(series().film()).isPresent();
    return ReadFilm.of(objects.all().getOrDefault(key, new byte[0]));
  }

  /// As study-ingest counts a batch of instances.
  private long change() {
    var now = clock.instant();
    var whose = Set.of(Samples.whose("P-1", "A17"), Samples.whose("P-2", "A17"));
    studies.received(
        new Studies.Arrival(STUDY, "noord", UID, whose), now, now.plus(Duration.ofMinutes(5)));
    return studies.change(STUDY, SERIES, now);
  }

  private void rollUp(long gen) throws IOException {
    assertThat(answer(gen)).isEqualTo("{\"batchItemFailures\":[]}");
  }

  private String answer(long gen) throws IOException {
    var message = Map.of("study", STUDY.value(), "series", SERIES.value(), "gen", gen);
    var event = Map.of("Records", List.of(Map.of("messageId", "1", "body", Json.text(message))));
    var answer = new ByteArrayOutputStream();
    handler.handle(new ByteArrayInputStream(Json.bytes(event)), answer, () -> left);
    return answer.toString(StandardCharsets.UTF_8);
  }

  private static void nothing() {}

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /// A bucket whose user may be disturbed.
  private static final class Bucket implements Objects {
    private final InMemoryObjects stored = new InMemoryObjects(new HashMap<>(), "studies");
    private Step beforeFilm = FilmsTest::nothing;
    private Step afterFilm = FilmsTest::nothing;
    private Step beforeRead = FilmsTest::nothing;
    private String failing = "";

    Map<String, byte[]> all() {
      return stored.all();
    }

    Map<String, byte[]> films() {
      var films = new TreeMap<>(stored.all());
      films.keySet().removeIf(key -> !key.contains("/film-"));
      return films;
    }

    String key(int number, int frame, int size) {
      return Keys.preview("noord", UID, SERIES, UID + ".1." + number, frame, size);
    }

    byte[] picture(int number, int frame, int size) {
      return all().getOrDefault(key(number, frame, size), new byte[0]);
    }

    @Override
    public Optional<Found> open(String key) throws IOException {
      beforeRead.run();
      if (key.equals(failing)) {
        throw new IOException("the store is away");
      }
      return stored.open(key);
    }

    @Override
    public Put put(String key, Content content) throws IOException {
      var film = key.contains("/film-");
      if (film) {
        beforeFilm.run();
      }
      var put = stored.put(key, content);
      if (film) {
        afterFilm.run();
      }
      return put;
    }

    @Override
    public boolean copy(String fromBucket, String fromKey, String key) {
      return stored.copy(fromBucket, fromKey, key);
    }
  }
}
