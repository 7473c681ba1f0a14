package org.studygate.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Paid;
import org.studygate.access.Scope;
import org.studygate.department.Verification;
import org.studygate.json.JsonObject;
import org.studygate.local.Stack;
import org.studygate.platform.Aws;
import org.studygate.platform.Environment;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.OrderId;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// `docs/access.md`: every route, and what it answers to whom. The table is tried on the local
/// stack, with somebody of each kind signed in.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AllowMatrixTest {
  private static final String ORDER =
      """
      {"type": "order", "accession": "MATRIX", "placedAt": "2026-11-20T08:15:00Z",
       "patient": {"id": "P-1", "familyName": "Peeters", "birthDate": "1958-03-07"},
       "studies": [{"uid": "1.2.3", "description": "CT thorax"}],
       "reference": {"number": "MATRIX-OF-ACCESS-48151623", "verification": "date-of-birth"}}
      """;
  private static final Pattern ID = Pattern.compile("\"id\":\"(noord\\.[^\"]+)\"");
  private static final String PATIENT = "bucket-of-the-matrix";
  private static final String SENT = "bucket-to-be-withdrawn";
  private static final List<String> KINDS =
      List.of(
          "nobody", "patient", "professional", "staff", "admin", "service desk", "admin elsewhere");

  /// Of the demo's cast, who come with every stack.
  private static final Map<String, String> ACCOUNTS =
      Map.of(
          "professional", "demo-janssens",
          "staff", "demo-noord-staff",
          "admin", "demo-noord-admin",
          "service desk", "demo-desk",
          "admin elsewhere", "demo-lindenhof-admin");

  private final Map<String, Map<String, String>> matrix = read();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> bodies = bodies();
  private Stack stack;
  private String order = "";
  private int visits;
  private DynamoSessions sessions;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    var dynamo = Folders.ROOT.resolve("local/dynamodb/target");
    var classPath = dynamo.resolve("classes") + ":" + Files.readString(dynamo.resolve("classpath"));
    var python = Folders.ROOT.resolve(".venv/bin/python");
    stack = Stack.empty(Folders.ROOT, folder, classPath.strip(), python);
    var tables = Aws.of(new Environment(stack.environment("SessionFunction"))).dynamo();
    sessions = new DynamoSessions(tables, "SessionsTable");
    var buckets = new DynamoBuckets(tables, "BucketsTable");
    buckets.register(bucket(PATIENT), "number", "birth", "1");
    buckets.register(bucket(SENT), "other-number", "birth", "1");
    order = sent();
  }

  /// An order of the department, as its id stands at the desk.
  private String sent() throws Exception {
    var config = JsonObject.parse(get("/local/config.json", "nobody").body().getBytes(UTF_8));
    var noord =
        config.objects("departments").stream()
            .filter(one -> one.string("id").equals("noord"))
            .findFirst()
            .orElseThrow();
    var keys = AwsBasicCredentials.create(noord.string("accessKey"), noord.string("secretKey"));
    try (var s3 =
        S3Client.builder()
            .endpointOverride(URI.create(config.object("s3").string("endpoint")))
            .forcePathStyle(true)
            .region(Region.of(config.object("s3").string("region")))
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(StaticCredentialsProvider.create(keys))
            .build()) {
      s3.putObject(
          put -> put.bucket(config.object("s3").string("inbox")).key("in/noord/order.json"),
          RequestBody.fromString(ORDER));
    }
    stack.awaitQuiet();
    var orders = ID.matcher(get("/api/desk/orders", "staff").body());
    assertThat(orders.find()).isTrue();
    return orders.group(1);
  }

  private HttpResponse<String> get(String path, String kind) throws Exception {
    return call("GET " + path, kind);
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @Test
  void everyRouteHasARowAndEveryRowARoute() throws IOException {
    List<Map<String, String>> routes =
        new Yaml().load(Files.readString(Folders.ROOT.resolve("docs/routes.json")));
    assertThat(matrix.keySet())
        .containsExactlyInAnyOrderElementsOf(
            routes.stream().map(route -> route.get("method") + " " + route.get("path")).toList());
  }

  @TestFactory
  Stream<DynamicTest> everyCellHolds() {
    return matrix.entrySet().stream()
        .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> tryRow(row.getKey())));
  }

  private void tryRow(String call) throws Exception {
    var row = matrix.getOrDefault(call, Map.of());
    for (var kind : KINDS) {
      var answer = call(call, kind);
      var said = said(answer);
      assertThat(said).as("%s as %s: %s", call, kind, answer.body()).isIn(meant(call, row, kind));
    }
  }

  /// Whoever may make a call with the id of something that is not there is told so.
  private static List<String> meant(String call, Map<String, String> row, String kind) {
    var cell = row.getOrDefault(kind, "");
    var nothing =
        (call.contains("{") && !there(call))
            || call.equals("POST /api/account/groups")
            || call.endsWith("/match"); // the study is not there
    return cell.equals("open") && nothing ? List.of("open", "404") : List.of(cell);
  }

  /// Of these there is one: the order that was sent, a department's first version, an account of
  /// the cast.
  private static boolean there(String call) {
    return call.contains("/desk/orders/{id}")
        || call.contains("/policy/versions/")
        || (call.contains("/desk/accounts/{id}") && !call.contains("{mapping}"));
  }

  private static String said(HttpResponse<String> answer) {
    var ended = answer.body().contains("\"session-ended\"");
    return switch (answer.statusCode()) {
      case 401 -> ended ? "401" : "open";
      case 403 -> "403";
      case 404 -> "404";
      default -> answer.statusCode() < 500 ? "open" : "failed";
    };
  }

  private HttpResponse<String> call(String call, String kind) throws Exception {
    var method = call.substring(0, call.indexOf(' '));
    var path = call.substring(call.indexOf(' ') + 1);
    var request =
        HttpRequest.newBuilder(stack.origin().resolve(filled(path)))
            .header("content-type", "application/json")
            .header("x-studygate", "1")
            .header("sec-fetch-site", "same-origin")
            .method(
                method,
                method.equals("GET")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(bodies.getOrDefault(call, "{}")));
    token(kind).ifPresent(token -> request.header("cookie", "session=" + token));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /// A visit of its own for each call: some calls end it.
  private Optional<String> token(String kind) {
    if (kind.equals("nobody")) {
      return Optional.empty();
    }
    visits++;
    var token = new Token("matrix-" + visits);
    var account = ACCOUNTS.get(kind);
    var subject = account == null ? new Subject.OfBucket(PATIENT) : new Subject.OfAccount(account);
    sessions.begin(Session.begin(token.hash(), subject, 0, "noord", Instant.now()));
    return Optional.of("matrix-" + visits);
  }

  private URI filled(String path) {
    return URI.create(
        path.replace("/desk/orders/{id}", "/desk/orders/" + order)
            .replace("/buckets/{id}", "/buckets/" + SENT)
            .replace("{study}", "0123456789abcdefghjkmnpqrs")
            .replace("/desk/accounts/{id}", "/desk/accounts/demo-former")
            .replace("/api/departments/{id}", "/api/departments/noord")
            .replace("{id}", "0123456789abcdefghjkmnpqrs")
            .replace("{mapping}", "none")
            .replace("{n}", "1")
            .replace("{uid}", "1.2.3"));
  }

  private static Bucket bucket(String id) {
    return new Bucket(
        id,
        "noord",
        new Scope.OfOrder(new OrderId("noord", "MATRIX")),
        false,
        Verification.DATE_OF_BIRTH,
        Optional.empty(),
        "nl",
        Instant.EPOCH,
        Instant.now().plus(1, ChronoUnit.DAYS),
        false,
        false,
        Paid.NOTHING,
        0);
  }

  private static Map<String, Map<String, String>> read() {
    var matrix = new LinkedHashMap<String, Map<String, String>>();
    try (var lines = Files.lines(Folders.ROOT.resolve("docs/access.md"))) {
      lines
          .filter(line -> line.matches("\\| (GET|POST|PUT|PATCH|DELETE) .*"))
          .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
          .forEach(cells -> matrix.put(cells.get(1), row(cells.subList(2, cells.size() - 1))));
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
    return matrix;
  }

  private static Map<String, String> row(List<String> cells) {
    assertThat(cells).hasSameSizeAs(KINDS);
    var row = new HashMap<String, String>();
    for (var i = 0; i < cells.size(); i++) {
      row.put(KINDS.get(i), cells.get(i));
    }
    return row;
  }

  /// What the events of each route send.
  private static Map<String, String> bodies() {
    var bodies = new HashMap<String, String>();
    try (var files = Files.walk(Folders.ROOT.resolve("events"))) {
      for (var file : files.filter(one -> one.toString().endsWith(".json")).sorted().toList()) {
        var event = JsonObject.parse(Files.readAllBytes(file));
        event
            .optionalString("routeKey")
            .ifPresent(
                key -> event.optionalString("body").ifPresent(body -> bodies.put(key, body)));
      }
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
    return bodies;
  }

  @Test
  void theContractKnowsWhatIsRefused() throws IOException {
    var contract = Contract.read();
    matrix.forEach(
        (call, row) -> {
          for (var cell : row.values()) {
            if (cell.matches("4\\d\\d")) {
              assertThat(contract.statuses(call)).as(call).contains(Integer.valueOf(cell));
            }
          }
        });
  }
}
