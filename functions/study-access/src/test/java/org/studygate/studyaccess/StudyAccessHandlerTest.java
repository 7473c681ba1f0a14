package org.studygate.studyaccess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Authorisation;
import org.studygate.access.BreakGlass;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.access.Decision;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoGrants;
import org.studygate.access.Given;
import org.studygate.access.Grant;
import org.studygate.access.GrantedHoldings;
import org.studygate.access.Origin;
import org.studygate.access.Paid;
import org.studygate.access.Principal;
import org.studygate.access.Right;
import org.studygate.access.Scope;
import org.studygate.access.Share;
import org.studygate.access.Standing;
import org.studygate.access.TestBuckets;
import org.studygate.access.TestHospital;
import org.studygate.access.Visits;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.copying.Copies;
import org.studygate.copying.DynamoCopies;
import org.studygate.copying.LeftOut;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.dynamo.Transaction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.JsonObject;
import org.studygate.limit.LimitRule;
import org.studygate.limit.Tries;
import org.studygate.order.DynamoOrders;
import org.studygate.order.Orders;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.StudyId;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// Every call by everybody, what it ends, and what is written of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StudyAccessHandlerTest {
  private static final String REASON = "{\"reason\":\"  Called us.  \"}";
  private static final Pattern GRANT =
      Pattern.compile("\"id\":\"([^\"]+)\",\"kind\":\"department\"");

  private final TestClock clock = TestClock.at("2026-11-27T10:00:00Z");
  @AutoClose private final TestTables tables = TestTables.start();
  private final Tokens tokens = new Tokens(new SecureRandom());
  private final Map<String, Token> cookies = new TreeMap<>();
  private DynamoOrders orders;
  private DynamoBuckets buckets;
  private DynamoAuditTrail trail;
  private TestHospital hospital;
  private StudyAccessHandler handler;
  private int made;

  @BeforeAll
  void start() {
    orders = new DynamoOrders(tables.client(), "OrdersTable");
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", tokens);
    hospital = new TestHospital(tables, clock);
    for (var department : List.of("noord", "zuid")) {
      hospital.department(department, new ReportRule.Never());
      signIn(TestAccounts.of(department, department + "-staff", Role.STAFF), department);
      signIn(TestAccounts.of(department, department + "-admin", Role.ADMIN), department);
    }
    signIn(TestAccounts.serviceDesk("service-desk"), "");
    signIn(TestAccounts.professional("physician"), "");
    signIn(TestAccounts.professional("third"), "");
    signIn(
        TestAccounts.account(
            "not-looked-at", Role.STAFF, Optional.of("noord"), Account.State.REGISTERED),
        "noord");
    handler = new StudyAccessHandler(TestPlatform.of(clock, tables, TestHospital.variables()));
  }

  private void signIn(Account account, String department) {
    new DynamoAccounts(tables.client(), "AccountsTable").create(account);
    begin(account.id(), new Subject.OfAccount(account.id()), 0, department);
  }

  private void begin(String who, Subject subject, long epoch, String department) {
    var token = new Token("visit-of-" + who);
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(Session.begin(token.hash(), subject, epoch, department, clock.instant()));
    cookies.put(who, token);
  }

  private record Made(OrderId order, StudyId study, String bucket) {}

  /// A complete study of an order with a number, and the rows that follow.
  private Made study(String department) {
    made++;
    var order = new OrderId(department, "ORDER-" + made);
    var uid = "1.2.826." + made;
    var bucket =
        hospital.order(order, "ACCESSNUMBER" + made + "XYZ", Verification.OTP_SMS, true, uid);
    orders.registered(
        order,
        clock.instant().toString(),
        new Orders.Registered(Optional.of(bucket), Optional.empty()));
    var study = hospital.study(order, uid, 2);
    TestHospital.settling(tables, clock).study(study);
    return new Made(order, study, bucket);
  }

  /// A bucket of chosen studies.
  private String chosen(String id, StudyId... studies) {
    buckets.register(
        new Bucket(
            id,
            "noord",
            new Scope.OfStudies(Set.of(studies)),
            true,
            Verification.DATE_OF_BIRTH,
            Optional.empty(),
            "nl",
            clock.instant(),
            clock.instant().plus(Duration.ofDays(30)),
            false,
            false,
            Paid.NOTHING,
            0),
        "number-" + id,
        "birth",
        "1");
    return id;
  }

  /// Whoever gave copies is told what is not among them, and so is their department.
  @Test
  void whatIsNotInACopyIsTold() {
    var made = study("noord");
    var copy = new StudyId("c".repeat(26));
    var now = clock.instant();
    buckets.register(
        TestBuckets.ofCopies(
            "anonymized",
            new Scope.OfCopies("anonymized", Map.of(copy, made.study())),
            now,
            Origin.printed("physician", now)),
        "number-of-copies",
        "birth",
        "1");
    var copies = new DynamoCopies(tables.client(), "StudiesTable");
    copies.plan(Copies.Copy.planned(copy, "anonymized", made.study(), "noord"), List.of());
    copies.counted(copy, new LeftOut(Map.of("unseen", 2)));
    var told = "\"left\":[{\"why\":\"unseen\",\"images\":2}]";
    assertThat(sent("noord-staff", "state=waiting").body()).contains(told);
    assertThat(sent("noord-staff", "").body()).contains("\"left\":[]");
  }

  private HttpResponse send(String who, HttpRequest request) {
    return handler.answer(TestEvents.cookie(request, requireNonNull(cookies.get(who))));
  }

  private HttpResponse call(String who, String event, String path) {
    return send(who, TestEvents.path(TestEvents.read("study-access", event), path));
  }

  private HttpResponse access(String who, StudyId study) {
    return call(who, "access", "/api/studies/" + study + "/access");
  }

  private HttpResponse withdraw(String who, String bucket) {
    return call(who, "withdraw-bucket", "/api/buckets/" + bucket);
  }

  private HttpResponse takeOut(String who, String bucket, StudyId study) {
    return call(who, "take-out", "/api/buckets/" + bucket + "/studies/" + study);
  }

  private HttpResponse unlock(String who, String bucket) {
    var request =
        TestEvents.path(
            TestEvents.read("study-access", "unlock"), "/api/buckets/" + bucket + "/unlock");
    return send(who, TestEvents.body(request, REASON));
  }

  /// What a professional has printed is his to see and to end; of the rest he sees nothing.
  @Test
  void whoeverGaveSomethingSeesAndEndsIt() {
    var one = study("noord");
    var study = new DynamoStudies(tables.client(), "StudiesTable").find(one.study()).orElseThrow();
    var printed = chosen("b-of-print", one.study());
    gave(printed, "physician");
    grants().put(Grant.naming(printed, study, Optional.empty()));
    assertThat(access("noord-staff", one.study()).body())
        .contains(printed, "\"kind\":\"print\"")
        .doesNotContain("number:");
    assertThat(access("physician", one.study()).status()).isEqualTo(404); // sees no such study
    assertThat(unlock("physician", printed).status()).isEqualTo(404);
    assertThat(withdraw("not-looked-at", printed).status()).isEqualTo(404);
    assertThat(withdraw("physician", printed).status()).isEqualTo(204);
    assertThat(buckets.find(printed).orElseThrow().withdrawn()).isTrue();
    assertThat(sent("noord-staff", "state=withdrawn").body()).contains(printed);
  }

  /// Each share once, among people, and what was given on under what it came out of.
  @Test
  void whatWasSharedStandsAmongPeopleWithAllThatCameOfIt() {
    var one = study("noord");
    var other = study("noord");
    share("s-a", "physician", "account:zuid-admin", List.of(), false, one.study(), other.study());
    share("s-b", "zuid-admin", "account:third", List.of("s-a"), false, one.study(), other.study());
    share("s-c", "third", "group:fourth", List.of("s-a", "s-b"), true, one.study());
    var all = lines("noord-staff", one.study());
    assertThat(all.stream().map(StudyAccessHandlerTest::shared))
        .containsExactly("s-a", "s-b", "s-c");
    var last = all.getLast();
    assertThat(last.string("kind")).isEqualTo("group");
    assertThat(last.string("reason")).isEqualTo("shared");
    assertThat(last.string("state")).isEqualTo("active");
    assertThat(last.object("shared").string("under")).isEqualTo("s-b");
    assertThat(last.object("shared").string("reason")).isEqualTo("why");
    assertThat(last.object("shared").bool("twoFactor", false)).isTrue();
    assertThat(access("noord-staff", one.study()).body())
        .contains("\"buckets\":[{\"id\":\"" + one.bucket());
    assertThat(lines("noord-staff", other.study())).hasSize(2);
    assertThat(sent("noord-staff", "state=active").body())
        .contains("\"to\":{\"kind\":\"group\",\"name\":", "\"to\":{\"kind\":\"account\",\"name\":")
        .contains("\"to\":null"); // a number
    // what one has, what one gave, and what came of that
    assertThat(lines("zuid-admin", one.study()).stream().map(StudyAccessHandlerTest::shared))
        .containsExactly("s-a", "s-b", "s-c");
    assertThat(lines("third", one.study()).stream().map(StudyAccessHandlerTest::shared))
        .containsExactly("s-b", "s-c");
    assertThat(lines("third", one.study()).getFirst().object("shared").optionalString("reason"))
        .isEmpty();
  }

  /// With the row alone what was given on from it would go on.
  @Test
  void whoLosesWhatWasSharedLosesItForAllBelow() {
    var one = study("noord");
    var other = study("noord");
    share("t-a", "physician", "account:zuid-admin", List.of(), false, one.study(), other.study());
    share("t-b", "zuid-admin", "account:third", List.of("t-a"), false, one.study(), other.study());
    var id = lines("noord-staff", one.study()).getFirst().string("id");
    assertThat(asks("third", "zuid", one.study())).isInstanceOf(Decision.Permitted.class);
    assertThat(call("service-desk", "withdraw-grant", "/api/grants/" + id).status()).isEqualTo(204);
    assertThat(call("service-desk", "withdraw-grant", "/api/grants/" + id).status()).isEqualTo(204);
    assertThat(asks("zuid-admin", "zuid", one.study())).isInstanceOf(Decision.Refused.class);
    assertThat(asks("third", "zuid", one.study())).isInstanceOf(Decision.Refused.class);
    assertThat(asks("third", "zuid", other.study())).isInstanceOf(Decision.Permitted.class);
    assertThat(lines("noord-staff", one.study()).stream().map(line -> line.string("state")))
        .containsExactly("withdrawn", "withdrawn");
    assertThat(lines("noord-staff", other.study()).stream().map(line -> line.string("state")))
        .containsExactly("active", "active");
    assertThat(call("third", "withdraw-grant", "/api/grants/" + id).status()).isEqualTo(404);
    var rest = lines("noord-staff", other.study()).getFirst().string("id");
    assertThat(call("physician", "withdraw-grant", "/api/grants/" + rest).status()).isEqualTo(204);
    assertThat(buckets.find("t-a").orElseThrow().withdrawn()).isTrue();
    assertThat(asks("third", "zuid", other.study())).isInstanceOf(Decision.Refused.class);
  }

  @Test
  void copiesWithoutThePersonStandBelowTheStudyThatTheyWereMadeOf() {
    var one = study("noord");
    var copy = new StudyId("c".repeat(26));
    copies("u-a", "physician", "group:fourth", one.study(), copy);
    var line = lines("noord-staff", one.study()).getFirst();
    assertThat(line.string("kind")).isEqualTo("group");
    assertThat(line.string("state")).isEqualTo("waiting");
    assertThat(line.object("shared").bool("anonymized", false)).isTrue();
    assertThat(access("noord-staff", one.study()).body()).doesNotContain(copy.value(), "number:");
    var id = line.string("id");
    assertThat(call("zuid-staff", "withdraw-grant", "/api/grants/" + id).status()).isEqualTo(404);
    assertThat(call("noord-staff", "withdraw-grant", "/api/grants/" + id).status()).isEqualTo(204);
    assertThat(buckets.find("u-a").orElseThrow().withdrawn()).isTrue();
  }

  private List<Report> reports(String who, StudyId study) {
    return asks(who, "", study) instanceof Decision.Permitted permitted
        ? permitted.contents().reports()
        : List.of();
  }

  private List<JsonObject> lines(String who, StudyId study) {
    var answer = access(who, study);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JsonObject.parse(answer.body().getBytes(UTF_8)).objects("grants").stream()
        .filter(line -> line.string("reason").equals("shared"))
        .toList();
  }

  private static String shared(JsonObject line) {
    return line.object("shared").string("bucket");
  }

  private void share(
      String id, String by, String recipient, List<String> path, boolean code, StudyId... studies) {
    var scope = new Scope.OfStudies(Set.of(studies));
    var step = sharing(id, recipient, path, code, scope, Origin.shared(by, clock.instant()));
    assertThat(step.commit(tables.client()).done()).isTrue();
    for (var one : studies) {
      var study = new DynamoStudies(tables.client(), "StudiesTable").find(one).orElseThrow();
      grants().put(Grant.shared(recipient, id, by, study, Optional.empty()));
    }
  }

  private void copies(String id, String by, String recipient, StudyId source, StudyId copy) {
    var scope = new Scope.OfCopies(id, Map.of(copy, source));
    var origin = Origin.shared(by, clock.instant()).anonymous();
    var step = sharing(id, recipient, List.of(), false, scope, origin);
    assertThat(step.commit(tables.client()).done()).isTrue();
    var study = new DynamoStudies(tables.client(), "StudiesTable").find(source).orElseThrow();
    grants().put(Grant.naming(id, study, Optional.empty()));
  }

  private Transaction sharing(
      String id, String recipient, List<String> path, boolean code, Scope scope, Origin origin) {
    var now = clock.instant();
    var bucket =
        TestBuckets.given(
            id,
            scope,
            true,
            code ? Verification.OTP_SMS : Verification.DATE_OF_BIRTH,
            now,
            origin,
            new Share(
                Optional.of(recipient),
                path,
                true,
                false,
                Optional.empty(),
                false,
                Optional.empty()));
    var given = new Given("why", now, "1");
    return new Transaction().step("b", DynamoBuckets.sharing("BucketsTable", bucket, given));
  }

  private DynamoGrants grants() {
    return new DynamoGrants(
        tables.client(), new DynamoGrants.Tables("GrantsTable", "BucketsTable"));
  }

  @Test
  void aNumberOfNoUseIsToldAmongThoseSentAndWithTheStudy() {
    var order = new OrderId("zuid", "WEAK-17");
    var bucket = hospital.weak(order, "1.2.826.0.77");
    var study = hospital.study(order, "1.2.826.0.77", 1);
    TestHospital.settling(tables, clock).study(study);
    var refused = "\"state\":\"refused\"";
    assertThat(access("zuid-staff", study).body())
        .contains(bucket, refused, "\"refused\":\"weak-number\"", "\"order\":\"zuid.");
    assertThat(sent("zuid-staff", "state=refused").body())
        .contains(bucket, refused, "\"refused\":\"weak-number\"", "\"order\":\"zuid.");
    assertThat(sent("zuid-staff", "state=active").body()).doesNotContain(bucket);
    assertThat(withdraw("zuid-staff", bucket).status()).isEqualTo(204);
    assertThat(sent("zuid-staff", "state=refused").body()).doesNotContain(bucket);
    assertThat(sent("zuid-staff", "state=withdrawn").body()).contains(bucket);
  }

  /// As printing notes it.
  private void gave(String bucket, String account) {
    tables
        .client()
        .updateItem(
            update ->
                update
                    .tableName("BucketsTable")
                    .key(Map.of("bucket_id", Item.s(bucket)))
                    .updateExpression("SET kind = :kind, #by = :by, made_at = :at")
                    .expressionAttributeNames(Map.of("#by", "by"))
                    .expressionAttributeValues(
                        Map.of(
                            ":kind",
                            Item.s("print"),
                            ":by",
                            Item.s(account),
                            ":at",
                            Item.n(clock.instant()))));
  }

  /// As docs/rights.md has it.
  @Test
  void requestsAreCounted() {
    var one = study("noord");
    var requests = new ConcurrentLinkedQueue<String>();
    var counting =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            requests.add(context.request().getClass().getSimpleName());
          }
        };
    try (var counted = tables.client(counting)) {
      var platform = TestPlatform.of(clock, tables, TestHospital.variables());
      var counts =
          new StudyAccessHandler(platform, Wiring.on(platform, new Stores(platform, counted)));
      var list =
          TestEvents.path(
              TestEvents.read("study-access", "access"), "/api/studies/" + one.study() + "/access");
      var cookie = requireNonNull(cookies.get("noord-staff"));
      assertThat(counts.answer(TestEvents.cookie(list, cookie)).status()).isEqualTo(200);
      assertThat(requests).as("%s", requests).hasSize(10);
      requests.clear();
      var end =
          TestEvents.path(
              TestEvents.read("study-access", "withdraw-bucket"), "/api/buckets/" + one.bucket());
      assertThat(counts.answer(TestEvents.cookie(end, cookie)).status()).isEqualTo(204);
      assertThat(requests).as("%s", requests).hasSize(5);
      // a share has no number, and what hangs below it is not touched
      share("w-a", "physician", "account:zuid-admin", List.of(), false, one.study());
      share("w-b", "zuid-admin", "account:third", List.of("w-a"), false, one.study());
      requests.clear();
      end = TestEvents.path(TestEvents.read("study-access", "withdraw-bucket"), "/api/buckets/w-a");
      assertThat(counts.answer(TestEvents.cookie(end, cookie)).status()).isEqualTo(204);
      assertThat(requests).as("%s", requests).hasSize(4);
      assertThat(asks("third", "zuid", one.study())).isInstanceOf(Decision.Refused.class);
    }
  }

  /// A code that is typed in the moment of a withdrawal opens nothing after it.
  @Test
  void whatIsWithdrawnTakesNoCodeThatWasSentBefore() {
    var one = study("noord");
    var epoch = buckets.find(one.bucket()).orElseThrow().epoch();
    hospital.challenge(one.bucket());
    assertThat(buckets.chargeCode(one.bucket(), epoch, Tries.CODE))
        .isInstanceOf(Buckets.CodeTry.Charged.class);
    assertThat(withdraw("noord-staff", one.bucket()).status()).isEqualTo(204);
    assertThat(buckets.chargeCode(one.bucket(), epoch, Tries.CODE))
        .isInstanceOf(Buckets.CodeTry.Refused.class);
    assertThat(buckets.chargeCode(one.bucket(), epoch + 1, Tries.CODE))
        .isInstanceOf(Buckets.CodeTry.Refused.class);
  }

  /// Whichever comes first of an unlock and the fifth code, what stands afterwards is one of both.
  @Test
  void anUnlockAmongCodesLeavesNoMoreThanFiveTries() throws Exception {
    var one = study("noord");
    for (var round = 0; round < 5; round++) {
      var epoch = buckets.find(one.bucket()).orElseThrow().epoch();
      for (var wrong = 1; wrong < Tries.CODE.max(); wrong++) {
        buckets.chargeCode(one.bucket(), epoch, Tries.CODE);
      }
      try (var threads = Executors.newFixedThreadPool(2)) {
        var unlocked = threads.submit(() -> unlock("noord-admin", one.bucket()));
        var tried = threads.submit(() -> buckets.chargeCode(one.bucket(), epoch, Tries.CODE));
        assertThat(unlocked.get().status()).isEqualTo(204);
        assertThat(tried.get()).isNotNull();
      }
      assertThat(buckets.find(one.bucket()).orElseThrow().blocked()).isFalse();
      assertThat(buckets.find(one.bucket()).orElseThrow().epoch()).isEqualTo(epoch + 1);
      assertThat(buckets.wrongCodes(one.bucket())).isZero();
    }
  }

  private HttpResponse glass(String who, StudyId study, String body) {
    var request =
        TestEvents.path(
            TestEvents.read("study-access", "glass"), "/api/studies/" + study + "/glass");
    return send(who, TestEvents.body(request, body));
  }

  @Test
  void aStudyIsOpenedWithoutARightForAWhileWithAReasonAndItIsTold() {
    var one = study("zuid");
    assertThat(glass("zuid-staff", one.study(), REASON).body()).contains("conflict");
    var row = GRANT.matcher(access("zuid-staff", one.study()).body());
    assertThat(row.find()).isTrue();
    call("zuid-staff", "withdraw-grant", "/api/grants/" + row.group(1));
    assertThat(asks("zuid-staff", "zuid", one.study())).isInstanceOf(Decision.Refused.class);
    assertThat(glass("zuid-staff", one.study(), "{\"reason\":\" \"}").status()).isEqualTo(400);
    assertThat(glass("zuid-staff", one.study(), REASON).status()).isEqualTo(204);
    assertThat(asks("zuid-staff", "zuid", one.study())).isInstanceOf(Decision.Permitted.class);
    assertThat(asks("zuid-admin", "zuid", one.study())).isInstanceOf(Decision.Refused.class);
    assertThat(glass("service-desk", one.study(), REASON).status()).isEqualTo(204);
    assertThat(actions(AuditEvent.study(one.study().value())))
        .filteredOn(AuditAction.GLASS_BROKEN::equals)
        .hasSize(2);
    assertThat(access("zuid-admin", one.study()).body())
        .contains("\"kind\":\"glass\"", "\"reason\":\"Called us.\"");
    clock.advance(BreakGlass.OPEN);
    assertThat(asks("zuid-staff", "zuid", one.study())).isInstanceOf(Decision.Refused.class);
    clock.advance(BreakGlass.OPEN.negated());
    for (var who : List.of("noord-staff", "noord-admin", "physician", "not-looked-at")) {
      assertThat(glass(who, one.study(), REASON))
          .isEqualTo(glass(who, StudyId.of("zuid", "9.9.9"), REASON));
      assertThat(glass(who, one.study(), REASON).status()).isEqualTo(404);
    }
  }

  /// What is held back, or still coming, is what somebody has to look at in an emergency.
  @Test
  void aStudyWithoutOrderAndOneThatIsStillComingAreOpenedWithoutARight() {
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    var none = hospital.study(new OrderId("zuid", "NEVER-CAME"), "1.2.826.0.88.1", 1);
    assertThat(studies.find(none).orElseThrow().order()).isEmpty();
    var order = new OrderId("zuid", "COMING-1");
    hospital.order(order, "STILLTOCOMEXYZ", Verification.OTP_SMS, true, "1.2.826.0.88.2");
    var coming = hospital.arriving(order, "1.2.826.0.88.2");
    assertThat(studies.find(coming).orElseThrow().order()).contains(order);
    assertThat(studies.find(coming).orElseThrow().firstCompleteAt()).isEmpty();
    for (var one : List.of(none, coming)) {
      TestHospital.settling(tables, clock).study(coming);
      assertThat(asks("zuid-admin", "zuid", one)).isInstanceOf(Decision.Refused.class);
      assertThat(glass("zuid-admin", one, REASON).status()).isEqualTo(204);
      assertThat(asks("zuid-admin", "zuid", one))
          .isInstanceOfSatisfying(
              Decision.Permitted.class, seen -> assertThat(seen.contents().series()).isNotEmpty());
      assertThat(asks("zuid-staff", "zuid", one)).isInstanceOf(Decision.Refused.class);
      assertThat(glass("noord-admin", one, REASON).status()).isEqualTo(404);
      assertThat(access("zuid-staff", one).body()).contains("\"kind\":\"glass\"");
      assertThat(actions(AuditEvent.study(one.value()))).contains(AuditAction.GLASS_BROKEN);
    }
  }

  /// The order stands for a study as long as nothing but its report has come.
  @Test
  void whoHasAccessToAReportWithoutPicturesIsTold() {
    made++;
    var order = new OrderId("zuid", "REPORT-" + made);
    var bucket = hospital.order(order, "REPORTNUMBER" + made + "XYZ", Verification.OTP_SMS, true);
    orders.registered(
        order,
        clock.instant().toString(),
        new Orders.Registered(Optional.of(bucket), Optional.empty()));
    hospital.report(order, "Nothing to be seen.");
    var itself = StudyId.of(order);
    TestHospital.settling(tables, clock).study(itself);
    var answer = access("zuid-staff", itself);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"reason\":\"staff\"", bucket);
    for (var who : List.of("noord-staff", "physician", "not-looked-at")) {
      assertThat(access(who, itself)).isEqualTo(access(who, StudyId.of("zuid", "9.9.9")));
      assertThat(glass(who, itself, REASON))
          .isEqualTo(glass(who, StudyId.of("zuid", "9.9.9"), REASON));
    }
    // the report is what is needed
    assertThat(reports("service-desk", itself)).isEmpty();
    assertThat(glass("service-desk", itself, REASON).status()).isEqualTo(204);
    assertThat(reports("service-desk", itself)).hasSize(1);
    assertThat(actions(AuditEvent.study(itself.value()))).contains(AuditAction.GLASS_BROKEN);
    assertThat(access("zuid-admin", itself).body()).contains("\"kind\":\"glass\"");
    clock.advance(BreakGlass.OPEN);
    assertThat(reports("service-desk", itself)).isEmpty();
    clock.advance(BreakGlass.OPEN.negated());
  }

  @Test
  void whoGotFilesIsToldToTheDepartmentAlone() {
    var one = study("zuid");
    for (var who :
        List.of(
            new Actor.Patient(one.bucket()),
            new Actor.Professional("physician"),
            new Actor.Staff("zuid-admin"))) {
      for (var action : List.of(AuditAction.FILE_DOWNLOADED, AuditAction.IMAGES_VIEWED)) {
        trail.record(
            new AuditEvent(
                AuditEvent.study(one.study().value()), clock.instant(), who, action, "ok", "r"));
      }
    }
    var body = access("zuid-staff", one.study()).body();
    var downloads = body.substring(body.indexOf("\"downloads\""));
    assertThat(downloads)
        .containsOnlyOnce("\"kind\":\"patient\"")
        .containsOnlyOnce("\"kind\":\"professional\"")
        .containsOnlyOnce("\"kind\":\"staff\"");
  }

  @Test
  void twentyInAnHourAndNoMore() {
    signIn(TestAccounts.serviceDesk("busy-desk"), "");
    for (var opened = 0; opened < LimitRule.GLASS.max(); opened++) {
      assertThat(glass("busy-desk", study("noord").study(), REASON).status()).isEqualTo(204);
    }
    var next = study("noord").study();
    assertThat(glass("busy-desk", next, REASON).status()).isEqualTo(429);
    assertThat(actions(AuditEvent.study(next.value()))).isEmpty();
    var withdrawn = access("noord-staff", next);
    assertThat(withdrawn.body()).doesNotContain("glass");
  }

  private HttpResponse sent(String who, String query) {
    return send(
        who, TestEvents.path(TestEvents.read("study-access", "sent"), "/api/buckets", query));
  }

  private String grant(StudyId study) {
    var found = GRANT.matcher(access("noord-staff", study).body());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private List<AuditAction> actions(String trailOf) {
    return trail.read(trailOf, Optional.empty(), 100).events().stream()
        .map(AuditEvent::action)
        .toList();
  }

  private Decision asks(String account, String department, StudyId study) {
    var holdings =
        new GrantedHoldings(
            new DynamoGrants(
                tables.client(), new DynamoGrants.Tables("GrantsTable", "BucketsTable")));
    var who =
        new Principal.Professional(
            account, Role.STAFF, Set.of(), Optional.of(department), Set.of());
    return new Authorisation(
            holdings,
            orders,
            new DynamoStudies(tables.client(), "StudiesTable"),
            new DynamoDepartments(tables.client(), "DepartmentsTable"),
            clock)
        .ask(who, study, Right.STUDY);
  }

  @Test
  void theDepartmentAndTheServiceDeskSeeWhoHasAccess() {
    var one = study("noord");
    for (var who : List.of("noord-staff", "noord-admin", "service-desk")) {
      var answer = access(who, one.study());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body())
          .contains("Radiologie noord", "\"reason\":\"staff\"", one.bucket(), "otp-sms")
          .contains("••• 56")
          .doesNotContain("+32470123456");
    }
    assertThat(actions(AuditEvent.study(one.study().value())))
        .containsOnly(AuditAction.ACCESS_LISTED)
        .hasSize(3);
  }

  @Test
  void whatIsOfOthersIsAnsweredAsWhatNeverWas() {
    var one = study("noord");
    var never = StudyId.of("noord", "9.9.9");
    for (var who : List.of("zuid-staff", "zuid-admin", "physician", "not-looked-at")) {
      assertThat(access(who, one.study())).isEqualTo(access(who, never));
      assertThat(withdraw(who, one.bucket())).isEqualTo(withdraw(who, "never"));
      assertThat(unlock(who, one.bucket())).isEqualTo(unlock(who, "never"));
      assertThat(takeOut(who, one.bucket(), one.study()))
          .isEqualTo(takeOut(who, "never", one.study()));
      var grant = grant(one.study());
      assertThat(call(who, "withdraw-grant", "/api/grants/" + grant))
          .isEqualTo(call(who, "withdraw-grant", "/api/grants/" + never + ".0000"));
      assertThat(access(who, one.study()).status()).isEqualTo(404);
    }
    assertThat(buckets.find(one.bucket()).orElseThrow().withdrawn()).isFalse();
    assertThat(withdraw("noord-staff", Bucket.ofDepartment("noord")).status()).isEqualTo(404);
  }

  @Test
  void whatIsWithdrawnEndsItsVisitsAndIsToldOnce() throws Exception {
    var one = study("noord");
    var epoch = buckets.find(one.bucket()).orElseThrow().epoch();
    begin("patient", new Subject.OfBucket(one.bucket()), epoch, "noord");
    var sessions = new DynamoSessions(tables.client(), "SessionsTable");
    var visits = new Visits(sessions, buckets, clock);
    var visit = requireNonNull(cookies.get("patient"));
    assertThat(visits.find(visit)).isPresent();
    assertThat(access("patient", one.study()).status()).isEqualTo(404);
    var answers = both(() -> withdraw("noord-staff", one.bucket()));
    assertThat(answers).extracting(HttpResponse::status).containsOnly(204);
    assertThat(visits.find(visit)).isEmpty();
    assertThat(actions(AuditEvent.bucket(one.bucket()))).containsOnlyOnce(AuditAction.WITHDRAWN);
    assertThat(access("noord-staff", one.study()).body()).contains("withdrawn");
    assertThat(withdraw("noord-admin", one.bucket()).status()).isEqualTo(204);
    assertThat(buckets.find(one.bucket()).orElseThrow().epoch()).isEqualTo(epoch + 1);
  }

  @Test
  void aRowThatWasWithdrawnStaysSoHoweverOftenRightsAreSettled() {
    var one = study("noord");
    assertThat(asks("x", "noord", one.study())).isInstanceOf(Decision.Permitted.class);
    var path = "/api/grants/" + grant(one.study());
    assertThat(call("noord-staff", "withdraw-grant", path).status()).isEqualTo(204);
    for (var times = 0; times < 2; times++) {
      assertThat(asks("x", "noord", one.study())).isInstanceOf(Decision.Refused.class);
      TestHospital.settling(tables, clock).study(one.study());
    }
    assertThat(call("noord-staff", "withdraw-grant", path).status()).isEqualTo(204);
    assertThat(actions(AuditEvent.study(one.study().value())))
        .containsOnlyOnce(AuditAction.GRANT_WITHDRAWN);
    assertThat(access("noord-staff", one.study()).body()).contains("\"state\":\"withdrawn\"");
  }

  @Test
  void oneStudyIsTakenOutAndTheLastEndsTheWhole() throws Exception {
    var one = study("noord");
    var two = study("noord");
    var bucket = chosen("b-of-two", one.study(), two.study());
    assertThat(takeOut("noord-staff", bucket, study("noord").study()).status()).isEqualTo(404);
    assertThat(takeOut("noord-staff", bucket, one.study()).status()).isEqualTo(204);
    assertThat(buckets.find(bucket).orElseThrow().scope())
        .isEqualTo(new Scope.OfStudies(Set.of(two.study())));
    assertThat(takeOut("noord-staff", bucket, two.study()).status()).isEqualTo(204);
    assertThat(buckets.find(bucket).orElseThrow().withdrawn()).isTrue();
    assertThat(actions(AuditEvent.bucket(bucket)))
        .containsExactlyInAnyOrder(AuditAction.STUDY_TAKEN_OUT, AuditAction.WITHDRAWN);
    var whole = takeOut("noord-staff", one.bucket(), one.study());
    assertThat(whole.status()).isEqualTo(409);
    assertThat(whole.body()).contains("whole-order");
    var racing = chosen("b-of-a-race", one.study(), two.study());
    try (var threads = Executors.newFixedThreadPool(2)) {
      var calls =
          Stream.of(one, two)
              .<Callable<HttpResponse>>map(of -> () -> takeOut("noord-staff", racing, of.study()))
              .toList();
      for (var answer : threads.invokeAll(calls)) {
        assertThat(answer.get().status()).isEqualTo(204);
      }
    }
    assertThat(buckets.find(racing).orElseThrow().withdrawn()).isTrue();
  }

  @Test
  void whatIsBlockedIsUnlockedByAdminsAndTheServiceDeskAlone() {
    for (var who : List.of("noord-admin", "service-desk")) {
      var one = study("noord");
      var epoch = buckets.find(one.bucket()).orElseThrow().epoch();
      for (var wrong = 0; wrong < Tries.CODE.max(); wrong++) {
        buckets.chargeCode(one.bucket(), epoch, Tries.CODE);
      }
      assertThat(access("noord-staff", one.study()).body()).contains("\"state\":\"blocked\"");
      assertThat(unlock("noord-staff", one.bucket()).status()).isEqualTo(403);
      assertThat(unlock("zuid-admin", one.bucket()).status()).isEqualTo(404);
      assertThat(buckets.find(one.bucket()).orElseThrow().blocked()).isTrue();
      assertThat(unlock(who, one.bucket()).status()).isEqualTo(204);
      assertThat(buckets.find(one.bucket()).orElseThrow().blocked()).isFalse();
      assertThat(actions(AuditEvent.bucket(one.bucket()))).contains(AuditAction.UNLOCKED);
    }
  }

  @Test
  void whatWasSentIsListedByItsStateTheNewestFirst() {
    var older = study("zuid");
    clock.advance(Duration.ofMinutes(1));
    var newer = study("zuid");
    var elsewhere = study("noord");
    var all = sent("zuid-staff", "").body();
    assertThat(all)
        .contains(older.bucket(), "An Peeters", "CT thorax")
        .doesNotContain(elsewhere.bucket());
    assertThat(all.indexOf(newer.bucket())).isLessThan(all.indexOf(older.bucket()));
    withdraw("zuid-admin", older.bucket());
    assertThat(sent("zuid-staff", "state=withdrawn").body())
        .contains(older.bucket())
        .doesNotContain(newer.bucket());
    assertThat(sent("zuid-staff", "state=active").body())
        .contains(newer.bucket())
        .doesNotContain(older.bucket());
    assertThat(sent("service-desk", "department=zuid").body()).contains(newer.bucket());
    assertThat(sent("service-desk", "").status()).isEqualTo(400);
    assertThat(sent("noord-staff", "department=zuid").status()).isEqualTo(404);
    assertThat(sent("physician", "").status()).isEqualTo(404);
    assertThat(sent("zuid-staff", "state=odd").status()).isEqualTo(400);
    assertThat(Standing.State.of("odd")).isEmpty();
  }

  private static List<HttpResponse> both(Callable<HttpResponse> call) throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      return threads.invokeAll(List.of(call, call)).stream()
          .map(StudyAccessHandlerTest::answer)
          .toList();
    }
  }

  private static HttpResponse answer(java.util.concurrent.Future<HttpResponse> future) {
    try {
      return future.get();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
