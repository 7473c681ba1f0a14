package org.studygate.referenceadd;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Authorisation;
import org.studygate.access.Bucket;
import org.studygate.access.Decision;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoGrants;
import org.studygate.access.DynamoUnlocks;
import org.studygate.access.Given;
import org.studygate.access.Grant;
import org.studygate.access.GrantedHoldings;
import org.studygate.access.LiveAccounts;
import org.studygate.access.Origin;
import org.studygate.access.Right;
import org.studygate.access.Scope;
import org.studygate.access.Share;
import org.studygate.access.TestBuckets;
import org.studygate.access.TestHospital;
import org.studygate.access.Unlock;
import org.studygate.access.Visits;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.account.TestAccounts;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.dynamo.Transaction;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.Json;
import org.studygate.notice.CodeMessage;
import org.studygate.order.DynamoOrders;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;

/// A share with two-factor: its code goes to whoever opens it and opens it in this visit, and what
/// is wrong on it is nobody else's.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ShareCodeTest {
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final String UID = "1.2.826.0.3.1";
  private static final StudyId STUDY = StudyId.of("noord", UID);
  private static final String MINE = "0123456789abcdef0123456789abcde1";
  private static final String GROUPS = "0123456789abcdef0123456789abcde2";
  private static final String THEIRS = "0123456789abcdef0123456789abcde3";

  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private DynamoBuckets buckets;
  private DynamoGrants grants;
  private DynamoAuditTrail trail;
  private DynamoSessions sessions;
  private ReferenceAddHandler handler;
  private Token visit;

  ShareCodeTest() {
    visit = new Token("");
    begin();
  }

  @BeforeEach
  void begin() {
    tables.clear();
    clock = TestClock.at("2026-11-28T10:00:00Z");
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    hospital.order(ORDER, "RIS-2026-48151623", Verification.DATE_OF_BIRTH, true, UID);
    hospital.study(ORDER, UID, 1);
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    grants =
        new DynamoGrants(tables.client(), new DynamoGrants.Tables("GrantsTable", "BucketsTable"));
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    sessions = new DynamoSessions(tables.client(), "SessionsTable");
    handler = new ReferenceAddHandler(TestPlatform.of(clock, tables, TestHospital.variables()));
    var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    accounts.create(TestAccounts.professional("maes"));
    accounts.create(TestAccounts.professional("claes"));
    accounts.create(TestAccounts.of("noord", "staff", Role.STAFF));
    share(MINE, Grant.ofAccount("maes"), Verification.OTP_SMS);
    share(GROUPS, Grant.ofDepartment("noord"), Verification.OTP_SMS);
    share(THEIRS, Grant.ofAccount("claes"), Verification.OTP_SMS);
    visit = visit("maes", "maes");
  }

  @Test
  void itsCodeGoesToTheOwnMobileAndOpensItInThisVisit() {
    assertThat(sees(visit)).isEqualTo("code for " + MINE);
    var asked = ask(MINE, visit);
    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.body())
        .contains("•• 01", "\"resendAt\":\"2026-11-28T10:01:00Z\"")
        .contains("\"expiresAt\":\"2026-11-28T10:10:00Z\"");
    var message = (CodeMessage) hospital.messages(MINE).getLast();
    assertThat(message.to()).isEqualTo("+32470000001");
    assertThat(message.use()).isEqualTo(CodeMessage.Use.OPENING);
    assertThat(sees(visit)).isEqualTo("code for " + MINE);
    var proved = prove(MINE, code(MINE), visit);
    assertThat(proved.status()).isEqualTo(200);
    assertThat(proved.body()).isEqualTo("{\"next\":\"open\"}");
    assertThat(proved.cookies()).isEmpty();
    assertThat(sees(visit)).isEqualTo("open");
    assertThat(sees(visit("maes", "another"))).isEqualTo("code for " + MINE);
    assertThat(told(MINE))
        .containsExactlyInAnyOrder(AuditAction.CODE_REQUESTED, AuditAction.CODE_PROVED);
    assertThat(trail.read(AuditEvent.bucket(MINE), Optional.empty(), 9).events())
        .extracting(AuditEvent::who)
        .containsOnly(new Actor.Professional("maes"));
  }

  @Test
  void itEndsWithTheVisit() {
    open(MINE, visit);
    sessions.end(visit.hash());
    assertThat(prove(MINE, "123456", visit).status()).isEqualTo(401);
    assertThat(sees(visit("maes", "next"))).isEqualTo("code for " + MINE);
  }

  @Test
  void aCodeIsUsedOnceAndDiesAfterTenMinutesAndWithTheNext() {
    ask(MINE, visit);
    var first = code(MINE);
    clock.advance(Duration.ofSeconds(61));
    ask(MINE, visit);
    var second = code(MINE);
    assertThat(hospital.codes(MINE)).hasSize(2);
    if (!first.equals(second)) {
      assertThat(prove(MINE, first, visit).status()).isEqualTo(401);
    }
    clock.advance(Duration.ofMinutes(10));
    assertThat(prove(MINE, second, visit).status()).isEqualTo(401);
    clock.advance(Duration.ofMinutes(20));
    visit = visit("maes", "later");
    open(MINE, visit);
    assertThat(prove(MINE, code(MINE), visit).status()).isEqualTo(401);
    assertThat(sees(visit)).isEqualTo("open");
  }

  @Test
  void whoAsksTooSoonOrTooOftenGetsNoOther() {
    ask(MINE, visit);
    var again = ask(MINE, visit);
    assertThat(again.status()).isEqualTo(202);
    assertThat(hospital.codes(MINE)).hasSize(1);
    for (var i = 0; i < 2; i++) {
      clock.advance(Duration.ofSeconds(61));
      ask(MINE, visit);
    }
    clock.advance(Duration.ofSeconds(61));
    assertThat(ask(MINE, visit).body()).contains("\"resendAt\":null");
    assertThat(hospital.codes(MINE)).as("three of a challenge").hasSize(3);
    var other = visit("maes", "second");
    ask(MINE, other);
    clock.advance(Duration.ofSeconds(61));
    ask(MINE, other);
    assertThat(hospital.codes(MINE)).hasSize(5);
    clock.advance(Duration.ofSeconds(61));
    var refused = ask(MINE, visit("maes", "third"));
    assertThat(refused.status()).as("five of a bucket in an hour").isEqualTo(429);
    assertThat(refused.headers()).containsKey("retry-after");
    assertThat(hospital.codes(MINE)).hasSize(5);
  }

  @Test
  void wrongCodesBlockThisShareAndNoOther() {
    share("0123456789abcdef0123456789abcde4", Grant.ofAccount("maes"), Verification.DATE_OF_BIRTH);
    ask(MINE, visit);
    var code = code(MINE);
    for (var i = 0; i < 5; i++) {
      assertThat(prove(MINE, wrong(code), visit).status()).isEqualTo(401);
    }
    assertThat(prove(MINE, code, visit).body()).contains("\"code\":\"code-incorrect\"");
    assertThat(bucket(MINE).blocked()).isTrue();
    assertThat(ask(MINE, visit).status()).isEqualTo(404);
    assertThat(sees(visit)).as("by the other one").isEqualTo("open");
    assertThat(bucket(THEIRS).blocked() || bucket(GROUPS).blocked()).isFalse();
    var claes = visit("claes", "claes");
    open(THEIRS, claes);
    assertThat(sees(claes)).isEqualTo("open");
    assertThat(told(MINE)).filteredOn(action -> action == AuditAction.SIGN_IN_REFUSED).hasSize(6);
  }

  @Test
  void fourWrongOnesAreForgottenByARightOne() {
    ask(MINE, visit);
    var code = code(MINE);
    for (var i = 0; i < 4; i++) {
      prove(MINE, wrong(code), visit);
    }
    assertThat(prove(MINE, code, visit).status()).isEqualTo(200);
    assertThat(buckets.wrongCodes(MINE)).isZero();
  }

  @Test
  void aCodeOfAnotherShareOrAccountOrVisitOpensNothing() {
    share("0123456789abcdef0123456789abcde5", Grant.ofAccount("maes"), Verification.OTP_SMS);
    var second = "0123456789abcdef0123456789abcde5";
    ask(MINE, visit);
    ask(second, visit);
    var claes = visit("claes", "claes");
    ask(THEIRS, claes);
    if (!code(second).equals(code(MINE))) {
      assertThat(prove(MINE, code(second), visit).status()).isEqualTo(401);
    }
    assertThat(prove(MINE, code(MINE), claes).status()).as("nobody else's").isEqualTo(404);
    assertThat(prove(THEIRS, code(THEIRS), visit).status()).isEqualTo(404);
    assertThat(prove(MINE, code(MINE), visit("maes", "other")).status()).isEqualTo(401);
    assertThat(sees(visit)).startsWith("code for");
    assertThat(sees(claes)).isEqualTo("code for " + THEIRS);
    assertThat(prove(MINE, code(MINE), visit).status()).isEqualTo(200);
    assertThat(proved(visit)).containsExactly(MINE + "@0");
  }

  @Test
  void whatIsNotHeldIsNotThere() {
    var never = ask("0123456789abcdef0123456789abcdff", visit);
    share("0123456789abcdef0123456789abcde6", Grant.ofAccount("maes"), Verification.DATE_OF_BIRTH);
    buckets.last(new Scope.OfMapping("m1", "noord"));
    for (var id :
        List.of(THEIRS, "0123456789abcdef0123456789abcde6", "mapping-m1", "x", "RIS-2026")) {
      var asked = ask(id, visit);
      assertThat(asked.status()).as(id).isEqualTo(404);
      assertThat(asked.body()).isEqualTo(never.body());
      assertThat(prove(id, "123456", visit).status()).as(id).isEqualTo(404);
    }
    buckets.withdraw(MINE);
    assertThat(ask(MINE, visit).body()).isEqualTo(never.body());
    assertThat(prove(MINE, "123456", visit).body()).isEqualTo(never.body());
  }

  @Test
  void whatHasEndedOrWasTakenFromOneRowIsNotThereEither() {
    grants.remove(
        grants.of(STUDY).stream()
            .filter(row -> row.bucket().equals(MINE))
            .findFirst()
            .orElseThrow());
    assertThat(ask(MINE, visit).status()).isEqualTo(404);
    clock.advance(Duration.ofDays(31));
    assertThat(ask(THEIRS, visit("claes", "claes")).status()).isEqualTo(404);
  }

  @Test
  void aShareWithADepartmentAsksWhoeverOpensIt() {
    var staff = visit("staff", "staff");
    open(GROUPS, staff);
    assertThat(proved(staff)).containsExactly(GROUPS + "@0");
    assertThat(ask(GROUPS, visit).status()).isEqualTo(404);
  }

  @Test
  void anUnlockEndsWhatWasProvedAndALiveCode() {
    open(MINE, visit);
    var other = visit("maes", "other");
    clock.advance(Duration.ofSeconds(61));
    ask(MINE, other);
    var before = code(MINE);
    unlock(MINE);
    assertThat(sees(visit)).isEqualTo("code for " + MINE);
    assertThat(prove(MINE, before, other).status()).isEqualTo(401);
    clock.advance(Duration.ofSeconds(61));
    open(MINE, visit);
    assertThat(sees(visit)).isEqualTo("open");
    assertThat(proved(visit)).contains(MINE + "@1");
  }

  @Test
  void afterFiveWrongOnesAnUnlockLetsItBeTriedAgain() {
    ask(MINE, visit);
    for (var i = 0; i < 5; i++) {
      prove(MINE, wrong(code(MINE)), visit);
    }
    unlock(MINE);
    assertThat(sees(visit)).isEqualTo("code for " + MINE);
    clock.advance(Duration.ofSeconds(61));
    open(MINE, visit);
    assertThat(sees(visit)).isEqualTo("open");
  }

  @Test
  void ofManyRightCodesAtOnceOneIsTaken() throws Exception {
    ask(MINE, visit);
    var code = code(MINE);
    var answers = together(4, () -> prove(MINE, code, visit).status());
    assertThat(answers).containsOnlyOnce(200).containsOnly(200, 401);
    assertThat(sees(visit)).isEqualTo("open");
    assertThat(told(MINE)).containsOnlyOnce(AuditAction.CODE_PROVED);
  }

  @Test
  void ofManyWrongCodesAtOnceFiveAreJudged() throws Exception {
    ask(MINE, visit);
    var wrong = wrong(code(MINE));
    assertThat(together(12, () -> prove(MINE, wrong, visit).status())).containsOnly(401);
    assertThat(buckets.wrongCodes(MINE)).isEqualTo(5);
    assertThat(prove(MINE, code(MINE), visit).status()).isEqualTo(401);
    assertThat(sees(visit)).isEqualTo("nothing");
  }

  @Test
  void itIsForAccountsAlone() {
    var patient = new Token("visit-patient");
    var number =
        hospital.order(
            new OrderId("noord", "B1"),
            "RIS-2026-99151623",
            Verification.DATE_OF_BIRTH,
            true,
            "1.2.9");
    sessions.begin(
        Session.begin(patient.hash(), new Subject.OfBucket(number), 0, "noord", clock.instant()));
    assertThat(ask(MINE, patient).status()).isEqualTo(404);
    assertThat(prove(MINE, "123456", patient).status()).isEqualTo(404);
    assertThat(ask(MINE, new Token("nobody")).body()).contains("session-ended");
    assertThat(prove(MINE, "123456", visit).body()).contains("code-incorrect");
  }

  private <T> List<T> together(int many, Callable<T> call) throws Exception {
    var calls = new ArrayList<Callable<T>>();
    for (var i = 0; i < many; i++) {
      calls.add(call);
    }
    var answers = new ArrayList<T>();
    try (var threads = Executors.newFixedThreadPool(many)) {
      for (var done : threads.invokeAll(calls)) {
        answers.add(done.get());
      }
    }
    return answers;
  }

  private void open(String id, Token in) {
    assertThat(ask(id, in).status()).isEqualTo(202);
    assertThat(prove(id, code(id), in).status()).isEqualTo(200);
  }

  private void unlock(String id) {
    var unlocks = new DynamoUnlocks(tables.client(), "BucketsTable", "ReferencesTable", trail);
    var outcome =
        new Unlock(unlocks, trail, clock)
            .unlock(new Staff("admin", "noord", Role.ADMIN), id, "called", "request");
    assertThat(outcome).isInstanceOf(Unlock.Outcome.Unlocked.class);
  }

  private void share(String id, String recipient, Verification verification) {
    var now = clock.instant();
    var bucket =
        TestBuckets.given(
            id,
            new Scope.OfStudies(Set.of(STUDY)),
            true,
            verification,
            now,
            Origin.shared("peeters", now),
            new Share(
                Optional.of(recipient),
                List.of(),
                false,
                false,
                Optional.empty(),
                false,
                Optional.empty()));
    new Transaction()
        .step(
            "bucket",
            DynamoBuckets.sharing("BucketsTable", bucket, new Given("second opinion", now, "1")))
        .commit(tables.client());
    var study = new DynamoStudies(tables.client(), "StudiesTable").find(STUDY).orElseThrow();
    grants.put(Grant.shared(recipient, id, "peeters", study, Optional.empty()));
  }

  private Bucket bucket(String id) {
    return buckets.find(id).orElseThrow();
  }

  private Token visit(String account, String name) {
    var token = new Token("visit-" + name);
    sessions.begin(
        Session.begin(token.hash(), new Subject.OfAccount(account), 0, "", clock.instant()));
    return token;
  }

  private Set<String> proved(Token in) {
    return sessions.find(in.hash(), clock.instant()).orElseThrow().proved();
  }

  /// What the study says to whoever is in this visit.
  private String sees(Token in) {
    var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    var found = new Visits(sessions, buckets, new LiveAccounts(accounts), clock).find(in);
    var authorisation =
        new Authorisation(
            new GrantedHoldings(grants),
            new DynamoOrders(tables.client(), "OrdersTable"),
            new DynamoStudies(tables.client(), "StudiesTable"),
            new DynamoDepartments(tables.client(), "DepartmentsTable"),
            clock);
    return switch (authorisation.ask(found.orElseThrow().principal(), STUDY, Right.STUDY)) {
      case Decision.Permitted _ -> "open";
      case Decision.NeedsCode(var id) -> "code for " + id;
      case Decision.Refused() -> "nothing";
    };
  }

  private String code(String id) {
    return hospital.codes(id).getLast();
  }

  private static String wrong(String code) {
    return (code.startsWith("1") ? "2" : "1") + code.substring(1);
  }

  private List<AuditAction> told(String id) {
    return trail.read(AuditEvent.bucket(id), Optional.empty(), 99).events().reversed().stream()
        .map(AuditEvent::action)
        .toList();
  }

  private HttpResponse ask(String id, Token cookie) {
    var event = TestEvents.cookie(TestEvents.read("reference-add", "share-code"), cookie);
    return handler.answer(TestEvents.path(event, "/api/buckets/" + id + "/otp"));
  }

  private HttpResponse prove(String id, String code, Token cookie) {
    var event = TestEvents.cookie(TestEvents.read("reference-add", "share-verify"), cookie);
    var of = TestEvents.path(event, "/api/buckets/" + id + "/otp/verify");
    return handler.answer(TestEvents.body(of, Json.text(Map.of("code", code))));
  }
}
