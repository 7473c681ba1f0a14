package org.studygate.departmentpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.studygate.access.Authorisation;
import org.studygate.access.Decision;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Principal;
import org.studygate.access.Right;
import org.studygate.access.TestHospital;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
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

/// Who reads and changes a department's rules, what is refused, and what is kept of a change.
final class DepartmentPolicyHandlerTest {
  private final TestClock clock = TestClock.at("2026-11-28T10:00:00Z");
  @AutoClose private final TestTables tables = TestTables.start();
  private final Map<String, Token> cookies = new TreeMap<>();
  private final DynamoDepartments departments =
      new DynamoDepartments(tables.client(), "DepartmentsTable");
  private final TestHospital hospital = new TestHospital(tables, clock);
  private final DepartmentPolicyHandler handler =
      new DepartmentPolicyHandler(TestPlatform.of(clock, tables, TestHospital.variables()));

  @BeforeEach
  void start() {
    for (var department : List.of("noord", "zuid")) {
      hospital.department(department, new ReportRule.Never());
      signIn(TestAccounts.of(department, department + "-staff", Role.STAFF), department);
      signIn(TestAccounts.of(department, department + "-admin", Role.ADMIN), department);
    }
    signIn(TestAccounts.serviceDesk("service-desk"), "");
    signIn(TestAccounts.professional("physician"), "");
    clock.advance(java.time.Duration.ofMinutes(1));
  }

  private void signIn(Account account, String department) {
    new DynamoAccounts(tables.client(), "AccountsTable").create(account);
    var token = new Token("visit-of-" + account.id());
    var subject = new Subject.OfAccount(account.id());
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(Session.begin(token.hash(), subject, 0, department, clock.instant()));
    cookies.put(account.id(), token);
  }

  private HttpResponse read(String who, String query) {
    return send(who, "current", "/api/desk/policy", query, "");
  }

  private HttpResponse version(String who, String number, String query) {
    return send(who, "version", "/api/desk/policy/versions/" + number, query, "");
  }

  private HttpResponse put(String who, String body) {
    return send(who, "change", "/api/desk/policy", "", body);
  }

  private HttpResponse send(String who, String event, String path, String query, String body) {
    var call = TestEvents.path(TestEvents.read("department-policy", event), path, query);
    var told = body.isEmpty() ? call : TestEvents.body(call, body);
    var cookie = cookies.getOrDefault(who, new Token("nobody"));
    return handler.answer(TestEvents.cookie(told, cookie));
  }

