package org.studygate.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.studygate.dicom.MadeCt;
import org.studygate.json.JsonObject;
import org.studygate.local.Stack;
import org.studygate.platform.Aws;
import org.studygate.platform.Environment;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Studies;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// A CT put into the inbox until its patient may see it, through the whole local stack; beside it
/// the same bytes into Orthanc. Both have taken in another CT before.
public final class IngestRate {
  private static final int CONNECTIONS = 4;
  private static final int WARM = 300;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration ADDRESS = Duration.ofHours(1);
  private static final String DEPARTMENT = "noord";
  private static final String BIRTH_DATE = "1958-03-07";

  private final PrintStream out;
  private final Path folder;

  private IngestRate(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    var instances = Integer.getInteger("instances", 300);
    var folder = Files.createTempDirectory("ingest");
    try {
      var bench = new IngestRate(System.out, folder);
      var warm = bench.made("WARM", 4712, WARM);
      var study = bench.made("BENCH", 4711, instances);
      bench.ours(warm, study);
      bench.orthanc(warm, study);
    } finally {
      delete(folder);
    }
  }

  /// A study on disk: the heap is for those who take it in.
  private record Made(String number, String accession, String uid, List<Path> files) {}

  private Made made(String accession, long seed, int slices) throws IOException {
    var ct = new MadeCt(seed, "P-4711", "Peeters^An", "19580307", "F", accession, slices);
    var files = new ArrayList<Path>();
    Files.createDirectories(folder.resolve(accession));
    for (var slice = 0; slice < slices; slice++) {
      files.add(
          Files.write(
              folder.resolve(accession).resolve("ct-%05d".formatted(slice)), ct.slice(slice)));
    }
    return new Made("R1R0-AYV6-M8KX-" + seed, accession, ct.studyUid(), files);
  }

  private void ours(Made warm, Made study) throws Exception {
    var root = Path.of("").toAbsolutePath();
    var classPath = Files.readString(Path.of(System.getProperty("studygate.dynamodb.classpath")));
    var python = Path.of(System.getProperty("studygate.python"));
    try (var stack = Stack.empty(root, folder.resolve("data"), classPath.strip(), python);
        var hospital = new Hospital(stack.origin())) {
      var studies = studies(stack);
      run(hospital, studies, warm);
      Calls.take();
      var before = Processor.now();
      var took = run(hospital, studies, study);
      var used = Processor.now().since(before);
      var count = study.files().size();
      out.printf(
          "%n%d instances, from the first put until the patient may see them: %.1f s, %.0f a second;"
              + " put after %.1f s%n",
          count, seconds(took.seen()), count / seconds(took.seen()), seconds(took.put()));
      out.println("milliseconds of processor time an instance:");
      used.forEach((who, nanos) -> out.printf("  %6.2f  %s%n", nanos / 1e6 / count, who));
      out.println("requests an instance, of the functions and of what hands them their queues:");
      Calls.take()
          .forEach((call, calls) -> out.printf("  %6.2f  %s%n", (double) calls / count, call));
      out.printf(
          "memory: heap at most %d MB, resident at its peak %s%n",
          Runtime.getRuntime().maxMemory() >> 20, peak(ProcessHandle.current()));
    }
  }

  private record Took(long put, long seen) {}

  private static Took run(Hospital hospital, Studies studies, Made study) throws Exception {
    hospital.order(study);
    var addresses = hospital.addresses(study);
    var start = System.nanoTime();
    inParallel(
        "hospital",
        study.files().size(),
        i -> hospital.put(addresses.get(i), study.files().get(i)));
    var put = System.nanoTime() - start;
    await(
        () -> {
          TimeUnit.MILLISECONDS.sleep(50);
          return studies.contents(StudyId.of(DEPARTMENT, study.uid())).filter(seen(study));
        });
    var seen = System.nanoTime() - start;
    hospital.look(study);
    return new Took(put, seen);
  }

  /// As study-view judges it: asked of the table, since a patient would be signed out for asking so
  /// often.
  private static Predicate<StudyContents> seen(Made study) {
    return contents ->
        contents.study().complete()
            && contents.study().order().isPresent()
            && contents.study().instances() == study.files().size();
  }

  private static Studies studies(Stack stack) {
    var variables = stack.environment("StudyIngestFunction");
    var environment = new Environment(variables);
    return new DynamoStudies(Aws.of(environment).dynamo(), environment.required("STUDIES_TABLE"));
  }

  private interface Asking<T> {
    Optional<T> ask() throws IOException, InterruptedException;
  }

