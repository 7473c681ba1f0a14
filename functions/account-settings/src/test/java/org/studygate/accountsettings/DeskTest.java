package org.studygate.accountsettings;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Scope;
import org.studygate.access.TestHospital;
import org.studygate.account.Account;
import org.studygate.account.Account.State;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Group;
import org.studygate.account.Mapping;
import org.studygate.account.Role;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.notice.NoteMessage;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;

/// What the service desk does about accounts, and who may not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeskTest {
  private static final String REASON = "{\"reason\":\" called back \"}";

  /// Every act of the desk, by its event, with the call that it needs.
  private static final List<String> ACTS =
      List.of("waiting", "search", "verify", "refuse", "unlock", "disable", "enable");

  @AutoClose private final TestTables tables = TestTables.start();
  private final TestClock clock = TestClock.at("2026-11-27T10:00:00Z");
  private final People people = new People(tables, clock);
  private final DynamoBuckets buckets = new DynamoBuckets(tables.client(), "BucketsTable");
  private final AccountSettingsHandler handler =
      new AccountSettingsHandler(TestPlatform.of(clock, tables, People.variables()));
  private String an = "";
  private int made;

  @BeforeAll
  void open() {
    var hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    hospital.department("zuid", new ReportRule.AtOnce());
    people.active("desk", Role.SERVICE_DESK);
    people.active("staff", Role.STAFF);
    people.active("admin", Role.ADMIN);
    people.active("doctor", Role.PROFESSIONAL);
  }

  @BeforeEach
  void register() {
    an = "an" + ++made;
    people.put(People.account(an, Role.PROFESSIONAL, State.REGISTERED));
    for (var one : List.of("desk", "staff", "admin", "doctor")) {
      people.visit(one);
    }
  }

  @Test
  void whoMayNotIsToldSoAtADeskAndFindsNothingElsewhere() {
    for (var act : ACTS) {
      for (var one : Map.of("staff", 403, "admin", 403, "doctor", 404).entrySet()) {
        var answer = handler.answer(as(one.getKey(), of(act, an)));
        assertThat(answer.status()).as(act + " by " + one.getKey()).isEqualTo(one.getValue());
      }
    }
    assertThat(state()).isEqualTo(State.REGISTERED);
    assertThat(trail(an)).isEmpty();
  }

  @Test
  void whoeverRegisteredWaitsAndIsVerifiedOnce() {
    assertThat(send("waiting", an).body()).contains("\"id\":\"" + an + "\"", "\"registered\"");
    assertThat(act("verify", an, REASON).status()).isEqualTo(204);
    assertThat(state()).isEqualTo(State.ACTIVE);
    assertThat(people.accounts.mappings(an))
        .extracting(Mapping::department, Mapping::physicianNumber, Mapping::name)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("noord", "10012345004", "Jan " + an + " Maes"),
            org.assertj.core.groups.Tuple.tuple("zuid", "10012345004", "Jan " + an + " Maes"));
    assertThat(mapped("noord", "10012345004")).contains(an);
    assertThat(send("waiting", an).body()).doesNotContain("\"id\":\"" + an + "\"");
    assertThat(act("verify", an, REASON).status()).isEqualTo(409);
    assertThat(trail(an))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.action()).isEqualTo(AuditAction.ACCOUNT_VERIFIED);
              assertThat(event.who()).isEqualTo(new Actor.Staff("desk"));
            });
    assertThat(reasons(an)).containsExactly("called back");
    assertThat(people.notes(an))
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.about()).isEqualTo(NoteMessage.About.VERIFIED);
              assertThat(note.to()).isEqualTo(an + "@example.org");
            });
  }

  @Test
  void theDeskCorrectsTheNumberAndNamesTheDepartments() {
    var body =
        "{\"reason\":\"x\",\"physicianNumber\":\"2005 4321 007\",\"departments\":[\"zuid\"]}";
    assertThat(act("verify", an, body).status()).isEqualTo(204);
    assertThat(people.accounts.find(an).orElseThrow().physicianNumbers())
        .containsExactly("2005 4321 007");
    assertThat(people.accounts.mappings(an))
        .extracting(Mapping::department)
        .containsExactly("zuid");
  }

  @Test
  void withoutAReasonNothingIsDone() {
    for (var act : List.of("verify", "refuse", "unlock", "disable", "enable", "unmap")) {
      for (var body :
          List.of(
              "{}",
              "{\"reason\":\"  \"}",
              "{\"reason\":7}",
              "{\"reason\":\"" + "x".repeat(501) + "\"}")) {
        assertThat(act(act, an, body).status()).as(act + " " + body).isEqualTo(400);
      }
    }
    var unexplained = mapping("noord").replace("asked by phone", " ");
    assertThat(act("map", an, unexplained).status()).isEqualTo(400);
    for (var body :
        List.of(
            "{\"reason\":\"x\",\"departments\":[\"nergens\"]}",
            "{\"reason\":\"x\",\"physicianNumber\":\"<b>\"}",
            "{\"reason\":\"x\",\"state\":\"active\"}")) {
      assertThat(act("verify", an, body).status()).as(body).isEqualTo(400);
    }
    assertThat(state()).isEqualTo(State.REGISTERED);
    assertThat(trail(an)).isEmpty();
  }

  @Test
  void anAccountThatNeverWasIsNotThere() {
    for (var act : List.of("verify", "refuse", "unlock", "disable", "enable", "unmap")) {
      assertThat(act(act, "nobody", REASON).status()).as(act).isEqualTo(404);
    }
    assertThat(act("map", "nobody", mapping("noord")).status()).isEqualTo(404);
  }

  @Test
  void aRefusedOneWaitsAgainWhenItIsLetIn() {
    assertThat(act("refuse", an, REASON).status()).isEqualTo(204);
    assertThat(state()).isEqualTo(State.DISABLED);
    assertThat(people.notes(an))
        .extracting(NoteMessage::about)
        .containsExactly(NoteMessage.About.REFUSED);
    assertThat(act("refuse", an, REASON).status()).isEqualTo(409);
    assertThat(act("enable", an, REASON).status()).isEqualTo(204);
    assertThat(state()).isEqualTo(State.REGISTERED);
    assertThat(act("verify", an, REASON).status()).isEqualTo(204);
    assertThat(act("refuse", an, REASON).status()).isEqualTo(409);
  }

  @Test
  void disablingEndsAtTheNextRequest() {
    act("verify", an, REASON);
    people.visit(an);
    assertThat(handler.answer(as(an, TestEvents.read("account-settings", "look"))).status())
        .isEqualTo(200);
    assertThat(act("disable", an, REASON).status()).isEqualTo(204);
    assertThat(handler.answer(as(an, TestEvents.read("account-settings", "look"))).status())
        .isEqualTo(401);
    assertThat(act("enable", an, REASON).status()).isEqualTo(204);
    assertThat(state()).isEqualTo(State.ACTIVE);
    assertThat(handler.answer(as(an, TestEvents.read("account-settings", "look"))).status())
        .isEqualTo(401); // what was open stays over
    assertThat(act("enable", an, REASON).status()).isEqualTo(409);
  }

  @Test
  void nobodyClosesTheOwnDoor() {
    assertThat(act("disable", "desk", REASON).status()).isEqualTo(409);
  }

  @Test
  void unlockingSetsTheCountersBackAndEndsWhatWasOpen() {
    assertThat(act("unlock", an, REASON).status()).isEqualTo(409); // it is not locked
    lock();
    var epoch = people.accounts.find(an).orElseThrow().epoch();
    assertThat(act("unlock", an, REASON).status()).isEqualTo(204);
    var account = people.accounts.find(an).orElseThrow();
    assertThat(account.locked()).isFalse();
    assertThat(account.epoch()).isEqualTo(epoch + 1);
    var item =
        tables
            .client()
            .getItem(get -> get.tableName("AccountsTable").key(DynamoAccounts.key(an, "profile")))
            .item();
    assertThat(item).doesNotContainKeys("password_failures", "code_failures");
  }

  /// Whatever comes first, each unlock that was told as done is one line of the trail, and the
  /// account is as the last of them says.
  @Test
  void unlocksAndLocksAtOnceLeaveOneState() throws Exception {
    lock();
    var unlocks = new ArrayList<Callable<Integer>>();
    for (var i = 0; i < 8; i++) {
      unlocks.add(() -> act("unlock", an, REASON).status());
    }
    var tasks = new ArrayList<Callable<Integer>>(unlocks);
    tasks.add(
        () -> {
          lock();
          return 0;
        });
    var done = 0;
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      for (var result : threads.invokeAll(tasks)) {
        done += result.get() == 204 ? 1 : 0;
      }
    }
    assertThat(done).isBetween(1, 2);
    assertThat(trail(an)).hasSize(done);
    var account = people.accounts.find(an).orElseThrow();
    assertThat(account.epoch()).isEqualTo(2 + done);
    assertThat(account.locked() && done == 2).isFalse(); // the second unlock was of this lock
  }

  @Test
  void twoWhoVerifyAtOnceMakeOneAccountOfIt() throws Exception {
    var tasks = new ArrayList<Callable<Integer>>();
    for (var i = 0; i < 6; i++) {
      tasks.add(() -> act("verify", an, REASON).status());
    }
    tasks.add(() -> act("refuse", an, REASON).status());
    var done = 0;
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      for (var result : threads.invokeAll(tasks)) {
        done += result.get() == 204 ? 1 : 0;
      }
    }
    assertThat(done).isEqualTo(1);
    assertThat(trail(an)).hasSize(1);
    assertThat(people.accounts.mappings(an)).hasSize(state() == State.ACTIVE ? 2 : 0);
  }

  @Test
  void anAccountIsFoundByItsNameItsNumberOrHowItIsCalled() {
    var name = new Account.Name("Čapek-D’Été", "Zoë");
    var account = People.account("zoe" + made, Role.PROFESSIONAL, State.ACTIVE);
    people.put(
        new Account(
            account.id(),
            account.username(),
            name,
            account.gender(),
            "nl",
            account.role(),
            account.department(),
            account.state(),
            false,
            0,
            Set.of(),
            account.factor(),
            account.mobile(),
            account.workPhone(),
            List.of("777" + made),
            account.privacy(),
            account.mailDefaults(),
            account.provider(),
            account.failedAt()));
    people.accounts.map(
        new Mapping(
            "mz" + made, account.id(), "zuid", "Z", "777" + made, Optional.empty(), false, false));
    for (var q : List.of("ZOE" + made + "@example.org", "777" + made, "capek d ete", "Čapek-D'é")) {
      assertThat(search(q).body()).as(q).contains("\"id\":\"zoe" + made + "\"");
    }
    for (var q : List.of("zoe" + made + "@example.com", "777", "apek", "zoë")) {
      assertThat(search(q).body()).as(q).doesNotContain("\"id\":\"zoe" + made + "\"");
    }
    for (var q : List.of("", "  ", "z", "-", "x".repeat(101))) {
      assertThat(search(q).status()).as(q).isEqualTo(400);
    }
    assertThat(search("maes").body().split("\"id\":\"\\w+\",\"username\""))
        .hasSizeLessThanOrEqualTo(21);
  }

  @Test
  void whoeverLooksForAccountsStandsInTheTrail() {
    var before = trail("desk").size();
    search("nobody@example.org");
    assertThat(trail("desk"))
        .hasSize(before + 1)
        .first()
        .satisfies(event -> assertThat(event.outcome()).isEqualTo("found-0"));
  }

  @Test
  void aMappingIsAddedByTheServiceDeskAndByTheDepartmentsAdmin() {
    act("verify", an, "{\"reason\":\"x\",\"departments\":[\"zuid\"]}");
    assertThat(handler.answer(as("staff", with("map", an, mapping("noord")))).status())
        .isEqualTo(403);
    assertThat(handler.answer(as("staff", with("map", an, mapping("zuid")))).status())
        .isEqualTo(404);
    assertThat(handler.answer(as("doctor", with("map", an, mapping("noord")))).status())
        .isEqualTo(404);
    assertThat(handler.answer(as("admin", with("map", an, mapping("zuid")))).status())
        .isEqualTo(404);
    assertThat(handler.answer(as("admin", with("map", an, mapping("nergens")))).status())
        .isEqualTo(404);
    assertThat(handler.answer(as("admin", with("map", an, mapping("noord")))).status())
        .isEqualTo(201);
    assertThat(act("map", an, mapping("noord")).status()).isEqualTo(409); // there already
    assertThat(act("map", an, mapping("nergens")).status()).isEqualTo(400);
    assertThat(mapped("noord", "5555")).contains(an);
    assertThat(trailOf(AuditEvent.department("noord")))
        .anySatisfy(event -> assertThat(event.outcome()).isEqualTo(an));
  }

  @Test
  void aMappingBeginsWithTheDefaultsOfItsOwnerAndAGroupOfTheirs() {
    act("verify", an, "{\"reason\":\"x\",\"departments\":[\"zuid\"]}");
    people.group("g" + made, an, new Group.Member(an, true, Optional.empty()));
    var body = mapping("noord").replace("}", ",\"group\":\"g" + made + "\",\"name\":\"Dr. A.\"}");
    assertThat(act("map", an, body).body())
        .contains(
            "\"name\":\"Dr. A.\"",
            "\"group\":\"g" + made + "\"",
            "\"mailOnStudy\":false,\"mailOnReport\":true");
    assertThat(act("map", an, body.replace("g" + made, "h").replace("5555", "5556")).status())
        .isEqualTo(400);
  }

  @Test
  void nothingIsMappedToWhoeverIsNotInForce() {
    assertThat(act("map", an, mapping("noord")).status()).isEqualTo(409);
    assertThat(people.accounts.mappings(an)).isEmpty();
  }

  @Test
  void aMappingThatIsTakenAwayTakesItsBucketWithIt() {
    act("verify", an, "{\"reason\":\"x\",\"departments\":[\"zuid\"]}");
    var mapping = people.accounts.mappings(an).getFirst();
    buckets.last(new Scope.OfMapping(mapping.id(), "zuid"));
    assertThat(handler.answer(as("admin", unmap(mapping))).status())
        .isEqualTo(404); // of another department
    assertThat(handler.answer(as("staff", unmap(mapping))).status()).isEqualTo(403);
    assertThat(handler.answer(as("doctor", unmap(mapping))).status()).isEqualTo(404);
    assertThat(buckets.find(Bucket.ofMapping(mapping.id())).orElseThrow().open(clock.instant()))
        .isTrue();
    assertThat(handler.answer(as("desk", unmap(mapping))).status()).isEqualTo(204);
    assertThat(buckets.find(Bucket.ofMapping(mapping.id())).orElseThrow().open(clock.instant()))
        .isFalse();
    assertThat(mapped("zuid", "10012345004")).doesNotContain(an);
    assertThat(handler.answer(as("desk", unmap(mapping))).status()).isEqualTo(404);
  }

  private static String mapping(String department) {
    return "{\"department\":\""
        + department
        + "\",\"physicianNumber\":\"5555\",\"reason\":\"asked by phone\"}";
  }

  private List<String> mapped(String department, String number) {
    return people.accounts.mapped(department, number).stream().map(Mapping::account).toList();
  }

  private State state() {
    return people.accounts.find(an).orElseThrow().state();
  }

  /// As the last of too many wrong codes does.
  private void lock() {
    Change.of("AccountsTable", DynamoAccounts.key(an, "profile"))
        .set("locked", true)
        .set("password_failures", 2)
        .set("code_failures", 5)
        .add("epoch", 1)
        .run(tables.client());
  }

  private HttpResponse search(String q) {
    return handler.answer(
        TestEvents.body(
            as("desk", TestEvents.read("account-settings", "search")), "{\"q\":\"" + q + "\"}"));
  }

  private HttpResponse send(String act, String account) {
    return handler.answer(as("desk", of(act, account)));
  }

  private HttpResponse act(String act, String account, String body) {
    return handler.answer(as("desk", with(act, account, body)));
  }

  private static HttpRequest with(String act, String account, String body) {
    return TestEvents.body(of(act, account), body);
  }

  private static HttpRequest of(String act, String account) {
    var event = TestEvents.read("account-settings", act);
    return event.path().contains("/a1/")
        ? TestEvents.path(event, event.path().replace("/a1/", "/" + account + "/"))
        : event;
  }

  private HttpRequest unmap(Mapping mapping) {
    var event = TestEvents.read("account-settings", "unmap");
    return TestEvents.path(event, "/api/desk/accounts/" + an + "/mappings/" + mapping.id());
  }

  private static HttpRequest as(String account, HttpRequest request) {
    return TestEvents.cookie(request, new Token("visit-of-" + account));
  }

  private List<AuditEvent> trail(String account) {
    return trailOf(AuditEvent.account(account));
  }

  private List<AuditEvent> trailOf(String trail) {
    return new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()))
        .read(trail, Optional.empty(), 100)
        .events();
  }

  private List<String> reasons(String account) {
    return tables
        .client()
        .query(
            query ->
                query
                    .tableName("AuditTable")
                    .keyConditionExpression("trail = :trail")
                    .expressionAttributeValues(
                        Map.of(":trail", Item.s(AuditEvent.account(account)))))
        .items()
        .stream()
        .map(item -> Item.of(item).text("reason"))
        .toList();
  }
}
