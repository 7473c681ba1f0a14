package org.studygate.studyrollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.access.TestHospital;
import org.studygate.department.DynamoDepartments;
import org.studygate.dynamo.TestTables;
import org.studygate.json.JsonObject;
import org.studygate.objects.InMemoryObjects;
import org.studygate.order.DynamoOrders;
import org.studygate.order.Linking;
import org.studygate.order.OrderJson;
import org.studygate.platform.Log;
import org.studygate.platform.TestClock;
import org.studygate.receipt.Receipt;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Facts;
import org.studygate.study.Instance;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.RollUps;
import org.studygate.study.Samples;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;

/// Files, orders, reports and roll-ups in whatever order: in the end each number shows what is of
/// its patient and nothing else, at every moment.
final class WhoseStudyTest {
  private static final String UID = "1.2.826.0.7.1";
  private static final StudyId STUDY = StudyId.of("noord", UID);
  private static final SeriesUid SERIES = new SeriesUid(UID + ".1");
  private static final Facts AN = facts("P-1", "Peeters^An", "19580307");
  private static final Facts TOM = facts("P-2", "Claes^Tom", "19850914");
  private static final Facts AN_OF_BEFORE = facts("P-0", "Peeters^An", "19580307");

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final Set<SeriesUid> waiting = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
  private final Set<String> told = new TreeSet<>();
  @AutoClose private final TestTables tables = TestTables.start();
  private DynamoStudies studies;
  private DynamoOrders orders;
  private Linking linking;
  private SeriesBuilder builder;
  private Completion completion;

  @BeforeEach
  void start() {
    studies = new DynamoStudies(tables.client(), "StudiesTable");
    orders = new DynamoOrders(tables.client(), "OrdersTable");
    var rollUps = new Waiting();
    linking = new Linking(studies, orders, rollUps, this::tell, clock);
    var objects = new InMemoryObjects(new HashMap<>(), "studies");
    builder = new SeriesBuilder(studies, objects, rollUps, this::tell, clock);
    var departments = new DynamoDepartments(tables.client(), "DepartmentsTable");
    var log = new Log(new PrintStream(OutputStream.nullOutputStream()), clock);
    completion = new Completion(studies, departments, TestHospital.card(tables), clock, log);
  }

  @Test
  void aSliceOfSomebodyElse() throws Exception {
    inAnyOrder(
        List.of(
            () -> file(1, AN, "17"),
            () -> file(2, TOM, "17"),
            () -> file(3, AN, "17"),
            () -> order("17", "1", AN)),
        "noord/17 [1, 3] []");
    assertThat(told).contains("instance-other-patient");
  }

  @Test
  void aSliceOfSomebodyElseWithAnOrderOfHisOwn() throws Exception {
    inAnyOrder(
        List.of(
            () -> file(1, AN, "17"),
            () -> file(2, TOM, "18"),
            () -> file(3, AN, "17"),
            () -> order("17", "1", AN),
            () -> order("18", "1", TOM, UID)),
        "noord/17 [1, 3] []");
  }

  @Test
  void aRecordThatWasMerged() throws Exception {
    inAnyOrder(
        List.of(
            () -> file(1, AN_OF_BEFORE, "17"),
            () -> file(2, AN, "17"),
            () -> order("17", "1", AN_OF_BEFORE),
            () -> order("17", "2", AN)),
        "noord/17 [1, 2] []");
  }

  @Test
  void aStudyThatSomebodyElseLists() throws Exception {
    inAnyOrder(
        List.of(
            () -> file(1, AN, "17"),
            () -> order("17", "1", AN),
            () -> order("18", "1", TOM, UID),
            () -> report("17", "mine"),
            () -> report("18", "his")),
        "noord/17 [1] [mine]");
  }

  @Test
  void aPdfOfSomebodyElse() throws Exception {
    inAnyOrder(
        List.of(
            () -> file(1, AN, "17"),
            () -> pdf(2, TOM, "17"),
            () -> pdf(3, AN, "17"),
            () -> order("17", "1", AN)),
        "noord/17 [1] [3]");
  }

  @Test
  void twoPatientsAndNoOrder() throws Exception {
    inAnyOrder(List.of(() -> file(1, AN, "17"), () -> file(2, TOM, "17")), "nobody");
    assertThat(told).contains("patients-mixed");
  }

  private interface Step {
    void take() throws IOException;
  }

  private void inAnyOrder(List<Step> steps, String expected) throws Exception {
    var seed = 20261127L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (var round = 0; round < 12; round++) {
      tables.clear();
      start();
      waiting.clear();
      told.clear();
      var order = new ArrayList<>(steps);
      order.addAll(steps); // each comes twice
      Collections.shuffle(order, random);
      for (var step : order) {
        step.take();
        if (random.nextBoolean()) {
          rollUp();
        }
        nothingOfSomebodyElse();
      }
      while (!waiting.isEmpty()) {
        rollUp();
      }
      assertThat(state()).as("round " + round).isEqualTo(expected);
    }
  }

