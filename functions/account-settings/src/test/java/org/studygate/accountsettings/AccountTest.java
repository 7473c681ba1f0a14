package org.studygate.accountsettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.studygate.accountsettings.AccountTest.Said.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.account.Account;
import org.studygate.account.Group;
import org.studygate.account.Role;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.JsonObject;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;

/// GET and PATCH /api/account: what its owner sees and changes, and what not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccountTest {
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":");

  @AutoClose private final TestTables tables = TestTables.start();
  private final TestClock clock = TestClock.at("2026-11-27T10:00:00Z");
  private final People people = new People(tables, clock);
  private final AccountSettingsHandler handler =
      new AccountSettingsHandler(TestPlatform.of(clock, tables, People.variables()));
  private String me = "";
  private int made;

  /// What is told of a refusal.
  record Said(int status, String code, Optional<String> parameter) {
    static Said of(HttpResponse answer) {
      var body = JsonObject.parse(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return new Said(answer.status(), body.string("code"), body.optionalString("parameter"));
    }

    static Said refused(int status, String code, String parameter) {
      return new Said(status, code, Optional.of(parameter));
    }
  }

  @BeforeEach
  void signIn() {
    me = "jan" + ++made;
    people.active(me, Role.PROFESSIONAL);
    people.visit(me);
  }

  @Test
  void tellsAllThatIsKeptAndNoSecret() {
    people.active(me + "-colleague", Role.PROFESSIONAL);
    people.group(
        "g" + made,
        me,
        new Group.Member(me, true, Optional.empty()),
        new Group.Member(me + "-colleague", false, Optional.empty()));
    people.mapping("m" + made, me, "noord");
    var answer = look();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("cache-control", "no-store");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"username":"ME@example.org","name":"Jan ME Maes","familyName":"Maes","givenName":"Jan ME",\
            "gender":null,"mobile":"+32470123456","workPhone":null,"physicianNumbers":["10012345004"],\
            "language":"nl","factor":"totp","role":"professional","state":"active","department":null,\
            "passwordWith":null,"groups":[{"id":"gN","name":"Groep gN"}],\
            "privacy":{"contact":true,"email":false,"mobile":false},\
            "mappings":[{"id":"mN","department":"noord","name":"Dr. J. Maes","physicianNumber":"10012345004",\
            "group":null,"mailOnStudy":false,"mailOnReport":true}],\
            "mailDefaults":{"mailOnStudy":false,"mailOnReport":true}}"""
                .replace("ME", me)
                .replace("gN", "g" + made)
                .replace("mN", "m" + made));
  }

  @Test
  void changesWhatIsNamedAndNothingElse() {
    var event = TestEvents.cookie(TestEvents.read("account-settings", "change"), visit());
    var answer = handler.answer(event);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .contains(
            "\"gender\":\"female\"",
            "\"workPhone\":\"+32 3 555 01 02\"",
            "\"language\":\"fr\"",
            "\"privacy\":{\"contact\":true,\"email\":true,\"mobile\":false}",
            "\"mailDefaults\":{\"mailOnStudy\":false,\"mailOnReport\":false}");
    assertThat(patch("{\"workPhone\":null,\"gender\":null}").body())
        .contains("\"workPhone\":null", "\"gender\":null", "\"language\":\"fr\"");
  }

  @Test
  void eachChangeIsALineOfTheTrailThatHoldsNoValue() {
    patch("{\"privacy\":{\"mobile\":true,\"email\":true},\"workPhone\":\"03 555 01 02\"}");
    assertThat(trail())
        .extracting(AuditEvent::action, AuditEvent::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                AuditAction.SETTINGS_CHANGED, "privacy+work-phone"));
  }

  @Test
  void everyFieldIsEitherChangedHereOrRefusedByItsName() {
    var body = look().body();
    var changed = List.of("gender", "workPhone", "language", "privacy", "mailDefaults");
    var names = JsonObject.parse(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)).names();
    assertThat(names).containsAll(changed).hasSizeGreaterThan(changed.size() + 10);
    for (var name : names) {
      if (!changed.contains(name)) {
        assertThat(Said.of(patch("{\"language\":\"en\",\"" + name + "\":\"x\"}")))
            .isEqualTo(refused(409, "read-only", name));
      }
    }
    assertThat(look().body())
        .contains("\"language\":\"nl\""); // nothing of a refused change is done
  }

  @Test
  void whatIsNotWrittenAsItShouldBeIsRefusedByName() {
    for (var wrong :
        List.of(
            "{\"gender\":\"Female\"}",
            "{\"gender\":7}",
            "{\"workPhone\":\"call me\"}",
            "{\"workPhone\":\"+----\"}",
            "{\"workPhone\":\"" + "1".repeat(40) + "\"}",
            "{\"language\":\"pt\"}",
            "{\"language\":null}",
            "{\"privacy\":true}",
            "{\"privacy\":{}}",
            "{\"privacy\":{\"email\":\"yes\"}}",
            "{\"privacy\":{\"email\":null}}",
            "{\"privacy\":{\"phone\":true}}",
            "{\"mailDefaults\":{\"mailOnPayday\":true}}",
            "{\"passwort\":\"x\"}")) {
      var field = FIELD.matcher(wrong);
      assertThat(field.find()).isTrue();
      assertThat(Said.of(patch(wrong)))
          .as(wrong)
          .isEqualTo(refused(400, "bad-request", field.group(1)));
    }
    for (var wrong : List.of("{}", "[]", "", "{\"language\":\"fr\",\"language\":\"nl\"}")) {
      assertThat(Said.of(patch(wrong)))
          .as(wrong)
          .isEqualTo(new Said(400, "bad-request", Optional.empty()));
    }
    assertThat(trail()).isEmpty();
  }

  @Test
  void twoPagesThatAreOpenAtOnceUndoNothingOfEachOther() throws Exception {
    var changes =
        List.of(
            "{\"language\":\"de\"}",
            "{\"gender\":\"other\"}",
            "{\"workPhone\":\"03 555 01 02\"}",
            "{\"privacy\":{\"contact\":false}}",
            "{\"privacy\":{\"email\":true}}",
            "{\"privacy\":{\"mobile\":true}}",
            "{\"mailDefaults\":{\"mailOnStudy\":true}}",
            "{\"mailDefaults\":{\"mailOnReport\":false}}");
    visit();
    try (var threads = Executors.newFixedThreadPool(changes.size())) {
      var tasks = new ArrayList<Callable<Integer>>();
      changes.forEach(change -> tasks.add(() -> patch(change).status()));
      for (var done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isEqualTo(200);
      }
    }
    assertThat(look().body())
        .contains(
            "\"language\":\"de\"",
            "\"gender\":\"other\"",
            "\"workPhone\":\"03 555 01 02\"",
            "\"privacy\":{\"contact\":false,\"email\":true,\"mobile\":true}",
            "\"mailDefaults\":{\"mailOnStudy\":true,\"mailOnReport\":false}");
    assertThat(trail()).hasSize(changes.size());
  }

  @Test
  void whoHasNoAccountFindsNothing() {
    var nobody = TestEvents.cookie(TestEvents.read("account-settings", "look"), new Token("no"));
    assertThat(handler.answer(nobody).status()).isEqualTo(401);
    people.accounts.endVisits(me);
    assertThat(look().status()).isEqualTo(401);
    assertThat(patch("{\"language\":\"fr\"}").status()).isEqualTo(401);
  }

  @Test
  void whoIsRegisteredSeesThatAndChangesTheOwnSettings() {
    var registered =
        people.put(People.account(me + "-new", Role.PROFESSIONAL, Account.State.REGISTERED));
    me = registered.id();
    people.visit(me);
    assertThat(look().body()).contains("\"state\":\"registered\"");
    assertThat(patch("{\"language\":\"sl\"}").body()).contains("\"language\":\"sl\"");
  }

  private Token visit() {
    return new Token("visit-of-" + me);
  }

  private HttpResponse look() {
    return handler.answer(TestEvents.cookie(TestEvents.read("account-settings", "look"), visit()));
  }

  private HttpResponse patch(String body) {
    var event = TestEvents.cookie(TestEvents.read("account-settings", "change"), visit());
    return handler.answer(TestEvents.body(event, body));
  }

  private List<AuditEvent> trail() {
    return new DynamoAuditTrail(
            tables.client(), "AuditTable", new Tokens(new java.security.SecureRandom()))
        .read(AuditEvent.account(me), Optional.empty(), 50)
        .events();
  }
}
