package org.studygate.bench;

import com.stripe.net.Webhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.studygate.json.JsonObject;
import org.studygate.local.runtime.IsolatedFunction;

/// Starts a function (`session`, or another by `-Dfunction`) under AWS's runtime interface client,
/// unprimed and primed, in turn with an empty function, and prints processor time to the first
/// answer, the wall time of the first request and of warm ones, and memory. Plain HTTP to a stub:
/// TLS and DynamoDB are not in it.
public final class ColdStart {
  private static final int ROUNDS = Integer.getInteger("rounds", 9);
  private static final int WARM = 2_000;

  private ColdStart() {}

  private record Variant(String name, Path zip, String handler, boolean primed) {}

  private record Run(
      double cpu, double init, double first, double warm50, double warm99, long memory) {}

  public static void main(String[] args) throws Exception {
    var function = System.getProperty("function", "session");
    var zip = Path.of("functions", function, "target/function.zip");
    var handler = handler(function) + "::handleRequest";
    var variants =
        List.of(
            new Variant("hello", helloZip(), Hello.class.getName() + "::handleRequest", false),
            new Variant(function + ", unprimed", zip, handler, false),
            new Variant(function + ", primed", zip, handler, true));
    var runs = new LinkedHashMap<Variant, List<Run>>();
    try (var stub = StoreStub.start()) {
      for (var round = 0; round < ROUNDS; round++) {
        for (var variant : variants) {
          runs.computeIfAbsent(variant, _ -> new ArrayList<>())
              .add(run(variant, stub, event(function)));
        }
      }
    }
    print(runs);
  }

  private static byte[] event(String function) throws Exception {
    var name =
        switch (function) {
          case "session" -> "look.json";
          case "reference-login" -> "login.json"; // refused: the stub knows no number
          case "payment-webhook" -> "session-completed.json";
          default -> throw new IllegalArgumentException("no event is named for " + function);
        };
    var event = Files.readString(Path.of("events", function, name));
    return (function.equals("payment-webhook") ? signed(event) : event)
        .getBytes(StandardCharsets.UTF_8);
  }

  /// With a signature of now, good for five minutes, which is longer than a round.
  private static String signed(String event) throws Exception {
    var body = JsonObject.parse(event.getBytes(StandardCharsets.UTF_8)).string("body");
    var now = System.currentTimeMillis() / 1000;
    var header = Webhook.Signature.generateSignatureHeader(body, "whsec_stub", now);
    return event.replaceFirst("t=[0-9]+,v1=[0-9a-f]+", header);
  }

  private static String handler(String function) {
    return switch (function) {
      case "session" -> "org.studygate.sessionview.SessionHandler";
      case "reference-login" -> "org.studygate.referencelogin.ReferenceLoginHandler";
      case "payment-webhook" -> "org.studygate.paymentwebhook.PaymentWebhookHandler";
      default -> throw new IllegalArgumentException("no handler is named for " + function);
    };
  }

  private static Run run(Variant variant, StoreStub stub, byte[] event) throws Exception {
    var log = Files.createTempFile("coldstart", ".log");
    var start =
        new IsolatedFunction.Start(
            variant.zip(), variant.handler(), environment(stub), pinned(), variant.primed(), log);
    try (var function = IsolatedFunction.start(start)) {
      var ready = function.api().awaitReady(Duration.ofSeconds(30));
      var cpuBefore = cpuMillis(function.pid());
      var sent = System.nanoTime();
      var answer = function.invoke(event);
      if (answer.failed()) {
        throw new IllegalStateException(Files.readString(log));
      }
      var cpu = cpuMillis(function.pid());
      var warm = new double[WARM];
      for (var i = 0; i < WARM; i++) {
        var at = System.nanoTime();
        warm[i] = (function.invoke(event).nanoTime() - at) / 1e6;
      }
      Arrays.sort(warm);
      return new Run(
          variant.primed() ? cpu - cpuBefore : cpu,
          (ready - function.startedNanos()) / 1e6,
          (answer.nanoTime() - sent) / 1e6,
          warm[WARM / 2],
          warm[WARM * 99 / 100],
          peakMemory(function.pid()));
    } finally {
      Files.delete(log);
    }
  }

  private static Map<String, String> environment(StoreStub stub) {
    var environment = new HashMap<String, String>();
    for (var table :
        List.of(
            "DEPARTMENTS",
            "ORDERS",
            "STUDIES",
            "REFERENCES",
            "BUCKETS",
            "CHALLENGES",
            "SESSIONS",
            "LIMITS",
            "OUTBOX",
            "PAYMENTS",
            "AUDIT")) {
      environment.put(table + "_TABLE", table.toLowerCase(Locale.ROOT));
    }
    environment.put("PUBLIC_ORIGIN", "https://example.org");
    environment.put("PEPPER_SECRET_ARN", "pepper");
    environment.put("ORIGIN_SECRET_ARN", "origin");
    environment.put("STRIPE_SECRET_ARN", "stripe");
    environment.put("STRIPE_API_BASE", stub.endpoint());
    environment.put("AWS_ENDPOINT_URL", stub.endpoint());
    return environment;
  }

  private static List<String> pinned() {
    return Files.isExecutable(Path.of("/usr/bin/taskset"))
        ? List.of("/usr/bin/taskset", "-c", "0")
        : List.of();
  }

  /// Processor time of all threads, from the scheduler's own accounts.
  private static double cpuMillis(long pid) throws IOException {
    var nanos = 0L;
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (var task : tasks) {
        nanos += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", 2)[0]);
      }
    }
    return nanos / 1e6;
  }

  private static long peakMemory(long pid) throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }

  private static Path helloZip() throws IOException {
    var zip = Files.createTempFile("hello", ".zip");
    var name = Hello.class.getName().replace('.', '/') + ".class";
    try (var out = new ZipOutputStream(Files.newOutputStream(zip));
        var in = Hello.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      out.putNextEntry(new ZipEntry(name));
      in.transferTo(out);
    }
    zip.toFile().deleteOnExit();
    return zip;
  }

  private static void print(Map<Variant, List<Run>> runs) {
    System.out.printf(
        "%-26s %8s %8s %8s %8s %8s %6s%n",
        "variant", "cpu ms", "init ms", "first ms", "p50 ms", "p99 ms", "MB");
    runs.forEach(
        (variant, of) ->
            System.out.printf(
                Locale.ROOT,
                "%-26s %8.0f %8.0f %8.1f %8.2f %8.2f %6d%n",
                variant.name(),
                of.stream().mapToDouble(Run::cpu).min().orElseThrow(),
                median(of.stream().mapToDouble(Run::init).toArray()),
                median(of.stream().mapToDouble(Run::first).toArray()),
                median(of.stream().mapToDouble(Run::warm50).toArray()),
                median(of.stream().mapToDouble(Run::warm99).toArray()),
                of.stream().mapToLong(Run::memory).max().orElseThrow()));
    System.out.println(
        "cpu: minimum of the rounds, from process start to the first answer (primed: the first answer alone); else medians of "
            + ROUNDS
            + " rounds");
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
