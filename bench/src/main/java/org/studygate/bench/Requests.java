package org.studygate.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.studygate.access.TestHospital;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.TestEvents;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.referencelogin.ReferenceLoginHandler;
import org.studygate.study.OrderId;
import org.studygate.studyview.StudyViewHandler;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What a visit costs in DynamoDB, however many numbers there are: requests and capacity units of a
/// login, a list of studies and a manifest. Ends with 1 if they differ between the two sizes.
public final class Requests {
  private static final String NUMBER = "RIS-2026-BENCH-48151623";
  private static final OrderId ORDER = new OrderId("noord", "BENCH");
  private static final int BATCH = 25;
  private static final Map<String, String> COPIED =
      Map.of(
          "ReferencesTable", "reference_hash",
          "BucketsTable", "bucket_id",
          "OrdersTable", "order_id",
          "StudiesTable", "study_id");

  private final PrintStream out;

  private Requests(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    var bench = new Requests(System.out);
    var small = bench.measure(Integer.getInteger("small", 1_000));
    var large = bench.measure(Integer.getInteger("large", 100_000));
    System.exit(small.equals(large) ? 0 : 1);
  }

  private List<Meter.Cost> measure(int numbers) throws Exception {
    try (var tables = TestTables.start();
        var meter = Meter.start(tables.endpoint())) {
      var clock = TestClock.at("2026-11-23T10:00:00Z");
      var hospital = new TestHospital(tables, clock);
      hospital.department("noord", new ReportRule.AtOnce());
      hospital.order(ORDER, NUMBER, Verification.DATE_OF_BIRTH, false, "1.2.3");
      var study = hospital.study(ORDER, "1.2.3", 3);
      multiply(tables, numbers);
      var variables = new HashMap<>(TestHospital.variables());
      variables.put("ROLL_UP_QUEUE_URL", meter.endpoint() + "/queue"); // nobody asks
      var platform = TestPlatform.of(clock, meter.endpoint(), tables.region(), variables);
      var login = new ReferenceLoginHandler(platform);
      var view = new StudyViewHandler(platform);
      var typed =
          TestEvents.body(
              event("reference-login", "login"),
              "{\"reference\":\"" + NUMBER + "\",\"dateOfBirth\":\"1958-03-07\"}");
      login.answer(typed); // the first one reads secrets and policies
      meter.take();
      var opened = login.answer(typed);
      var cost = new ArrayList<Meter.Cost>();
      report("login", numbers, opened.status(), meter, cost);
      var list = TestEvents.cookie(event("study-view", "list"), TestEvents.cookie(opened));
      var listed = view.answer(list);
      report("study list", numbers, listed.status(), meter, cost);
      var shown = view.answer(TestEvents.path(list, "/api/studies/" + study));
      report("manifest", numbers, shown.status(), meter, cost);
      return cost;
    }
  }

  private static HttpRequest event(String function, String name) throws IOException {
    var file = java.nio.file.Path.of("events", function, name + ".json");
    try (var in = java.nio.file.Files.newInputStream(file)) {
      return HttpRequest.read(in);
    }
  }

  private void report(String call, int numbers, int status, Meter meter, List<Meter.Cost> costs) {
    if (status != 200) {
      throw new IllegalStateException(call + " answered " + status);
    }
    var cost = meter.take();
    costs.add(cost);
    out.printf(
        "%7d numbers  %-10s  %5.1f units  %s%n", numbers, call, cost.capacity(), cost.requests());
  }

  /// Copies of everything the hospital has registered, under other keys. As many numbers to a
  /// request as fit, and two requests at a time: the store writes while the next one is made.
  private static void multiply(TestTables tables, int numbers) {
    var originals = new HashMap<String, List<Map<String, AttributeValue>>>();
    for (var table : COPIED.keySet()) {
      originals.put(table, tables.client().scan(scan -> scan.tableName(table)).items());
    }
    var together = BATCH / originals.values().stream().mapToInt(List::size).sum();
    IntStream.range(0, (numbers - 1 + together - 1) / together)
        .parallel()
        .forEach(
            request -> {
              var first = 1 + request * together;
              write(tables, originals, first, Math.min(numbers, first + together));
            });
  }

  private static WriteRequest copy(Map<String, AttributeValue> item, String key, int number) {
    var copy = new HashMap<>(item);
    for (var name : java.util.Set.copyOf(List.of(key, "order_id"))) {
      copy.computeIfPresent(name, (same, value) -> AttributeValue.fromS(value.s() + "x" + number));
    }
    return WriteRequest.builder().putRequest(PutRequest.builder().item(copy).build()).build();
  }

  private static void write(
      TestTables tables,
      Map<String, List<Map<String, AttributeValue>>> originals,
      int from,
      int before) {
    var batch = new HashMap<String, List<WriteRequest>>();
    COPIED.forEach(
        (table, key) -> {
          var copies = new ArrayList<WriteRequest>();
          for (var item : originals.getOrDefault(table, List.of())) {
            for (var number = from; number < before; number++) {
              copies.add(copy(item, key, number));
            }
          }
          batch.put(table, copies);
        });
    var left = tables.client().batchWriteItem(write -> write.requestItems(batch));
    if (!left.unprocessedItems().isEmpty()) {
      throw new IllegalStateException("the store did not take everything");
    }
  }
}
