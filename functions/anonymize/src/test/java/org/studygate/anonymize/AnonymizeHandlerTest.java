package org.studygate.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.access.Authorisation;
import org.studygate.access.Bucket;
import org.studygate.access.Decision;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Given;
import org.studygate.access.Origin;
import org.studygate.access.Principal;
import org.studygate.access.Right;
import org.studygate.access.TestBuckets;
import org.studygate.access.TestHospital;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.copying.Copies;
import org.studygate.copying.CopyNames;
import org.studygate.copying.CopyWork;
import org.studygate.copying.DynamoCopies;
import org.studygate.copying.DynamoCopyDesk;
import org.studygate.copying.LeftOut;
import org.studygate.copying.Pixels;
import org.studygate.copying.Progress;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.MadeCt;
import org.studygate.dicom.deidentify.NewUids;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.dynamo.Transaction;
import org.studygate.filing.Described;
import org.studygate.filing.Place;
import org.studygate.json.Json;
import org.studygate.notice.MessageKind;
import org.studygate.notice.Outgoing;
import org.studygate.objects.InMemoryDerived;
import org.studygate.objects.InMemoryObjects;
import org.studygate.order.DynamoOrders;
import org.studygate.platform.Deadline;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.sharing.DynamoRelease;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Instance;
import org.studygate.study.OrderId;
import org.studygate.study.RollUps;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;
import org.studygate.wiring.Stores;

/// Copies are made image by image, once however often they are asked for; a bucket opens when all
/// of them are whole, and nothing of the person is in any byte of them.
final class AnonymizeHandlerTest {
  private static final Instance.Pictures DRAWN =
      new Instance.Pictures(List.of(128, 512), 1, List.of(), "");
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final MadeCt CT =
      new MadeCt(
          20261128, "PID-481516", "Vandenbroucke^Annelieske", "19580307", "F", "ACC-481516", 3);
  private static final StudyId SOURCE = StudyId.of("noord", CT.studyUid());
  private static final SeriesUid SERIES = new SeriesUid(CT.seriesUid());

