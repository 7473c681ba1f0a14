package org.studygate.studyshare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Authorisation;
import org.studygate.access.Decision;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoGrants;
import org.studygate.access.GrantedHoldings;
import org.studygate.access.Principal;
import org.studygate.access.Right;
import org.studygate.access.TestHospital;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.account.Group;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.copying.CopyWork;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
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
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// A department with a study, and people with whom it is shared by the function itself.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharingCase {
  static final OrderId ORDER = new OrderId("noord", "A17");
  static final String UID = "1.2.826.0.3.1";
  static final StudyId STUDY = StudyId.of("noord", UID);

  @AutoClose final TestTables tables = TestTables.start();
  TestClock clock;
  TestHospital hospital;
  DynamoBuckets buckets;
  DynamoAuditTrail trail;
  StudyShareHandler handler;
  final AtomicInteger visits = new AtomicInteger();
  final Set<String> looked = ConcurrentHashMap.newKeySet();

  final CopyWork work =
      new CopyWork() {
        @Override
        public void look(String bucket) {
          looked.add(bucket);
        }

        @Override
        public void copy(StudyId copy, SeriesUid series) {
          throw new AssertionError("the bucket is looked at first");
        }
      };

  @BeforeEach
  void begin() {
    tables.clear();
    clock = TestClock.at("2026-11-23T10:00:00Z");
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    hospital.department("lindenhof", new ReportRule.AtOnce());
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    looked.clear();
    handler = new StudyShareHandler(TestPlatform.of(clock, tables, TestHospital.variables()), work);
    var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    accounts.create(TestAccounts.of("noord", "ria", Role.STAFF));
    accounts.create(TestAccounts.of("lindenhof", "otto", Role.STAFF));
    for (var one : List.of("maes", "claes", "smets", "wouters", "stranger")) {
      accounts.create(TestAccounts.professional(one));
    }
    new DynamoGroups(tables.client(), new DynamoGroups.Tables("GroupsTable", "AccountsTable"))
        .create(
            new Group(
                "linde",
                "De Linde",
                "smets",
                List.of(
                    new Group.Member("smets", true, Optional.empty()),
                    new Group.Member("wouters", false, Optional.empty()))));
    study(ORDER, UID);
  }

  StudyId study(OrderId order, String uid) {
    hospital.order(order, "RIS-" + order.accession(), Verification.OTP_SMS, true, uid);
    var study = hospital.study(order, uid, 1);
    TestHospital.settling(tables, clock).study(study);
    TestHospital.card(tables).renew(study);
    return study;
  }

  static Map<String, Object> with(Map<String, Object> body, Object... more) {
    var all = new HashMap<>(body);
    for (var i = 0; i < more.length; i += 2) {
      all.put((String) more[i], more[i + 1]);
    }
    return all;
  }

  static Map<String, Object> to(String kind, String whom) {
    return to(kind, whom, false);
  }

  static Map<String, Object> to(String kind, String whom, boolean twoFactor) {
    return Map.of(kind, whom, "twoFactor", twoFactor, "sendMail", true);
  }

  static String only(JsonObject share) {
    return share.objects("shares").getFirst().string("bucket");
  }

  String sees(String account, String... proved) {
    var groups = Set.of("smets", "wouters").contains(account) ? Set.of("linde") : Set.<String>of();
    var department = account.equals("otto") ? Optional.of("lindenhof") : Optional.<String>empty();
    var who =
        new Principal.Professional(account, Role.PROFESSIONAL, groups, department, Set.of(proved));
    var grants =
        new DynamoGrants(tables.client(), new DynamoGrants.Tables("GrantsTable", "BucketsTable"));
    var authorisation =
        new Authorisation(new GrantedHoldings(grants), orders(), studies(), departments(), clock);
    return switch (authorisation.ask(who, STUDY, Right.IMAGES)) {
      case Decision.Permitted permitted ->
          permitted.contents().reports().isEmpty() ? "images" : "report";
      case Decision.NeedsCode _ -> "code";
      case Decision.Refused _ -> "nothing";
    };
  }

  DynamoOrders orders() {
    return new DynamoOrders(tables.client(), "OrdersTable");
  }

  DynamoStudies studies() {
    return new DynamoStudies(tables.client(), "StudiesTable");
  }

  DynamoDepartments departments() {
    return new DynamoDepartments(tables.client(), "DepartmentsTable");
  }

  int mails() {
    return tables.client().scan(scan -> scan.tableName("OutboxTable")).items().size();
  }

  List<AuditAction> events(String of) {
    return trail.read(of, Optional.empty(), 99).events().stream()
        .map(AuditEvent::action)
        .collect(Collectors.toList());
  }

  static JsonObject read(HttpResponse answer) {
    return JsonObject.parse(answer.body().getBytes(UTF_8));
  }

  Token visit(String account) {
    var token = new Token("visit-" + account + visits.incrementAndGet());
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(Session.begin(token.hash(), new Subject.OfAccount(account), 0, "", clock.instant()));
    return token;
  }

  HttpResponse share(String who, String key, Map<String, Object> other) {
    var body = new HashMap<String, Object>();
    body.put("studies", List.of(STUDY.value()));
    body.put("recipients", List.of(to("account", "maes")));
    body.put("access", "report-read");
    body.put("reason", "A second reading");
    body.put("language", "nl");
    body.put("validUntil", "2026-12-23");
    body.put("patientAgreed", true);
    other.forEach(body::put);
    body.values().removeIf(Objects::isNull);
    var event = TestEvents.cookie(TestEvents.read("study-share", "share"), visit(who));
    return handler.answer(
        TestEvents.body(TestEvents.header(event, "idempotency-key", key), Json.text(body)));
  }

  HttpResponse defaults(String who) {
    var event = TestEvents.cookie(TestEvents.read("study-share", "defaults"), visit(who));
    return handler.answer(
        TestEvents.path(event, "/api/shares/defaults", "studies=" + STUDY.value()));
  }

  HttpResponse list(String who, String mine) {
    var event = TestEvents.cookie(TestEvents.read("study-share", "list"), visit(who));
    return handler.answer(TestEvents.path(event, "/api/shares", "mine=" + mine));
  }
}