  private static JsonObject json(HttpResponse answer) {
    return JsonObject.parse(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static String change(long version, String policy) {
    return "{\"version\":" + version + ",\"policy\":" + policy + "}";
  }

  private String policy() {
    return json(read("noord-admin", "")).object("policy").json();
  }

  private String replaced(String right, String wrong) {
    var policy = policy();
    assertThat(policy).contains(right);
    return policy.replace(right, wrong);
  }

  private long version() {
    return json(read("noord-admin", "")).optionalLong("version").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, '', 401",
    "physician, '', 404",
    "noord-staff, '', 403",
    "noord-staff, department=zuid, 404",
    "noord-admin, '', 200",
    "noord-admin, department=noord, 200",
    "noord-admin, department=zuid, 404",
    "noord-admin, department=nowhere, 404",
    "service-desk, '', 400",
    "service-desk, department=zuid, 200",
    "service-desk, department=nowhere, 404",
  })
  void whoMayRead(String who, String query, int status) {
    assertThat(read(who, query).status()).isEqualTo(status);
    assertThat(version(who, "1", query).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, '', 401",
    "physician, '', 404",
    "noord-staff, '', 403",
    "zuid-admin, noord, 404",
    "zuid-admin, nowhere, 404",
    "service-desk, '', 400",
    "service-desk, noord, 200",
    "noord-admin, '', 200",
  })
  void whoMayChange(String who, String department, int status) {
    var named = department.isEmpty() ? "" : "\"department\":\"" + department + "\",";
    var body = change(1, replaced("\"report\":\"never\"", "\"report\":\"at-once\""));
    assertThat(put(who, body.replaceFirst("\\{", "{" + named)).status()).isEqualTo(status);
    assertThat(version()).isEqualTo(status == 200 ? 2 : 1);
  }

  @Test
  void aChangeIsANewVersionWithWhoAndWhenAndWhatItChanged() {
    var body =
        change(
            1,
            replaced("\"report\":\"never\"", "\"report\":\"after-14-days\"")
                .replace("+3234567890", "+32 3 555 01 00"));
    assertThat(put("noord-admin", body).body()).isEqualTo("{\"version\":2}");
    var now = json(read("noord-admin", ""));
    assertThat(now.optionalLong("version")).contains(2L);
    assertThat(now.string("by")).isEqualTo("Jan Maes");
    assertThat(now.string("at")).isEqualTo("2026-11-28T10:01:00Z");
    assertThat(now.object("policy").object("policy").string("report")).isEqualTo("after-14-days");
    var versions = now.objects("versions");
    assertThat(versions).hasSize(2);
    assertThat(versions.getFirst().strings("changed"))
        .containsExactly("contact.phone", "policy.report");
    assertThat(versions.getLast().optionalString("by")).isEmpty(); // an operator
    var first = json(version("noord-admin", "1", ""));
    assertThat(first.object("policy").object("policy").string("report")).isEqualTo("never");
    var event = events("policy-changed").getFirst();
    assertThat(event.text("trail")).isEqualTo(AuditEvent.department("noord"));
    assertThat(event.text("who")).isEqualTo("staff:noord-admin");
    assertThat(event.text("before"))
        .isEqualTo("{\"contact.phone\":\"+3234567890\",\"policy.report\":\"never\"}");
    assertThat(event.text("after"))
        .isEqualTo("{\"contact.phone\":\"+32 3 555 01 00\",\"policy.report\":\"after-14-days\"}");
  }

  private List<Item> events(String action) {
    return tables.client().scan(scan -> scan.tableName("AuditTable")).items().stream()
        .map(Item::of)
        .filter(item -> item.text("action").equals(action))
        .toList();
  }

  @Test
  void whatSaysTheSameIsNoVersion() {
    assertThat(put("noord-admin", change(1, policy())).body()).isEqualTo("{\"version\":1}");
    assertThat(events("policy-changed")).isEmpty();
  }

  @Test
  void whoeverEditedAnOlderOneIsToldWhoWasQuicker() {
    put("noord-admin", change(1, replaced("\"report\":\"never\"", "\"report\":\"at-once\"")));
    var late = replaced("\"report\":\"at-once\"", "\"report\":\"when-released\"");
    var answer = put("service-desk", "{\"department\":\"noord\"," + change(1, late).substring(1));
    assertThat(answer.status()).isEqualTo(409);
    var problem = json(answer);
    assertThat(problem.string("code")).isEqualTo("version-changed");
    assertThat(problem.string("by")).isEqualTo("Jan Maes");
    assertThat(problem.optionalLong("version")).contains(2L);
    assertThat(problem.string("at")).isEqualTo("2026-11-28T10:01:00Z");
    assertThat(policy()).contains("\"report\":\"at-once\"");
  }

  @Test
  void ofSeveralAtOnceOneIsPutInForce() throws Exception {
    var tries = new ArrayList<Callable<Integer>>();
    for (var days = 1; days <= 4; days++) {
      var body =
          change(1, replaced("\"report\":\"never\"", "\"report\":\"after-" + days + "-days\""));
      tries.add(() -> put("noord-admin", body).status());
    }
    var answers = new ArrayList<Integer>();
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (var one : pool.invokeAll(tries)) {
        answers.add(one.get());
      }
    }
    assertThat(answers).containsExactlyInAnyOrder(200, 409, 409, 409);
    assertThat(version()).isEqualTo(2);
    assertThat(events("policy-changed")).hasSize(1);
  }

  /// Everything that is wrong is told, each beside its field, and nothing of it is done.
  @Test
  void everyFaultIsToldAndNothingIsDone() {
    var body =
        policy()
            .replace("\"report\":\"never\"", "\"report\":\"sometimes\"")
            .replace("\"validityDefault\":\"P1M\"", "\"validityDefault\":\"P7M\"")
            .replace("#0b5c7a", "#ffcc00")
            .replace("#7cc4de", "#0b5c7a")
            .replace("\"phone\":\"+3234567890\"", "\"phone\":null")
            .replace("\"website\":null", "\"website\":\"javascript:x\"")
            .replace("\"logo\":null", "\"logo\":\"data:image/svg+xml;base64,PHN2Zy8+\"")
            .replace("\"name\":\"Radiologie noord\"", "\"name\":\" \"")
            .replace("\"zone\":\"Europe/Brussels\"", "\"zone\":\"Europe/Oslo\"")
            .replace("\"quiet\"", "\"colour\":\"red\",\"quiet\"")
            .replace("\"MR\":2500", "\"MR\":0")
            .replace("\"countryPrefixes\":[\"+32\"]", "\"countryPrefixes\":[\"+32\",\"0032\"]");
    var answer = put("noord-admin", change(1, body));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(faults(answer))
        .containsExactlyInAnyOrder(
            "zone read-only",
            "brand.dark contrast",
            "brand.light contrast",
            "contact.phone missing",
            "contact.website wrong",
            "logo not-a-picture",
            "name missing",
            "policy.colour wrong",
            "policy.countryPrefixes wrong",
            "policy.payment.prices.MR wrong",
            "policy.report wrong",
            "policy.validityDefault over-maximum");
    assertThat(version()).isEqualTo(1);
    assertThat(events("policy-changed")).isEmpty();
  }

  private static List<String> faults(HttpResponse answer) {
    return json(answer).objects("errors").stream()
        .map(fault -> fault.string("field") + ' ' + fault.string("code"))
        .toList();
  }

