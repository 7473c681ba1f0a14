package org.studygate.studyingest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.studygate.access.TestHospital;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.dicom.CaseFiles;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.MadeVideo;
import org.studygate.dicom.Part10;
import org.studygate.dicom.document.Told;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.filing.Drawing;
import org.studygate.inbox.InboxObject;
import org.studygate.inbox.Quarantine;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.objects.InMemoryObjects;
import org.studygate.objects.Keys;
import org.studygate.objects.Objects;
import org.studygate.order.DynamoOrders;
import org.studygate.order.Linking;
import org.studygate.platform.Deadline;
import org.studygate.platform.Faults;
import org.studygate.platform.Log;
import org.studygate.platform.Sha256;
import org.studygate.platform.TestClock;
import org.studygate.queue.SqsBatch;
import org.studygate.receipt.Receipt;
import org.studygate.receipt.Receipts;
import org.studygate.study.Document;
import org.studygate.study.DocumentKind;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Instance;
import org.studygate.study.Report;
import org.studygate.study.RollUps;
import org.studygate.study.Samples;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

final class StudyIngestHandlerTest {
  private static final int AT_ONCE = 100;
  private static final String STUDY = "1.2.826.0.3.1";
  private static final SeriesUid SERIES = new SeriesUid(STUDY + ".1");

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(told), clock);
  private Deadline deadline = () -> Duration.ofMinutes(2);
  private Duration pictureTakes = Duration.ZERO;
  @AutoClose private final TestTables tables = TestTables.start();
  private House house;

  /// Buckets and queues of one run.
  private static final class House {
    private final Map<String, InMemoryObjects> buckets = new HashMap<>();
    private final InMemoryObjects inbox = new InMemoryObjects(buckets, "inbox");
    private final InMemoryObjects studies = new InMemoryObjects(buckets, "studies");
    private final InMemoryObjects quarantine = new InMemoryObjects(buckets, "quarantine");
    private final List<String> messages = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final List<String> again = new ArrayList<>();
    private final List<String> drawn = new ArrayList<>();
    private final List<String> rollUps = new ArrayList<>();
    private final List<String> now = new ArrayList<>();
  }

  @BeforeEach
  void start() {
    house = new House();
    var hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    hospital.department("zuid", new ReportRule.AtOnce());
  }

  @Test
  void anInstanceIsStoredDrawnAndFiled() throws Exception {
    var bytes = ct(1);
    bytes[0] = 'M'; // a program hidden in the preamble
    put("in/noord/a/1.dcm", bytes);
    assertThat(run(Faults.none(), "in/noord/a/1.dcm")).isEqualTo("{\"batchItemFailures\":[]}");

    var place = "noord/" + spread() + "/" + STUDY + "/" + SERIES + "/" + SERIES + ".1";
    assertThat(house.studies.all().keySet())
        .containsExactlyInAnyOrder("p10/" + place + ".dcm", "web/" + place + "/1-512.jpg");
    assertThat(house.studies.all().get("p10/" + place + ".dcm")).startsWith((byte) 0, (byte) 0);
    var instances = studies().instances(StudyId.of("noord", STUDY), SERIES);
    assertThat(instances).hasSize(1);
    assertThat(instances.getFirst().pictures().sizes()).containsExactly(512);
    assertThat(instances.getFirst().pixels()).isPresent();
    assertThat(house.rollUps).hasSize(1);
  }

  @Test
  void whatCannotBeUsedGoesToQuarantineAndHoldsUpNothing() throws Exception {
    put("in/noord/bad", "x".repeat(128).concat("DICMgarbage").getBytes(StandardCharsets.UTF_8));
    put("in/noord/good", ct(1));
    put("in/west/unknown", ct(2));
    put("elsewhere/x", ct(3));
    assertThat(
            run(Faults.none(), "in/noord/bad", "in/noord/good", "in/west/unknown", "elsewhere/x"))
        .isEqualTo("{\"batchItemFailures\":[]}");
    var reasons =
        house.quarantine.all().entrySet().stream()
            .filter(entry -> entry.getKey().endsWith(".json"))
            .map(entry -> new String(entry.getValue(), StandardCharsets.UTF_8))
            .toList();
    assertThat(reasons).hasSize(3);
    assertThat(reasons).anyMatch(reason -> reason.contains("\"reason\":\"no-file-meta\""));
    assertThat(reasons).anyMatch(reason -> reason.contains("unknown-department"));
    assertThat(studies().instances(StudyId.of("noord", STUDY), SERIES)).hasSize(1);
  }

  @Test
  void whatIsRefusedOrNotDrawnIsToldWhereItsSenderReadsIt() throws Exception {
    put("in/noord/bad", "x".repeat(128).concat("DICMgarbage").getBytes(StandardCharsets.UTF_8));
    put("in/west/unknown", ct(2));
    put("in/noord/good", ct(1));
    var other = ct(1);
    other[other.length - 1] ^= 1;
    put("in/noord/other", other);
    run(Faults.none(), "in/noord/bad", "in/west/unknown", "in/noord/good");
    run(Faults.none(), "in/noord/other", "in/noord/gone");
    assertThat(house.receipts)
        .extracting(Receipt::code)
        .containsExactly("no-file-meta", "other-bytes", "object-gone");
    assertThat(house.receipts).allMatch(receipt -> receipt.department().equals("noord"));
    var about = house.receipts.get(1).about();
    assertThat(about.accession()).contains("A17");
    assertThat(about.studyUid()).contains(STUDY);
    assertThat(about.sopUid()).contains(SERIES + ".1");
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("\"department\":\"(unknown)\"", "\"Filed\":1", "\"Quarantined\":1")
        .doesNotContain("in/west", "Peeters");
  }

  @Test
  void anImageThatCannotBeDrawnIsFiledAndTold() throws Exception {
    put("in/noord/odd", DicomFixtures.spinningJpeg2000());
    run(Faults.none(), "in/noord/odd");
    assertThat(house.receipts).hasSize(1);
    assertThat(house.receipts.getFirst().code()).startsWith("not-drawn-");
    assertThat(house.receipts.getFirst().sentence()).contains("listed without");
    assertThat(house.receipts.getFirst().about().sopUid()).isPresent();
  }

  @Test
  void whatIsNoDicomGoesOnByItsContentNotItsName() throws Exception {
    put("in/noord/order.dcm", "{\"type\":\"order\"}".getBytes(StandardCharsets.UTF_8));
    run(Faults.none(), "in/noord/order.dcm");
    assertThat(house.messages).containsExactly("in/noord/order.dcm");
    assertThat(house.quarantine.all()).isEmpty();
  }

  @Test
  void otherBytesUnderAUidAreKeptAsideAndFlagged() throws Exception {
    put("in/noord/1", ct(1));
    put("in/noord/2", DicomFixtures.image(STUDY, SERIES.value(), SERIES + ".1").seed(9).bytes());
    run(Faults.none(), "in/noord/1");
    var first = Map.copyOf(house.studies.all());
    run(Faults.none(), "in/noord/2");
    assertThat(house.studies.all()).containsAllEntriesOf(first);
    assertThat(house.studies.all().keySet()).anyMatch(key -> key.startsWith("aside/noord/"));
    assertThat(studies().find(StudyId.of("noord", STUDY)).orElseThrow().flags())
        .contains("other-bytes");
  }

  @Test
  void aMendedInstanceIsShownFlaggedToldAndKeptAsItCame() throws Exception {
    var sound = ct(1);
    var bytes = Arrays.copyOf(sound, sound.length + 512);
    bytes[0] = 'M';
    put("in/noord/1", bytes);
    assertThat(run(Faults.none(), "in/noord/1")).isEqualTo("{\"batchItemFailures\":[]}");

    var place = "noord/" + spread() + "/" + STUDY + "/" + SERIES + "/" + SERIES + ".1";
    var kept = Map.copyOf(house.studies.all());
    assertThat(kept.keySet())
        .containsExactlyInAnyOrder(
            "p10/" + place + ".dcm",
            "aside/" + place + "/" + Sha256.hex(bytes) + ".dcm",
            "web/" + place + "/1-512.jpg");
    assertThat(kept.get("aside/" + place + "/" + Sha256.hex(bytes) + ".dcm")).isEqualTo(bytes);
    var instance = studies().instances(StudyId.of("noord", STUDY), SERIES).getFirst();
    var served = kept.getOrDefault("p10/" + place + ".dcm", new byte[0]);
    assertThat(instance.length()).isEqualTo(served.length);
    assertThat(instance.sha256()).isEqualTo(Sha256.hex(served));
    var pixels = instance.pixels().orElseThrow();
    assertThat(pixels.offset() + pixels.length()).isEqualTo(served.length);
    assertThat(studies().find(StudyId.of("noord", STUDY)).orElseThrow().flags()).contains("mended");
    assertThat(house.receipts).extracting(Receipt::code).containsExactly("mended");
    assertThat(house.receipts.getFirst().sentence())
        .endsWith("looked at: there were bytes behind the last element.");

    put("in/noord/again", bytes);
    run(Faults.none(), "in/noord/again");
    assertThat(house.studies.all()).isEqualTo(kept);
    assertThat(studies().instances(StudyId.of("noord", STUDY), SERIES)).hasSize(1);

    put("in/noord/2", sound);
    run(Faults.none(), "in/noord/2");
    assertThat(house.receipts.getLast().code()).isEqualTo("other-bytes");
  }

  @Test
  void aFileWithoutItsHeadIsRecognisedByItsFirstElement() throws Exception {
    var whole = ct(1);
    put("in/noord/1", Arrays.copyOfRange(whole, datasetStart(whole), whole.length));
    var lost = new byte[400];
    lost[0] = 8;
    put("in/noord/2", lost);
    run(Faults.none(), "in/noord/1", "in/noord/2");
    assertThat(studies().instances(StudyId.of("noord", STUDY), SERIES)).hasSize(1);
    assertThat(house.messages).isEmpty();
    assertThat(house.receipts).extracting(Receipt::code).containsExactly("mended", "not-dicom");
  }

  /// Files that other products refused, each a study of its own, twice and in any order.
  @Test
  void whatOthersRefusedIsShown() throws Exception {
    var seed = 20261127L;
    System.out.println("seed " + seed);
    var keys = new ArrayList<String>();
    for (var folder : CaseFiles.folders("s")) {
      keys.add("in/noord/" + folder.getFileName());
      put(keys.getLast(), Files.readAllBytes(folder.resolve("f.dcm")));
    }
    var told = new ArrayList<>(keys);
    told.addAll(keys);
    Collections.shuffle(told, new Random(seed));
    for (var key : told) {
      run(Faults.none(), key);
    }
    assertThat(house.quarantine.all()).isEmpty();
    assertThat(house.messages).isEmpty();
    var pictures = house.studies.all().keySet().stream().filter(key -> key.endsWith("/1-512.jpg"));
    assertThat(pictures).hasSameSizeAs(keys);
    assertThat(house.receipts).extracting(Receipt::code).containsOnly("mended");
  }

  private static int datasetStart(byte[] file) {
    return 144 + (file[140] & 0xFF) + ((file[141] & 0xFF) << 8);
  }

  @ParameterizedTest
  @CsvSource({"'\0 a17\0\0', A17", "'\u00A0A17  ', A17", "'  ', ''"})
  void anAccessionNumberIsReadWithoutItsPadding(String written, String accession) throws Exception {
    put(
        "in/noord/1",
        DicomFixtures.image(STUDY, SERIES.value(), SERIES + ".1").accession(written).bytes());
    run(Faults.none(), "in/noord/1");
    var study = studies().find(StudyId.of("noord", STUDY)).orElseThrow();
    assertThat(study.whose()).extracting(Whose::accession).containsExactly(accession);
  }

  @Test
  void anAccessionNumberOfWhichNothingCanBeMadeIsTold() throws Exception {
    put(
        "in/noord/1",
        DicomFixtures.image(STUDY, SERIES.value(), SERIES + ".1")
            .accession("9".repeat(65))
            .bytes());
    assertThat(run(Faults.none(), "in/noord/1")).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(house.receipts).extracting(Receipt::code).contains("accession-unusable");
  }

  @Test
  void theSameUidsInTwoDepartmentsAreTwoStudies() throws Exception {
    put("in/noord/1", ct(1));
    put("in/zuid/1", ct(1));
    run(Faults.none(), "in/noord/1", "in/zuid/1");
    assertThat(studies().instances(StudyId.of("noord", STUDY), SERIES)).hasSize(1);
    assertThat(studies().instances(StudyId.of("zuid", STUDY), SERIES)).hasSize(1);
    assertThat(house.studies.all().keySet().stream().filter(key -> key.startsWith("p10/zuid/")))
        .hasSize(1);
  }

  @Test
  void aStructuredReportIsReadOnceAndIsAReportOfItsStudy() throws Exception {
    var verified =
        Part10.explicit()
            .text(0x0040_A491, "CS", "COMPLETE")
            .text(0x0040_A493, "CS", "VERIFIED")
            .bytes();
    var said = Told.text("Finding", "Geen </script> <b>bijzonderheden</b>.");
    put("in/noord/sr", Told.file(Told.BASIC, "ISO_IR 192", verified, said));
    run(Faults.none(), "in/noord/sr");
    run(Faults.none(), "in/noord/sr");
    var study = StudyId.of("noord", Told.STUDY);
    var version = studies().versions(study).getFirst();
    assertThat(studies().versions(study)).hasSize(1);
    assertThat(version.state()).isEqualTo(Report.State.FINAL);
    var document = version.document().orElseThrow();
    assertThat(document.title()).isEqualTo("Radiology Report");
    assertThat(document.readable()).isTrue();
    var key = Keys.contents("noord", Told.STUDY, document.series(), document.uid());
    var contents = kept(key);
    assertThat(contents.objects("lines").getFirst().string("value"))
        .isEqualTo("Geen </script> <b>bijzonderheden</b>.");
    assertThat(studies().instances(study, document.series())).isEmpty();
  }

  @Test
  void aReportForWhichNobodyAnswersIsPreliminary() throws Exception {
    put("in/noord/sr", Told.file(Told.BASIC, "ISO_IR 192", Told.none(), Told.text("A", "b")));
    run(Faults.none(), "in/noord/sr");
    assertThat(studies().versions(StudyId.of("noord", Told.STUDY)).getFirst().state())
        .isEqualTo(Report.State.PRELIMINARY);
  }

  @Test
  void aCdaDocumentIsReadAndOneThatCannotBeIsAReportAllTheSame() throws Exception {
    var xml =
        "<ClinicalDocument><title>Verslag</title><component><structuredBody><component><section>"
            + "<title>Besluit</title><text>Normaal</text></section></component></structuredBody>"
            + "</component></ClinicalDocument>";
    cda("a", "1", xml);
    cda("b", "2", "<!DOCTYPE x [<!ENTITY y 'z'>]>" + xml);
    run(Faults.none(), "in/noord/a", "in/noord/b");
    var documents =
        studies().versions(StudyId.of("noord", STUDY)).stream()
            .flatMap(version -> version.document().stream())
            .sorted(java.util.Comparator.comparing(Document::uid))
            .toList();
    assertThat(documents).extracting(Document::title).containsExactly("Verslag", "");
    assertThat(documents).extracting(Document::readable).containsExactly(true, false);
    var first = documents.getFirst();
    assertThat(kept(Keys.contents("noord", STUDY, first.series(), first.uid())).objects("lines"))
        .extracting(line -> line.string("name") + line.string("value"))
        .containsExactly("Besluit", "Normaal");
  }

  private void cda(String name, String number, String xml) {
    var series = STUDY + ".8";
    var sop = series + "." + number;
    var dataset =
        Part10.explicit()
            .text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.104.2")
            .text(0x0008_0018, "UI", sop)
            .text(0x0010_0020, "LO", "P-1")
            .text(0x0020_000D, "UI", STUDY)
            .text(0x0020_000E, "UI", series)
            .element(0x0042_0011, "OB", xml.getBytes(StandardCharsets.UTF_8))
            .text(0x0042_0012, "LO", "text/XML")
            .bytes();
    put(
        "in/noord/" + name,
        Part10.file("1.2.840.10008.5.1.4.1.1.104.2", sop, "1.2.840.10008.1.2.1", dataset));
  }

  @Test
  void aSelectionOfImagesIsNoReport() throws Exception {
    put("in/noord/ko", Told.file(Told.KEY_OBJECTS, "ISO_IR 192", Told.none(), Told.image("1.2.3")));
    run(Faults.none(), "in/noord/ko");
    var study = StudyId.of("noord", Told.STUDY);
    assertThat(studies().versions(study)).isEmpty();
    var series = new SeriesUid(Told.STUDY + ".1");
    var filed = studies().instance(study, series, Told.STUDY + ".1.9").orElseThrow();
    assertThat(filed.kind()).isEqualTo(Instance.Kind.OTHER);
    assertThat(filed.document())
        .isEqualTo(
            new Document(
                series, filed.sopUid(), DocumentKind.KEY_OBJECTS, "Radiology Report", true));
  }

  private JsonObject kept(String key) {
    return JsonObject.parse(requireNonNull(house.studies.all().get(key)));
  }

  private static String required(JsonObject kept) {
    return "required: [" + String.join(", ", kept.names()) + "]";
  }

  /// What lies there is what the contract says of it.
  @Test
  void whatIsKeptOfADocumentHasTheContractsFields() throws Exception {
    put("in/noord/sr", Told.file(Told.BASIC, "ISO_IR 192", Told.none(), Told.image("1.2.3")));
    run(Faults.none(), "in/noord/sr");
    var key =
        Keys.contents("noord", Told.STUDY, new SeriesUid(Told.STUDY + ".1"), Told.STUDY + ".1.9");
    var kept = kept(key);
    var line = kept.objects("lines").getFirst();
    var contract = Files.readString(Path.of("../../docs/openapi.yaml"));
    assertThat(contract)
        .contains(required(kept), required(line), required(line.objects("references").getFirst()));
  }

  @Test
  void aDocumentIsAReportAndNeverAPicture() throws Exception {
    var pdf = "%PDF-1.4 made up".getBytes(StandardCharsets.UTF_8);
    put("in/noord/pdf", DicomFixtures.pdf(STUDY, STUDY + ".9", STUDY + ".9.1", pdf).bytes());
    run(Faults.none(), "in/noord/pdf");
    assertThat(studies().instances(StudyId.of("noord", STUDY), new SeriesUid(STUDY + ".9")))
        .isEmpty();
    var reports = studies().versions(StudyId.of("noord", STUDY));
    assertThat(reports).hasSize(1);
    var key = reports.getFirst().pdfKey().orElseThrow();
    assertThat(house.studies.all().get(key)).startsWith(pdf);
  }

  /// The type beside it may be spelled in any way, and the length beside it wrong.
  @ParameterizedTest
  @CsvSource({
    "%PDF-1.4 made up, application/pdf, true",
    "%PDF-1.4 made up, APPLICATION/PDF, true",
    "%PDF-1.4 made up, image/unknown!!, true",
    "<script>a</script>, application/pdf, false"
  })
  void whetherADocumentIsAPdfItsBytesSay(String content, String type, boolean is) throws Exception {
    var pdf = content.getBytes(StandardCharsets.UTF_8);
    var file = DicomFixtures.pdf(STUDY, STUDY + ".9", STUDY + ".9.1", pdf).bytes();
    var said =
        new String(file, StandardCharsets.ISO_8859_1)
            .replace("application/pdf", type)
            .getBytes(StandardCharsets.ISO_8859_1);
    said[said.length - 4] = 5; // (0042,0015), which stands last
    put("in/noord/pdf", said);
    run(Faults.none(), "in/noord/pdf");
    var reports = studies().versions(StudyId.of("noord", STUDY));
    assertThat(reports).hasSize(1);
    var key = reports.getFirst().pdfKey();
    assertThat(key.isPresent()).isEqualTo(is);
    key.ifPresent(one -> assertThat(house.studies.all().get(one)).startsWith(pdf));
  }

  @Test
  void aPictureThatCannotBeDrawnSaysWhy() throws Exception {
    put(
        "in/noord/j",
        DicomFixtures.image(STUDY, SERIES.value(), SERIES + ".1")
            .syntax(TransferSyntax.RLE)
            .frames(3)
            .bytes());
    run(Faults.none(), "in/noord/j");
    var instance = studies().instances(StudyId.of("noord", STUDY), SERIES).getFirst();
    assertThat(instance.frames()).isEqualTo(3);
    assertThat(instance.pictures())
        .isEqualTo(new Instance.Pictures(List.of(512), 3, List.of(), ""));
  }

  @Test
  void aVideoIsStoredAsBrowsersPlayIt() throws Exception {
    var stream = MadeVideo.stream("packets.ts");
    put("in/noord/v", MadeVideo.bytes(TransferSyntax.MPEG4, stream, 40, 2));
    run(Faults.none(), "in/noord/v");
    var instance =
        studies().instances(StudyId.of("noord", "1.2.3"), new SeriesUid("1.2.3.1")).getFirst();
    assertThat(instance.frames()).as("one to look at").isEqualTo(1);
    assertThat(instance.pictures()).isEqualTo(Instance.Pictures.video());
    assertThat(house.studies.all().keySet()).anyMatch(key -> key.endsWith("/1.2.3.4/video.mp4"));
    assertThat(house.receipts).isEmpty();
  }

  @Test
  void aVideoThatNoBrowserPlaysIsListedAndTold() throws Exception {
    var mpeg2 = new byte[] {0, 0, 1, (byte) 0xB3, 4, 0, 0x30, 0x13};
    put("in/noord/v", MadeVideo.bytes(TransferSyntax.MPEG2_MAIN, mpeg2, 40, 1));
    run(Faults.none(), "in/noord/v");
    assertThat(house.receipts)
        .extracting(Receipt::code)
        .containsExactly("not-drawn-unsupported-syntax");
    assertThat(house.studies.all().keySet()).noneMatch(key -> key.endsWith(".mp4"));
  }

  /// Its decoder never comes back: it is ended, and neither this message nor the next one waits.
  @Test
  void aFrameThatTurnsItsDecoderInCirclesIsListedWithoutAPicture() throws Exception {
    put("in/noord/h", DicomFixtures.spinningJpeg2000());
    put("in/noord/1", ct(1));
    assertThat(run(Faults.none(), "in/noord/h", "in/noord/1"))
        .isEqualTo("{\"batchItemFailures\":[]}");
    var listed = studies().instances(StudyId.of("noord", "2.25.301"), new SeriesUid("2.25.302"));
    assertThat(listed).hasSize(1);
    assertThat(listed.getFirst().pictures()).isEqualTo(Instance.Pictures.none("too-slow"));
    assertThat(house.studies.all().keySet())
        .anyMatch(key -> key.startsWith("p10/") && key.endsWith("/2.25.303.dcm"));
    assertThat(studies().instances(StudyId.of("noord", STUDY), SERIES)).hasSize(1);
    assertThat(ProcessHandle.current().children().filter(StudyIngestHandlerTest::decodes))
        .isEmpty();
  }

  @Test
  void aLongCineIsDrawnInStepsWithoutHoldingUpOthersAndNothingIsDrawnTwice() throws Exception {
    pictureTakes = Duration.ofSeconds(1);
    put("in/noord/c", cine(40));
    put("in/noord/1", ct(1));
    assertThat(run(Faults.none(), "in/noord/c", "in/noord/1"))
        .isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(cineInstance().pictures().goesOn()).isTrue();
    assertThat(cineInstance().pictures().frames()).isBetween(5, 15);
    assertThat(cineInstance().pictures().has(1)).as("to be seen from the first step on").isTrue();
    assertThat(studies().instances(StudyId.of("noord", STUDY), SERIES)).hasSize(1);

    var steps = 1;
    while (!house.again.isEmpty()) {
      steps++;
      run(Faults.none(), house.again.removeFirst());
    }
    assertThat(steps).isBetween(3, 4);
    assertThat(cineInstance().pictures())
        .isEqualTo(new Instance.Pictures(List.of(512), 40, List.of(), ""));
    assertThat(house.drawn).hasSize(40 + 1).doesNotHaveDuplicates();

    run(Faults.none(), "in/noord/c"); // told once more
    assertThat(house.drawn).hasSize(40 + 1);
    assertThat(house.again).isEmpty();
  }

  @Test
  void killedWithinAnyStepOfACineItEndsTheSame() throws Exception {
    pictureTakes = Duration.ofSeconds(1);
    put("in/noord/c", cine(20));
    runAll(Faults.none(), "in/noord/c");
    var expected = cineInstance();
    var pictures = house.studies.all().keySet();
    var struck = 0;
    for (var at = 1; ; at += 7) { // every seventh call: a hundred of them
      tables.clear();
      start();
      put("in/noord/c", cine(20));
      var faults = Faults.before(at);
      runAll(faults, "in/noord/c");
      assertThat(cineInstance()).as("killed at call " + at).isEqualTo(expected);
      assertThat(house.studies.all().keySet()).isEqualTo(pictures);
      if (!faults.struck()) {
        break;
      }
      struck++;
    }
    assertThat(struck).isGreaterThan(5);
  }

  /// A step that has no time for its first frame is not done, and comes again.
  @Test
  void aStepThatCannotBeginComesAgain() throws Exception {
    pictureTakes = Duration.ofSeconds(1);
    put("in/noord/c", cine(20));
    deadline = () -> Duration.ofSeconds(house.studies.all().isEmpty() ? 100 : 13);
    assertThat(run(Faults.none(), "in/noord/c")).contains("in/noord/c");
    assertThat(house.drawn).isEmpty();
    deadline = () -> Duration.ofMinutes(2);
    runAll(Faults.none(), "in/noord/c");
    assertThat(cineInstance().pictures().frames()).isEqualTo(20);
  }

  /// As the queue does: what failed and what goes on comes until all is done.
  private void runAll(Faults faults, String key) throws IOException {
    var waiting = new ArrayList<>(List.of(key));
    while (!waiting.isEmpty()) {
      var next = waiting.removeFirst();
      if (run(faults, next).contains(next)) {
        waiting.add(next);
      }
      waiting.addAll(house.again);
      house.again.clear();
    }
  }

  private Instance cineInstance() {
    return studies()
        .instance(StudyId.of("noord", STUDY), new SeriesUid(STUDY + ".8"), STUDY + ".8.1")
        .orElseThrow();
  }

  private static byte[] cine(int frames) {
    return DicomFixtures.image(STUDY, STUDY + ".8", STUDY + ".8.1")
        .syntax(TransferSyntax.RLE)
        .frames(frames)
        .bytes();
  }

  private static boolean decodes(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("DecoderMain");
  }

  /// The even ones are not sound, and are mended.
  private static byte[] everyOther(int i) {
    var bytes = ct(i);
    return i % 2 == 0 ? Arrays.copyOf(bytes, bytes.length + 512) : bytes;
  }

  @Test
  void killedAtAnyStepAndToldAgainItEndsTheSame() throws Exception {
    for (var i = 1; i <= 2; i++) {
      put("in/noord/" + i, everyOther(i));
    }
    run(Faults.none(), "in/noord/1", "in/noord/2");
    var expected = state();
    var steps = 0;
    for (var after : new boolean[] {false, true}) {
      for (var at = 1; ; at++) {
        tables.clear();
        start();
        for (var i = 1; i <= 2; i++) {
          put("in/noord/" + i, everyOther(i));
        }
        var faults = after ? Faults.after(at) : Faults.before(at);
        var answer = run(faults, "in/noord/1", "in/noord/2");
        if (!faults.struck()) {
          break;
        }
        steps++;
        assertThat(answer).as("killed at call " + at).contains("itemIdentifier");
        run(Faults.none(), "in/noord/1", "in/noord/2"); // Lambda tells the failed ones again
        assertThat(state()).as("killed at call " + at).isEqualTo(expected);
        assertThat(house.rollUps).isNotEmpty();
      }
    }
    assertThat(steps).isGreaterThan(20);
  }

  @Test
  void doubledAndShuffledItEndsTheSame() throws Exception {
    var keys = new ArrayList<String>();
    for (var i = 1; i <= 4; i++) {
      keys.add("in/noord/" + i);
      put(keys.getLast(), everyOther(i));
    }
    run(Faults.none(), keys.toArray(String[]::new));
    var expected = state();
    var seed = 20261123L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (var round = 0; round < 5; round++) {
      tables.clear();
      start();
      var told = new ArrayList<>(keys);
      told.addAll(keys);
      Collections.shuffle(told, random);
      for (var i = 1; i <= 4; i++) {
        put("in/noord/" + i, everyOther(i));
      }
      for (var key : told) {
        run(Faults.none(), key);
      }
      assertThat(state()).isEqualTo(expected);
    }
  }

  @Test
  void whatThereIsNoTimeForComesAgainAndWhatStandsIsSettled() throws Exception {
    for (var i = 1; i <= 3; i++) {
      put("in/noord/" + i, ct(i));
    }
    deadline = () -> Duration.ofSeconds(house.studies.all().size() < 3 ? 100 : 10);
    assertThat(run(Faults.none(), "in/noord/1", "in/noord/2", "in/noord/3"))
        .contains("in/noord/2", "in/noord/3")
        .doesNotContain("in/noord/1");
    assertThat(studies().instances(StudyId.of("noord", STUDY), SERIES)).hasSize(1);
    assertThat(house.rollUps).as("what stands is settled").hasSize(1);
  }

  @Test
  void aFileThatComesTooSlowlyIsGivenUpInTime() throws Exception {
    put("in/noord/1", ct(1));
    var asked = new AtomicInteger();
    deadline = () -> Duration.ofSeconds(asked.incrementAndGet() < 2 ? 100 : 10);
    assertThat(run(Faults.none(), "in/noord/1")).contains("in/noord/1");
    assertThat(house.studies.all()).isEmpty();
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("\"failure\":\"org.studygate.platform.Deadline$OutOfTime\"");
  }

  @Test
  void aMessageOfAnotherShapeFailsAlone() throws Exception {
    put("in/noord/1", ct(1));
    var good = JsonObject.parse(event("in/noord/1")).objects("Records").getFirst().json();
    for (var body : List.of("", "{", "[]", "{}", "{\"Records\":[{\"s3\":7}]}", "null")) {
      var bad = Json.text(Map.of("messageId", "bad", "body", body));
      var both = "{\"Records\":[" + bad + "," + good + "]}";
      assertThat(answer(Faults.none(), both.getBytes(StandardCharsets.UTF_8)))
          .as(body)
          .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"bad\"}]}");
    }
    assertThat(studies().instances(StudyId.of("noord", STUDY), SERIES)).hasSize(1);
  }

  private String state() {
    var objects = new TreeMap<String, Integer>();
    house.studies.all().forEach((key, bytes) -> objects.put(key, java.util.Arrays.hashCode(bytes)));
    return TableDump.of(tables.client(), "StudiesTable")
        + TableDump.of(tables.client(), "OrdersTable")
        + objects
        + house.quarantine.all().keySet();
  }

  private static byte[] ct(int number) {
    return DicomFixtures.image(STUDY, SERIES.value(), SERIES + "." + number)
        .patient("P-1", "Peeters^An", "19580307")
        .accession("A17")
        .numbers(1, number)
        .size(32, 24)
        .bytes();
  }

  private static String spread() {
    return Sha256.hex(STUDY.getBytes(StandardCharsets.UTF_8)).substring(0, 4);
  }

  private void put(String key, byte[] bytes) {
    house.inbox.all().put(key, bytes);
  }

  private DynamoStudies studies() {
    return new DynamoStudies(tables.client(), "StudiesTable");
  }

  /// As many functions as Lambda begins, each with one instance, all in the same moment.
  @Test
  void aHundredAtOnceOnOneStudyEndRight() throws Exception {
    var seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var together = new CyclicBarrier(AT_ONCE);
    var houses = new ArrayList<House>();
    var expected = new TreeMap<SeriesUid, Integer>(Comparator.comparing(SeriesUid::value));
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      var answers = new ArrayList<Future<String>>();
      for (var i = 1; i <= AT_ONCE; i++) {
        var series = new SeriesUid(STUDY + "." + (1 + random.nextInt(3)));
        expected.merge(series, 1, Integer::sum);
        var own = new House();
        houses.add(own);
        own.inbox
            .all()
            .put(
                "in/noord/1",
                DicomFixtures.image(STUDY, series.value(), series + "." + i)
                    .patient("P-1", "Peeters^An", "19580307")
                    .accession("A17")
                    .expectedInstances(AT_ONCE)
                    .size(32, 24)
                    .bytes());
        var event = event(own, "in/noord/1");
        answers.add(
            threads.submit(
                () -> {
                  together.await();
                  return answer(own, Faults.none(), event);
                }));
      }
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo("{\"batchItemFailures\":[]}");
      }
    }
    var study = StudyId.of("noord", STUDY);
    expected.forEach(
        (series, count) -> {
          assertThat(studies().instances(study, series)).hasSize(count);
          assertThat(studies().filed(study, series)).hasSize(count);
          assertThat(studies().building(study, series).orElseThrow().series().gen())
              .as("each change is counted")
              .isEqualTo((long) count);
        });
    var whose = Set.of(Samples.whose("P-1", "A17"));
    assertThat(studies().find(study).orElseThrow().whose()).isEqualTo(whose);
    var atOnce = houses.stream().flatMap(own -> own.now.stream()).distinct().toList();
    assertThat(atOnce)
        .as("whoever counts the last one asks for every series")
        .containsExactlyInAnyOrderElementsOf(
            expected.keySet().stream().map(series -> study + " " + series).toList());
  }

  private String run(Faults faults, String... keys) throws IOException {
    return answer(faults, event(keys));
  }

  private String answer(Faults faults, byte[] event) throws IOException {
    return answer(house, faults, event);
  }

  private String answer(House house, Faults faults, byte[] event) throws IOException {
    var dynamo = faults.wrap(DynamoDbClient.class, tables.client());
    var store = new DynamoStudies(dynamo, "StudiesTable");
    var rollUps = faults.wrap(RollUps.class, new Asked(house.rollUps, house.now));
    var departments = new DynamoDepartments(dynamo, "DepartmentsTable");
    var receipts = faults.wrap(Receipts.class, house.receipts::add);
    var orders = new DynamoOrders(dynamo, "OrdersTable");
    var linking = new Linking(store, orders, rollUps, receipts, clock);
    var bucket =
        faults.wrap(
            Objects.class, new Slow(house.studies, house.drawn, () -> clock.advance(pictureTakes)));
    var decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC());
    var handler =
        new StudyIngestHandler(
            new SqsBatch(log),
            new Ingest(
                faults.wrap(Objects.class, house.inbox),
                new Quarantine(
                    faults.wrap(Objects.class, house.quarantine), departments, receipts, log),
                new Filing(
                    bucket,
                    store,
                    receipts,
                    new Drawing(bucket, decoder, Budget.STANDARD, clock),
                    object -> house.again.add(object.key())),
                object -> house.messages.add(object.key())),
            decoder,
            () -> new Roster(departments),
            () -> new Arrivals(store, linking, rollUps, clock, log));
    var answer = new ByteArrayOutputStream();
    handler.handle(new ByteArrayInputStream(event), answer, deadline);
    return answer.toString(StandardCharsets.UTF_8);
  }

  private byte[] event(String... keys) {
    return event(house, keys);
  }

  private byte[] event(House house, String... keys) {
    var records = new ArrayList<Map<String, Object>>();
    for (var key : keys) {
      var size = house.inbox.all().getOrDefault(key, new byte[0]).length;
      var object = new InboxObject("inbox", key, size, clock.instant(), "01", "etag");
      records.add(Map.of("messageId", key, "body", object.event()));
    }
    return Json.bytes(Map.of("Records", records));
  }

  /// A bucket that takes its time for a picture.
  private record Slow(Objects objects, List<String> drawn, Runnable time) implements Objects {
    @Override
    public Optional<Found> open(String key) throws IOException {
      return objects.open(key);
    }

    @Override
    public Put put(String key, Content content) throws IOException {
      if (key.startsWith("web/")) {
        time.run();
        drawn.add(key);
      }
      return objects.put(key, content);
    }

    @Override
    public boolean copy(String fromBucket, String fromKey, String key) throws IOException {
      return objects.copy(fromBucket, fromKey, key);
    }
  }

  private record Asked(List<String> asked, List<String> now) implements RollUps {
    @Override
    public void later(StudyId study, SeriesUid series, long gen) {
      asked.add(study + " " + series);
    }

    @Override
    public void now(StudyId study, SeriesUid series) {
      now.add(study + " " + series);
    }

    @Override
    public void now(StudyId study) {
      asked.add(study.value());
    }
  }
}