  private void rollUp() throws IOException {
    var now = List.copyOf(waiting);
    waiting.clear();
    for (var series : now) {
      builder.build(STUDY, series, Optional.empty());
    }
    completion.judge(STUDY);
  }

  /// At no moment, not only in the end.
  private void nothingOfSomebodyElse() {
    var contents = studies.contents(STUDY);
    var order = contents.flatMap(found -> found.study().order());
    if (order.isEmpty()) {
      return;
    }
    var patient = orders.find(order.get()).orElseThrow();
    for (var series : contents.orElseThrow().series()) {
      assertThat(series.shown()).allMatch(patient::isFor);
      assertThat(series.facts().person()).matches(patient::isFor);
      var preview = series.preview().orElseThrow();
      assertThat(person(preview)).matches(patient::isFor);
    }
    assertThat(contents.orElseThrow().study().link().shown()).allMatch(patient::isFor);
  }

  private org.studygate.study.Person person(String sop) {
    return studies.filed(STUDY, SERIES).stream()
        .map(Studies.Filed::instance)
        .filter(one -> one.sopUid().equals(sop))
        .findFirst()
        .orElseThrow()
        .person();
  }

  private String state() {
    var contents = studies.contents(STUDY).orElseThrow();
    if (contents.study().order().isEmpty()) {
      return "nobody";
    }
    var shown =
        studies.instances(STUDY, SERIES).stream()
            .filter(one -> contents.study().shows(one.person()))
            .map(one -> one.number().orElseThrow())
            .toList();
    assertThat(contents.series()).hasSize(1);
    assertThat(contents.series().getFirst().instances()).isEqualTo(shown.size());
    var texts = contents.reports().stream().map(report -> report.current().text()).toList();
    return contents.study().order().get() + " " + shown + " " + texts;
  }

  private void tell(Receipt receipt) {
    told.add(receipt.code());
  }

  private void file(int number, Facts facts, String accession) throws IOException {
    file(SERIES, number, facts, accession, Instance.Kind.IMAGE);
  }

  private void pdf(int number, Facts facts, String accession) throws IOException {
    var version = version("dicom-" + number, Integer.toString(number), Optional.empty());
    studies.report(STUDY, version, facts.person());
    file(new SeriesUid(UID + ".2"), number, facts, accession, Instance.Kind.REPORT);
  }

  /// As study-ingest does.
  private void file(SeriesUid series, int number, Facts facts, String accession, Instance.Kind kind)
      throws IOException {
    var instance = Samples.instance(series, series + "." + number, kind, facts).instance();
    var now = clock.instant();
    studies.file(STUDY, new Studies.Filed(instance, now, Gzip.of("{}"), Optional.empty()));
    studies.received(
        new Studies.Arrival(STUDY, "noord", UID, Set.of(new Whose(facts.person(), accession))),
        now,
        now.plus(Duration.ofMinutes(5)));
    studies.change(STUDY, series, now);
    waiting.add(series);
    linking.studyCame(studies.find(STUDY).orElseThrow());
  }

  /// As message-ingest does.
  private void order(String accession, String version, Facts of, String... uids) {
    var names = of.patientName().split("\\^", 2);
    var json =
        """
        {"patient": {"id": "%s", "issuer": "NOORD", "familyName": "%s", "givenName": "%s",
                     "birthDate": "%s"}, "studies": [%s]}
        """
            .formatted(
                of.patientId(),
                names[0],
                names[1],
                of.born().orElseThrow(),
                uids.length == 0 ? "" : "{\"uid\": \"" + uids[0] + "\"}");
    var id = new OrderId("noord", accession);
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    orders.place(OrderJson.read(id, version, Instant.EPOCH, JsonObject.parse(bytes)));
    linking.orderCame(id, uids.length == 0 ? List.of() : List.of(STUDY));
    linking.reportCame(id);
  }

  private void report(String accession, String text) {
    var id = new OrderId("noord", accession);
    orders.report(id, version("order-" + accession, text, Optional.of(id)));
    linking.reportCame(id);
  }

  private Report.Version version(String report, String text, Optional<OrderId> order) {
    return new Report.Version(
        report,
        text,
        Report.State.FINAL,
        clock.instant(),
        order,
        "nl",
        text,
        "",
        Optional.empty(),
        false);
  }

  private static Facts facts(String id, String name, String born) {
    return new Facts(id, "", name, born, "", "", "", "", "");
  }

  private final class Waiting implements RollUps {
    @Override
    public void later(StudyId study, SeriesUid series, long gen) {
      waiting.add(series);
    }

    @Override
    public void now(StudyId study, SeriesUid series) {
      waiting.add(series);
    }

    @Override
    public void now(StudyId study) {}
  }
}
