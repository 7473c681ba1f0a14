package org.studygate.studyview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.JsonObject;
import org.studygate.json.RawJson;
import org.studygate.order.DynamoOrders;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.Document;
import org.studygate.study.DocumentKind;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Instance.Kind;
import org.studygate.study.Listing;
import org.studygate.study.OrderId;
import org.studygate.study.Samples;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StudyViewHandlerTest {
  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private StudyViewHandler handler;
  private int orders;
  private OrderId order = new OrderId("noord", "S0");

  @BeforeEach
  void begin() {
    orders++;
    clock = TestClock.at("2026-11-23T10:00:00Z");
    order = new OrderId("noord", "S" + orders);
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    var variables = new java.util.HashMap<>(TestHospital.variables());
    variables.put("AWS_ACCESS_KEY_ID", "key");
    variables.put("ROLL_UP_QUEUE_URL", "http://127.0.0.1:1/roll-up"); // nobody asks
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    handler = new StudyViewHandler(TestPlatform.of(clock, tables, variables));
  }

  @Test
  void whatIsOfSomebodyElseIsNotReached() {
    var visit = visit(true, uid(1));
    var study = hospital.study(order, uid(1), 2);
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    var first = Samples.facts("P-1").person();
    var link = new Studies.Link(Optional.of(order), Optional.empty(), Set.of(), Set.of(first));
    var path = "/api/studies/" + study + "/series/" + uid(1) + ".1";
    assertThat(get(path, visit).body()).contains(uid(1) + ".1.2.dcm");
    var other = Samples.facts("P-2").person();
    var changed = new Studies.Link(link.order(), Optional.empty(), Set.of(), Set.of(other));
    studies.link(study, studies.find(study).orElseThrow().revision(), changed, clock.instant());
    assertThat(get(path, visit).status()).isEqualTo(404);
    assertThat(get("/api/studies", visit).body()).contains("\"studies\":[]");
  }

  @Test
  void aStudyOfSomebodyElseUnderTheNumberHidesNoReport() {
    var visit = visit(true);
    var foreign = StudyId.of("noord", uid(7));
    new DynamoStudies(tables.client(), "StudiesTable")
        .received(
            new Studies.Arrival(
                foreign, "noord", uid(7), Set.of(Samples.whose("P-2", order.accession()))),
            clock.instant(),
            clock.instant());
    new DynamoOrders(tables.client(), "OrdersTable").claim(order, foreign);
    hospital.report(order, "Geen bijzonderheden.");
    assertThat(get("/api/studies", visit).body())
        .contains("\"hasReport\":true")
        .contains(StudyId.of(order).value())
        .doesNotContain(foreign.value());
    assertThat(get("/api/studies/" + StudyId.of(order) + "/report", visit).body())
        .contains("Geen bijzonderheden.");
  }

  @Test
  void theStudiesOfTheOrderAreListed() {
    var visit = visit(true, uid(1), uid(2));
    hospital.study(order, uid(1), 2);
    hospital.study(order, uid(2), 1);
    hospital.study(new OrderId("noord", "OTHER" + orders), uid(3), 1);
    hospital.report(order, "Geen bijzonderheden.");
    var answer = get("/api/studies", visit);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"description\":\"CT thorax " + uid(1) + "\"")
        .contains(
            "\"patient\":{\"name\":\"An Peeters\",\"birthDate\":\"1958-03-07\",\"id\":null,\"sex\":null,\"anonymized\":false}")
        .contains("\"hasImages\":true,\"hasReport\":true")
        .contains("\"id\":\"" + StudyId.of("noord", uid(2)) + "\"")
        .doesNotContain(StudyId.of("noord", uid(3)).value());
  }

  @Test
  void aManifestNamesSeriesAndPictures() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 3);
    var answer = get("/api/studies/" + study, visit);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"state\":\"complete\"")
        .contains("\"uid\":\"" + uid(1) + ".1\"")
        .contains("\"instances\":3,\"frames\":3")
        .contains("\"report\":null")
        .contains("-512.jpg?")
        .contains("X-Amz-Expires=60");
  }

  @Test
  void aSeriesGivesAnAddressToEachObject() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 2);
    var answer = get("/api/studies/" + study + "/series/" + uid(1) + ".1", visit);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"number\":1")
        .contains("\"number\":2")
        .contains("/p10/noord/")
        .contains("response-content-type=application%2Fdicom")
        .contains("\"window\":{\"center\":40.0,\"width\":400.5}")
        .contains("\"photometric\":\"MONOCHROME2\"")
        .contains("\"next\":null");
  }

  @Test
  void aPageHasAsManyPicturesAsItWasAskedForAndSaysWhereTheNextBegins() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 3);
    var series = "/api/studies/" + study + "/series/" + uid(1) + ".1";
    var middle = get(series, "from=1.1&limit=1", visit);
    assertThat(middle.status()).isEqualTo(200);
    assertThat(middle.body())
        .contains("\"number\":2")
        .contains("\"next\":\"2.1\"")
        .doesNotContain("\"number\":1,", "\"number\":3,");
    assertThat(get(series, "from=2.1&limit=9", visit).body()).contains("\"next\":null");
    for (var wrong : new String[] {"limit=0", "limit=-1", "limit=one", "limit=99999", "limit="}) {
      assertThat(get(series, wrong, visit).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void oneInstanceIsAskedForByItsUid() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 3);
    var series = "/api/studies/" + study + "/series/" + uid(1) + ".1";
    var all = get(series, "", visit).body();
    var second = all.replaceFirst("(?s).*\"uid\":\"([0-9.]+)\",\"number\":2.*", "$1");
    var one = get(series, "instance=" + second, visit);
    assertThat(one.body()).contains("\"number\":2", "/p10/noord/", "\"next\":null");
    assertThat(one.body()).doesNotContain("\"number\":1,", "\"number\":3,");
    assertThat(get(series, "instance=1.2.3", visit).status()).isEqualTo(404);
    var made = "instance=2.25." + "3".repeat(39); // as long as a UUID can be
    assertThat(get(series, made, visit).status()).isEqualTo(404);
  }

  /// What is told of hundreds is told of what they are, and the film has the pictures.
  @Test
  void aLongSeriesWithAFilmHasOneAddressForAllItsPictures() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 17);
    var series = "/api/studies/" + study + "/series/" + uid(1) + ".1";
    assertThat(get(series, visit).body()).contains("\"film\":null", ".17.dcm?");
    film(study, 17);
    var all = get(series, visit).body();
    assertThat(all)
        .contains(
            "\"film\":{\"url\":\"https://",
            "/film-1.bin?",
            "response-content-disposition=attachment")
        .contains("\"generation\":1,\"pictures\":17,\"sheetsEnd\":600000}")
        .contains("\"rows\":512,\"columns\":512,\"url\":null,\"preview\":null,\"previews\":[]")
        .contains("\"number\":17", "\"next\":null")
        .doesNotContain(".dcm?", ".jpg?");
    for (var asked : List.of("limit=1&from=3.1", "instance=" + uid(1) + ".1.4")) {
      assertThat(get(series, asked, visit).body())
          .contains("/film-1.bin?", "\"number\":4", uid(1) + ".1.4.dcm?", "/1-512.jpg?")
          .doesNotContain(".5.dcm?");
    }
  }

  /// What is kept with the film is what would be put together of the instances, and it is not told
  /// where they say something else by now.
  @Test
  void whatIsKeptOfALongSeriesIsWhatItsInstancesSay() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 17);
    var series = new SeriesUid(uid(1) + ".1");
    var path = "/api/studies/" + study + "/series/" + series;
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    film(study, 17);
    var apart = instances(get(path, visit));
    assertThat(apart.getFirst().names())
        .isEqualTo(instances(get(path, "limit=1", visit)).getFirst().names());
    var all = studies.instances(study, series);
    studies.list(study, series, 1, Listing.of(all));
    assertThat(instances(get(path, visit))).usingRecursiveComparison().isEqualTo(apart);
    var other = new RawJson("[{\"uid\":\"kept\"}]");
    studies.list(study, series, 1, new Listing(17, 17, other));
    assertThat(get(path, visit).body()).contains("[{\"uid\":\"kept\"}],\"film\":{", "/film-1.bin?");
    assertThat(get(path, "instance=" + uid(1) + ".1.4", visit).body()).doesNotContain("kept");
    assertThat(get(path, "limit=20", visit).body()).doesNotContain("kept");
    studies.list(study, series, 1, new Listing(16, 17, other));
    assertThat(get(path, visit).body()).doesNotContain("kept").contains("/film-1.bin?");
    studies.list(study, series, 1, new Listing(17, 17, other));
    studies.change(study, series, clock.instant()); // more has come
    assertThat(get(path, visit).body()).doesNotContain("kept");
  }

  private static List<JsonObject> instances(HttpResponse answer) {
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    return JsonObject.parse(body).objects("instances");
  }

  @Test
  void aFewPicturesHaveTheirAddressesBesideTheirFilm() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 16);
    film(study, 16);
    assertThat(get("/api/studies/" + study + "/series/" + uid(1) + ".1", visit).body())
        .contains("/film-1.bin?", ".16.dcm?", "/1-128.jpg?");
  }

  @Test
  void aFilmThatLacksWhatHasComeSinceIsNotTold() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 17);
    film(study, 17);
    var late = Samples.instance(new SeriesUid(uid(1) + ".1"), uid(1) + ".1.18", Kind.IMAGE);
    new DynamoStudies(tables.client(), "StudiesTable").file(study, late);
    assertThat(get("/api/studies/" + study + "/series/" + uid(1) + ".1", visit).body())
        .contains("\"film\":null", ".18.dcm?");
  }

  @Test
  void aVideoHasAnAddressThatPlaysItAndNothingElse() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 1);
    var uid = uid(1) + ".1.2";
    var video = Samples.video(new SeriesUid(uid(1) + ".1"), uid);
    new DynamoStudies(tables.client(), "StudiesTable").file(study, video);
    assertThat(get("/api/studies/" + study + "/series/" + uid(1) + ".1", visit).body())
        .contains("\"video\":null", "\"video\":{\"url\":\"https://")
        .contains(uid + "/video.mp4?", "response-content-type=video%2Fmp4");
  }

  private void film(StudyId study, int pictures) {
    var series = new SeriesUid(uid(1) + ".1");
    var film = new Series.Film(pictures, 600_000);
    assertThat(new DynamoStudies(tables.client(), "StudiesTable").filmed(study, series, 1, film))
        .isTrue();
  }

  @Test
  void exactPixelsAreToldToWhoAsksForThem() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 17);
    var path = "/api/studies/" + study + "/series/" + uid(1) + ".1";
    var series = new SeriesUid(uid(1) + ".1");
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    studies.beginExact(study, series, 1, clock.instant(), clock.instant());
    assertThat(get(path, visit).body()).contains("\"planes\":null,\"metadata\":null");
    assertThat(get(path, "exact=true", visit).body())
        .contains(
            "\"planes\":{\"state\":\"making\",\"url\":null,\"generation\":null,\"headEnd\":null}");
    studies.exact(study, series, 1, new Series.Exact.Made(17, 1_234));
    assertThat(get(path, visit).body()).contains("\"planes\":null");
    assertThat(get(path, "exact=true&limit=1", visit).body())
        .contains("\"planes\":{\"state\":\"ready\",\"url\":\"https://", "/planes-1.bin?")
        .contains("response-content-disposition=attachment")
        .contains("\"generation\":1,\"headEnd\":1234}")
        .contains("\"metadata\":\"https://", "/metadata-1.json.gz?");
    assertThat(get(path, "exact=false", visit).status()).isEqualTo(400);
  }

  @Test
  void aLongAnswerIsPackedForWhoTakesIt() throws IOException {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 300);
    film(study, 300);
    var path = "/api/studies/" + study + "/series/" + uid(1) + ".1";
    var plain = get(path, visit);
    assertThat(plain.headers())
        .containsEntry("vary", "accept-encoding, x-accept-encoding")
        .doesNotContainKey("content-encoding");
    var event = TestEvents.cookie(TestEvents.read("study-view", "list"), visit);
    var asking = TestEvents.header(TestEvents.path(event, path), "x-accept-encoding", "gzip");
    var packed = handler.answer(asking);
    assertThat(packed.headers())
        .containsEntry("vary", "accept-encoding, x-accept-encoding")
        .containsEntry("content-encoding", "gzip")
        .containsEntry("cache-control", "no-store");
    assertThat(packed.base64()).isTrue();
    var bytes = Base64.getDecoder().decode(packed.body());
    assertThat(bytes).hasSizeLessThan(25_000);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      var unpacked = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(unpacked).hasSameSizeAs(plain.body()).contains("\"number\":300");
    }
  }

  /// One answer instead of three that wait for each other; each of them is a line all the same.
  @Test
  void whatAPageShowsFirstIsAnsweredWithTheList() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 17);
    film(study, 17);
    assertThat(get("/api/studies", visit).body())
        .contains("\"opened\":null")
        .doesNotContain("http");
    assertThat(lines(study)).isEmpty();
    var first = get("/api/studies", "open=first", visit).body();
    var alone = get("/api/studies/" + study, "open=first", visit).body();
    for (var answer : List.of(first, alone)) {
      assertThat(answer)
          .contains("\"opened\":{\"uid\":\"" + uid(1) + ".1\",\"picture\":8,\"pictures\":{")
          .contains("/film-1.bin?", "\"number\":9", uid(1) + ".1.9.dcm?", "\"next\":\"9.1\"")
          .doesNotContain(".1.8.dcm?", ".1.10.dcm?");
    }
    assertThat(first).contains("\"opened\":{\"id\":\"" + study + "\"");
    assertThat(lines(study))
        .containsExactlyInAnyOrder(
            "study-viewed", "images-viewed", "study-viewed", "images-viewed");
    assertThat(get("/api/studies/" + study, visit).body()).contains("\"opened\":null");
    assertThat(lines(study)).hasSize(5);
  }

  @Test
  void aStudyWithoutPicturesIsOpenedWithoutALineThatTheyWereSeen() {
    var visit = visit(true);
    assertThat(get("/api/studies", "open=first", visit).body())
        .contains("\"studies\":[],", "\"opened\":null");
    hospital.report(order, "Geen bijzonderheden.");
    var study = StudyId.of(order);
    assertThat(get("/api/studies", "open=first", visit).body())
        .contains("\"opened\":{\"id\":\"" + study + "\"", "\"series\":[]", "\"opened\":null");
    assertThat(lines(study)).containsExactly("study-viewed");
  }

  private List<String> lines(StudyId study) {
    return new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()))
        .read(AuditEvent.study(study.value()), Optional.empty(), 9).events().stream()
            .map(event -> event.action().code())
            .toList();
  }

  @Test
  void whatARouteDoesNotTakeIsRefusedByNameAndNeverByValue() {
    var visit = visit(false, uid(1));
    var study = "/api/studies/" + hospital.study(order, uid(1), 1);
    var series = study + "/series/" + uid(1) + ".1";
    var wrong =
        Map.of(
            study + "/accesses?before=2026",
            "before",
            study + "/accesses?before=" + "9".repeat(3_000),
            "",
            study + "/accesses?before=%zz",
            "before",
            study + "?open=all",
            "open",
            series + "?from=1.1&from=2.1",
            "from",
            series + "?limit",
            "limit",
            series + "?instance=../../etc",
            "instance",
            "/api/studies?peeters%20an=1",
            "",
            "/api/studies?",
            "none");
    wrong.forEach(
        (address, name) -> {
          var parts = address.split("\\?", 2);
          var answer = get(parts[0], parts[1], visit);
          if (name.equals("none")) {
            assertThat(answer.status()).as(address).isEqualTo(200);
            return;
          }
          assertThat(answer.status()).as(address).isEqualTo(400);
          assertThat(answer.body()).contains("\"code\":\"bad-request\"");
          assertThat(answer.body().contains("\"parameter\":\"" + name + "\""))
              .isEqualTo(!name.isEmpty());
          assertThat(answer.body()).doesNotContain("2026", "etc", "peeters", "999");
        });
  }

  @Test
  void aStudyOfOtherObjectsSaysWhatItHoldsAndGivesTheirOriginals() {
    var visit = visit(false, uid(1));
    var ecg =
        new Document(
            new SeriesUid(uid(1) + ".1"), uid(1) + ".1.9", DocumentKind.ECG, "Rust", false);
    var study = hospital.study(order, uid(1), 0, Samples.facts("P-1"), List.of(ecg));
    assertThat(get("/api/studies", visit).body()).contains("\"hasImages\":false");
    assertThat(get("/api/studies/" + study, visit).body())
        .contains("\"series\":[],\"documents\":[{\"uid\":\"" + uid(1) + ".1.9\",\"kind\":\"ecg\"");
    var path = "/api/studies/" + study + "/documents/" + uid(1);
    assertThat(get(path + ".1.9", visit).body())
        .contains("\"kind\":\"ecg\",\"title\":\"Rust\",\"state\":null,\"contentsUrl\":null,")
        .contains(uid(1) + ".1.9.dcm");
    assertThat(get("/api/studies/" + study + "/accesses", visit).body())
        .containsOnlyOnce("\"what\":\"file-downloaded\"");
    assertThat(get(path + ".1.8", visit).status()).isEqualTo(404);
    assertThat(get("/api/studies/" + study + "/accesses", visit).body())
        .as("nothing was given out")
        .containsOnlyOnce("\"what\":\"file-downloaded\"");
  }

  @Test
  void aPrintedNumberOpensItsExamsAndOfImagesAloneThereIsNoTraceOfAReport() {
    visit(true, uid(1), uid(2), uid(3));
    var one = hospital.study(order, uid(1), 1);
    var two = hospital.study(order, uid(2), 1);
    var other = hospital.study(order, uid(3), 1);
    hospital.report(order, "Nothing to be seen.");
    clock.advance(Duration.ofSeconds(1));
    var number = "PRINTED-2026-XKQ-" + (1000 + orders);
    var images = open(hospital.printed(number, Verification.DATE_OF_BIRTH, false, one, two));
    clock.advance(Duration.ofSeconds(1));
    var both = open(hospital.printed(number + "-R", Verification.DATE_OF_BIRTH, true, one, two));
    assertThat(get("/api/studies", images).body())
        .contains(one.value(), two.value())
        .doesNotContain(other.value(), "\"hasReport\":true", "Nothing to be seen");
    for (var study : List.of(one, two)) {
      var path = "/api/studies/" + study;
      assertThat(get(path + "/report", both).body()).contains("Nothing to be seen.");
      assertThat(get(path, both).body()).contains("\"report\":{");
      assertThat(get(path, images).status()).isEqualTo(200);
      assertThat(get(path, images).body()).contains("\"report\":null");
      assertThat(get(path + "/report", images))
          .isEqualTo(get("/api/studies/" + other + "/report", images));
      assertThat(get(path + "/report", images).status()).isEqualTo(404);
      assertThat(get(path + "/accesses", images).body()).doesNotContain("report-read");
    }
    assertThat(get("/api/studies/" + other, images).status()).isEqualTo(404);
  }

  @Test
  void otherObjectsOfSomebodyElsesOrderAreNotThere() {
    var ecg =
        new Document(
            new SeriesUid(uid(1) + ".1"), uid(1) + ".1.9", DocumentKind.ECG, "Rust", false);
    var study = hospital.study(order, uid(1), 0, Samples.facts("P-1"), List.of(ecg));
    order = new OrderId("noord", "OTHER" + orders);
    var visit = visit(false, uid(2));
    var path = "/api/studies/" + study + "/documents/" + uid(1) + ".1.9";
    assertThat(get(path, visit).status()).isEqualTo(404);
  }

  @Test
  void aReportInDicomsClothingIsReadAsWhatItSaysAndInTheTrail() {
    var visit = visit(true, uid(1));
    var study = hospital.study(order, uid(1), 1);
    var sop = uid(1) + ".2.1";
    hospital.report(study, structured(sop));
    assertThat(get("/api/studies/" + study, visit).body())
        .contains(
            "\"documents\":[{\"uid\":\""
                + sop
                + "\",\"kind\":\"report\",\"title\":\"Dose\",\"state\":\"final\"}]")
        .contains("\"report\":{\"state\":\"final\",\"document\":\"" + sop + "\"}");
    assertThat(get("/api/studies/" + study + "/report", visit).body())
        .contains("\"text\":null,\"contentsUrl\":\"http")
        .contains(sop + "/contents.json?");
    var asked = get("/api/studies/" + study + "/documents/" + sop, visit);
    assertThat(asked.body()).contains("\"contentsUrl\":\"http").contains(sop + ".dcm?");
    assertThat(get("/api/studies/" + study + "/accesses", visit).body())
        .contains("report-read")
        .doesNotContain("images-viewed");
  }

  @Test
  void aReportInDicomsClothingThatMayNotBeReadLeavesNoTrace() {
    var study = hospital.study(order, uid(1), 1);
    var sop = uid(1) + ".2.1";
    hospital.report(study, structured(sop));
    var path = "/api/studies/" + study;
    var images = visit(false, uid(1));
    assertThat(get(path, images).body()).contains("\"documents\":[]").doesNotContain(sop);
    assertThat(get(path + "/documents/" + sop, images).status()).isEqualTo(404);
  }

  @Test
  void aReportInDicomsClothingWaitsForItsDayAsAnyOther() {
    hospital.department("noord", new ReportRule.AfterDays(3));
    var visit = visit(true, uid(1));
    var study = hospital.study(order, uid(1), 1);
    var sop = uid(1) + ".2.1";
    hospital.report(study, structured(sop));
    assertThat(get("/api/studies/" + study, visit).body()).doesNotContain(sop);
    assertThat(get("/api/studies/" + study + "/documents/" + sop, visit).status()).isEqualTo(404);
    clock.advance(Duration.ofDays(3));
    assertThat(get("/api/studies/" + study, open(bucket)).body()).contains(sop);
  }

  private Document structured(String sop) {
    return new Document(new SeriesUid(uid(1) + ".2"), sop, DocumentKind.REPORT, "Dose", true);
  }

  @Test
  void withoutTheRightThereIsNoTraceOfAReport() {
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 1);
    hospital.report(order, "Geen bijzonderheden.");
    assertThat(get("/api/studies", visit).body()).contains("\"hasReport\":false");
    assertThat(get("/api/studies/" + study, visit).body()).contains("\"report\":null");
    assertThat(get("/api/studies/" + study + "/report", visit).status()).isEqualTo(404);
  }

  @Test
  void aReportIsReadAndThePatientSeesWhoRead() {
    var visit = visit(true, uid(1));
    var study = hospital.study(order, uid(1), 1);
    hospital.report(order, "Geen bijzonderheden.");
    var answer = get("/api/studies/" + study + "/report", visit);
    assertThat(answer.body())
        .startsWith("{\"state\":\"final\",\"text\":\"Geen bijzonderheden.\",\"contentsUrl\":null")
        .contains("\"signedBy\":\"Maes\"");
    assertThat(get("/api/studies/" + study + "/accesses", visit).body())
        .contains("\"who\":\"patient\",\"what\":\"report-read\"");
  }

  /// With what kind of recipient, and never with whom.
  @Test
  void thePatientSeesWithWhomItWasShared() {
    var visit = visit(true, uid(1));
    var study = hospital.study(order, uid(1), 1);
    var trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    for (var outcome : List.of("3", "user", "email", "several-anonymized")) {
      clock.advance(Duration.ofSeconds(1));
      trail.record(
          new AuditEvent(
              AuditEvent.study(study.value()),
              clock.instant(),
              new Actor.Professional("maes"),
              AuditAction.STUDY_SHARED,
              outcome,
              "request"));
    }
    var told = get("/api/studies/" + study + "/accesses", visit).body();
    var line = "\"who\":\"professional\",\"what\":\"study-shared\",\"with\":";
    for (var with :
        List.of(
            "null,\"anonymized\":false",
            "\"user\",\"anonymized\":false",
            "\"other\",\"anonymized\":false",
            "\"several\",\"anonymized\":true")) {
      assertThat(told).containsOnlyOnce(line + with);
    }
    assertThat(told).doesNotContain("maes");
  }

  @Test
  void theDepartmentMayKeepReportsBackForSomeDays() {
    hospital.department("noord", new ReportRule.AfterDays(3));
    var visit = visit(true, uid(1));
    var study = hospital.study(order, uid(1), 1);
    assertThat(get("/api/studies/" + study, visit).body()).contains("\"reportFrom\":null");
    hospital.report(order, "Geen bijzonderheden.");
    assertThat(get("/api/studies/" + study + "/report", visit).status()).isEqualTo(404);
    var told = "\"reportFrom\":\"2026-11-26T10:00:00Z\"";
    assertThat(get("/api/studies", visit).body()).contains("\"hasReport\":false," + told);
    assertThat(get("/api/studies/" + study, visit).body()).contains("\"report\":null," + told);
    clock.advance(Duration.ofDays(3));
    var later = open(bucket);
    assertThat(get("/api/studies/" + study + "/report", later).status()).isEqualTo(200);
    assertThat(get("/api/studies/" + study, later).body()).contains("\"reportFrom\":null");
  }

  /// What will never be read, or only when somebody says so, is not announced; nor is anything to
  /// whom the order gives no report.
  @Test
  void aReportThatIsHeldBackByAnotherRuleLeavesNoTrace() {
    for (var rule : List.of(new ReportRule.Never(), new ReportRule.WhenReleased())) {
      hospital.department("noord", rule);
      var visit = visit(true, uid(1));
      var study = hospital.study(order, uid(1), 1);
      hospital.report(order, "Geen bijzonderheden.");
      assertThat(get("/api/studies/" + study, visit).body())
          .contains("\"report\":null,\"reportFrom\":null");
      begin();
    }
    hospital.department("noord", new ReportRule.AfterDays(3));
    var visit = visit(false, uid(1));
    var study = hospital.study(order, uid(1), 1);
    hospital.report(order, "Geen bijzonderheden.");
    assertThat(get("/api/studies/" + study, visit).body())
        .contains("\"report\":null,\"reportFrom\":null");
  }

  @Test
  void whatBelongsToAnotherOrderOrDepartmentIsNotThere() {
    var visit = visit(true, uid(1));
    hospital.study(order, uid(1), 1);
    var other = hospital.study(new OrderId("noord", "OTHER" + orders), uid(2), 1);
    hospital.department("zuid", new ReportRule.AtOnce());
    var twin = hospital.study(new OrderId("zuid", order.accession()), uid(1), 1);
    for (var study : new StudyId[] {other, twin}) {
      for (var below : new String[] {"", "/report", "/accesses", "/series/" + uid(1) + ".1"}) {
        assertThat(get("/api/studies/" + study + below, visit).status()).isEqualTo(404);
      }
    }
    assertThat(get("/api/studies/none", visit).status()).isEqualTo(404);
  }

  @Test
  void withdrawalEndsReadingAtTheNextRequest() {
    var visit = visit(true, uid(1));
    hospital.study(order, uid(1), 1);
    assertThat(get("/api/studies", visit).status()).isEqualTo(200);
    new DynamoBuckets(tables.client(), "BucketsTable").withdraw(bucket);
    assertThat(get("/api/studies", visit).status()).isEqualTo(401);
  }

  @Test
  void readingIsAClick() {
    var visit = visit(true, uid(1));
    hospital.study(order, uid(1), 1);
    clock.advance(Duration.ofMinutes(14));
    assertThat(get("/api/studies", visit).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(14));
    assertThat(get("/api/studies", visit).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(15));
    assertThat(get("/api/studies", visit).status()).isEqualTo(401);
  }

  /// A page asks by itself until they are made.
  @Test
  void askingForExactPixelsIsNoClick() {
    var visit = visit(true, uid(1));
    var study = hospital.study(order, uid(1), 1);
    var series = "/api/studies/" + study + "/series/" + uid(1) + ".1";
    clock.advance(Duration.ofMinutes(14));
    new DynamoStudies(tables.client(), "StudiesTable")
        .beginExact(study, new SeriesUid(uid(1) + ".1"), 1, clock.instant(), clock.instant());
    assertThat(get(series, "exact=true", visit).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(1));
    assertThat(get("/api/studies", visit).status()).isEqualTo(401);
  }

  private String bucket = "";

  private Token visit(boolean report, String... uids) {
    bucket =
        hospital.order(
            order, "RIS-2026-VIEW-" + (1000 + orders), Verification.DATE_OF_BIRTH, report, uids);
    return open(bucket);
  }

  private Token open(String id) {
    var token = new Token("visit-" + orders + "-" + clock.instant());
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(Session.begin(token.hash(), new Subject.OfBucket(id), 0, "noord", clock.instant()));
    return token;
  }

  private HttpResponse get(String path, Token visit) {
    var event = TestEvents.cookie(TestEvents.read("study-view", "list"), visit);
    return handler.answer(TestEvents.path(event, path));
  }

  private HttpResponse get(String path, String query, Token visit) {
    var event = TestEvents.cookie(TestEvents.read("study-view", "list"), visit);
    return handler.answer(TestEvents.path(event, path, query));
  }

  private String uid(int number) {
    return "1.2.826.0.2." + orders + "." + number;
  }
}