  private static <T> T await(Asking<T> asking) throws IOException, InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    do {
      var answer = asking.ask();
      if (answer.isPresent()) {
        return answer.get();
      }
    } while (System.nanoTime() < end);
    throw new IOException("it did not come about in " + PATIENCE);
  }

  private void orthanc(Made warm, Made study) throws Exception {
    var started = Orthanc.start(folder.resolve("orthanc"));
    if (started.isEmpty()) {
      out.println("\nOrthanc is not installed (Debian: apt-get install orthanc): NOT compared.");
      return;
    }
    try (var orthanc = started.get()) {
      inParallel("orthanc", warm.files().size(), i -> orthanc.store(warm.files().get(i)));
      var before = Processor.nanos(orthanc.handle());
      var start = System.nanoTime();
      inParallel("orthanc", study.files().size(), i -> orthanc.store(study.files().get(i)));
      var took = System.nanoTime() - start;
      var used = Processor.nanos(orthanc.handle()) - before;
      var count = study.files().size();
      out.printf(
          "%nOrthanc, the same %d: %.1f s, %.0f a second, %.2f ms of its processor time an instance,"
              + " resident at its peak %s%n",
          count, seconds(took), count / seconds(took), used / 1e6 / count, peak(orthanc.handle()));
    }
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private static String peak(ProcessHandle process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
        .findFirst()
        .orElse("unknown");
  }

  @FunctionalInterface
  private interface Work {
    void on(int number) throws Exception;
  }

  private static void inParallel(String name, int count, Work work) throws Exception {
    var next = new AtomicInteger();
    var threads = Thread.ofPlatform().name(name + "-", 0).factory();
    try (var workers = Executors.newFixedThreadPool(CONNECTIONS, threads)) {
      var all = new ArrayList<Future<?>>();
      for (var i = 0; i < CONNECTIONS; i++) {
        all.add(
            workers.submit(
                () -> {
                  for (var at = next.getAndIncrement(); at < count; at = next.getAndIncrement()) {
                    work.on(at);
                  }
                  return null;
                }));
      }
      for (var one : all) {
        one.get();
      }
    } catch (ExecutionException failure) {
      throw new IOException(failure.getCause());
    }
  }

  /// Sends and looks as a hospital and a patient do. The addresses are signed beforehand: over TLS
  /// nobody signs what an object holds.
  private static final class Hospital implements AutoCloseable {
    private final URI origin;
    private final HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(
                Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("hospital-http-", 0).factory()))
            .build();
    private final S3Presigner signer;
    private final String inbox;

    Hospital(URI origin) throws Exception {
      this.origin = origin;
      var config =
          JsonObject.parse(
              client
                  .send(
                      HttpRequest.newBuilder(origin.resolve("/local/config.json")).build(),
                      BodyHandlers.ofByteArray())
                  .body());
      var s3 = config.object("s3");
      var key =
          config.objects("departments").stream()
              .filter(one -> one.string("id").equals(DEPARTMENT))
              .findFirst()
              .orElseThrow();
      this.inbox = s3.string("inbox");
      this.signer =
          S3Presigner.builder()
              .endpointOverride(URI.create(s3.string("endpoint")))
              .region(Region.of(s3.string("region")))
              .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
              .credentialsProvider(
                  StaticCredentialsProvider.create(
                      AwsBasicCredentials.create(key.string("accessKey"), key.string("secretKey"))))
              .build();
    }

    private URI address(String name) {
      return URI.create(
          signer
              .presignPutObject(
                  sign ->
                      sign.signatureDuration(ADDRESS)
                          .putObjectRequest(
                              put -> put.bucket(inbox).key("in/" + DEPARTMENT + "/" + name)))
              .url()
              .toString());
    }

    List<URI> addresses(Made study) {
      return study.files().stream()
          .map(file -> address(study.accession() + "/" + file.getFileName()))
          .toList();
    }

    void put(URI address, Path file) throws IOException, InterruptedException {
      put(address, HttpRequest.BodyPublishers.ofFile(file));
    }

    private void put(URI address, HttpRequest.BodyPublisher body)
        throws IOException, InterruptedException {
      var answer =
          client.send(HttpRequest.newBuilder(address).PUT(body).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("a put was answered " + answer.statusCode() + ": " + answer.body());
      }
    }

    void order(Made study) throws IOException, InterruptedException {
      var order =
          """
          {"type":"order","accession":"%s","placedAt":"%s",
           "patient":{"id":"P-4711","familyName":"Peeters","givenName":"An","birthDate":"%s","sex":"F",
             "language":"nl","mobile":"+32470123456"},
           "requestedBy":{"number":"10012345004","familyName":"Maes","givenName":"Jan"},
           "studies":[{"uid":"%s","description":"CT thorax","date":"2026-01-05","modality":"CT"}],
           "reference":{"number":"%s","verification":"date-of-birth","report":true}}
          """
              .formatted(study.accession(), Instant.now(), BIRTH_DATE, study.uid(), study.number());
      put(address(study.accession() + "/order.json"), HttpRequest.BodyPublishers.ofString(order));
    }

    /// And the patient does see it.
    void look(Made study) throws IOException, InterruptedException {
      var login =
          HttpRequest.newBuilder(origin.resolve("/api/patient/login"))
              .header("content-type", "application/json")
              .header("x-studygate", "1")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"reference\":\"%s\",\"dateOfBirth\":\"%s\"}"
                          .formatted(study.number(), BIRTH_DATE)))
              .build();
      var cookie =
          client.send(login, BodyHandlers.ofString()).headers().firstValue("set-cookie").orElse("");
      var path = "/api/studies/" + StudyId.of(DEPARTMENT, study.uid()).value();
      var ask =
          HttpRequest.newBuilder(origin.resolve(path))
              .header("cookie", cookie.replaceFirst(";.*", ""))
              .build();
      var answer = client.send(ask, BodyHandlers.ofString()).body();
      if (!answer.contains("\"instances\":" + study.files().size())) {
        throw new IOException("the patient sees otherwise: " + answer);
      }
    }

    @Override
    public void close() {
      signer.close();
      client.close();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
