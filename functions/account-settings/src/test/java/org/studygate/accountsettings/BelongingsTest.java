package org.studygate.accountsettings;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.account.Group;
import org.studygate.account.Role;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.notice.NoteMessage;
import org.studygate.notice.NoteMessage.About;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;

/// What belongs to an account: attempts to sign in, remembered browsers, mappings, groups.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BelongingsTest {
  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock = TestClock.at("2026-11-27T10:00:00Z");
  private People people = new People(tables, clock);
  private AccountSettingsHandler handler = handler();
  private String me = "";
  private String other = "";
  private int made;

  private AccountSettingsHandler handler() {
    return new AccountSettingsHandler(TestPlatform.of(clock, tables, People.variables()));
  }

  @BeforeEach
  void signIn() {
    clock = TestClock.at("2026-11-27T10:00:00Z");
    people = new People(tables, clock);
    handler = handler();
    me = "an" + ++made;
    other = "piet" + made;
    people.active(me, Role.PROFESSIONAL);
    people.active(other, Role.PROFESSIONAL);
    people.visit(me);
    people.visit(other);
  }

  @Test
  void theLastHundredAttemptsTheNewestFirst() {
    for (var i = 0; i < 103; i++) {
      var at = Instant.parse("2026-11-20T08:00:00.000Z").plus(Duration.ofMinutes(i));
      tried(me, at, i % 10 == 0 ? "wrong-password" : "signed-in");
    }
    tried(other, Instant.parse("2026-11-26T08:00:00Z"), "wrong-code");
    var body = send("logins").body();
    assertThat(body.split("\"at\"")).hasSize(101);
    assertThat(body)
        .startsWith(
            "[{\"at\":\"2026-11-20T09:42:00Z\",\"from\":\"192.0.2.7\",\"outcome\":\"signed-in\"},"
                + "{\"at\":\"2026-11-20T09:41:00Z\"")
        .contains("wrong-password")
        .doesNotContain("wrong-code", "08:02:00");
  }

  @Test
  void browsersThatAreRememberedNowAndNoOthers() {
    browser(me, "aa11", 0, Duration.ofDays(30));
    browser(me, "bb22", 7, Duration.ofDays(30)); // of another epoch
    browser(me, "cc33", 0, Duration.ofDays(1));
    browser(other, "dd44", 0, Duration.ofDays(30));
    clock.advance(Duration.ofDays(1));
    people.visit(me);
    assertThat(send("browsers").body())
        .isEqualTo(
            "[{\"id\":\"aa11\",\"device\":\"Firefox, Windows\",\"since\":\"2026-11-27T10:00:00Z\","
                + "\"until\":\"2026-12-27T10:00:00Z\"}]");
  }

  @Test
  void aBrowserIsForgottenByItsOwnerAlone() {
    browser(me, "aa11", 0, Duration.ofDays(30));
    browser(other, "bb22", 0, Duration.ofDays(30));
    assertThat(forget("bb22").status()).isEqualTo(404);
    assertThat(forget("aa11").status()).isEqualTo(204);
    assertThat(forget("aa11").status()).isEqualTo(404);
    assertThat(send("browsers").body()).isEqualTo("[]");
    assertThat(trail())
        .extracting(AuditEvent::action)
        .containsExactly(AuditAction.BROWSER_FORGOTTEN);
    assertThat(handler.answer(as(other, TestEvents.read("account-settings", "browsers"))).body())
        .contains("bb22");
  }

  @Test
  void aMappingsMailsAreSwitchedByItsOwnerAlone() {
    people.mapping("m" + made, me, "noord");
    people.mapping("n" + made, other, "noord");
    assertThat(mails("m" + made, "{\"mailOnStudy\":true}").body())
        .contains("\"mailOnStudy\":true,\"mailOnReport\":true");
    assertThat(mails("m" + made, "{\"mailOnReport\":false}").body())
        .contains("\"mailOnStudy\":true,\"mailOnReport\":false");
    assertThat(mails("n" + made, "{\"mailOnStudy\":true}").status()).isEqualTo(404);
    assertThat(mails("nothing", "{\"mailOnStudy\":true}").status()).isEqualTo(404);
    for (var wrong :
        List.of("{}", "{\"mailOnStudy\":1}", "{\"name\":\"x\",\"mailOnStudy\":true}")) {
      assertThat(mails("m" + made, wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(people.accounts.mapped("noord", "10012345004"))
        .filteredOn(mapping -> mapping.account().equals(me))
        .hasSize(1); // what studies come by is as it was
  }

  @Test
  void groupsAreShownWithThePrimaryContactFirst() {
    practice(Optional.of(clock.instant()));
    assertThat(send("groups").body())
        .isEqualTo(
            """
            {"groups":[{"id":"gN","name":"Groep gN","due":false,"confirmedAt":"2026-11-27T10:00:00Z",\
            "members":[{"name":"Jan OTHER Maes","admin":true,"primary":true},\
            {"name":"Jan ME Maes","admin":false,"primary":false}]}]}"""
                .replace("gN", "g" + made)
                .replace("OTHER", other)
                .replace("ME", me));
  }

  @Test
  void aGroupIsToBeConfirmedEveryThreeMonths() {
    practice(Optional.empty());
    assertThat(send("groups").body()).contains("\"due\":true");
    assertThat(say("{\"right\":[\"g" + made + "\"]}").body()).isEqualTo("{\"next\":\"open\"}");
    assertThat(send("groups").body()).contains("\"due\":false");
    clock.advance(Duration.ofDays(92).minusSeconds(1)); // 27 February
    people.visit(me);
    assertThat(send("groups").body()).contains("\"due\":false");
    clock.advance(Duration.ofSeconds(1));
    assertThat(send("groups").body()).contains("\"due\":true");
    assertThat(trail()).extracting(AuditEvent::action).containsExactly(AuditAction.GROUP_CONFIRMED);
  }

  @Test
  void aGroupThatIsNotRightIsAskedForAgain() {
    practice(Optional.of(clock.instant()));
    assertThat(say("{\"wrong\":[\"g" + made + "\"]}").status()).isEqualTo(200);
    assertThat(send("groups").body()).contains("\"due\":true", "\"confirmedAt\":null");
    assertThat(trail()).extracting(AuditEvent::action).containsExactly(AuditAction.GROUP_DISPUTED);
  }

  @Test
  void aGroupThatIsNotRightIsToldToItsAdminsOnce() {
    practice(Optional.of(clock.instant()));
    var wrong = "{\"wrong\":[\"g" + made + "\"]}";
    say(wrong);
    assertThat(people.notes(me))
        .containsExactly(
            new NoteMessage(
                other + "@example.org",
                "nl",
                About.GROUP,
                "Groep g" + made,
                "Jan " + me + " Maes"));
    say(wrong);
    assertThat(people.notes(me)).hasSize(1); // they know
    say("{\"right\":[\"g" + made + "\"]}");
    clock.advance(Duration.ofSeconds(1));
    say(wrong);
    assertThat(people.notes(me)).hasSize(2);
    clock.advance(Duration.ofDays(92));
    people.visit(me);
    say(wrong);
    assertThat(people.notes(me)).hasSize(3);
    assertThat(trail()).hasSize(5);
  }

  @Test
  void theServiceDeskIsToldWhereAGroupHasNoOtherAdmin() {
    practice(Optional.empty());
    var mine = "g" + made;
    assertThat(
            handler
                .answer(
                    TestEvents.body(
                        as(other, TestEvents.read("account-settings", "confirm")),
                        "{\"wrong\":[\"" + mine + "\"]}"))
                .status())
        .isEqualTo(200);
    assertThat(people.notes(other))
        .extracting(NoteMessage::to)
        .containsExactly("desk@studygate.example");
  }

  @Test
  void nothingIsSaidOfAGroupOfOthersNorTwoThingsOfOne() {
    practice(Optional.empty());
    var third = people.active("eva" + made, Role.PROFESSIONAL);
    people.group("h" + made, third.id(), new Group.Member(third.id(), true, Optional.empty()));
    var mine = "\"g" + made + "\"";
    assertThat(say("{\"right\":[" + mine + ",\"h" + made + "\"]}").status()).isEqualTo(404);
    assertThat(say("{\"right\":[" + mine + "],\"wrong\":[\"never\"]}").status()).isEqualTo(404);
    for (var wrong :
        List.of(
            "{}",
            "{\"right\":[],\"wrong\":[]}",
            "{\"right\":[" + mine + "],\"wrong\":[" + mine + "]}",
            "{\"right\":[" + mine + "],\"late\":[]}",
            "{\"right\":" + mine + "}")) {
      assertThat(say(wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(send("groups").body()).contains("\"due\":true");
    assertThat(trail()).isEmpty();
  }

  /// A group of the two, the other is its primary contact and admin.
  private void practice(Optional<Instant> confirmed) {
    people.group(
        "g" + made,
        other,
        new Group.Member(me, false, confirmed),
        new Group.Member(other, true, Optional.empty()));
  }

  private void tried(String account, Instant at, String outcome) {
    put(
        Map.of(
            "account_id", Item.s(account),
            "item", Item.s("login#" + at + "#5f"),
            "from", Item.s("192.0.2.7"),
            "outcome", Item.s(outcome)));
  }

  private void browser(String account, String id, long epoch, Duration life) {
    put(
        Map.of(
            "account_id", Item.s(account),
            "item", Item.s("browser#" + id),
            "device", Item.s("Firefox, Windows"),
            "epoch", Item.n(epoch),
            "since", Item.n(clock.instant()),
            "expires", Item.n(clock.instant().plus(life))));
  }

  private void put(
      Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item) {
    tables.client().putItem(put -> put.tableName("AccountsTable").item(item));
  }

  private HttpResponse forget(String browser) {
    var event = TestEvents.read("account-settings", "forget");
    return handler.answer(as(me, TestEvents.path(event, "/api/account/browsers/" + browser)));
  }

  private HttpResponse mails(String mapping, String body) {
    var event = TestEvents.read("account-settings", "mapping");
    var there = TestEvents.path(event, "/api/account/mappings/" + mapping);
    return handler.answer(TestEvents.body(as(me, there), body));
  }

  private HttpResponse say(String body) {
    return handler.answer(
        TestEvents.body(as(me, TestEvents.read("account-settings", "confirm")), body));
  }

  private HttpResponse send(String name) {
    return handler.answer(as(me, TestEvents.read("account-settings", name)));
  }

  private static HttpRequest as(String account, HttpRequest request) {
    return TestEvents.cookie(request, new Token("visit-of-" + account));
  }

  private List<AuditEvent> trail() {
    return new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()))
        .read(AuditEvent.account(me), Optional.empty(), 50)
        .events();
  }
}
