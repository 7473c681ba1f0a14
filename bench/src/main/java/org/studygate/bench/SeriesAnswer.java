package org.studygate.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.studygate.access.TestHospital;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.MadeCt;
import org.studygate.dicom.Previews;
import org.studygate.dicom.draw.Rendered;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.Json;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestContext;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;
import org.studygate.studyrollup.StudyRollUpHandler;
import org.studygate.studyview.StudyViewHandler;

/// What a long series costs: its film, made of pictures as a CT has them, and the answer that names
/// it. Ends with 1 if the answer of 300 slices takes 5 ms beyond the stores' own time, or 25 kB.
public final class SeriesAnswer {
  private static final OrderId ORDER = new OrderId("noord", "BENCH");

  /// As long as a maker of scanners makes them.
  private static final String UID = "1.3.12.2.1107.5.1.4.73473.30000026112706415323000";

  private static final int ROUNDS = 100;
  private static final double MOST_MILLIS = 5;
  private static final int MOST_BYTES = 25_000;

  private final PrintStream out;
  private final byte[] picture;

  private SeriesAnswer(PrintStream out, byte[] picture) {
    this.out = out;
    this.picture = picture;
  }

  public static void main(String[] arguments) throws Exception {
    var bench = new SeriesAnswer(System.out, picture());
    var within = bench.measure(300);
    bench.measure(3_000);
    System.exit(within ? 0 : 1);
  }

  /// A slice through the chest, with its small picture within.
  private static byte[] picture() throws IOException {
    var slice = new MadeCt(1, "P-1", "Peeters^An", "19580307", "F", "A17", 300).slice(150);
    try (var decoder = new DecoderProcess(Budget.STANDARD, java.time.Clock.systemUTC());
        var bytes = Bytes.of(slice)) {
      if (DicomFile.open(bytes, Bounds.STANDARD) instanceof DicomFile file
          && Previews.render(file, 0, Previews.sizes("CT"), decoder)
              instanceof Rendered.Pictures(var pictures)) {
        return pictures.getFirst().jpeg();
      }
      throw new IllegalStateException("no picture");
    }
  }

  private boolean measure(int slices) throws Exception {
    try (var tables = TestTables.start();
        var pictures = PictureStore.start(List.of(picture))) {
      var clock = TestClock.at("2026-11-23T10:00:00Z");
      var hospital = new TestHospital(tables, clock);
      hospital.department("noord", new ReportRule.AtOnce());
      var number = "RIS-2026-BENCH-48151623";
      var bucket = hospital.order(ORDER, number, Verification.DATE_OF_BIRTH, false, UID);
      var study = hospital.study(ORDER, UID, slices);
      var variables = new HashMap<>(TestHospital.variables());
      variables.put("AWS_ENDPOINT_URL_S3", pictures.endpoint().toString());
      variables.put("AWS_ENDPOINT_URL_SQS", pictures.endpoint().toString());
      variables.put("ROLL_UP_QUEUE_URL", pictures.endpoint() + "/queue");
      variables.put("RECEIPTS_BUCKET", "receipts");
      var platform = TestPlatform.of(clock, tables, variables);
      film(slices, study, new StudyRollUpHandler(platform), pictures);
      var token = new Token("bench");
      new DynamoSessions(tables.client(), "SessionsTable")
          .begin(
              Session.begin(
                  token.hash(), new Subject.OfBucket(bucket), 0, "noord", clock.instant()));
      return answer(slices, new StudyViewHandler(platform), request(study, token));
    }
  }

  private void film(int slices, StudyId study, StudyRollUpHandler handler, PictureStore pictures)
      throws IOException {
    var message = Map.of("study", study.value(), "series", UID + ".1", "gen", 1);
    var record = Map.of("messageId", "1", "body", Json.text(message));
    var event = new ByteArrayInputStream(Json.bytes(Map.of("Records", List.of(record))));
    heaps().forEach(MemoryPoolMXBean::resetPeakUsage);
    var began = System.nanoTime();
    var answer = new ByteArrayOutputStream();
    handler.handleRequest(event, answer, TestContext.until(() -> Duration.ofMinutes(2)));
    var took = (System.nanoTime() - began) / 1e9;
    if (!answer.toString(StandardCharsets.UTF_8).equals("{\"batchItemFailures\":[]}")) {
      throw new IllegalStateException("no film was made");
    }
    var peak = heaps().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    out.printf(
        "%5d slices  film    %5.1f MB, %d reads of %.1f kB, %.2f s, heap %d MB at its peak%n",
        slices, pictures.written() / 1e6, pictures.reads(), picture.length / 1e3, took, peak >> 20);
  }

  private static List<MemoryPoolMXBean> heaps() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static HttpRequest request(StudyId study, Token token) throws IOException {
    try (var in = Files.newInputStream(Path.of("events", "study-view", "list.json"))) {
      var listed = TestEvents.cookie(HttpRequest.read(in), token);
      var series = TestEvents.path(listed, "/api/studies/" + study + "/series/" + UID + ".1");
      return TestEvents.header(series, "accept-encoding", "gzip");
    }
  }

  private boolean answer(int slices, StudyViewHandler view, HttpRequest request) {
    var whole = new long[ROUNDS];
    var beyond = new long[ROUNDS];
    var ours = new long[ROUNDS];
    var processor = new long[ROUNDS];
    var bytes = 0;
    var calls = 0;
    for (var round = -ROUNDS; round < ROUNDS; round++) { // the first half warms up
      var before = InStores.spent();
      var began = InStores.Spent.now();
      var answer = view.answer(request);
      var took = InStores.Spent.now().since(began);
      var stores = InStores.spent().since(before);
      bytes = packed(answer);
      calls = stores.calls();
      if (round >= 0) {
        whole[round] = took.nanos();
        beyond[round] = took.nanos() - stores.nanos();
        ours[round] = took.processor() - stores.processor();
        processor[round] = took.processor();
      }
    }
    out.printf(
        "%5d slices  answer  %5.1f kB packed, %d calls of stores, p50 %.1f ms; beyond them p50 %.1f ms,"
            + " p99 %.1f ms, processor %.1f ms, with the SDK's %.1f ms%n",
        slices,
        bytes / 1e3,
        calls,
        percent(50, whole),
        percent(50, beyond),
        percent(99, beyond),
        percent(50, ours),
        percent(50, processor));
    return percent(50, beyond) < MOST_MILLIS && bytes < MOST_BYTES;
  }

  private static double percent(int percent, long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length * percent / 100] / 1e6;
  }

  private static int packed(HttpResponse answer) {
    if (answer.status() != 200 || !"gzip".equals(answer.headers().get("content-encoding"))) {
      throw new IllegalStateException("answered " + answer.status() + ", not packed");
    }
    return Base64.getDecoder().decode(answer.body()).length;
  }
}
