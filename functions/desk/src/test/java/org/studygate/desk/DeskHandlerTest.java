package org.studygate.desk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Authorisation;
import org.studygate.access.Decision;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Principal;
import org.studygate.access.Right;
import org.studygate.access.TestHospital;
import org.studygate.access.Validity;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.copying.Copies;
import org.studygate.copying.DynamoCopies;
import org.studygate.copying.LeftOut;
import org.studygate.copying.NoCopyWork;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.limit.Tries;
import org.studygate.order.DynamoOrderDesk;
import org.studygate.order.DynamoOrders;
import org.studygate.order.Linking;
import org.studygate.order.Orders;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.receipt.DynamoReceiptNotes;
import org.studygate.receipt.Receipt;
import org.studygate.reference.DynamoReferences;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Instance;
import org.studygate.study.NoRollUps;
import org.studygate.study.OrderId;
import org.studygate.study.RollUps;
import org.studygate.study.Samples;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;

/// Every call by everybody, what it changes, and what is written of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeskHandlerTest {
  private static final String REASON = "{\"reason\":\"  Looked at it.  \"}";
  private static final String NOBODY = "nobody";

  private final TestClock clock = TestClock.at("2026-11-27T10:00:00Z");
  @AutoClose private final TestTables tables = TestTables.start();
  private final Tokens tokens = new Tokens(new SecureRandom());
  private final Set<StudyId> asked = ConcurrentHashMap.newKeySet();
  private final Map<String, Token> cookies = new TreeMap<>();
  private DynamoOrders orders;
  private DynamoStudies studies;
  private DynamoBuckets buckets;
  private DynamoAuditTrail trail;
  private TestHospital hospital;
  private DeskHandler handler;
  private int made;

  @BeforeAll
  void start() {
    orders = new DynamoOrders(tables.client(), "OrdersTable");
    studies = new DynamoStudies(tables.client(), "StudiesTable");
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
    signIn(
        TestAccounts.account(
            "not-looked-at", Role.STAFF, Optional.of("noord"), Account.State.REGISTERED),
        "noord");
    var variables = TestHospital.variables();
    var platform = TestPlatform.of(clock, tables, variables);
    handler = new DeskHandler(platform, Wiring.on(platform, new Asking(), new NoCopyWork()));
    patient();
  }

  private final class Asking implements RollUps {
    @Override
    public void later(StudyId study, SeriesUid series, long gen) {}

    @Override
    public void now(StudyId study, SeriesUid series) {}

    @Override
    public void now(StudyId study) {
      asked.add(study);
    }
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

  private void patient() {
    var bucket = order("noord", Verification.DATE_OF_BIRTH).bucket();
    var epoch = buckets.find(bucket).orElseThrow().epoch();
    begin("patient", new Subject.OfBucket(bucket), epoch, "noord");
  }

  private record Made(OrderId id, String name, String bucket, String uid) {}

  private Made order(String department, Verification verification) {
    made++;
    var id = new OrderId(department, "ORDER-" + made);
    var uid = "1.2.826." + made;
    var bucket = hospital.order(id, "DESKNUMBER" + made + "XYZ", verification, false, uid);
    orders.registered(
        id,
        clock.instant().toString(),
        new Orders.Registered(Optional.of(bucket), Optional.empty()));
    var line = new DynamoOrderDesk(tables.client(), "OrdersTable").line(id).orElseThrow();
    return new Made(id, department + "." + line.name(), bucket, uid);
  }

  /// A study whose files bear the order's accession number and name these patients: P-1 is its own.
  private StudyId study(Made order, String... patients) {
    var uid = order.uid() + ".9";
    var id = StudyId.of(order.id().department(), uid);
    var series = new SeriesUid(uid + ".1");
    var whose = new HashSet<Whose>();
    for (var i = 0; i < patients.length; i++) {
      var facts = Samples.facts(patients[i]);
      studies.file(id, Samples.instance(series, uid + ".1." + (i + 1), Instance.Kind.IMAGE, facts));
      whose.add(Samples.whose(patients[i], order.id().accession()));
    }
    studies.change(id, series, clock.instant());
    studies.received(
        new Studies.Arrival(id, order.id().department(), uid, whose),
        clock.instant(),
        clock.instant());
    new Linking(studies, orders, new NoRollUps(), _ -> {}, clock)
        .studyCame(studies.find(id).orElseThrow());
    return id;
  }

  private HttpResponse call(String who, String event, String path, String body) {
    var request = TestEvents.path(TestEvents.read("desk", event), path);
    return send(who, body.isEmpty() ? request : TestEvents.body(request, body));
  }

  private HttpResponse ask(String who, String path, String query) {
    return send(who, TestEvents.path(TestEvents.read("desk", "orders"), path, query));
  }

  private HttpResponse send(String who, HttpRequest request) {
    return handler.answer(
        who.equals(NOBODY)
            ? new HttpRequest(
                request.route(),
                request.path(),
                request.rawQuery(),
                request.headers(),
                List.of(),
                request.pathParameters(),
                request.sourceAddress(),
                request.requestId(),
                request.body())
            : TestEvents.cookie(request, requireNonNull(cookies.get(who))));
  }

  /// One call on what is noord's, made anew for each who asks.
  private record Call(String name, int forStaff, Function<String, HttpResponse> by) {}

  private List<Call> calls() {
    return List.of(
        new Call("receipts", 200, who -> ask(who, "/api/desk/receipts", "department=noord")),
        new Call("orders", 200, who -> ask(who, "/api/desk/orders", "department=noord")),
        new Call("studies", 200, who -> ask(who, "/api/desk/studies", "department=noord")),
        new Call(
            "search",
            200,
            who ->
                call(
                    who,
                    "search",
                    "/api/desk/orders/search",
                    "{\"q\":\"peeters\",\"department\":\"noord\"}")),
        new Call(
            "done",
            204,
            who -> call(who, "receipt-done", "/api/desk/receipts/" + receipt() + "/done", "")),
        new Call("unlock", 403, who -> act(who, "unlock", Verification.OTP_SMS, REASON)),
        new Call("regenerate", 403, who -> act(who, weak("noord"), "regenerate", REASON)),
        new Call("paid", 204, who -> act(who, "paid", Verification.PAYMENT, REASON)),
        new Call("pincode", 409, who -> act(who, "pincode", Verification.PAYMENT, "{}")),
        new Call(
            "match",
            204,
            who -> {
              var order = order("noord", Verification.OTP_SMS);
              return match(who, order, study(order, "P-2"));
            }),
        new Call(
            "study",
            200,
            who ->
                call(
                    who,
                    "study",
                    "/api/desk/studies/" + study(order("noord", Verification.OTP_SMS), "P-2"),
                    "")),
        new Call(
            "release",
            204,
            who -> {
              var study = study(order("noord", Verification.OTP_SMS), "P-1", "P-2");
              return judge(who, study, "release", release("P-2"));
            }),
        new Call(
            "unmatch",
            204,
            who -> {
              var study = study(order("noord", Verification.OTP_SMS), "P-1", "P-2");
              judge("noord-admin", study, "release", release("P-2"));
              return judge(who, study, "unmatch", REASON);
            }),
        new Call(
            "looked-at",
            204,
            who ->
                judge(
                    who, study(order("noord", Verification.OTP_SMS), "P-2"), "looked-at", REASON)));
  }

  /// An order whose number is too weak, as it is taken in.
  private Made weak(String department) {
    made++;
    var id = new OrderId(department, "ORDER-" + made);
    var bucket = hospital.weak(id, "1.2.826." + made);
    var line = new DynamoOrderDesk(tables.client(), "OrdersTable").line(id).orElseThrow();
    return new Made(id, department + "." + line.name(), bucket, "1.2.826." + made);
  }

  @Test
  void anOrderWithAWeakNumberGetsOneOfOursThatIsToldOnce() {
    var order = weak("zuid");
    assertThat(state(order)).isEqualTo("weak");
    assertThat(acts("zuid-staff", order)).doesNotContain("regenerate");
    assertThat(acts("zuid-admin", order)).contains("\"regenerate\"");
    assertThat(act("zuid-admin", order, "unlock", REASON).body()).contains("no-number");
    assertThat(act("zuid-admin", order, "regenerate", "{\"reason\":\" \"}").status())
        .isEqualTo(400);
    var answer = act("zuid-admin", order, "regenerate", REASON);
    assertThat(answer.body())
        .matches("\\{\"number\":\"(?:[0-9A-Z]{4}-){4}[0-9A-Z]\",\"validUntil\":\"[^\"]+\"}");
    assertThat(answer.headers()).containsEntry("cache-control", "no-store");
    assertThat(state(order)).isEqualTo("valid");
    assertThat(acts("zuid-admin", order)).doesNotContain("regenerate");
    var again = act("zuid-admin", order, "regenerate", REASON);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body()).contains("\"code\":\"conflict\"");
    var fine = order("zuid", Verification.OTP_SMS);
    assertThat(act("zuid-admin", fine, "regenerate", REASON).body()).contains("conflict");
    assertThat(actions(AuditEvent.bucket(order.bucket())))
        .containsOnlyOnce(AuditAction.NUMBER_REGENERATED);
  }

  private String acts(String who, Made order) {
    var body =
        call(
                who,
                "search",
                "/api/desk/orders/search",
                "{\"q\":\"" + order.id().accession() + "\",\"department\":\"zuid\"}")
            .body();
    return body.substring(body.lastIndexOf("\"acts\""));
  }

  private HttpResponse act(String who, String act, Verification verification, String body) {
    return act(who, order("noord", verification), act, body);
  }

  private HttpResponse act(String who, Made order, String act, String body) {
    return call(who, act, "/api/desk/orders/" + order.name() + "/" + act, body);
  }

  private HttpResponse judge(String who, StudyId study, String act, String body) {
    return call(who, act, "/api/desk/studies/" + study + "/" + act, body);
  }

  private HttpResponse match(String who, Made order, StudyId study) {
    return act(who, order, "match", "{\"study\":\"" + study + "\",\"reason\":\"The same woman.\"}");
  }

  private static String release(String patient) {
    return "{\"persons\":[\""
        + Held.id(Samples.facts(patient).person())
        + "\"],\"reason\":\"Her maiden name.\"}";
  }

  private String receipt() {
    var id = "20261127T100000Z-%032x".formatted(++made);
    new DynamoReceiptNotes(tables.client(), "ReceiptsTable")
        .note(
            new Receipt(
                "noord",
                Optional.of("in/noord/order.json"),
                "weak-number",
                "Send another number.",
                clock.instant(),
                new Receipt.About(Optional.of("A17"), Optional.empty(), Optional.empty())),
            id);
    return "noord." + id;
  }

  @Test
  void everyActByEveryRole() {
    var handlers = new HashSet<String>();
    for (var call : calls()) {
      handlers.add(call.name());
      var forAdmin =
          call.name().equals("regenerate") ? 200 : call.forStaff() == 403 ? 204 : call.forStaff();
      assertThat(call.by().apply("noord-staff").status())
          .as(call.name())
          .isEqualTo(call.forStaff());
      assertThat(call.by().apply("noord-admin").status()).as(call.name()).isEqualTo(forAdmin);
      assertThat(call.by().apply("service-desk").status()).as(call.name()).isEqualTo(forAdmin);
      assertThat(call.by().apply(NOBODY).status()).as(call.name()).isEqualTo(401);
      for (var stranger :
          List.of("zuid-staff", "zuid-admin", "physician", "not-looked-at", "patient")) {
        var answer = call.by().apply(stranger);
        assertThat(answer.status()).as(call.name() + " by " + stranger).isEqualTo(404);
        assertThat(answer.body()).contains("\"code\":\"not-found\"");
      }
    }
    assertThat(handlers).hasSize(14);
  }

  @Test
  void whatIsAnothersIsAnsweredAsWhatNeverWas() {
    var theirs = order("zuid", Verification.PAYMENT);
    var study = study(theirs, "P-2");
    var never = "zuid.00000000000000000000000000";
    for (var act : List.of("unlock", "paid", "pincode", "match")) {
      var body =
          switch (act) {
            case "pincode" -> "{}";
            case "match" -> "{\"study\":\"" + study + "\",\"reason\":\"x\"}";
            default -> REASON;
          };
      for (var who : List.of("noord-staff", "noord-admin")) {
        var foreign = act(who, theirs, act, body);
        var none = call(who, act, "/api/desk/orders/" + never + "/" + act, body);
        assertThat(foreign).as(act + " by " + who).isEqualTo(none);
        assertThat(foreign.status()).isEqualTo(404);
      }
    }
    var mine = order("noord", Verification.OTP_SMS);
    assertThat(match("noord-admin", mine, study).status()).isEqualTo(404); // a study of another's
    assertThat(match("service-desk", mine, study).status()).isEqualTo(404); // nor for who sees both
    assertThat(studies.find(study).orElseThrow().order()).isEmpty();
    assertThat(judge("noord-admin", study, "looked-at", REASON))
        .isEqualTo(
            judge("noord-admin", new StudyId("00000000000000000000000000"), "looked-at", REASON));
    for (var malformed : List.of("noord", ".x", "NOORD.x", "noord.")) {
      if (!malformed.startsWith(".")) {
        assertThat(
                call("noord-admin", "unlock", "/api/desk/orders/" + malformed + "/unlock", REASON)
                    .status())
            .isEqualTo(404);
      }
    }
  }

  @Test
  void aReasonIsAskedForAndKeptInTheTrailAlone() {
    var order = order("noord", Verification.PAYMENT);
    for (var body :
        List.of(
            "{}",
            "{\"reason\":\"\"}",
            "{\"reason\":\" \\n \"}",
            "{\"reason\":\"" + "x".repeat(501) + "\"}")) {
      for (var act : List.of("unlock", "paid")) {
        var answer = act("noord-admin", order, act, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"parameter\":\"reason\"");
      }
    }
    assertThat(act("noord-admin", order, "paid", REASON).status()).isEqualTo(204);
    var kept =
        tables.client().scan(scan -> scan.tableName("AuditTable")).items().stream()
            .map(Item::of)
            .filter(item -> item.text("trail").equals(AuditEvent.bucket(order.bucket())))
            .filter(item -> item.text("action").equals("payment-marked"))
            .toList();
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().text("reason")).isEqualTo("Looked at it.");
    assertThat(kept.getFirst().text("who")).isEqualTo("staff:noord-admin");
  }

  @Test
  void theServiceDeskSaysWhichDepartmentAndOthersNeedNot() {
    assertThat(ask("noord-staff", "/api/desk/orders", "").status()).isEqualTo(200);
    assertThat(ask("service-desk", "/api/desk/orders", "department=zuid").status()).isEqualTo(200);
    var answer = ask("service-desk", "/api/desk/orders", "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"parameter\":\"department\"");
    assertThat(ask("noord-staff", "/api/desk/orders", "department=zuid").status()).isEqualTo(404);
    assertThat(ask("noord-staff", "/api/desk/orders", "department=none").status()).isEqualTo(404);
  }

  @Test
  void receiptsSayWhatHappenedAndWhoDealtWithThem() {
    var id = receipt();
    assertThat(ask("noord-staff", "/api/desk/receipts", "").body())
        .contains(
            "{\"id\":\""
                + id
                + "\",\"key\":\"in/noord/order.json\",\"code\":\"weak-number\","
                + "\"sentence\":\"Send another number.\",\"at\":\""
                + clock.instant()
                + "\","
                + "\"done\":false,\"doneAt\":null,"
                + "\"about\":{\"accession\":\"A17\",\"studyUid\":null,\"sopUid\":null}}");
    var path = "/api/desk/receipts/" + id + "/done";
    assertThat(call("noord-staff", "receipt-done", path, "").status()).isEqualTo(204);
    assertThat(call("noord-admin", "receipt-done", path, "").status()).isEqualTo(204);
    assertThat(ask("noord-staff", "/api/desk/receipts", "").body())
        .contains("\"done\":true,\"doneAt\":\"" + clock.instant() + "\"");
    assertThat(call("noord-staff", "receipt-done", path, "{\"done\":false}").status())
        .isEqualTo(204);
    assertThat(
            call(
                    "noord-staff",
                    "receipt-done",
                    "/api/desk/receipts/noord.20261127T100000Z-none/done",
                    "")
                .status())
        .isEqualTo(404);
  }

  @Test
  void aNumberThatOpensNothingSaysWhy() {
    var states = new TreeMap<String, String>();
    for (var flag : List.of("weak-number", "number-taken", "number-withdrawn", "mobile-none")) {
      var order = order("zuid", Verification.OTP_SMS);
      orders.registered(
          order.id(),
          clock.instant().toString(),
          new Orders.Registered(Optional.empty(), Optional.of(flag)));
      states.put(flag, state(order));
    }
    assertThat(states)
        .containsEntry("weak-number", "weak")
        .containsEntry("number-taken", "taken")
        .containsEntry("number-withdrawn", "withdrawn")
        .containsEntry("mobile-none", "refused");
    var expired = order("zuid", Verification.DATE_OF_BIRTH);
    hospital.order(
        expired.id(),
        "DESKNUMBER" + expired.uid().substring(8) + "XYZ",
        Verification.DATE_OF_BIRTH,
        false,
        new Validity(Instant.EPOCH, clock.instant()),
        expired.uid());
    assertThat(state(expired)).isEqualTo("expired");
    var withdrawn = order("zuid", Verification.DATE_OF_BIRTH);
    buckets.withdraw(withdrawn.bucket());
    assertThat(state(withdrawn)).isEqualTo("withdrawn");
  }

  private String state(Made order) {
    return field(found(order), "\"number\":{\"state\":\"");
  }

  private String found(Made order) {
    var answer =
        call(
            "service-desk",
            "search",
            "/api/desk/orders/search",
            "{\"q\":\""
                + order.id().accession()
                + "\",\"department\":\""
                + order.id().department()
                + "\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains(order.name());
    return answer.body();
  }

  private static String field(String body, String before) {
    var at = body.indexOf(before);
    assertThat(at).as(before + " in " + body).isNotNegative();
    return body.substring(at + before.length(), body.indexOf('"', at + before.length()));
  }

  @Test
  void aBlockedNumberIsUnlockedOnceForAllAndTheTrailTellsIt() throws Exception {
    var order = order("noord", Verification.DATE_OF_BIRTH);
    var key = Map.of("bucket_id", Item.s(order.bucket()));
    var bucket = tables.client().getItem(get -> get.tableName("BucketsTable").key(key)).item();
    var hash = Item.of(bucket).text("reference_hash");
    var references = new DynamoReferences(tables.client(), "ReferencesTable");
    for (var i = 0; i < Tries.DATE.max(); i++) {
      references.charge(hash, clock.instant());
    }
    assertThat(state(order)).isEqualTo("blocked");
    assertThat(found(order)).contains("\"failures\":5").contains("\"acts\":[\"unlock\",\"judge\"]");
    var both = both(() -> act("noord-admin", order, "unlock", REASON));
    assertThat(both).extracting(HttpResponse::status).containsOnly(204);
    assertThat(state(order)).isEqualTo("valid");
    assertThat(actions(AuditEvent.bucket(order.bucket()))).containsOnly(AuditAction.UNLOCKED);
  }

  @Test
  void unlockedWhileItIsGuessedItIsEitherBlockedOrNot() throws Exception {
    var order = order("noord", Verification.OTP_SMS);
    for (var round = 0; round < 5; round++) {
      var epoch = buckets.find(order.bucket()).orElseThrow().epoch();
      try (var threads = Executors.newFixedThreadPool(6)) {
        var calls = new ArrayList<Callable<Integer>>();
        for (var i = 0; i < 5; i++) {
          calls.add(
              () -> {
                buckets.chargeCode(order.bucket(), epoch, Tries.CODE);
                return 204;
              });
        }
        calls.add(() -> act("noord-admin", order, "unlock", REASON).status());
        for (var result : threads.invokeAll(calls)) {
          assertThat(result.get()).isEqualTo(204);
        }
      }
      var blocked = buckets.find(order.bucket()).orElseThrow().blocked();
      assertThat(state(order)).isEqualTo(blocked ? "blocked" : "valid");
      assertThat(act("noord-admin", order, "unlock", REASON).status()).isEqualTo(204);
      assertThat(state(order)).isEqualTo("valid");
    }
  }

  @Test
  void aPincodeGoesAgainButNotAfterABlock() {
    var order = order("noord", Verification.PAYMENT);
    assertThat(found(order)).contains("\"payment\":{\"state\":\"unpaid\"");
    assertThat(act("noord-staff", order, "pincode", "{}").body()).contains("not-paid");
    assertThat(act("noord-staff", order, "paid", REASON).status()).isEqualTo(204);
    assertThat(act("noord-staff", order, "paid", REASON).body()).contains("already-paid");
    assertThat(found(order))
        .contains("\"payment\":{\"state\":\"paid\",\"pincodeFailures\":0,\"byHand\":true");
    assertThat(act("noord-staff", order, "pincode", "{}").status()).isEqualTo(204);
    assertThat(hospital.pincodes(order.bucket())).hasSize(2);
    assertThat(Set.copyOf(hospital.pincodes(order.bucket()))).hasSize(1);
    var epoch = buckets.find(order.bucket()).orElseThrow().epoch();
    for (var i = 0; i < Tries.PINCODE.max(); i++) {
      buckets.chargeCode(order.bucket(), epoch, Tries.PINCODE);
    }
    assertThat(found(order)).contains("\"pincodeFailures\":5");
    for (var who : List.of("noord-staff", "noord-admin", "service-desk")) {
      var answer = act(who, order, "pincode", "{}");
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.body()).contains("\"code\":\"blocked\"");
    }
    assertThat(hospital.pincodes(order.bucket())).hasSize(2);
    assertThat(act("noord-admin", order, "unlock", REASON).status()).isEqualTo(204);
    assertThat(act("noord-staff", order, "pincode", "{}").status()).isEqualTo(204);
  }

  @Test
  void whatIsNotToBePaidAndWhatHasNoNumberSayIt() {
    var free = order("noord", Verification.DATE_OF_BIRTH);
    assertThat(act("noord-staff", free, "paid", REASON).body()).contains("not-for-payment");
    var none = order("noord", Verification.DATE_OF_BIRTH);
    orders.registered(
        none.id(),
        clock.instant().toString(),
        new Orders.Registered(Optional.empty(), Optional.empty()));
    for (var act : List.of("unlock", "paid")) {
      assertThat(act("noord-admin", none, act, REASON).body()).contains("no-number");
    }
    assertThat(found(none)).contains("\"number\":null,\"payment\":null");
  }

  @Test
  void aStudyThatFitsNoOrderIsMatchedAndOpensForThePatient() {
    var order = order("noord", Verification.DATE_OF_BIRTH);
    var study = study(order, "P-2");
    var listed = ask("noord-staff", "/api/desk/studies", "").body();
    assertThat(listed).contains("\"id\":\"" + study + "\"").contains("\"patient-mismatch\"");
    assertThat(opens(order, study)).isFalse();
    var judged = call("noord-staff", "study", "/api/desk/studies/" + study, "").body();
    assertThat(judged)
        .contains("\"patientId\":\"P-2\"", "\"likeness\":\"other\"", order.name())
        .contains("\"acts\":[\"match\",\"looked-at\"]")
        .contains("1-512.jpg");
    asked.clear();
    assertThat(match("noord-staff", order, study).status()).isEqualTo(204);
    assertThat(asked).contains(study);
    complete(study);
    assertThat(opens(order, study)).isTrue();
    assertThat(ask("noord-staff", "/api/desk/studies", "").body()).doesNotContain(study.value());
    assertThat(found(order)).contains("\"byHand\":true");
    assertThat(match("noord-staff", order, study).status()).isEqualTo(204); // done before
    assertThat(actions(AuditEvent.study(study.value())))
        .containsExactlyInAnyOrder(AuditAction.STUDY_MATCHED, AuditAction.IMAGES_VIEWED);
    // what comes or is corrected afterwards does not undo it
    new Linking(studies, orders, new NoRollUps(), _ -> {}, clock)
        .studyCame(studies.find(study).orElseThrow());
    assertThat(opens(order, study)).isTrue();
    assertThat(judge("noord-staff", study, "unmatch", REASON).status()).isEqualTo(204);
    assertThat(opens(order, study)).isFalse();
    assertThat(judge("noord-staff", study, "unmatch", REASON).body()).contains("not-by-hand");
  }

  private void complete(StudyId id) {
    var study = studies.find(id).orElseThrow();
    var series = studies.series(id).getFirst();
    var shown = study.link().shown();
    studies.built(
        id,
        new Series(
            series.uid(),
            Optional.of(1),
            "Thorax",
            "CT",
            "CHEST",
            1,
            1,
            1,
            Optional.empty(),
            Optional.empty(),
            study.facts(),
            shown,
            Set.of(),
            series.gen(),
            series.gen(),
            Optional.empty(),
            Optional.empty(),
            List.of()),
        clock.instant());
    var totals =
        new Studies.Totals(
            1, 1, 1, List.of("CT"), study.facts(), true, 1, clock.instant(), Optional.empty());
    assertThat(studies.total(id, studies.find(id).orElseThrow().revision(), totals)).isTrue();
  }

  private boolean opens(Made order, StudyId study) {
    var departments = new DynamoDepartments(tables.client(), "DepartmentsTable");
    var patient = new Principal.Patient(buckets.find(order.bucket()).orElseThrow());
    return new Authorisation(orders, studies, departments, clock).ask(patient, study, Right.IMAGES)
        instanceof Decision.Permitted;
  }

  @Test
  void ofTwoWhoMatchOneStudyOneDoes() throws Exception {
    for (var round = 0; round < 5; round++) {
      var one = order("noord", Verification.OTP_SMS);
      var other = order("noord", Verification.OTP_SMS);
      var study = study(one, "P-2");
      var calls =
          List.<Callable<HttpResponse>>of(
              () -> match("noord-staff", one, study), () -> match("noord-admin", other, study));
      var statuses = new ArrayList<Integer>();
      try (var threads = Executors.newFixedThreadPool(2)) {
        for (var result : threads.invokeAll(calls)) {
          statuses.add(result.get().status());
        }
      }
      assertThat(statuses).containsExactlyInAnyOrder(204, 409);
      var winner = statuses.getFirst() == 204 ? one : other;
      assertThat(studies.find(study).orElseThrow().order()).contains(winner.id());
      assertThat(actions(AuditEvent.study(study.value())))
          .containsExactly(AuditAction.STUDY_MATCHED);
    }
  }

  @Test
  void ofSeveralPersonsSomebodySaysWhichIsThePatient() {
    var order = order("noord", Verification.OTP_SMS);
    var study = study(order, "P-2", "P-3");
    assertThat(match("noord-staff", order, study).body()).contains("persons-needed");
    var person = Held.id(Samples.facts("P-3").person());
    var body = "{\"study\":\"" + study + "\",\"persons\":[\"%s\"],\"reason\":\"Hers is P-3.\"}";
    assertThat(act("noord-staff", order, "match", body.formatted(order.name())).status())
        .isEqualTo(400);
    assertThat(act("noord-staff", order, "match", body.formatted(person)).status()).isEqualTo(204);
    var link = studies.find(study).orElseThrow().link();
    assertThat(link.shown()).containsExactly(Samples.facts("P-3").person());
    assertThat(link.flags()).containsExactly("instance-other-patient");
  }

  @Test
  void filesOfAnotherPersonAreReleasedAndHeldBackAgain() {
    var order = order("noord", Verification.OTP_SMS);
    var study = study(order, "P-1", "P-2");
    var own = Samples.facts("P-1").person();
    var other = Samples.facts("P-2").person();
    assertThat(studies.find(study).orElseThrow().link().shown()).containsExactly(own);
    assertThat(ask("noord-staff", "/api/desk/studies", "").body())
        .contains("instance-other-patient");
    assertThat(judge("noord-staff", study, "release", "{\"persons\":[],\"reason\":\"x\"}").status())
        .isEqualTo(400);
    assertThat(match("noord-staff", order, study).status()).isEqualTo(204); // it is its own already
    assertThat(studies.find(study).orElseThrow().link().hand()).isEqualTo(Studies.Hand.NONE);
    assertThat(judge("noord-staff", study, "release", release("P-2")).status()).isEqualTo(204);
    assertThat(judge("noord-staff", study, "release", release("P-2")).status()).isEqualTo(204);
    assertThat(studies.find(study).orElseThrow().link().shown())
        .containsExactlyInAnyOrder(own, other);
    assertThat(actions(AuditEvent.study(study.value())))
        .containsExactly(AuditAction.STUDY_RELEASED);
    assertThat(judge("noord-staff", study, "unmatch", REASON).status()).isEqualTo(204);
    assertThat(studies.find(study).orElseThrow().link().shown()).containsExactly(own);
    var none = study(order("noord", Verification.OTP_SMS), "P-2");
    assertThat(judge("noord-staff", none, "release", release("P-2")).body()).contains("no-order");
  }

  @Test
  void whatWasLookedAtIsNotShownAgainUntilThereIsSomethingElse() {
    var order = order("noord", Verification.OTP_SMS);
    var study = study(order, "P-1", "P-2");
    assertThat(judge("noord-staff", study, "looked-at", REASON).status()).isEqualTo(204);
    assertThat(ask("noord-staff", "/api/desk/studies", "").body()).doesNotContain(study.value());
    clock.advance(Duration.ofMinutes(1));
    study(order, "P-1", "P-2", "P-3"); // one more of the same kind
    assertThat(ask("noord-staff", "/api/desk/studies", "").body()).doesNotContain(study.value());
    var waiting = study(new Made(new OrderId("noord", "NOT-THERE"), "", "", "1.2.999"), "P-9");
    assertThat(ask("noord-staff", "/api/desk/studies", "").body())
        .contains(waiting.value(), "waits-for-order");
    assertThat(judge("noord-staff", waiting, "looked-at", REASON).status()).isEqualTo(204);
    assertThat(ask("noord-staff", "/api/desk/studies", "").body()).doesNotContain(waiting.value());
  }

  @Test
  void lookingIsToldBeforeAnythingIsShownAndARefusalToo() {
    clock.advance(Duration.ofSeconds(1));
    var before = actions(AuditEvent.department("zuid")).size();
    ask("zuid-staff", "/api/desk/orders", "");
    call("zuid-staff", "search", "/api/desk/orders/search", "{\"q\":\"Janssens\"}");
    act("zuid-staff", order("noord", Verification.OTP_SMS), "unlock", REASON);
    var told = actions(AuditEvent.department("zuid"));
    assertThat(told.subList(0, told.size() - before))
        .containsExactlyInAnyOrder(
            AuditAction.ACCESS_REFUSED, AuditAction.DESK_SEARCHED, AuditAction.DESK_VIEWED);
    assertThat(tables.client().scan(scan -> scan.tableName("AuditTable")).toString())
        .doesNotContain("Janssens");
  }

  private List<AuditAction> actions(String trailOf) {
    return trail.read(trailOf, Optional.empty(), 100).events().stream()
        .map(AuditEvent::action)
        .toList();
  }

  /// One decision a copy, by its own department; to others it never was.
  @Test
  void picturesOfACopyAreLookedAtOnce() {
    var source = study(order("noord", Verification.OTP_SMS), "P-1");
    var id = StudyId.of("copies", source.value());
    var copies = new DynamoCopies(tables.client(), "StudiesTable");
    var series = studies.series(source).getFirst().uid();
    var instance = studies.instances(source, series).getFirst();
    copies.plan(
        Copies.Copy.planned(id, "b1", source, "noord"), List.of(Copies.Part.planned(series, 1)));
    copies.look(id, new Copies.Look(series, instance.sopUid(), "US"));
    copies.finished(id, series, 0, 1, LeftOut.NOTHING);
    copies.waits(id, "US", clock.instant());
    var list = send("noord-staff", TestEvents.read("desk", "copies"));
    assertThat(list.body()).contains(id.value(), "\"waiting\":1", "\"reason\":\"US\"");
    assertThat(send("noord-staff", TestEvents.read("desk", "studies")).body())
        .doesNotContain(id.value());
    assertThat(send("zuid-admin", TestEvents.read("desk", "copies")).body()).isEqualTo("[]");
    var at = "/api/desk/copies/" + id;
    assertThat(call("zuid-admin", "copy", at, "").status()).isEqualTo(404);
    assertThat(call("noord-staff", "copy", at, "").status()).isEqualTo(200);
    var picture = "\"uid\":\"" + instance.sopUid() + "\"";
    var one = "instance=" + instance.sopUid() + "&frame=";
    assertThat(frames("noord-staff", at, one + "1").body()).contains(picture, "\"from\":1");
    assertThat(frames("noord-staff", at, one + "2").status()).isEqualTo(404); // it has one
    assertThat(frames("noord-staff", at, "instance=1.2.3").status()).isEqualTo(404);
    assertThat(frames("zuid-admin", at, one + "1").status()).isEqualTo(404);
    var region = "{\"regions\":[{\"x\":0,\"y\":0,\"width\":64,\"height\":8}]}";
    assertThat(call("zuid-admin", "pixels", at + "/pixels", region).status()).isEqualTo(404);
    assertThat(call("noord-staff", "pixels", at + "/pixels", "{\"regions\":[]}").status())
        .isEqualTo(400);
    assertThat(call("noord-staff", "pixels", at + "/pixels", region).status()).isEqualTo(204);
    assertThat(call("noord-staff", "pixels", at + "/pixels", "{\"clean\":true}").status())
        .isEqualTo(409);
    assertThat(copies.find(id).orElseThrow().pixels().orElseThrow().of(instance.sopUid()))
        .hasSize(1);
    assertThat(send("noord-staff", TestEvents.read("desk", "copies")).body()).isEqualTo("[]");
    assertThat(trail.read(AuditEvent.study(source.value()), Optional.empty(), 10).events())
        .extracting(AuditEvent::action)
        .contains(AuditAction.PIXELS_LOOKED_AT, AuditAction.IMAGES_VIEWED);
  }

  /// Of several frames each is looked at, some at a time.
  @Test
  void eachFrameOfACopyIsLookedAt() {
    var source = study(order("noord", Verification.OTP_SMS), "P-1");
    var id = StudyId.of("copies", source.value());
    var copies = new DynamoCopies(tables.client(), "StudiesTable");
    var series = new SeriesUid("1.2.826.60");
    studies.file(source, Samples.cine(series, "1.2.826.60.1", 60));
    copies.plan(
        Copies.Copy.planned(id, "b1", source, "noord"), List.of(Copies.Part.planned(series, 1)));
    copies.look(id, new Copies.Look(series, "1.2.826.60.1", "US"));
    var at = "/api/desk/copies/" + id;
    var begin = call("noord-staff", "copy", at, "").body();
    assertThat(begin).contains("\"frames\":60,\"from\":1,\"pictures\":[\"");
    assertThat(begin).contains("/1-512.jpg").doesNotContain("/2-512.jpg");
    var last = frames("noord-staff", at, "instance=1.2.826.60.1&frame=51");
    assertThat(last.body()).contains("\"from\":51", "/51-512.jpg", "/60-512.jpg");
    assertThat(last.body().split("-512.jpg", -1)).hasSize(11);
  }

  private HttpResponse frames(String who, String at, String query) {
    return send(who, TestEvents.path(TestEvents.read("desk", "copy"), at, query));
  }

  private static List<HttpResponse> both(Callable<HttpResponse> call) throws Exception {
    var answers = new ArrayList<HttpResponse>();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var result : threads.invokeAll(List.of(call, call))) {
        answers.add(result.get());
      }
    }
    return answers;
  }
}
