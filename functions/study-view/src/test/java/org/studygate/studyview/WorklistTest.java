package org.studygate.studyview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Grant;
import org.studygate.access.Reason;
import org.studygate.access.Scope;
import org.studygate.access.TestHospital;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.account.Group;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.mark.DynamoMarks;
import org.studygate.order.MadeStudies;
import org.studygate.order.MadeStudies.Made;
import org.studygate.platform.Platform;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// The list of somebody with an account: what stands in it, why, in which order, and what does not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WorklistTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  @AutoClose private final TestTables tables = TestTables.start();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private TestClock clock = TestClock.at(NOW.toString());
  private DynamoBuckets buckets;
  private MadeStudies studies;
  private StudyViewHandler handler;

  @BeforeEach
  void begin() {
    tables.clear();
    requests.clear();
    clock = TestClock.at(NOW.toString());
    var hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.Never());
    hospital.department("zuid", new ReportRule.Never());
    handler = new StudyViewHandler(platform());
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    studies = new MadeStudies(tables.client());
    var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    for (var id : List.of("maes", "claes", "stranger")) {
      accounts.create(TestAccounts.professional(id));
    }
    accounts.create(TestAccounts.of("noord", "staff", Role.STAFF));
    new DynamoGroups(tables.client(), new DynamoGroups.Tables("GroupsTable", "AccountsTable"))
        .create(
            new Group(
                "g1",
                "Praktijk",
                "maes",
                List.of(
                    new Group.Member("maes", true, Optional.empty()),
                    new Group.Member("claes", false, Optional.empty()))));
    buckets.last(new Scope.OfMapping("m1", "noord"));
    buckets.last(new Scope.OfMapping("m2", "zuid"));
    buckets.last(new Scope.OfDepartment("noord"));
  }

  private static Made made(String uid) {
    return made(uid, DAY);
  }

  private static Made made(String uid, LocalDate day) {
    return Made.of("noord", uid, day, NOW.minus(Duration.ofDays(2)));
  }

  /// A study asked for by Maes through a mapping, with the rows that are settled for it.
  private void requested(Made made) {
    given(made, "maes", Reason.Kind.REQUESTED);
  }

  private void given(Made made, String account, Reason.Kind kind) {
    var mapping = Bucket.ofMapping(made.department().equals("noord") ? "m1" : "m2");
    studies
        .study(made)
        .row(made, Grant.ofAccount(account), mapping, kind, Optional.of(account))
        .row(made, Grant.ofGroup("g1"), mapping, kind, Optional.of(account))
        .row(
            made,
            Grant.ofDepartment(made.department()),
            Bucket.ofDepartment(made.department()),
            Reason.Kind.STAFF,
            Optional.empty());
  }

  @Test
  void aLineSaysWhatTheCardSaysAndWhyItShows() {
    requested(made("1.1").reported("v1"));
    var line = only(get("maes", ""));
    assertThat(line.string("id")).isEqualTo(StudyId.of("noord", "1.1").value());
    assertThat(line.string("date")).isEqualTo("2026-11-20");
    assertThat(line.string("time")).isEqualTo("10:15");
    assertThat(line.string("description")).isEqualTo("CT 1.1");
    assertThat(line.strings("modalities")).containsExactly("CT");
    assertThat(line.string("accession")).isEqualTo("A1.1");
    assertThat(line.object("department").string("name")).isEqualTo("Radiologie noord");
    assertThat(line.object("patient").string("name")).isEqualTo("An Peeters");
    assertThat(line.object("patient").string("birthDate")).isEqualTo("1958-03-07");
    assertThat(line.object("patient").string("id")).isEqualTo("P-1");
    assertThat(line.object("patient").string("sex")).isEqualTo("F");
    assertThat(line.object("patient").bool("anonymized", true)).isFalse();
    assertThat(line.string("reportState")).isEqualTo("final");
    assertThat(reasons(line)).containsExactly("requested");
    assertThat(line.bool("new", false)).isTrue();
    assertThat(line.bool("unreadReport", false)).isTrue();
  }

  @Test
  void eachSeesWhatIsTheirs() {
    requested(made("1.1"));
    assertThat(reasons(only(get("maes", "")))).containsExactly("requested");
    var colleague = only(get("claes", "")).objects("reasons").getFirst();
    assertThat(colleague.string("kind")).isEqualTo("group");
    assertThat(colleague.string("by")).isEqualTo("Jan Maes");
    assertThat(reasons(only(get("staff", "")))).containsExactly("staff");
    assertThat(lines(get("stranger", ""))).isEmpty();
  }

  @Test
  void theReasonsOfThreePrincipalsAreOneLine() {
    var both = made("1.1");
    requested(both);
    given(both, "claes", Reason.Kind.COPIED);
    Change.of("AccountsTable", Map.of("account_id", Item.s("maes"), "item", Item.s("profile")))
        .set("role", Role.STAFF.code())
        .set("department", "noord")
        .run(tables.client());
    assertThat(reasons(only(get("maes", "")))).contains("requested", "group", "staff");
  }

  @Test
  void theNewestComesFirstAHundredAPage() {
    for (var i = 0; i < 250; i++) {
      requested(made("1." + i, DAY.minusDays(i)));
    }
    studies.write();
    var first = get("maes", "");
    assertThat(lines(first)).hasSize(100);
    assertThat(lines(first).getFirst().string("date")).isEqualTo("2026-11-20");
    assertThat(json(first).optionalString("looked")).isEmpty();
    assertThat(ids(all("maes")))
        .containsExactlyElementsOf(
            IntStream.range(0, 250).mapToObj(i -> StudyId.of("noord", "1." + i).value()).toList());
  }

  /// While pages are turned, newer and older studies arrive and one ends.
  @Test
  void nothingIsLostOrDoubledWhileStudiesArrive() {
    for (var i = 0; i < 220; i++) {
      requested(made("1." + i, DAY.minusDays(i)));
    }
    studies.write();
    var seen = new ArrayList<String>();
    var next = Optional.<String>empty();
    var page = 0;
    do {
      var answer = get("maes", next.map(at -> "before=" + at).orElse(""));
      seen.addAll(ids(lines(answer)));
      next = json(answer).optionalString("next");
      requested(made("2." + page, DAY.plusDays(1)));
      requested(made("3." + page, DAY.minusDays(500 + page)));
      page++;
    } while (next.isPresent());
    assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
    assertThat(seen)
        .containsAll(
            IntStream.range(0, 220).mapToObj(i -> StudyId.of("noord", "1." + i).value()).toList())
        .contains(StudyId.of("noord", "3.0").value(), StudyId.of("noord", "3.1").value());
  }

  @Test
  void whatHasEndedIsNotShown() {
    requested(made("1.1"));
    requested(Made.of("zuid", "1.2", DAY, NOW));
    assertThat(lines(get("maes", ""))).hasSize(2);
    buckets.withdraw(Bucket.ofMapping("m1"));
    assertThat(ids(lines(get("maes", "")))).containsExactly(StudyId.of("zuid", "1.2").value());
    assertThat(lines(get("staff", ""))).hasSize(1);
  }

  @Test
  void whatBelongsToAnotherOrderNowIsNotItsFormerRequesters() {
    requested(made("1.1"));
    studies.write();
    Change.of(
            "StudiesTable",
            Map.of("study_id", Item.s(StudyId.of("noord", "1.1").value()), "item", Item.s("study")))
        .set("order_id", new OrderId("noord", "B18").toString())
        .run(tables.client());
    assertThat(lines(get("maes", ""))).isEmpty();
    assertThat(lines(get("staff", ""))).hasSize(1);
  }

  @Test
  void anIndexThatSaysMoreThanTheTableIsNotBelieved() {
    requested(made("1.1"));
    studies.write();
    tables
        .client()
        .deleteItem(
            delete ->
                delete
                    .tableName("GrantsTable")
                    .key(
                        Map.of(
                            "study_id",
                            Item.s(StudyId.of("noord", "1.1").value()),
                            "holder",
                            Item.s("account:maes#mapping-m1"))));
    assertThat(reasons(only(get("maes", "")))).doesNotContain("requested");
  }

  @Test
  void whatIsOpenedIsNotNewAndAReadReportIsRead() {
    requested(made("1.1").reported("v1"));
    var study = StudyId.of("noord", "1.1");
    var trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    var marks = new DynamoMarks(tables.client(), "MarksTable", trail);
    var event =
        new AuditEvent(
            AuditEvent.study(study.value()),
            NOW,
            new Actor.Professional("maes"),
            AuditAction.STUDY_VIEWED,
            "ok",
            "r");
    marks.opened("maes", study, Optional.empty(), event);
    var line = only(get("maes", ""));
    assertThat(line.bool("new", true)).isFalse();
    assertThat(line.bool("unreadReport", false)).isTrue();
    assertThat(only(get("claes", "")).bool("new", false)).isTrue();
    marks.opened("maes", study, Optional.of("v1"), event);
    assertThat(only(get("maes", "")).bool("unreadReport", true)).isFalse();
    assertThat(lines(get("maes", "unread=true"))).isEmpty();
    assertThat(lines(get("claes", "unread=true"))).hasSize(1);
    studies.study(made("1.1").reported("v2")).write();
    assertThat(lines(get("maes", "unread=true"))).hasSize(1);
  }

  @Test
  void whatCameLongAgoIsNotNew() {
    requested(Made.of("noord", "1.1", DAY, NOW.minus(Duration.ofDays(31))));
    assertThat(only(get("maes", "")).bool("new", true)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "modality=MR, 1.2",
    "department=zuid, 1.3",
    "from=2026-11-21, 1.4",
    "to=2026-11-19, 1.5",
    "from=2026-11-19&to=2026-11-19, 1.5",
    "label=bespreken, 1.6",
    "unread=true, 1.7"
  })
  void aFilterLeavesOthersOut(String query, String uid) {
    requested(made("1.1"));
    requested(made("1.2").as("MR"));
    requested(Made.of("zuid", "1.3", DAY, NOW));
    requested(made("1.4", DAY.plusDays(1)));
    requested(made("1.5", DAY.minusDays(1)));
    requested(made("1.6"));
    requested(made("1.7").reported("v1"));
    label(StudyId.of("noord", "1.6"), "Bespreken");
    assertThat(lines(get("maes", query)))
        .extracting(line -> line.string("description"))
        .allMatch(said -> said.endsWith(" " + uid))
        .hasSize(1);
  }

  private void label(StudyId study, String text) {
    tables
        .client()
        .putItem(
            put ->
                put.tableName("MarksTable")
                    .item(
                        Map.of(
                            "account_id",
                            Item.s("maes"),
                            "study_id",
                            Item.s(study.value()),
                            "labels",
                            Item.ss(List.of("red|" + text)))));
  }

  /// Of 700 studies 500 are looked at; who goes on finds the rest.
  @Test
  void aFilterSaysHowFarItHasLooked() {
    for (var i = 0; i < 700; i++) {
      var made = made("1." + i, DAY.minusDays(i));
      requested(i == 600 ? made.as("MR") : made);
    }
    studies.write();
    var first = get("maes", "modality=MR");
    assertThat(lines(first)).isEmpty();
    assertThat(json(first).string("looked")).isEqualTo(DAY.minusDays(499).toString());
    var next = json(first).string("next");
    assertThat(lines(get("maes", "modality=MR&before=" + next))).hasSize(1);
    assertThat(json(get("maes", "modality=MR&before=" + next)).optionalString("looked")).isEmpty();
  }

  /// Wherever in a long list it lies.
  @Test
  void aPeriodIsFoundWithoutLookingAtWhatCameAfter() {
    for (var i = 0; i < 700; i++) {
      requested(made("1." + i, DAY.minusDays(i)));
    }
    studies.write();
    var day = DAY.minusDays(650);
    var found = get("maes", "from=" + day + "&to=" + day);
    assertThat(lines(found)).hasSize(1);
    assertThat(json(found).optionalString("next")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "peeters",
        "PÉETERS",
        "peet",
        "peeters an",
        "an peeters",
        "an p",
        "Peeters, An",
        "1",
      })
  void aNameIsFoundHoweverItIsWritten(String typed) {
    requested(made("1.1"));
    requested(made("1.2").named("Claes", "Tom", "1985-09-14"));
    var found = lines(search("maes", Map.of("q", typed)));
    assertThat(found)
        .extracting(line -> line.string("description"))
        .isEqualTo(typed.equals("1") ? List.of() : List.of("CT 1.1"));
  }

  @Test
  void aFamilyNameOfSeveralWordsIsFoundByItsBeginningAndWithAGivenName() {
    requested(made("1.1").named("Van den Berg", "Jan", "1985-09-14"));
    for (var typed : List.of("van den", "van den berg jan", "jan van den berg", "Jan Van")) {
      assertThat(lines(search("maes", Map.of("q", typed)))).as(typed).hasSize(1);
    }
    assertThat(lines(search("maes", Map.of("q", "van den berg piet")))).isEmpty();
  }

  @Test
  void aDateOfBirthNarrowsANameAndIsLookedForAlone() {
    requested(made("1.1"));
    requested(made("1.2").named("Peeters", "Bo", "1990-01-02"));
    assertThat(lines(search("maes", Map.of("q", "peeters", "birthDate", "1990-01-02")))).hasSize(1);
    assertThat(lines(search("maes", Map.of("birthDate", "1958-03-07")))).hasSize(1);
    assertThat(lines(search("maes", Map.of("birthDate", "1958")))).hasSize(1);
    assertThat(lines(search("maes", Map.of("birthDate", "1957")))).isEmpty();
  }

  @Test
  void aNumberLeadsToItsStudiesAndToNobodyElses() {
    requested(made("1.1").numbered("P-7", "X17"));
    given(made("1.2").numbered("P-7", "X18"), "claes", Reason.Kind.REQUESTED);
    var strangers = made("1.3").numbered("P-7", "X17");
    studies.study(strangers).write();
    assertThat(lines(search("maes", Map.of("patientId", " p-7")))).hasSize(2);
    assertThat(lines(search("maes", Map.of("accession", "x17")))).hasSize(1);
    assertThat(lines(search("maes", Map.of("accession", "x17", "q", "claes")))).isEmpty();
    assertThat(lines(search("stranger", Map.of("patientId", "P-7")))).isEmpty();
    assertThat(lines(search("staff", Map.of("patientId", "P-7", "accession", "X18")))).hasSize(1);
  }

  /// All bear one name; a birth date leads to each of them directly.
  @Test
  void aNameOfManyIsSaidToHaveMoreAndIsPaged() {
    for (var i = 0; i < 620; i++) {
      var born = LocalDate.of(1950, 1, 1).plusDays(i).toString();
      requested(made("1." + i, DAY.minusDays(i)).named("Janssens", "Jan", born));
    }
    studies.write();
    var found = search("maes", Map.of("q", "janssens"));
    assertThat(lines(found)).hasSize(100);
    assertThat(json(found).bool("more", false)).isTrue();
    var next = json(found).string("next");
    assertThat(ids(lines(search("maes", Map.of("q", "janssens", "before", next)))))
        .hasSize(100)
        .doesNotContainAnyElementsOf(ids(lines(found)));
    var last = LocalDate.of(1950, 1, 1).plusDays(619).toString();
    assertThat(lines(search("maes", Map.of("q", "janssens", "birthDate", last)))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before=!",
        "before=w7w",
        "from=2026-02-30",
        "from=heute",
        "modality=ct",
        "unread=false",
        "q=peeters",
        "birthDate=1958-03-07",
        "department=No"
      })
  void whatIsNotUnderstoodIsRefused(String query) {
    assertThat(get("maes", query).status()).isEqualTo(400);
  }

  @Test
  void aSearchTakesNothingElseAndIsForAccountsAlone() {
    assertThat(search("maes", Map.of("name", "peeters")).status()).isEqualTo(400);
    assertThat(search("maes", Map.of("birthDate", "soon")).status()).isEqualTo(400);
    assertThat(search("maes", Map.of("modality", "ct")).status()).isEqualTo(400);
    assertThat(search("maes", Map.of("q", "x".repeat(129))).status()).isEqualTo(400);
    var hospital = new TestHospital(tables, clock);
    var order = new OrderId("noord", "N1");
    var bucket =
        hospital.order(order, "RIS-2026-48151623", Verification.DATE_OF_BIRTH, true, "9.1");
    var patient = visit(new Subject.OfBucket(bucket), "patient");
    assertThat(answer("search", "", Map.of("q", "peeters"), patient).status()).isEqualTo(404);
    assertThat(answer("list", "modality=CT", Map.of(), patient).body()).contains("\"opened\"");
  }

  @Test
  void lookingAgainByItselfLengthensNoVisit() {
    var visit = visit(new Subject.OfAccount("maes"), "maes");
    clock.advance(Duration.ofMinutes(20));
    assertThat(answer("list", "quiet=true", Map.of(), visit).status()).isEqualTo(200);
    assertThat(answer("search", "", Map.of("quiet", true), visit).status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(11));
    assertThat(answer("list", "", Map.of(), visit).status()).isEqualTo(401);
  }

  @Test
  void listingStandsInTheAccountsTrail() {
    get("maes", "");
    search("maes", Map.of("q", "peeters"));
    var trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    assertThat(trail.read(AuditEvent.account("maes"), Optional.empty(), 9).events())
        .extracting(AuditEvent::action)
        .containsExactly(AuditAction.STUDIES_LISTED, AuditAction.STUDIES_LISTED);
  }

  /// Session, account, the indexes of account and group, two hundred rows and their bucket in
  /// three, cards, marks, event; what departments are called is asked once in five minutes.
  @Test
  void aPageCostsTenRequests() {
    for (var i = 0; i < 150; i++) {
      requested(made("1." + i, DAY.minusDays(i)));
    }
    studies.write();
    try (var counted = tables.client(new Counting())) {
      var wiring = new Wiring(platform(), new Stores(platform(), counted));
      var lists = wiring.lists();
      var visit = visit(new Subject.OfAccount("maes"), "maes");
      for (var turn = 0; turn < 2; turn++) {
        requests.clear();
        var opened = wiring.visits().find(visit).orElseThrow();
        var sought = Sought.of(request("list", "", Map.of(), visit));
        lists.list(opened, sought, "r");
      }
    }
    assertThat(requests)
        .containsExactlyInAnyOrder(
            "GetItem",
            "GetItem",
            "Query",
            "Query",
            "BatchGetItem",
            "BatchGetItem",
            "BatchGetItem",
            "BatchGetItem",
            "BatchGetItem",
            "PutItem");
  }

  private final class Counting implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      requests.add(context.request().getClass().getSimpleName().replace("Request", ""));
    }
  }

  private Platform platform() {
    var variables = new HashMap<>(TestHospital.variables());
    variables.put("AWS_ACCESS_KEY_ID", "key");
    variables.put("ROLL_UP_QUEUE_URL", "http://127.0.0.1:1/roll-up"); // nobody asks
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    return TestPlatform.of(clock, tables, variables);
  }

  private Token visit(Subject whose, String name) {
    var token = new Token("visit-" + name);
    var sessions = new DynamoSessions(tables.client(), "SessionsTable");
    if (sessions.find(token.hash(), clock.instant()).isEmpty()) {
      sessions.begin(Session.begin(token.hash(), whose, 0, "", clock.instant()));
    }
    return token;
  }

  private HttpResponse get(String account, String query) {
    return answer("list", query, Map.of(), visit(new Subject.OfAccount(account), account));
  }

  private HttpResponse search(String account, Map<String, Object> body) {
    return answer("search", "", body, visit(new Subject.OfAccount(account), account));
  }

  private HttpResponse answer(String event, String query, Map<String, Object> body, Token visit) {
    studies.write();
    return handler.answer(request(event, query, body, visit));
  }

  private static HttpRequest request(
      String event, String query, Map<String, Object> body, Token visit) {
    var request = TestEvents.cookie(TestEvents.read("study-view", event), visit);
    var asked = TestEvents.path(request, request.path(), query);
    return event.equals("search") ? TestEvents.body(asked, Json.text(body)) : asked;
  }

  private List<JsonObject> all(String account) {
    var all = new ArrayList<JsonObject>();
    var next = Optional.<String>empty();
    do {
      var page = get(account, next.map(at -> "before=" + at).orElse(""));
      all.addAll(lines(page));
      next = json(page).optionalString("next");
    } while (next.isPresent());
    return all;
  }

  private static JsonObject only(HttpResponse answer) {
    assertThat(lines(answer)).hasSize(1);
    return lines(answer).getFirst();
  }

  private static List<JsonObject> lines(HttpResponse answer) {
    return json(answer).objects("studies");
  }

  private static JsonObject json(HttpResponse answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JsonObject.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> ids(List<JsonObject> lines) {
    return lines.stream().map(line -> line.string("id")).toList();
  }

  private static List<String> reasons(JsonObject line) {
    return line.objects("reasons").stream().map(reason -> reason.string("kind")).toList();
  }
}
