package org.studygate.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.studygate.access.TestHospital;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dicom.MadeCt;
import org.studygate.dynamo.TestTables;
import org.studygate.json.Json;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestContext;
import org.studygate.platform.TestPlatform;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;
import org.studygate.studyrollup.StudyRollUpHandler;

/// What the exact pixels of a CT cost to make: slices of 512 x 512 through the chest, out of a
/// stand-in for S3 that answers at once. Ends with 1 if none were made.
public final class PlanesRate {
  private static final OrderId ORDER = new OrderId("noord", "BENCH");
  private static final String UID = "1.2.826.0.9.1";
  private static final int SLICES = 300;
  private static final double RAW = 512 * 512 * 2;

  private PlanesRate() {}

  public static void main(String[] arguments) throws Exception {
    var made = new MadeCt(1, "P-1", "Peeters^An", "19580307", "F", "A17", SLICES);
    var originals = IntStream.range(0, 10).mapToObj(i -> made.slice(15 + i * SLICES / 10)).toList();
    measure(System.out, originals, SLICES); // warms up
    System.exit(measure(System.out, originals, Integer.getInteger("slices", SLICES)) ? 0 : 1);
  }

  private static boolean measure(PrintStream out, List<byte[]> originals, int slices)
      throws Exception {
    try (var tables = TestTables.start();
        var store = PictureStore.start(originals)) {
      var clock = TestClock.at("2026-11-23T10:00:00Z");
      var hospital = new TestHospital(tables, clock);
      hospital.department("noord", new ReportRule.AtOnce());
      hospital.order(ORDER, "RIS-2026-BENCH-48151623", Verification.DATE_OF_BIRTH, false, UID);
      var study = hospital.study(ORDER, UID, slices);
      var variables = new HashMap<>(TestHospital.variables());
      variables.put("AWS_ENDPOINT_URL_S3", store.endpoint().toString());
      variables.put("AWS_ENDPOINT_URL_SQS", store.endpoint().toString());
      variables.put("ROLL_UP_QUEUE_URL", store.endpoint() + "/queue");
      variables.put("RECEIPTS_BUCKET", "receipts");
      var handler = new StudyRollUpHandler(TestPlatform.of(clock, tables, variables));
      make(out, slices, study, handler, store);
      return new DynamoStudies(tables.client(), "StudiesTable")
              .series(study)
              .getFirst()
              .exact()
              .orElse(null)
          instanceof Series.Exact.Made;
    }
  }

  private static void make(
      PrintStream out, int slices, StudyId study, StudyRollUpHandler handler, PictureStore store)
      throws IOException {
    var series = new SeriesUid(UID + ".1");
    var message = Map.of("study", study.value(), "series", series.value(), "exact", true);
    var record = Map.of("messageId", "1", "body", Json.text(message));
    var event = new ByteArrayInputStream(Json.bytes(Map.of("Records", List.of(record))));
    heaps().forEach(MemoryPoolMXBean::resetPeakUsage);
    var processor = ManagementFactory.getThreadMXBean();
    var used = processor.getCurrentThreadCpuTime();
    var began = System.nanoTime();
    var answer = new ByteArrayOutputStream();
    handler.handleRequest(event, answer, TestContext.until(() -> Duration.ofMinutes(2)));
    var took = (System.nanoTime() - began) / 1e9;
    var ours = (processor.getCurrentThreadCpuTime() - used) / 1e6;
    if (!answer.toString(StandardCharsets.UTF_8).equals("{\"batchItemFailures\":[]}")) {
      throw new IllegalStateException("no exact pixels were made");
    }
    var peak = heaps().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    var bytes = store.written();
    out.printf(
        "%5d slices  %.1f kB a slice, %.2f : 1, %.1f s, %.1f ms of processor time a slice, heap %d MB%n",
        slices, bytes / 1e3 / slices, RAW * slices / bytes, took, ours / slices, peak >> 20);
  }

  private static List<MemoryPoolMXBean> heaps() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
