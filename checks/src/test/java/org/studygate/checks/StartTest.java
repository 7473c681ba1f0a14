package org.studygate.checks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.http.Problem;
import org.studygate.json.JsonObject;
import org.studygate.local.Stack;
import org.studygate.local.runtime.IsolatedFunction;
import org.studygate.local.template.Function;
import org.studygate.local.template.Template;
import org.studygate.platform.Aws;
import org.studygate.platform.Environment;

/// Each zip as Lambda starts it: alone, under AWS's runtime interface client, with the variables
/// that the template gives it and no other, through the hooks of a SnapStart checkpoint, against
/// the stores of the local stack. There it answers every event of `events/<function>/`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ORIGIN = "secret of the tests"; // as the events have it

  /// What an answer holds, where more is known than that it is one of the contract's: nobody has
  /// signed in, two departments are there and no study is.
  private static final Map<String, List<String>> HOLDS =
      Map.ofEntries(
          Map.entry("account-login/login", List.of("200", "{\"next\":\"password\"}")),
          Map.entry("account-login/password", List.of("401", code(Problem.SESSION_ENDED))),
          Map.entry("account-login/step", List.of("401", code(Problem.SESSION_ENDED))),
          Map.entry("department-view/list", List.of("200", "\"lindenhof\"", "\"noord\"")),
          Map.entry("department-view/one", List.of("200", "\"noord\"")),
          Map.entry("reference-login/login", List.of("401", code(Problem.COMBINATION_INCORRECT))),
          Map.entry("otp-issue/standing", List.of("401", code(Problem.SESSION_ENDED))),
          Map.entry("otp-verify/verify", List.of("401", code(Problem.CODE_INCORRECT))),
          Map.entry("payment-checkout/card", List.of("401", code(Problem.SESSION_ENDED))),
          Map.entry("payment-checkout/look", List.of("401", code(Problem.SESSION_ENDED))),
          Map.entry(
              "payment-webhook/session-completed", List.of("400", code(Problem.SIGNATURE_INVALID))),
          Map.entry("pincode-verify/pincode", List.of("401", code(Problem.CODE_INCORRECT))),
          Map.entry("session/look", List.of("401", code(Problem.SESSION_ENDED))),
          Map.entry("study-view/list", List.of("401", code(Problem.SESSION_ENDED))));

  /// One that passes for a card's (security rule 43).
  private static final String CARD = "4242424242424242";

  private Path data;
  private Stack stack;
  private Contract contract;

  @BeforeAll
  void startTheStores(@TempDir Path folder) throws Exception {
    data = folder;
    var dynamo = Folders.ROOT.resolve("local/dynamodb/target");
    var python = Folders.ROOT.resolve(".venv/bin/python");
    assertThat(python).as("made by scripts/tools, which ./run and ./test call").exists();
    var classPath = dynamo.resolve("classes") + ":" + Files.readString(dynamo.resolve("classpath"));
    stack = Stack.empty(Folders.ROOT, data, classPath.strip(), python);
    contract = Contract.read();
  }

  @AfterAll
  void stopThem() {
    stack.close();
  }

  @TestFactory
  Stream<DynamicTest> everyZipStartsAndAnswers() {
    return Template.ofProject().functions().stream()
        .map(function -> DynamicTest.dynamicTest(function.folder(), () -> start(function)));
  }

  private void start(Function function) throws Exception {
    var log = data.resolve(function.folder() + ".log");
    var environment = new HashMap<>(stack.environment(function.name()));
    try (var relays = Relays.before(environment)) {
      var how =
          new IsolatedFunction.Start(
              Folders.function(function.folder()).resolve("target/function.zip"),
              function.handler() + "::handleRequest",
              environment,
              List.of(),
              true,
              log);
      try (var running = IsolatedFunction.start(how)) {
        running.api().awaitReady(PATIENCE);
        checkPriming(function, relays.asked());
        for (var event : events(function)) {
          var name = function.folder() + "/" + event.getFileName().toString().replace(".json", "");
          var sent = Files.readString(event).replace(ORIGIN, stack.originSecret());
          var answer = running.invoke(sent.getBytes(StandardCharsets.UTF_8));
          assertThat(answer.failed()).as(name + ": " + Files.readString(log)).isFalse();
          check(name, json(sent), answer.body());
          for (var withCard : withCards(sent)) {
            var heard = running.invoke(withCard.getBytes(StandardCharsets.UTF_8));
            assertThat(heard.failed()).as(withCard).isFalse();
          }
        }
        assertThat(Files.readString(log)).as("a card's number is not logged").doesNotContain(CARD);
        assertThat(stored(environment)).as("a card's number is not kept").doesNotContain(CARD);
        assertThat(Files.readString(log)).doesNotContain("\"level\":\"ERROR\"");
      }
    }
  }

  /// A call with the number of a card wherever a caller may write something.
  private static List<String> withCards(String event) {
    if (!event.contains("\"routeKey\"")) {
      return List.of();
    }
    var quoted = "\\\\\"" + CARD + "\\\\\"";
    return List.of(
        event.replaceAll(":\\s*\\\\\"[^\"\\\\]*\\\\\"", ": " + quoted),
        event.replaceAll("\"body\": \".*\"", "\"body\": \"{" + quoted + ": " + quoted + "}\""),
        event.replaceAll("\"body\": \"\\{", "\"body\": \"{" + quoted + ": " + quoted + ", "),
        event.replaceAll("\"body\": \".*\"", "\"body\": \"" + CARD + "\""),
        event
            .replaceAll("__Host-session=[^\"]*|session=[^\"]*", "__Host-session=" + CARD)
            .replaceAll("\"rawQueryString\": \"[^\"]*\"", "\"rawQueryString\": \"n=" + CARD + "\"")
            .replaceAll("\"(rawPath|path)\": \"([^\"]*)\"", "\"$1\": \"$2/" + CARD + "\"")
            .replaceAll("\"(userAgent|stripe-signature)\": \"[^\"]*\"", "\"$1\": \"" + CARD + "\"")
            .replaceAll("\"(id|uid)\": \"[^\"]*\"", "\"$1\": \"" + CARD + "\""));
  }

  /// Everything in all tables.
  private static String stored(Map<String, String> environment) {
    try (var dynamo = Aws.of(new Environment(environment)).dynamo()) {
      return dynamo.listTables().tableNames().stream()
          .flatMap(table -> dynamo.scanPaginator(scan -> scan.tableName(table)).items().stream())
          .map(String::valueOf)
          .collect(Collectors.joining("\n"));
    }
  }

  private static List<Path> events(Function function) {
    var folder = Folders.ROOT.resolve("events").resolve(function.folder());
    var names = Folders.names(folder, file -> file.toString().endsWith(".json"));
    assertThat(names).as("events of " + function.folder()).isNotEmpty();
    return names.stream().map(folder::resolve).toList();
  }

  private static void checkPriming(Function function, List<String> asked) {
    assertThat(asked)
        .as("before a snapshot nothing is written and no secret fetched")
        .allMatch(
            call ->
                call.matches("DynamoDB_\\d+\\.(GetItem|Query)")
                    || call.equals("secretsmanager.GetSecretValue priming"));
    if (!function.events("HttpApi").isEmpty()) {
      assertThat(asked)
          .as("primed, since somebody waits")
          .contains("secretsmanager.GetSecretValue priming")
          .anyMatch(call -> call.startsWith("DynamoDB_"));
    }
  }

  private void check(String name, JsonObject event, String answer) {
    if (event.names().contains("routeKey")) {
      checkHttp(name, contract.statuses(event.string("routeKey")), json(answer));
    } else if (event.names().contains("Records")) {
      assertThat(json(answer).objects("batchItemFailures")).as(name).isEmpty();
    }
  }

  private static void checkHttp(String name, java.util.Set<Integer> known, JsonObject answer) {
    var status = answer.optionalLong("statusCode").orElseThrow().intValue();
    assertThat(known).as(name + ": the contract's answers").contains(status);
    var body = answer.optionalString("body").orElse("");
    if (status >= 400) {
      var problem = json(body).string("code");
      assertThat(Arrays.stream(Problem.values()).map(Problem::code)).as(name).contains(problem);
    }
    assertThat(status + " " + body).as(name).contains(HOLDS.getOrDefault(name, List.of("")));
  }

  private static JsonObject json(String text) {
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String code(Problem problem) {
    return "\"" + problem.code() + "\"";
  }

  /// One before each service; the function is told of them instead.
  private record Relays(List<Relay> all) implements AutoCloseable {
    static Relays before(Map<String, String> environment) throws IOException {
      var relays = new ArrayList<Relay>();
      for (var name : List.copyOf(environment.keySet())) {
        if (name.startsWith("AWS_ENDPOINT_URL")) {
          var relay = Relay.to(URI.create(requireNonNull(environment.get(name))));
          relays.add(relay);
          environment.put(name, relay.endpoint().toString());
        }
      }
      return new Relays(relays);
    }

    List<String> asked() {
      return all.stream().flatMap(relay -> relay.asked().stream()).toList();
    }

    @Override
    public void close() throws IOException {
      for (var relay : all) {
        relay.close();
      }
    }
  }
}