  private final TestClock clock = TestClock.at("2026-11-28T10:00:00Z");
  @AutoClose private final TestTables tables = TestTables.start();
  private final InMemoryObjects objects = new InMemoryObjects(new HashMap<>(), "studies");
  private final ArrayDeque<Map<String, String>> queue = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final DynamoStudies studies = new DynamoStudies(tables.client(), "StudiesTable");
  private final DynamoBuckets buckets = new DynamoBuckets(tables.client(), "BucketsTable");
  private final DynamoCopies copies = new DynamoCopies(tables.client(), "StudiesTable");
  private final DynamoCopyDesk desk =
      new DynamoCopyDesk(
          tables.client(),
          "StudiesTable",
          new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom())));
  private final CopyNames names = new CopyNames(new Pepper(new TestSecrets(), "pepper"));
  private final StudyId copy = names.copy("b1", SOURCE);
  private AnonymizeHandler handler;

  private Instance.Pictures pictures = DRAWN;

  /// The slice that was never drawn.
  private int unseen = -1;

  private boolean document;

  @BeforeEach
  void start() {
    new TestHospital(tables, clock).department("noord", new ReportRule.AtOnce());
    handler = handler();
  }

  private AnonymizeHandler handler() {
    var platform = TestPlatform.of(clock, tables, TestHospital.variables());
    return new AnonymizeHandler(
        platform,
        new Wiring(
            platform,
            new Stores(platform),
            objects,
            new InMemoryDerived(objects.all()),
            new Rolling(),
            new Queue()));
  }

  private final class Queue implements CopyWork {
    @Override
    public void look(String bucket) {
      queue.add(Map.of("bucket", bucket));
    }

    @Override
    public void copy(StudyId copy, SeriesUid series) {
      queue.add(Map.of("copy", copy.value(), "series", series.value()));
    }
  }

  private final class Rolling implements RollUps {
    @Override
    public void later(StudyId study, SeriesUid series, long gen) {
      asked.add(study + "/" + series);
    }

    @Override
    public void now(StudyId study, SeriesUid series) {
      asked.add(study + "/" + series);
    }

    @Override
    public void now(StudyId study) {
      asked.add(study.value());
    }
  }

  @Test
  void copiesAreMadeAndTheBucketOpens() throws IOException {
    source(false);
    give();
    assertThat(Progress.of(copies, bucket())).isEqualTo(progress("waiting", 0, 0));
    work();
    assertThat(Progress.of(copies, bucket())).isEqualTo(progress("waiting", 3, 3));
    assertThat(refused()).isTrue();
    assertThat(asked).contains(copy.value());
    var expectation = studies.find(copy).orElseThrow().expectation();
    assertThat(expectation.done()).contains(3);
    rollUp();
    assertThat(Progress.of(copies, bucket())).isEqualTo(progress("ready", 3, 3));
    var opened = all().all(new Principal.Patient(bucket()));
    assertThat(opened).hasSize(1);
    assertThat(opened.getFirst().order()).isEmpty();
    var seen = opened.getFirst().studies().getFirst();
    assertThat(seen.study().facts().patientName()).matches("Anonymous\\^[0-9]{6}");
    assertThat(seen.series().getFirst().instances()).isEqualTo(3);
    assertThat(all().ask(new Principal.Patient(bucket()), SOURCE, Right.STUDY))
        .isInstanceOf(Decision.Refused.class);
  }

  /// Every byte that the bucket leads to: objects, packed or not, and what tables tell of them.
  @Test
  void nothingOfThePersonIsInAnyByte() throws IOException {
    source(false);
    give();
    work();
    rollUp();
    var reached = new StringBuilder();
    for (var object : objects.all().entrySet()) {
      if (object.getKey().startsWith("anon/")) {
        reached.append(object.getKey()).append('\n');
        var bytes = object.getValue();
        reached.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
        if (object.getKey().endsWith(".gz")) {
          reached.append(new String(unpacked(bytes), StandardCharsets.ISO_8859_1));
        }
      }
    }
    assertThat(objects.all().keySet()).anyMatch(key -> key.startsWith("anon/b1/p10/"));
    for (var instance : studies.filed(copy, newSeries())) {
      reached
          .append(Json.text(instance.instance()))
          .append(new String(unpacked(instance.headerGz()), StandardCharsets.ISO_8859_1));
    }
    var seen = all().all(new Principal.Patient(bucket())).getFirst().studies().getFirst();
    reached.append(Json.text(seen.series())).append(Json.text(seen.study().facts()));
    for (var said :
        List.of(
            "Vandenbroucke",
            "Annelieske",
            "VANDENBROUCKE",
            "PID-481516",
            "19580307",
            "1958-03-07",
            "ACC-481516",
            "20260105",
            "dtisches Klinikum",
            "CT Thorax",
            "Thorax 1 mm",
            CT.studyUid(),
            CT.seriesUid(),
            CT.sopUid(0),
            CT.sopUid(2),
            SOURCE.value())) {
      assertThat(reached.indexOf(said)).as(said).isNegative();
    }
  }

  @Test
  void doneAgainNothingIsDoubled() throws IOException {
    source(false);
    give();
    work();
    var objectsBefore = new TreeMap<>(objects.all());
    var before = studies.instances(copy, newSeries());
    var gen = studies.building(copy, newSeries()).orElseThrow().series().gen();
    for (var round = 0; round < 3; round++) {
      new Queue().look("b1");
      new Queue().copy(copy, SERIES);
      work();
    }
    assertThat(objects.all().keySet()).isEqualTo(objectsBefore.keySet());
    assertThat(studies.instances(copy, newSeries())).isEqualTo(before);
    assertThat(studies.building(copy, newSeries()).orElseThrow().series().gen()).isEqualTo(gen);
  }

  /// After each image there is no more time.
  @Test
  void whoHasNoMoreTimeGoesOnWhereTheWorkEnded() throws IOException {
    source(false);
    give();
    for (var rounds = 0; !queue.isEmpty(); rounds++) {
      assertThat(rounds).isLessThan(20);
      var left = new AtomicInteger(200);
      var message = queue.remove();
      if (!done(handler, message, () -> Duration.ofSeconds(left.getAndDecrement() > 0 ? 99 : 0))) {
        queue.add(message); // the queue gives it again
      }
    }
    assertThat(studies.instances(copy, newSeries())).hasSize(3);
  }

  /// What is left out is found out anew each time: a run that does nothing else has failed, or it
  /// would be asked for without an end.
  @Test
  void whoFindsNothingButWhatIsLeftOutGetsNoFurther() throws IOException {
    pictures = Instance.Pictures.none("not-drawn");
    source(true);
    give();
    handle(queue.remove(), () -> Duration.ofSeconds(100));
    var message = queue.remove();
    var left = new AtomicInteger(100);
    var ended = false;
    for (var time = 100; time > 0 && !ended; time--) { // at some moment between two images
      left.set(time);
      queue.clear();
      ended =
          !done(handler, message, () -> Duration.ofSeconds(left.getAndDecrement() > 0 ? 99 : 0));
      assertThat(queue).noneMatch(message::equals);
    }
    assertThat(ended).isTrue();
  }

  @Test
  void twoWhoDoTheSameAtOnceDoItOnce() throws Exception {
    source(false);
    give();
    handle(queue.remove(), () -> Duration.ofSeconds(100));
    var message = queue.remove();
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (var i = 0; i < 2; i++) {
        var own = handler();
        all.add(
            workers.submit(
                () -> {
                  handle(own, message, () -> Duration.ofSeconds(100));
                  return true;
                }));
      }
      for (var one : all) {
        one.get();
      }
    }
    work();
    assertThat(studies.instances(copy, newSeries())).hasSize(3);
    assertThat(studies.find(copy).orElseThrow().expectation().done()).contains(3);
  }

  /// Whoever looks would release what nobody has seen.
  @Test
  void whatWasNeverDrawnIsNotLookedAtAndStaysOut() throws IOException {
    pictures = Instance.Pictures.none("not-drawn");
    source(true);
    give();
    work();
    assertThat(copies.looks(copy)).isEmpty();
    assertThat(desk.waiting("noord", Optional.empty(), 10).copies()).isEmpty();
    assertThat(objects.all().keySet()).noneMatch(key -> key.startsWith("anon/"));
    assertThat(left()).isEqualTo(Map.of("unseen", 3));
    assertThat(Progress.of(copies, bucket()).left()).containsExactly(new LeftOut.Some("unseen", 3));
  }

  /// The first frame alone was drawn, or all but one.
  @Test
  void ofWhatNotEachFrameWasDrawnNobodySaysThatItIsClean() throws IOException {
    for (var some :
        List.of(
            new Instance.Pictures(List.of(128, 512), 0, List.of(), "too-many-frames"),
            new Instance.Pictures(List.of(128, 512), 1, List.of(1), "damaged"),
            new Instance.Pictures(List.of(128), 1, List.of(), ""))) {
      assertThat(Copies.Look.possible(drawn(some))).isFalse();
    }
    assertThat(Copies.Look.possible(drawn(DRAWN))).isTrue();
  }

  private Instance drawn(Instance.Pictures pictures) throws IOException {
    try (var dicom = (DicomFile) DicomFile.open(Bytes.of(CT.slice(0)))) {
      return item(dicom, 0, pictures).instance();
    }
  }

  private Studies.Filed item(DicomFile dicom, int slice, Instance.Pictures pictures)
      throws IOException {
    var place = new Place("noord", CT.studyUid(), SERIES, CT.sopUid(slice));
    var content = Described.original(dicom);
    objects.put(place.original(), content);
    return new Described(objects)
        .item(place, dicom, content, pictures, Optional.empty(), clock.instant());
  }

  /// One of three was never drawn: the decision about the others is none about it.
  @Test
  void whatNobodySawStaysOutWhateverIsDecidedOfTheOthers() throws IOException {
    unseen = 1;
    source(true);
    give();
    work();
    assertThat(copies.looks(copy)).hasSize(2);
    assertThat(left()).isEqualTo(Map.of("unseen", 1));
    assertThat(desk.decide(copy, Pixels.CLEAN, List.of())).isTrue();
    new Queue().look("b1");
    work();
    assertThat(studies.instances(copy, newSeries()))
        .hasSize(2)
        .noneMatch(one -> one.sopUid().equals(uid(CT.sopUid(1))));
    assertThat(left()).isEqualTo(Map.of("unseen", 1));
    rollUp();
    assertThat(bucket().origin().ready()).isTrue();
    assertThat(Progress.of(copies, bucket()))
        .isEqualTo(new Progress("ready", 3, 3, List.of(new LeftOut.Some("unseen", 1))));
  }

  @Test
  void aMaskBesideThePictureLeavesItOutAndSaysSo() throws IOException {
    source(true);
    give();
    work();
    var beside = new Pixels.Region(600, 0, 9, 9, Optional.of(Set.of(CT.sopUid(0))));
    assertThat(desk.decide(copy, new Pixels(List.of(beside)), List.of())).isTrue();
    new Queue().look("b1");
    work();
    assertThat(studies.instances(copy, newSeries())).hasSize(2);
    assertThat(left()).isEqualTo(Map.of("outside", 1));
  }

  /// A document among them has no image to be copied; the rest is copied.
  @Test
  void documentsAreCountedAsWhatTheyAre() throws IOException {
    document = true;
    source(false);
    give();
    work();
    assertThat(studies.instances(copy, newSeries())).hasSize(2);
    assertThat(left()).isEqualTo(Map.of("kind", 1));
    new Queue().copy(copy, SERIES);
    new Queue().look("b1");
    work();
    assertThat(left()).isEqualTo(Map.of("kind", 1)); // counted once, however often it is done
  }

  /// Its pictures come a moment later: it is asked for again, and not left out.
  @Test
  void whatIsStillBeingDrawnIsWaitedFor() throws IOException {
    pictures = Instance.Pictures.begun(List.of(128, 512), 1, List.of(), "");
    source(true);
    give();
    handle(queue.remove(), () -> Duration.ofSeconds(100));
    assertThat(done(handler, queue.remove(), () -> Duration.ofSeconds(100))).isFalse();
    assertThat(left()).isEmpty();
    assertThat(Progress.of(copies, bucket()).state()).isEqualTo("waiting");
  }

  private String uid(String of) {
    return new NewUids(names.key("b1")).of(of);
  }

  @Test
  void whatMayCarryTextWaitsUntilSomebodyHasLooked() throws IOException {
    source(true);
    give();
    work();
    assertThat(objects.all().keySet()).noneMatch(key -> key.startsWith("anon/"));
    assertThat(Progress.of(copies, bucket()).state()).isEqualTo("looking");
    var waiting = desk.waiting("noord", Optional.empty(), 10).copies();
    assertThat(waiting).hasSize(1);
    assertThat(waiting.getFirst().id()).isEqualTo(copy);
    assertThat(waiting.getFirst().reason()).contains("US");
    assertThat(copies.looks(copy)).hasSize(3);
    var covered = new Pixels(List.of(new Pixels.Region(0, 0, 512, 40, Optional.empty())));
    assertThat(desk.decide(copy, covered, List.of())).isTrue();
    assertThat(desk.decide(copy, Pixels.CLEAN, List.of())).isFalse();
    new Queue().look("b1");
    work();
    assertThat(desk.waiting("noord", Optional.empty(), 10).copies()).isEmpty();
    assertThat(studies.instances(copy, newSeries())).hasSize(3);
    rollUp();
    assertThat(bucket().origin().ready()).isTrue();
  }

  @Test
  void aStudyWithoutImagesIsToldAsFailed() throws IOException {
    give();
    work();
    assertThat(Progress.of(copies, bucket()).state()).isEqualTo("failed");
    assertThat(bucket().origin().ready()).isFalse();
  }

  /// Of several who find all copies whole at once, one opens the bucket; mails go with that.
  @Test
  void whoeverItIsSharedWithIsToldOnceWhenItOpens() throws Exception {
    source(false);
    share("m1", "m2");
    work();
    assertThat(mails()).isEmpty();
    built();
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var opened = new ArrayList<Future<?>>();
      for (var i = 0; i < 10; i++) {
        opened.add(
            workers.submit(
                () -> TestHospital.opening(tables, clock).whole(studies.find(copy).orElseThrow())));
      }
      for (var one : opened) {
        one.get();
      }
    }
    assertThat(bucket().origin().ready()).isTrue();
    assertThat(mails()).containsExactlyInAnyOrder("m1", "m2");
    new Queue().look("b1");
    work();
    assertThat(mails()).hasSize(2);
    assertThat(TableDump.of(tables.client(), "StudiesTable")).doesNotContain("sealed-m1");
  }

  @Test
  void nobodyIsToldOfWhatIsWithdrawnBeforeItOpens() throws IOException {
    source(false);
    share("m1");
    work();
    buckets.withdraw("b1");
    rollUp();
    new Queue().look("b1");
    work();
    assertThat(mails()).isEmpty();
    assertThat(TableDump.of(tables.client(), "StudiesTable")).doesNotContain("sealed-m1");
  }

  @Test
  void nobodyIsToldOfWhatEndsBeforeItOpens() throws IOException {
    source(false);
    share("m1");
    work();
    clock.advance(Duration.ofDays(31));
    rollUp();
    assertThat(bucket().origin().ready()).isFalse();
    assertThat(mails()).isEmpty();
  }

  private List<String> mails() {
    return tables.client().scan(scan -> scan.tableName("OutboxTable")).items().stream()
        .map(item -> Item.of(item).text("message_id"))
        .toList();
  }

  /// As the act of sharing leaves it, with a mail for each of these.
  private void share(String... mails) {
    var now = clock.instant();
    var all =
        new Transaction()
            .step(
                "bucket",
                DynamoBuckets.sharing(
                    "BucketsTable",
                    bucket(Origin.shared("ria", now)),
                    new Given("Second opinion", now, "1")))
            .step("copies", DynamoCopies.beginning("StudiesTable", "b1", "noord", now));
    for (var mail : mails) {
      var outgoing =
          new Outgoing(mail, MessageKind.SHARE, "email", "sealed-" + mail, AuditEvent.bucket("b1"));
      all.step("mail", DynamoRelease.keeping("StudiesTable", outgoing));
    }
    assertThat(all.commit(tables.client()).done()).isTrue();
    new Queue().look("b1");
  }

  @Test
  void whatHasEndedIsTakenAway() throws IOException {
    source(false);
    give();
    work();
    rollUp();
    var before = objects.all().keySet().stream().filter(key -> !key.startsWith("anon/")).toList();
    buckets.withdraw("b1");
    clock.advance(Duration.ofDays(1));
    assertThat(studies.due(clock.instant())).contains(new Studies.Due.CopiesDue("b1"));
    new Queue().look("b1");
    work();
    assertThat(objects.all().keySet()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(studies.find(copy)).isEmpty();
    assertThat(copies.job("b1")).isEmpty();
    assertThat(TableDump.of(tables.client(), "StudiesTable")).doesNotContain(copy.value());
  }

  private static Progress progress(String state, int done, int of) {
    return new Progress(state, done, of, List.of());
  }

  private Map<String, Integer> left() {
    return LeftOut.of(copies, List.of(bucket())).apply(bucket()).images();
  }

  private SeriesUid newSeries() {
    return studies.series(copy).getFirst().uid();
  }

  private Bucket bucket() {
    return buckets.find("b1").orElseThrow();
  }

  private boolean refused() {
    return all().ask(new Principal.Patient(bucket()), copy, Right.STUDY)
        instanceof Decision.Refused;
  }

  private Authorisation all() {
    return new Authorisation(
        new DynamoOrders(tables.client(), "OrdersTable"),
        studies,
        new DynamoDepartments(tables.client(), "DepartmentsTable"),
        clock);
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  /// As the act of printing leaves it.
  private void give() {
    var now = clock.instant();
    var bucket = bucket(Origin.printed("ria", now));
    var done =
        new Transaction()
            .step(
                "bucket",
                DynamoBuckets.giving(
                    "BucketsTable", bucket, new Given("Second opinion", now, "1"), "hash", "birth"))
            .step("copies", DynamoCopies.beginning("StudiesTable", "b1", "noord", now))
            .commit(tables.client());
    assertThat(done.done()).isTrue();
    new Queue().look("b1");
  }

  private Bucket bucket(Origin origin) {
    var now = clock.instant();
    return TestBuckets.ofCopies("b1", names.plan("b1", Set.of(SOURCE)), now, origin);
  }

  private void work() throws IOException {
    for (var rounds = 0; !queue.isEmpty(); rounds++) {
      assertThat(rounds).isLessThan(50);
      handle(queue.remove(), () -> Duration.ofSeconds(100));
    }
  }

  private void handle(Map<String, String> message, Deadline deadline) throws IOException {
    handle(handler, message, deadline);
  }

  private static void handle(AnonymizeHandler handler, Map<String, String> message, Deadline left)
      throws IOException {
    assertThat(done(handler, message, left)).isTrue();
  }

  private static boolean done(AnonymizeHandler handler, Map<String, String> message, Deadline left)
      throws IOException {
    var event =
        Json.text(
            Map.of("Records", List.of(Map.of("messageId", "m1", "body", Json.text(message)))));
    var answer = new ByteArrayOutputStream();
    handler.handle(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        answer,
        () -> left.left().plus(Duration.ofSeconds(10)));
    return answer.toString(StandardCharsets.UTF_8).equals("{\"batchItemFailures\":[]}");
  }

  /// As roll-up would: the series is built and the study complete.
  private void rollUp() {
    built();
    TestHospital.opening(tables, clock).whole(studies.find(copy).orElseThrow());
  }

  private void built() {
    for (var series : studies.series(copy)) {
      built(copy, series.uid());
    }
    var study = studies.find(copy).orElseThrow();
    var facts = studies.series(copy).getFirst().facts();
    assertThat(
            studies.total(
                copy,
                study.revision(),
                new Studies.Totals(
                    1, 3, 3, List.of("CT"), facts, true, 3, clock.instant(), Optional.empty())))
        .isTrue();
  }

  private void built(StudyId study, SeriesUid uid) {
    var all = studies.instances(study, uid);
    var first = all.getFirst();
    var gen = studies.building(study, uid).orElseThrow().series().gen();
    studies.built(
        study,
        new Series(
            uid,
            Optional.of(1),
            first.seriesFacts().description(),
            first.seriesFacts().modality(),
            "",
            all.size(),
            all.size(),
            all.size(),
            Optional.of(first.sopUid()),
            Optional.empty(),
            first.facts(),
            Set.of(first.person()),
            Set.of(),
            gen,
            gen,
            Optional.empty(),
            Optional.empty(),
            List.of()),
        clock.instant());
  }

  /// As ingest and roll-up leave it.
  private void source(boolean ultrasound) throws IOException {
    var now = clock.instant();
    for (var slice = 0; slice < CT.slices(); slice++) {
      var file = CT.slice(slice);
      if (document && slice == 1) {
        for (var i = 0; i < 2; i++) { // of the head and of the data set
          called(file, "1.2.840.10008.5.1.4.1.1.2\0", "1.2.840.10008.5.1.4.1.1.9\0");
        }
      }
      if (ultrasound) {
        called(file, "CS\2\0CT", "CS\2\0US");
      }
      try (var dicom = (DicomFile) DicomFile.open(Bytes.of(file))) {
        var item =
            item(dicom, slice, slice == unseen ? Instance.Pictures.none("not-drawn") : pictures);
        var person = studies.file(SOURCE, item).person();
        studies.received(
            new Studies.Arrival(SOURCE, "noord", CT.studyUid(), Set.of(new Whose(person, "A17"))),
            now,
            now);
      }
    }
    studies.change(SOURCE, SERIES, now);
    built(SOURCE, SERIES);
    var study = studies.find(SOURCE).orElseThrow();
    assertThat(
            studies.link(
                SOURCE,
                study.revision(),
                new Studies.Link(Optional.of(ORDER), Optional.empty(), Set.of(), study.persons()),
                Instant.EPOCH))
        .isTrue();
  }

  private static void called(byte[] file, String from, String to) {
    var text = new String(file, StandardCharsets.ISO_8859_1);
    var at = text.indexOf(from);
    assertThat(at).isPositive();
    var bytes = to.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, file, at, bytes.length);
  }
}
