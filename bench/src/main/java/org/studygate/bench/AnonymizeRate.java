package org.studygate.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Given;
import org.studygate.access.Origin;
import org.studygate.access.TestBuckets;
import org.studygate.access.TestHospital;
import org.studygate.anonymize.AnonymizeHandler;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.copying.CopyNames;
import org.studygate.copying.DynamoCopies;
import org.studygate.copying.DynamoCopyDesk;
import org.studygate.copying.Pixels;
import org.studygate.department.ReportRule;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.MadeCt;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dynamo.TestTables;
import org.studygate.dynamo.Transaction;
import org.studygate.filing.Described;
import org.studygate.filing.Place;
import org.studygate.json.Json;
import org.studygate.objects.InMemoryObjects;
import org.studygate.platform.Log;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestContext;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Instance;
import org.studygate.study.OrderId;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;

/// Copies without the person by the function itself: a CT, and an ultrasound of which a strip is
/// covered. DynamoDB Local keeps what is known of them, a stand-in for S3 answers at once. Ends
/// with 1 where an image is not copied.
public final class AnonymizeRate {
  private static final Pixels STRIP =
      new Pixels(List.of(new Pixels.Region(0, 0, 640, 48, Optional.empty())));

  private final PrintStream out;
  private final TestTables tables;
  private final CopyStore store;
  private final TestClock clock = TestClock.at("2026-11-28T10:00:00Z");
  private final DynamoStudies studies;
  private final AnonymizeHandler handler;

  private AnonymizeRate(PrintStream out, TestTables tables, CopyStore store) {
    this.out = out;
    this.tables = tables;
    this.store = store;
    this.studies = new DynamoStudies(tables.client(), "StudiesTable");
    var variables = new HashMap<>(TestHospital.variables());
    variables.put("STUDIES_BUCKET", "StudiesBucket");
    variables.put("AWS_ENDPOINT_URL_S3", store.endpoint().toString());
    variables.put("AWS_ENDPOINT_URL_SQS", store.endpoint().toString());
    variables.put("ROLL_UP_QUEUE_URL", store.endpoint() + "/1/RollUpQueue");
    variables.put("ANONYMIZE_QUEUE_URL", store.endpoint() + "/1/AnonymizeQueue");
    var quiet = TestPlatform.of(clock, tables, variables);
    this.handler =
        new AnonymizeHandler(
            new Platform(
                quiet.environment(),
                clock,
                quiet.random(),
                quiet.aws(),
                new TestSecrets(),
                new Log(System.err, clock))); // says why something failed
  }

  public static void main(String[] arguments) throws Exception {
    try {
      measure();
      System.exit(0);
    } catch (RuntimeException | Error failed) {
      failed.printStackTrace();
      System.exit(1); // whatever still listens
    }
  }