  /// Of what hangs together, only that is told which is wrong.
  @Test
  void changesThatNeedEachOtherAreTriedTogether() {
    var free = replaced(",\"payment\":" + payment(), "");
    assertThat(put("noord-admin", change(1, free)).status()).isEqualTo(200);
    var paid =
        free.replace("\"verification\":\"date-of-birth\"", "\"verification\":\"payment\"")
            .replace("\"quiet\"", "\"payment\":" + payment() + ",\"quiet\"");
    var wrong = paid.replace("\"price\":1500", "\"price\":0").replace("\"card\"", "\"Card\"");
    assertThat(faults(put("noord-admin", change(2, wrong))))
        .containsExactlyInAnyOrder("policy.payment.methods wrong", "policy.payment.price wrong");
    assertThat(faults(put("noord-admin", change(2, paid.replace("\"never\"", "\"no\"")))))
        .containsExactly("policy.report wrong");
    assertThat(put("noord-admin", change(2, paid)).status()).isEqualTo(200);
    assertThat(faults(put("noord-admin", change(3, paid.replace(payment(), "null")))))
        .containsExactly("policy.payment missing");
  }

  private static String payment() {
    return "{\"currency\":\"EUR\",\"price\":1500,\"prices\":{\"MR\":2500},"
        + "\"methods\":[\"bancontact\",\"card\",\"sepa_debit\"],\"afterRefund\":\"end\","
        + "\"afterLostDispute\":\"end\",\"freeRoute\":{\"nl\":\"Uw eigen dossier is gratis: bel ons.\"},"
        + "\"receipt\":true}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"policy\":{}} | version",
        "{\"version\":0,\"policy\":{}} | version",
        "{\"version\":1} | policy",
      })
  void aCallThatSaysTooLittleIsTold(String body, String parameter) {
    var answer = put("noord-admin", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(json(answer).string("parameter")).isEqualTo(parameter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"version\":1,\"policy\":{},\"force\":true}",
        "{\"version\":1,\"policy\":{\"policy.report\":\"never\"}}",
        "[]",
      })
  void aCallThatSaysSomethingElseIsRefused(String body) {
    assertThat(put("noord-admin", body).status()).isEqualTo(400);
    assertThat(version()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "2", "999999", "1000000", "one", "-1"})
  void aVersionThatNeverWasIsNotThere(String number) {
    assertThat(version("noord-admin", number, "").status()).isEqualTo(404);
  }

  /// A logo of the largest size and statements in all languages are one request.
  @Test
  void theLargestDescriptionFits() {
    var png = new byte[32 * 1024];
    System.arraycopy(java.util.HexFormat.of().parseHex("89504e470d0a1a0a"), 0, png, 0, 8);
    var logo = "data:image/png;base64," + java.util.Base64.getEncoder().encodeToString(png);
    var statements =
        "\"statements\":{\"privacy\":{\"nl\":\""
            + "é".repeat(39_999)
            + "\"}},\"logo\":\""
            + logo
            + "\"";
    assertThat(put("noord-admin", change(1, replaced("\"logo\":null", statements))).status())
        .isEqualTo(200);
    var event = events("policy-changed").getFirst();
    assertThat(event.text("after")).contains("ééé").doesNotContain("base64");
    var tooMuch = "\"statements\":{\"privacy\":{\"nl\":\"" + "é".repeat(400_000) + "\"}},";
    assertThat(put("noord-admin", change(2, "{" + tooMuch + "\"id\":\"noord\"}")).status())
        .isEqualTo(413);
  }

  /// Whoever has a visit open is held to the new rule by the next request: nothing keeps a policy.
  @Test
  void aChangeHoldsAtTheNextRequest() {
    var order = new OrderId("noord", "A-1");
    var bucket = hospital.order(order, "POLICY48151623", Verification.DATE_OF_BIRTH, true, "1.2.3");
    var study = hospital.study(order, "1.2.3", 1);
    hospital.report(order, "Geen afwijkingen.");
    var authorisation =
        new Authorisation(
            new DynamoOrders(tables.client(), "OrdersTable"),
            new DynamoStudies(tables.client(), "StudiesTable"),
            departments,
            clock);
    var patient = new DynamoBuckets(tables.client(), "BucketsTable").find(bucket).orElseThrow();
    var who = new Principal.Patient(patient);
    assertThat(authorisation.ask(who, study, Right.REPORT)).isInstanceOf(Decision.Refused.class);
    put("noord-admin", change(1, replaced("\"report\":\"never\"", "\"report\":\"at-once\"")));
    assertThat(authorisation.ask(who, study, Right.REPORT)).isInstanceOf(Decision.Permitted.class);
    put("noord-admin", change(2, replaced("\"report\":\"at-once\"", "\"report\":\"never\"")));
    assertThat(authorisation.ask(who, study, Right.REPORT)).isInstanceOf(Decision.Refused.class);
  }

  @Test
  void whatIsRefusedIsToldInTheTrail() {
    read("noord-staff", "");
    read("noord-admin", "department=zuid");
    var trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    assertThat(trail.read(AuditEvent.department("noord"), Optional.empty(), 10).events())
        .extracting(AuditEvent::action)
        .containsExactly(AuditAction.ACCESS_REFUSED, AuditAction.ACCESS_REFUSED);
  }
}
