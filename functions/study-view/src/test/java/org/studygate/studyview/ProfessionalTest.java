package org.studygate.studyview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoGrants;
import org.studygate.access.Given;
import org.studygate.access.Grant;
import org.studygate.access.NameKey;
import org.studygate.access.Origin;
import org.studygate.access.Principal;
import org.studygate.access.Reason;
import org.studygate.access.Scope;
import org.studygate.access.Share;
import org.studygate.access.TestBuckets;
import org.studygate.access.TestHospital;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.dynamo.Transaction;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.JsonObject;
import org.studygate.notice.Message;
import org.studygate.notice.OpenedMessage;
import org.studygate.notice.Seal;
import org.studygate.notice.ShareMessage;
import org.studygate.order.About;
import org.studygate.order.MadeStudies;
import org.studygate.order.MadeStudies.Made;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.Document;
import org.studygate.study.DocumentKind;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.Samples;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// A study opened by somebody with an account: everything below it, by the same authorisation as a
/// patient's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProfessionalTest {
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final OrderId OTHER = new OrderId("noord", "B18");
  private static final String UID = "1.2.826.0.3.1";

  @AutoClose private final TestTables tables = TestTables.start();
  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private TestClock clock;
  private TestHospital hospital;
  private StudyViewHandler handler;
  private DynamoBuckets buckets;
  private DynamoGrants grants;
  private StudyId study;

  @BeforeEach
  void begin() {
    tables.clear();
    clock = TestClock.at("2026-11-23T10:00:00Z");
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.Never());
    handler = new StudyViewHandler(platform());
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    grants =
        new DynamoGrants(tables.client(), new DynamoGrants.Tables("GrantsTable", "BucketsTable"));
    var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    accounts.create(TestAccounts.professional("maes"));
    accounts.create(TestAccounts.professional("claes"));
    accounts.create(TestAccounts.of("noord", "staff", Role.STAFF));
    accounts.create(TestAccounts.of("lindenhof", "foreign", Role.ADMIN));
    hospital.order(ORDER, "RIS-2026-48151623", Verification.DATE_OF_BIRTH, true, UID);
    var letter = new Document(new SeriesUid(UID + ".1"), UID + ".9", DocumentKind.OTHER, "", true);
    study = hospital.study(ORDER, UID, 2, Samples.facts("P-1"), List.of(letter));
    hospital.report(ORDER, "Geen bijzonderheden.");
    buckets.last(new Scope.OfMapping("m1", "noord"));
    buckets.last(new Scope.OfDepartment("noord"));
    grants.put(row(Grant.ofAccount("maes"), Bucket.ofMapping("m1"), Reason.Kind.REQUESTED));
    grants.put(row(Grant.ofDepartment("noord"), Bucket.ofDepartment("noord"), Reason.Kind.STAFF));
  }

  @Test
  void everythingOfAStudyOpens() {
    for (var account : List.of("maes", "staff")) {
      var visit = visit(account);
      assertThat(get("", visit).body()).contains("\"state\":\"complete\"").contains(UID + ".1");
      assertThat(get("/series/" + UID + ".1", visit).body()).contains(UID + ".1.2.dcm");
      assertThat(get("/report", visit).body()).contains("Geen bijzonderheden.");
      assertThat(get("/documents/" + UID + ".9", visit).status()).isEqualTo(200);
      assertThat(get("/accesses", visit).body()).contains("\"who\":\"professional\"");
    }
    var trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    assertThat(trail.read(AuditEvent.study(study.value()), Optional.empty(), 99).events())
        .extracting(AuditEvent::who)
        .contains(new Actor.Professional("maes"), new Actor.Professional("staff"));
  }

  @Test
  void aStrangerFindsNothing() {
    for (var account : List.of("claes", "foreign")) {
      var visit = visit(account);
      for (var below : List.of("", "/series/" + UID + ".1", "/report", "/accesses")) {
        assertThat(get(below, visit).status()).as(account + below).isEqualTo(404);
      }
    }
  }

  @Test
  void whatIsSharedWithTwoFactorSaysWhichCodeItNeedsAndOpensWithIt() {
    var now = clock.instant();
    share("maes", Verification.OTP_SMS, false);
    grants.put(row(Grant.ofAccount("claes"), "b7", Reason.Kind.SHARED));
    var visit = visit("claes");
    var closed = get("", visit);
    assertThat(closed.status()).isEqualTo(403);
    assertThat(closed.body()).contains("\"code\":\"code-needed\"", "\"bucket\":\"b7\"");
    assertThat(closed.body()).doesNotContain(UID);
    assertThat(get("/series/" + UID + ".1", visit).status()).isEqualTo(404);
    new Transaction()
        .step("s", DynamoSessions.proving("SessionsTable", visit.hash(), "b7@0", now))
        .commit(tables.client());
    assertThat(get("", visit).status()).isEqualTo(200);
    assertThat(get("/report", visit).body()).contains("Geen bijzonderheden.");
    buckets.endVisits("b7", true);
    assertThat(get("", visit).status()).isEqualTo(403);
  }

  /// However many open it at once, and however often.
  @Test
  void theFirstWhoOpensItIsToldToWhoeverSharedItOnce() throws Exception {
    share("maes", Verification.DATE_OF_BIRTH, true);
    grants.put(row(Grant.ofAccount("claes"), "b7", Reason.Kind.SHARED));
    var visit = visit("claes");
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var opened = new ArrayList<Callable<Integer>>();
      for (var i = 0; i < 20; i++) {
        opened.add(() -> get("", visit).status());
      }
      for (var one : pool.invokeAll(opened)) {
        assertThat(one.get()).isEqualTo(200);
      }
    }
    get("/report", visit);
    assertThat(openedAt()).contains(clock.instant());
    assertThat(told())
        .containsExactly(
            new OpenedMessage(
                "maes@example.org",
                "nl",
                "noord",
                "Jan Maes",
                new ShareMessage.Exam(
                    "A.P.", "CT thorax " + UID, Optional.of(LocalDate.of(2026, 11, 20))),
                Optional.of(study.value())));
  }

  @Test
  void whoDidNotAskForItHearsNothing() {
    share("maes", Verification.DATE_OF_BIRTH, false);
    grants.put(row(Grant.ofAccount("claes"), "b7", Reason.Kind.SHARED));
    get("", visit("claes"));
    assertThat(openedAt()).contains(clock.instant());
    assertThat(told()).isEmpty();
  }

  /// Whoever shared it with the own group sees it by that, too.
  @Test
  void nobodyIsToldOfOneself() {
    share("maes", Verification.DATE_OF_BIRTH, true);
    grants.put(row(Grant.ofAccount("maes"), "b7", Reason.Kind.SHARED));
    get("", visit("maes"));
    assertThat(openedAt()).isEmpty();
    assertThat(told()).isEmpty();
  }

  @Test
  void whoseAccountIsClosedHearsNothing() {
    new DynamoAccounts(tables.client(), "AccountsTable")
        .create(
            TestAccounts.account(
                "gone", Role.PROFESSIONAL, Optional.empty(), Account.State.DISABLED));
    share("gone", Verification.DATE_OF_BIRTH, true);
    grants.put(row(Grant.ofAccount("claes"), "b7", Reason.Kind.SHARED));
    get("", visit("claes"));
    assertThat(openedAt()).contains(clock.instant());
    assertThat(told()).isEmpty();
  }

  /// Neither the exam nor its study: a mail is read by whoever has the phone.
  @Test
  void ofWhatIsAnonymizedOnlyWhoOpenedItIsTold() {
    var anonymous = Origin.shared("maes", clock.instant()).anonymous();
    var bucket = bucket(anonymous, Verification.DATE_OF_BIRTH, true);
    new Transaction()
        .step("b", DynamoBuckets.sharing("BucketsTable", bucket, given()))
        .commit(tables.client());
    var opener =
        new Principal.Professional(
            "claes", Role.PROFESSIONAL, Set.of(), Optional.empty(), Set.of());
    var found = new DynamoStudies(tables.client(), "StudiesTable").find(study).orElseThrow();
    new Wiring(platform())
        .firsts()
        .note(opener, List.of(bucket), new About(found, Optional.empty()));
    assertThat(told())
        .containsExactly(
            new OpenedMessage(
                "maes@example.org",
                "nl",
                "noord",
                "Jan Maes",
                new ShareMessage.Exam("", "", Optional.empty()),
                Optional.empty()));
  }

  private Optional<Instant> openedAt() {
    return buckets.find("b7").orElseThrow().share().openedAt();
  }

  private List<Message> told() {
    var seal = new Seal(new Pepper(new TestSecrets(), "pepper"), new SecureRandom());
    return tables.client().scan(scan -> scan.tableName("OutboxTable")).items().stream()
        .map(Item::of)
        .map(item -> Message.parse(seal.open(item.text("message_id"), item.text("sealed"))))
        .toList();
  }

  private void share(String by, Verification code, boolean tell) {
    var share = bucket(Origin.shared(by, clock.instant()), code, tell);
    new Transaction()
        .step("b", DynamoBuckets.sharing("BucketsTable", share, given()))
        .commit(tables.client());
  }

  private Given given() {
    return new Given("why", clock.instant(), "1");
  }

  private Bucket bucket(Origin origin, Verification code, boolean tell) {
    var now = clock.instant();
    return TestBuckets.given(
        "b7",
        new Scope.OfStudies(Set.of(study)),
        true,
        code,
        now,
        origin,
        Share.NONE.telling(tell));
  }

  @Test
  void anEndedMappingClosesAtTheNextRequest() {
    var visit = visit("maes");
    assertThat(get("", visit).status()).isEqualTo(200);
    buckets.withdraw(Bucket.ofMapping("m1"));
    assertThat(get("", visit).status()).isEqualTo(404);
    assertThat(get("", visit("staff")).status()).isEqualTo(200);
  }

  /// Before anybody has looked at the rows again.
  @Test
  void whatBelongsToAnotherOrderNowIsNotItsFormerRequesters() {
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    var found = studies.find(study).orElseThrow();
    var moved =
        new Studies.Link(Optional.of(OTHER), Optional.empty(), Set.of(), found.link().shown());
    studies.link(study, found.revision(), moved, clock.instant());
    assertThat(get("", visit("maes")).status()).isEqualTo(404);
    assertThat(get("", visit("staff")).status()).isEqualTo(200);
  }

  @Test
  void aStudyOfNoOrderIsReadByItsDepartmentAlone() {
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    var found = studies.find(study).orElseThrow();
    studies.link(study, found.revision(), Studies.Link.NONE, clock.instant());
    var staff = visit("staff");
    assertThat(get("", staff).body()).contains("\"state\":\"complete\"").contains(UID + ".1");
    assertThat(get("/series/" + UID + ".1", staff).body()).contains(UID + ".1.2.dcm");
    assertThat(get("", visit("maes")).status()).isEqualTo(404);
    assertThat(get("", visit("foreign")).status()).isEqualTo(404);
  }

  @Test
  void anotherDepartmentsBucketOpensNothing() {
    buckets.last(new Scope.OfDepartment("lindenhof"));
    grants.put(
        row(Grant.ofDepartment("lindenhof"), Bucket.ofDepartment("lindenhof"), Reason.Kind.STAFF));
    assertThat(get("", visit("foreign")).status()).isEqualTo(404);
  }

  @Test
  void anAccountThatIsClosedHasNoVisit() {
    var visit = visit("maes");
    new DynamoAccounts(tables.client(), "AccountsTable").endVisits("maes");
    assertThat(get("", visit).status()).isEqualTo(401);
  }

  /// Session, account, rows, contents, buckets, order, department, event with mark; and for the
  /// patient's other studies two indexes, their cards and marks.
  @Test
  void openingCostsEightRequestsAndFourForOtherStudies() {
    var visit = visit("maes");
    try (var counted = tables.client(new Counting())) {
      var wiring = new Wiring(platform(), new Stores(platform(), counted));
      var opened = wiring.visits().click(visit).orElseThrow();
      assertThat(wiring.reading().manifest(opened, study, false, "r")).isPresent();
    }
    assertThat(requests.stream().filter(name -> !name.equals("BatchGetItem")).toList())
        .containsExactlyInAnyOrder(
            "GetItem",
            "GetItem",
            "Query",
            "Query",
            "Query",
            "GetItem",
            "Query",
            "Query",
            "TransactWriteItems");
    assertThat(requests).filteredOn("BatchGetItem"::equals).hasSizeBetween(1, 4);
  }

  @Test
  void otherStudiesOfThePatientAreToldAsFarAsOneMaySeeThem() {
    var made = new MadeStudies(tables.client());
    var before = Made.of("noord", "1.1", LocalDate.of(2025, 1, 1), clock.instant());
    var later = Made.of("noord", "1.2", LocalDate.of(2026, 1, 1), clock.instant());
    var married =
        Made.of("noord", "1.3", LocalDate.of(2024, 1, 1), clock.instant())
            .named("Claes", "An", "1958-03-07");
    var namesake =
        Made.of("noord", "1.4", LocalDate.of(2025, 1, 1), clock.instant())
            .named("Peeters", "Tom", "1958-03-07")
            .numbered("P-2", "X4");
    var elsewhere = Made.of("zuid", "1.5", LocalDate.of(2025, 1, 1), clock.instant());
    var unseen = Made.of("noord", "1.6", LocalDate.of(2025, 1, 1), clock.instant());
    buckets.last(new Scope.OfMapping("m2", "zuid"));
    for (var one : List.of(before, later, married, namesake, elsewhere)) {
      var mapping = Bucket.ofMapping(one.department().equals("zuid") ? "m2" : "m1");
      made.study(one)
          .row(one, Grant.ofAccount("maes"), mapping, Reason.Kind.COPIED, Optional.empty());
    }
    made.study(unseen).write();
    var manifest = json(get("", visit("maes")));
    assertThat(manifest.objects("prior"))
        .extracting(prior -> prior.string("id"))
        .containsExactly(later.id().value(), before.id().value(), married.id().value());
    assertThat(manifest.string("accession")).isEqualTo("A17");
    assertThat(manifest.object("patient").string("id")).isEqualTo("P-1");
    assertThat(manifest.objects("reasons").getFirst().string("kind")).isEqualTo("requested");
  }

  private static JsonObject json(HttpResponse answer) {
    return JsonObject.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private Platform platform() {
    var variables = new HashMap<>(TestHospital.variables());
    variables.put("AWS_ACCESS_KEY_ID", "key");
    variables.put("ROLL_UP_QUEUE_URL", "http://127.0.0.1:1/roll-up"); // nobody asks
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    return TestPlatform.of(clock, tables, variables);
  }

  private final class Counting implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      requests.add(context.request().getClass().getSimpleName().replace("Request", ""));
    }
  }

  private Grant row(String principal, String bucket, Reason.Kind kind) {
    return new Grant(
        study,
        principal,
        bucket,
        kind,
        Optional.empty(),
        Optional.of(ORDER),
        new Grant.Place("2026-11-20T10:15:00#" + study, NameKey.of("Peeters", "1958-03-07")));
  }

  private Token visit(String account) {
    var token = new Token("visit-" + account);
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(
            Session.begin(
                token.hash(),
                new Subject.OfAccount(account),
                0,
                "",
                clock.instant().minus(Duration.ofSeconds(1))));
    return token;
  }

  private HttpResponse get(String below, Token visit) {
    var event = TestEvents.cookie(TestEvents.read("study-view", "list"), visit);
    return handler.answer(TestEvents.path(event, "/api/studies/" + study + below));
  }
}