  private static void measure() throws Exception {
    var slices = Integer.getInteger("slices", 300);
    var rounds = Integer.getInteger("rounds", 3);
    System.out.printf(
        "load of the machine %.1f, %d processors%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().availableProcessors());
    try (var tables = TestTables.start();
        var store = CopyStore.start()) {
      var bench = new AnonymizeRate(System.out, tables, store);
      new TestHospital(tables, bench.clock).department("noord", new ReportRule.AtOnce());
      bench.copy("CT, warming up", 0, ct(4712, 100), false);
      for (var round = 1; round <= rounds; round++) {
        bench.copy("CT", round, ct(4711 + round * 10, slices), false);
        bench.copy("ultrasound, covered", round, ultrasound(round), true);
      }
    }
  }

  /// @param file of the instance by its number
  private record Made(String uid, String series, int count, int frames, File file) {
    interface File {
      byte[] of(int number) throws IOException;
    }
  }

  private static Made ct(long seed, int slices) {
    var made = new MadeCt(seed, "P-4711", "Peeters^An", "19580307", "F", "A17", slices);
    return new Made(made.studyUid(), made.seriesUid(), slices, 1, made::slice);
  }

  /// Loops of ten frames in colour, as they come compressed.
  private static Made ultrasound(int round) {
    var uid = "1.2.826.0.7." + round;
    return new Made(
        uid,
        uid + ".1",
        10,
        10,
        number ->
            DicomFixtures.image(uid, uid + ".1", uid + ".1." + (number + 1))
                .modality("US")
                .patient("P-4711", "Peeters^An", "19580307")
                .size(640, 480)
                .colour()
                .frames(10)
                .seed(number)
                .syntax(TransferSyntax.RLE)
                .bytes());
  }

  private void copy(String what, int round, Made made, boolean covered) throws IOException {
    var source = source(made);
    var bucket = "b-" + round + "-" + what.charAt(0);
    var copy = give(bucket, source);
    var series = new SeriesUid(made.series());
    call(Map.of("bucket", bucket));
    var message = Map.of("copy", copy.value(), "series", series.value());
    if (covered) {
      measured(what + ", looked at", made, message);
      call(Map.of("bucket", bucket));
      var desk =
          new DynamoCopyDesk(
              tables.client(),
              "StudiesTable",
              new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom())));
      if (!desk.decide(copy, STRIP, List.of())) {
        throw new IllegalStateException("nobody was asked to look");
      }
    }
    measured(what, made, message);
    var there =
        studies.series(copy).stream()
            .mapToInt(one -> studies.instances(copy, one.uid()).size())
            .sum();
    if (there != made.count()) {
      throw new IllegalStateException(there + " of " + made.count() + " are copied");
    }
  }

  private void measured(String what, Made made, Map<String, String> message) throws IOException {
    heaps().forEach(MemoryPoolMXBean::resetPeakUsage);
    store.written();
    var threads = ManagementFactory.getThreadMXBean();
    var used = threads.getCurrentThreadCpuTime();
    var stores = InStores.spent();
    var began = System.nanoTime();
    call(message);
    var took = (System.nanoTime() - began) / 1e9;
    var ours = (threads.getCurrentThreadCpuTime() - used) / 1e6 / made.count();
    var within = InStores.spent().since(stores);
    var peak = heaps().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    out.printf(
        "%-26s %4d of %2d frames: %6.1f a second; ms each: %.1f of processor (%.1f in the SDK),"
            + " %.1f calls each; heap %d MB, %d MB written%n",
        what,
        made.count(),
        made.frames(),
        made.count() / took,
        ours,
        within.processor() / 1e6 / made.count(),
        (double) within.calls() / made.count(),
        peak >> 20,
        store.written() >> 20);
  }

  private void call(Map<String, String> message) throws IOException {
    var record = Map.of("messageId", "1", "body", Json.text(message));
    var event = new ByteArrayInputStream(Json.bytes(Map.of("Records", List.of(record))));
    var answer = new ByteArrayOutputStream();
    handler.handleRequest(event, answer, TestContext.until(() -> Duration.ofMinutes(10)));
    if (!answer.toString(StandardCharsets.UTF_8).equals("{\"batchItemFailures\":[]}")) {
      throw new IllegalStateException("it failed: " + message);
    }
  }

  /// As the act of printing leaves it.
  private StudyId give(String id, StudyId source) {
    var names = new CopyNames(new Pepper(new TestSecrets(), "pepper"));
    var now = clock.instant();
    var bucket =
        TestBuckets.ofCopies(id, names.plan(id, Set.of(source)), now, Origin.printed("ria", now));
    var given = new Given("Second opinion", now, "1");
    new Transaction()
        .step("bucket", DynamoBuckets.giving("BucketsTable", bucket, given, "hash" + id, "birth"))
        .step("copies", DynamoCopies.beginning("StudiesTable", id, "noord", now))
        .commit(tables.client());
    return names.copy(id, source);
  }

  /// As ingest and roll-up leave it.
  private StudyId source(Made made) throws IOException {
    var id = StudyId.of("noord", made.uid());
    var series = new SeriesUid(made.series());
    var now = clock.instant();
    var described = new Described(new InMemoryObjects(new HashMap<>(), "studies"));
    var drawn = new Instance.Pictures(List.of(512), made.frames(), List.of(), "");
    var filed = new ArrayList<Studies.Filed>();
    for (var number : IntStream.range(0, made.count()).toArray()) {
      var file = made.file().of(number);
      try (var dicom = (DicomFile) DicomFile.open(Bytes.of(file))) {
        var place = new Place("noord", made.uid(), series, dicom.header().sopUid());
        store.original(place.original(), file);
        var content = Described.original(dicom);
        filed.add(described.item(place, dicom, content, drawn, Optional.empty(), now));
      }
    }
    for (var from = 0; from < filed.size(); from += 25) {
      studies.file(id, filed.subList(from, Math.min(filed.size(), from + 25)));
    }
    var person = filed.getFirst().instance().person();
    studies.received(
        new Studies.Arrival(
            id, "noord", made.uid(), Set.of(new Whose(person, "A17")), filed.size()),
        now,
        now);
    studies.change(id, series, now);
    built(id, series, now);
    var study = studies.find(id).orElseThrow();
    var link =
        new Studies.Link(
            Optional.of(new OrderId("noord", "A-" + made.uid())),
            Optional.empty(),
            Set.of(),
            study.persons());
    studies.link(id, study.revision(), link, Instant.EPOCH);
    return id;
  }

  private void built(StudyId study, SeriesUid uid, Instant now) {
    var all = studies.instances(study, uid);
    var first = all.getFirst();
    var gen = studies.building(study, uid).orElseThrow().series().gen();
    studies.built(
        study,
        new Series(
            uid,
            Optional.of(1),
            "",
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
        now);
  }

  private static List<MemoryPoolMXBean> heaps() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
