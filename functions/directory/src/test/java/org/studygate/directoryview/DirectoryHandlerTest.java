package org.studygate.directoryview;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.TestHospital;
import org.studygate.account.Account;
import org.studygate.account.Account.Privacy;
import org.studygate.account.Account.State;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.account.Factor;
import org.studygate.account.Group;
import org.studygate.account.Group.MailOnShare;
import org.studygate.account.Role;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.directory.DynamoFavourites;
import org.studygate.directory.Favourites;
import org.studygate.directory.Kind;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.dynamo.Transaction;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.limit.LimitRule;
import org.studygate.platform.Platform;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.settings.AccountDesk;
import org.studygate.settings.Deed;
import org.studygate.settings.DynamoAccountDesk;
import org.studygate.settings.DynamoSettings;
import org.studygate.settings.Edit;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Who is found by whom, by what, and what it costs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DirectoryHandlerTest {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final TestClock clock = TestClock.at("2026-11-28T10:00:00Z");
  @AutoClose private final TestTables tables = TestTables.start();
  private final DynamoAccounts accounts = new DynamoAccounts(tables.client(), "AccountsTable");
  private final DynamoGroups groups =
      new DynamoGroups(tables.client(), new DynamoGroups.Tables("GroupsTable", "AccountsTable"));
  private final DynamoAuditTrail trail =
      new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
  private DirectoryHandler handler;
  private int visits;

  @BeforeEach
  void start() {
    tables.clear();
    handler = new DirectoryHandler(platform());
    person("asker", "Vos", "Tine", new Privacy(true, true, true), State.ACTIVE);
  }

  private Platform platform() {
    var variables = new HashMap<>(TestHospital.variables());
    variables.put("MOBILE_PREFIXES", "+32 +31");
    return TestPlatform.of(clock, tables, variables);
  }

  private Account person(String id, String family, String given, Privacy privacy, State state) {
    return person(id, family, given, privacy, state, "1" + id.hashCode(), "+32470000001");
  }

  private Account person(
      String id,
      String family,
      String given,
      Privacy privacy,
      State state,
      String number,
      String mobile) {
    var account =
        new Account(
            id,
            id + "@example.org",
            new Account.Name(family, given),
            Optional.empty(),
            "nl",
            Role.PROFESSIONAL,
            Optional.empty(),
            state,
            false,
            0,
            Set.of(),
            Factor.TOTP,
            Optional.of(mobile).filter(one -> !one.isEmpty()),
            Optional.empty(),
            List.of(number),
            privacy,
            Account.MailDefaults.FIRST,
            Optional.empty(),
            Optional.empty());
    assertThat(accounts.create(account)).isTrue();
    return account;
  }

  private Token visit(String account) {
    visits++;
    var token = new Token("visit-" + visits);
    var epoch = accounts.find(account).map(Account::epoch).orElse(0L);
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(
            Session.begin(
                token.hash(), new Subject.OfAccount(account), epoch, "", clock.instant()));
    return token;
  }

  private HttpResponse search(String who, String body) {
    clock.advance(Duration.ofSeconds(11)); // so many in ten minutes are let
    var request = TestEvents.body(TestEvents.read("directory", "search"), body);
    return handler.answer(TestEvents.cookie(request, visit(who)));
  }

  private Set<String> found(String body) {
    var answer = search("asker", body);
    assertThat(answer.status()).as("%s: %s", body, answer.body()).isEqualTo(200);
    return ids(answer);
  }

  private static Set<String> ids(HttpResponse answer) {
    return ID.matcher(answer.body()).results().map(one -> one.group(1)).collect(Collectors.toSet());
  }

  private HttpResponse favourites(String who) {
    return handler.answer(
        TestEvents.cookie(TestEvents.read("directory", "favourites"), visit(who)));
  }

  private HttpResponse keep(String who, String kind, String id) {
    var request =
        TestEvents.path(TestEvents.read("directory", "keep"), "/api/directory/favourites/" + id);
    return handler.answer(
        TestEvents.cookie(TestEvents.body(request, "{\"kind\":\"" + kind + "\"}"), visit(who)));
  }

  /// @param what its kind and its id
  private HttpResponse keep(String who, String what) {
    var gap = what.indexOf(' ');
    return keep(who, what.substring(0, gap), what.substring(gap + 1));
  }

  private HttpResponse drop(String who, String id) {
    var request =
        TestEvents.path(TestEvents.read("directory", "drop"), "/api/directory/favourites/" + id);
    return handler.answer(TestEvents.cookie(request, visit(who)));
  }

  @Test
  void aPersonIsFoundByWhatItShows() {
    person(
        "capek", "Čapek", "Anne-Marie", Privacy.FIRST, State.ACTIVE, "100-123-45", "+32470111111");
    var open = new Privacy(true, true, true);
    person("damme", "Van den Damme", "Dirk", open, State.ACTIVE, "20012345", "+32470222222");
    for (var typed :
        List.of("cap", "ČAPEK", "capek anne", "anne", "Marie", "an cap", "1001", "100-12")) {
      assertThat(found("{\"q\":\"" + typed + "\"}")).as(typed).containsExactly("capek");
    }
    for (var typed :
        List.of(
            "van d",
            "damme",
            "dirk van",
            "den",
            "damme@EXAMPLE.org",
            "0470/22.22.22",
            "+32 470 22 22 22",
            "20012345")) {
      assertThat(found("{\"q\":\"" + typed + "\"}")).as(typed).containsExactly("damme");
    }
    assertThat(found("{\"q\":\"capek@example.org\"}")).isEmpty();
    assertThat(found("{\"q\":\"0470111111\"}")).isEmpty();
    assertThat(found("{\"q\":\"damme@\"}")).isEmpty();
    assertThat(found("{\"q\":\"apek\"}")).isEmpty();
    var seen = search("asker", "{\"q\":\"capek\"}").body();
    assertThat(seen)
        .contains(
            "\"name\":\"Anne-Marie Čapek\"",
            "\"number\":\"100-123-45\"",
            "\"language\":\"nl\"",
            "\"hasMobile\":true",
            "\"favourite\":false")
        .doesNotContain("@", "+32470111111", "state", "role");
    assertThat(search("asker", "{\"q\":\"damme\"}").body())
        .contains("damme@example.org", "+32470222222");
  }

  /// By one word, by several, turned around, and as they who cannot type them write them.
  @Test
  void namesAreFoundHoweverTheyAreTyped() {
    people("Van den Berg", "Lieve");
    people("O'Neill", "Seán");
    people("D’Hondt", "Jean-Pierre");
    people("Müller-Lüdenscheidt", "Jörg");
    people("Çelik", "Işıl");
    people("Ørsted", "Bjørn Æske");
    people("Łukasiewicz", "Þóra");
    people("Žižek Čuš", "Đurđa");
    people("Groß", "Œuvrard");
    var typed = new TreeMap<String, List<String>>();
    typed.put(
        "Van den Berg",
        List.of("van den berg", "berg", "vandenberg", "vandenb li", "lieve vandenberg", "den van"));
    typed.put("O'Neill", List.of("o'neill", "o’ne", "oneill", "neill", "sean oneill", "o neill"));
    typed.put(
        "D’Hondt",
        List.of("d'hondt", "dhondt", "hondt", "jeanpierre", "dhondt jeanpierre", "pierre d'h"));
    typed.put(
        "Müller-Lüdenscheidt",
        List.of("muller", "ludenscheidt", "Müller-Lüd", "mullerlud jorg", "jörg lüdenscheidt"));
    typed.put("Çelik", List.of("celik", "ÇEL", "isil", "ışıl çelik", "IŞIL"));
    typed.put("Ørsted", List.of("orsted", "ørs", "bjorn", "bjorn aeske", "aeske ørsted"));
    typed.put("Łukasiewicz", List.of("luka", "łuk", "thora luk"));
    typed.put("Žižek Čuš", List.of("zizek", "cus", "zizekcus", "durda", "đurđa čuš", "cus zizek"));
    typed.put("Groß", List.of("gross", "groß", "gro", "oeuvrard gross"));
    typed.forEach(
        (family, all) ->
            all.forEach(
                one ->
                    assertThat(found("{\"q\":\"" + one + "\"}"))
                        .as("%s typed as %s", family, one)
                        .containsExactly(family.substring(0, 2).strip())));
    assertThat(found("{\"kind\":\"user\",\"familyName\":\"vandenberg\"}")).containsExactly("Va");
    assertThat(found("{\"kind\":\"user\",\"givenName\":\"jeanp\",\"familyName\":\"dhon\"}"))
        .containsExactly("D’");
    assertThat(found("{\"kind\":\"user\",\"givenName\":\"vandenberg\"}")).isEmpty();
  }

  private void people(String family, String given) {
    person(family.substring(0, 2).strip(), family, given, Privacy.FIRST, State.ACTIVE);
  }

  @Test
  void aDetailedQuestionMeansAllOfIt() {
    var open = new Privacy(true, true, true);
    person("an", "Peeters", "An", open, State.ACTIVE, "30012345", "+32470333333");
    person("jan", "Peeters", "Jan", open, State.ACTIVE, "40012345", "+32470444444");
    assertThat(found("{\"kind\":\"user\",\"familyName\":\"pee\"}"))
        .containsExactlyInAnyOrder("an", "jan");
    assertThat(found("{\"kind\":\"user\",\"familyName\":\"pee\",\"givenName\":\"a\"}"))
        .containsExactly("an");
    assertThat(found("{\"kind\":\"user\",\"givenName\":\"peeters\"}")).isEmpty();
    assertThat(found("{\"kind\":\"user\",\"number\":\"400\"}")).containsExactly("jan");
    assertThat(found("{\"kind\":\"user\",\"number\":\"400\",\"familyName\":\"maes\"}")).isEmpty();
    assertThat(found("{\"kind\":\"user\",\"email\":\"an@example.org\",\"mobile\":\"0470333333\"}"))
        .containsExactly("an");
    assertThat(found("{\"kind\":\"user\",\"email\":\"an@example.org\",\"mobile\":\"0470444444\"}"))
        .isEmpty();
  }

  @Test
  void whoIsOneselfClosedLockedOrNotLookedAtIsNotFound() {
    person("closed", "Maes", "Jan", Privacy.FIRST, State.DISABLED);
    person("registered", "Maes", "Jan", Privacy.FIRST, State.REGISTERED);
    person("locked", "Maes", "Jan", Privacy.FIRST, State.ACTIVE);
    lock("locked", true);
    assertThat(found("{\"q\":\"maes\"}")).isEmpty();
    assertThat(found("{\"q\":\"vos\"}")).isEmpty();
    assertThat(found("{\"q\":\"asker@example.org\"}")).isEmpty();
    lock("locked", false);
    assertThat(found("{\"q\":\"maes\"}")).containsExactly("locked");
  }

  private void lock(String account, boolean locked) {
    DynamoAccounts.changing("AccountsTable", account).set("locked", locked).run(tables.client());
  }

  /// Everybody can register: that alone opens no list of people.
  @Test
  void whoeverWaitsToBeLookedAtIsShownNobody() {
    person("waits", "Nieuw", "Nina", Privacy.FIRST, State.REGISTERED);
    person("maes", "Maes", "Jan", Privacy.FIRST, State.ACTIVE);
    for (var body :
        List.of(
            "{\"q\":\"maes\"}",
            "{\"kind\":\"group\",\"name\":\"linde\"}",
            "{\"kind\":\"department\",\"name\":\"noord\"}")) {
      assertThat(search("waits", body).status()).isEqualTo(404);
    }
    assertThat(favourites("waits").status()).isEqualTo(404);
    assertThat(keep("waits", "user", "maes").status()).isEqualTo(404);
  }

  @Test
  void whatMeansNobodyIsRefusedByItsField() {
    for (var wrong :
        Map.of(
                "{\"q\":\"a\"}", "q",
                "{\"q\":\"\"}", "q",
                "{\"q\":\"1\"}", "q",
                "{\"q\":\"!!!\"}", "q",
                "{\"kind\":\"user\",\"email\":\"a@\"}", "email",
                "{\"kind\":\"user\"}", "familyName",
                "{\"kind\":\"user\",\"mobile\":\"12\"}", "mobile",
                "{\"kind\":\"group\",\"name\":\"x\"}", "name",
                "{\"kind\":\"people\",\"name\":\"xyz\"}", "kind")
            .entrySet()) {
      var answer = search("asker", wrong.getKey());
      assertThat(answer.status()).as(wrong.getKey()).isEqualTo(400);
      assertThat(answer.body()).contains("\"parameter\":\"" + wrong.getValue() + "\"");
    }
    assertThat(search("asker", "{\"q\":\"maes\",\"kind\":\"user\"}").status()).isEqualTo(400);
    assertThat(search("asker", "{\"kind\":\"user\",\"familyName\":\"maes\",\"x\":1}").status())
        .isEqualTo(400);
  }

  @Test
  void groupsAreFoundWhenTheyArePublicOrOnesOwn() {
    person("maes", "Maes", "Jan", Privacy.FIRST, State.ACTIVE);
    group("open", "Groepspraktijk De Linde", true, "maes");
    group("hidden", "Groepspraktijk De Eik", false, "maes");
    assertThat(found("{\"kind\":\"group\",\"name\":\"groep\"}")).containsExactly("open");
    var own = search("maes", "{\"kind\":\"group\",\"name\":\"groep\"}");
    assertThat(ids(own)).containsExactlyInAnyOrder("open", "hidden");
    assertThat(ids(search("maes", "{\"kind\":\"group\",\"name\":\"eik\"}")))
        .containsExactly("hidden");
    assertThat(found("{\"kind\":\"group\",\"name\":\"de eik\"}")).isEmpty();
    assertThat(found("{\"q\":\"groep\"}")).isEmpty();
    assertThat(groups.find("open").orElseThrow().mailOnShare()).isEqualTo(MailOnShare.ALL);
    assertThat(groups.find("open").orElseThrow().publicly()).isTrue();
    assertThat(groups.find("hidden").orElseThrow().publicly()).isFalse();
  }

  @Test
  void aGroupIsFoundByAnyWordOfItsName() {
    person("maes", "Maes", "Jan", Privacy.FIRST, State.ACTIVE);
    group("open", "Groepspraktijk De Linde", true, "maes");
    group("hidden", "Groepspraktijk De Lindehof", false, "maes");
    group("sky", "Maison Médicale de l’Étoile", true, "maes");
    for (var typed :
        List.of("linde", "de linde", "LIN groeps", "linde groepspraktijk", "groepspraktijk de l")) {
      assertThat(found(asGroup(typed))).as(typed).containsExactly("open");
    }
    for (var typed : List.of("etoile", "l'étoile", "medicale", "étoile maison", "de l etoile")) {
      assertThat(found(asGroup(typed))).as(typed).containsExactly("sky");
    }
    assertThat(found(asGroup("inde"))).isEmpty();
    assertThat(found(asGroup("linde maison"))).isEmpty();
    assertThat(found(asGroup("lindehof"))).isEmpty();
    assertThat(ids(search("maes", asGroup("lindehof")))).containsExactly("hidden");
    assertThat(groups.find("open").orElseThrow().members()).hasSize(1);
  }

  private static String asGroup(String typed) {
    return "{\"kind\":\"group\",\"name\":\"" + typed + "\"}";
  }

  /// A hidden group has no place, and whoever was written before has all after `scripts/found`.
  @Test
  void placesOfGroupsAreAsTheyStand() {
    person("maes", "Maes", "Jan", Privacy.FIRST, State.ACTIVE);
    group("linde", "Praktijk De Linde", true, "maes");
    group("eik", "Praktijk De Eik", false, "maes");
    assertThat(places("GroupsTable", "group_id", "eik")).isEmpty();
    var all = places("GroupsTable", "group_id", "linde");
    assertThat(all).hasSize(4);
    tables.client().scan(scan -> scan.tableName("GroupsTable")).items().stream()
        .map(Item::of)
        .filter(item -> item.text("item").startsWith("found#"))
        .forEach(
            item ->
                tables
                    .client()
                    .deleteItem(
                        one -> one.tableName("GroupsTable").key(groupKey(item.text("item")))));
    assertThat(found(asGroup("linde"))).isEmpty();
    assertThat(found(asGroup("praktijk"))).containsExactly("linde");
    for (var twice = 0; twice < 2; twice++) {
      assertThat(groups.refind("linde")).isTrue();
      assertThat(places("GroupsTable", "group_id", "linde"))
          .containsExactlyInAnyOrderElementsOf(all);
    }
    Change.of("GroupsTable", groupKey("group")).set("name", "Praktijk Beuk").run(tables.client());
    assertThat(found(asGroup("linde"))).isEmpty();
    assertThat(groups.refind("linde")).isTrue();
    assertThat(found(asGroup("beuk"))).containsExactly("linde");
    assertThat(places("GroupsTable", "group_id", "linde"))
        .containsExactlyInAnyOrder("praktijk beuk", "beuk praktijk", "praktijkbeuk praktijk beuk");
    Change.of("GroupsTable", groupKey("group")).remove("found", "found_key").run(tables.client());
    assertThat(found(asGroup("beuk"))).isEmpty();
    assertThat(groups.refind("linde")).isTrue();
    assertThat(places("GroupsTable", "group_id", "linde")).isEmpty();
    assertThat(groups.refind("eik")).isTrue();
    assertThat(places("GroupsTable", "group_id", "eik")).isEmpty();
    assertThat(groups.refind("never-was")).isFalse();
    assertThat(groups.find("linde").orElseThrow().members()).hasSize(1);
  }

  private static Map<String, AttributeValue> groupKey(String item) {
    return Map.of("group_id", Item.s("linde"), "item", Item.s(item));
  }

  private void group(String id, String name, boolean publicly, String member) {
    var members = List.of(new Group.Member(member, true, Optional.empty()));
    assertThat(groups.create(new Group(id, name, member, publicly, MailOnShare.ALL, members)))
        .isTrue();
  }

  @Test
  void departmentsAreFoundByTheirNamesAndTheirHospitals() {
    new TestHospital(tables, clock).department("noord", new ReportRule.Never());
    var all = search("asker", "{\"kind\":\"department\",\"name\":\"noord\"}");
    assertThat(all.body()).contains("\"kind\":\"department\"", "\"id\":\"noord\"");
    assertThat(found("{\"kind\":\"department\",\"name\":\"elsewhere\"}")).isEmpty();
  }

  @Test
  void favouritesAreShownAsTheyAreNow() {
    new TestHospital(tables, clock).department("noord", new ReportRule.Never());
    var maes = person("maes", "Maes", "Jan", Privacy.FIRST, State.ACTIVE);
    group("open", "De Linde", true, "maes");
    group("hidden", "De Eik", false, "maes");
    for (var kept : List.of("user maes", "group open", "department noord")) {
      for (var twice = 0; twice < 2; twice++) {
        assertThat(keep("asker", kept).status()).isEqualTo(204);
      }
    }
    for (var none :
        List.of("user nobody", "group hidden", "department zuid", "user asker", "group maes")) {
      assertThat(keep("asker", none).status()).isEqualTo(404);
    }
    assertThat(ids(favourites("asker"))).containsExactlyInAnyOrder("maes", "open", "noord");
    assertThat(search("asker", "{\"q\":\"maes\"}").body()).contains("\"favourite\":true");
    switches(maes, List.of(new Edit.Switched(Edit.Switch.PUBLIC_CONTACT, false)));
    assertThat(ids(favourites("asker"))).containsExactlyInAnyOrder("open", "noord");
    assertThat(keep("asker", "user", "maes").status()).isEqualTo(404);
    switches(maes, List.of(new Edit.Switched(Edit.Switch.PUBLIC_CONTACT, true)));
    assertThat(ids(favourites("asker"))).containsExactlyInAnyOrder("maes", "open", "noord");
    for (var twice = 0; twice < 2; twice++) {
      assertThat(drop("asker", "maes").status()).isEqualTo(204);
    }
    assertThat(ids(favourites("asker"))).containsExactlyInAnyOrder("open", "noord");
    assertThat(ids(favourites("maes"))).isEmpty();
  }

  @Test
  void aHundredAreKeptAndNoMore() {
    person("maes", "Maes", "Jan", Privacy.FIRST, State.ACTIVE);
    var kept = new DynamoFavourites(tables.client(), "AccountsTable");
    for (var one = 0; one < Favourites.MOST; one++) {
      var star = DynamoFavourites.keeping("AccountsTable", "asker", Kind.USER, "gone-" + one);
      assertThat(new Transaction().step("star", star).commit(tables.client()).done()).isTrue();
    }
    assertThat(kept.of("asker")).hasSize(Favourites.MOST);
    assertThat(keep("asker", "user", "maes").status()).isEqualTo(409);
    assertThat(ids(favourites("asker"))).isEmpty();
    assertThat(drop("asker", "gone-0").status()).isEqualTo(204);
    assertThat(keep("asker", "user", "maes").status()).isEqualTo(204);
    assertThat(ids(favourites("asker"))).containsExactly("maes");
  }

  /// A patient has nobody to share with, and is told of no such call.
  @Test
  void patientsFindNothingHere() {
    var hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.Never());
    var bucket =
        hospital.order(
            new org.studygate.study.OrderId("noord", "A1"),
            "NUMBEROFAPATIENT1",
            org.studygate.department.Verification.DATE_OF_BIRTH,
            true,
            "1.2.3");
    var token = new Token("a-patient");
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(
            Session.begin(token.hash(), new Subject.OfBucket(bucket), 0, "noord", clock.instant()));
    for (var event : List.of("search", "favourites", "keep", "drop")) {
      var request = TestEvents.cookie(TestEvents.read("directory", event), token);
      assertThat(handler.answer(request).status()).as(event).isEqualTo(404);
    }
  }

  @Test
  void soManyQuestionsInTenMinutesAndNoMore() {
    var request = TestEvents.body(TestEvents.read("directory", "search"), "{\"q\":\"maes\"}");
    var cookie = visit("asker");
    for (var asked = 0; asked < LimitRule.DIRECTORY.max(); asked++) {
      assertThat(handler.answer(TestEvents.cookie(request, cookie)).status()).isEqualTo(200);
    }
    var refused = handler.answer(TestEvents.cookie(request, cookie));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers()).containsEntry("retry-after", "600");
    person("another", "Maes", "Jan", Privacy.FIRST, State.ACTIVE);
    assertThat(search("another", "{\"q\":\"vos\"}").status()).isEqualTo(200);
    clock.advance(LimitRule.DIRECTORY.window());
    assertThat(handler.answer(TestEvents.cookie(request, visit("asker"))).status()).isEqualTo(200);
  }

  @Test
  void theTrailTellsHowManyWereShownAndNotWhatWasTyped() {
    person("maes", "Maes", "Jan", Privacy.FIRST, State.ACTIVE);
    search("asker", "{\"q\":\"maes\"}");
    search("asker", "{\"q\":\"nobodyofthisname\"}");
    var events = trail.read(AuditEvent.account("asker"), Optional.empty(), 10).events();
    assertThat(events).extracting(AuditEvent::action).containsOnly(AuditAction.DIRECTORY_SEARCHED);
    assertThat(events).extracting(AuditEvent::outcome).containsExactly("found-0", "found-1");
    assertThat(
            tables.client().scan(scan -> scan.tableName("AuditTable")).items().toString()
                + tables.client().scan(scan -> scan.tableName("LimitsTable")).items())
        .doesNotContain("nobodyofthisname")
        .doesNotContainIgnoringCase("maes");
  }

  /// As docs/accounts.md has it: what is there makes no difference.
  @Test
  void aHitCostsWhatAMissDoes() {
    var hidden = new Privacy(false, false, false);
    var open = new Privacy(true, true, true);
    person("open", "Peeters", "An", open, State.ACTIVE, "50012345", "+32470555555");
    person("hides", "Hermans", "Bo", hidden, State.ACTIVE, "60012345", "+32470666666");
    group("linde", "De Linde", true, "open");
    group("eik", "De Eik", false, "open");
    var shapes =
        List.of(
            List.of("{\"q\":\"pee\"}", "{\"q\":\"hermans\"}", "{\"q\":\"xyz\"}"),
            List.of("{\"q\":\"an pee\"}", "{\"q\":\"bo hermans\"}", "{\"q\":\"xy zz\"}"),
            List.of("{\"q\":\"5001\"}", "{\"q\":\"6001\"}", "{\"q\":\"7001\"}"),
            List.of("{\"q\":\"0470555555\"}", "{\"q\":\"0470666666\"}", "{\"q\":\"0470777777\"}"),
            List.of(
                "{\"q\":\"open@example.org\"}",
                "{\"q\":\"hides@example.org\"}",
                "{\"q\":\"none@example.org\"}"),
            List.of(asGroup("linde"), asGroup("eik"), asGroup("none")),
            List.of(asGroup("linde de"), asGroup("eik de"), asGroup("none so")),
            List.of(
                "{\"kind\":\"department\",\"name\":\"noord\"}",
                "{\"kind\":\"department\",\"name\":\"none\"}"));
    var most = 0;
    for (var shape : shapes) {
      var costs = shape.stream().map(this::requests).toList();
      assertThat(Set.copyOf(costs)).as("%s: %s", shape, costs).hasSize(1);
      most = Math.max(most, costs.getFirst().size());
    }
    assertThat(requests("{\"q\":\"pee\"}")).hasSize(7);
    assertThat(most).isEqualTo(8);
    assertThat(starRequests("hides")).isEqualTo(starRequests("never-was"));
  }

  private List<String> requests(String body) {
    return counted(TestEvents.body(TestEvents.read("directory", "search"), body));
  }

  private List<String> starRequests(String id) {
    return counted(
        TestEvents.path(TestEvents.read("directory", "keep"), "/api/directory/favourites/" + id));
  }

  private List<String> counted(org.studygate.http.HttpRequest request) {
    clock.advance(Duration.ofSeconds(11));
    var made = new ConcurrentLinkedQueue<String>();
    var counting =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution context, ExecutionAttributes attributes) {
            made.add(context.request().getClass().getSimpleName());
          }
        };
    try (var client = tables.client(counting)) {
      var platform = platform();
      var counts =
          new DirectoryHandler(platform, new Wiring(platform, new Stores(platform, client)));
      counts.answer(TestEvents.cookie(request, visit("asker")));
    }
    return made.stream().sorted().toList();
  }

  // --- random people against a plain model

  private static final List<String> FAMILIES =
      List.of("Peeters", "Van den Berg", "Čapek", "de Wit", "O'Neill", "Berghmans", "Pée", "Ng");
  private static final List<String> GIVEN =
      List.of("An", "Anne-Marie", "Jan", "José", "Peer", "Bérénice", "Wit");

  @Test
  void neverMoreIsFoundThanPeopleLet() {
    var seed = new SecureRandom().nextLong();
    System.out.println("directory seed " + seed);
    var random = new Random(seed);
    var people = new TreeMap<String, Account>();
    for (var one = 0; one < 40; one++) {
      var made =
          person(
              "p" + one,
              pick(FAMILIES, random),
              pick(GIVEN, random),
              new Privacy(random.nextBoolean(), random.nextBoolean(), random.nextBoolean()),
              random.nextInt(5) == 0 ? State.REGISTERED : State.ACTIVE,
              "10" + random.nextInt(10, 99) + "/" + random.nextInt(100, 999),
              random.nextInt(4) == 0 ? "" : "+3247012" + random.nextInt(1000, 1040));
      people.put(made.id(), made);
    }
    for (var change = 0; change < 60; change++) {
      happen(pick(List.copyOf(people.values()), random), random);
    }
    var now = new ArrayList<Account>();
    people.keySet().forEach(id -> now.add(accounts.find(id).orElseThrow()));
    for (var asked = 0; asked < 120; asked++) {
      check(random, now, seed);
    }
  }

  private void happen(Account account, Random random) {
    switch (random.nextInt(6)) {
      case 0 -> deed(account.id(), Deed.DISABLE);
      case 1 -> deed(account.id(), Deed.ENABLE);
      case 2 -> lock(account.id(), random.nextInt(3) == 0);
      case 3 -> verify(account.id(), "10" + random.nextInt(10, 99) + random.nextInt(100, 999));
      default ->
          switches(
              account,
              IntStream.range(0, 2)
                  .<Edit>mapToObj(
                      _ ->
                          new Edit.Switched(
                              pick(List.of(Edit.Switch.values()), random), random.nextBoolean()))
                  .toList());
    }
  }

  private static <T> T pick(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private AccountDesk desk() {
    var names = new DynamoAccountDesk.Tables("AccountsTable", "BucketsTable", "OutboxTable");
    return new DynamoAccountDesk(tables.client(), names, trail);
  }

  private void deed(String account, Deed deed) {
    desk().done(account, deed, act(account, deed.action()));
  }

  private void verify(String account, String number) {
    desk().verify(account, number, List.of(), act(account, AuditAction.ACCOUNT_VERIFIED));
  }

  private AccountDesk.Act act(String account, AuditAction action) {
    return new AccountDesk.Act(event(account, action), Optional.empty(), "Why.", Optional.empty());
  }

  private AuditEvent event(String account, AuditAction action) {
    return new AuditEvent(
        AuditEvent.account(account),
        clock.instant(),
        new Actor.Staff("desk"),
        action,
        "done",
        "request");
  }

  private void switches(Account account, List<Edit> edits) {
    var settings =
        new DynamoSettings(
            tables.client(),
            new DynamoSettings.Tables(
                "AccountsTable", "GroupsTable", "SessionsTable", "OutboxTable"),
            trail);
    var epoch = accounts.find(account.id()).orElseThrow().epoch();
    var distinct = new TreeMap<String, Edit>();
    edits.forEach(edit -> distinct.put(edit.toString().replaceAll("on=.*", ""), edit));
    assertThat(
            settings.change(
                account.id(),
                epoch,
                List.copyOf(distinct.values()),
                event(account.id(), AuditAction.SETTINGS_CHANGED)))
        .isTrue();
  }

  private void check(Random random, List<Account> now, long seed) {
    var someone = pick(now, random);
    var question = question(random, someone);
    var meant =
        now.stream()
            .filter(DirectoryHandlerTest::letsItself)
            .filter(question.means())
            .map(Account::id)
            .collect(Collectors.toSet());
    var answer = search("asker", question.body());
    assertThat(answer.status()).as("%s, seed %s", question.body(), seed).isEqualTo(200);
    var found = ids(answer);
    assertThat(meant).as("%s, seed %s", question.body(), seed).containsAll(found);
    assertThat(found).hasSize(Math.min(20, meant.size()));
    for (var account : now) {
      var privacy = account.privacy();
      if (!privacy.email()) {
        assertThat(answer.body()).doesNotContain("\"" + account.username() + "\"");
      }
      if (!privacy.contact() && found.equals(Set.of(account.id()))) {
        assertThat(answer.body()).doesNotContain("\"number\":\"");
      }
      if (!privacy.mobile() && found.equals(Set.of(account.id()))) {
        assertThat(answer.body()).doesNotContain("\"mobile\":\"");
      }
    }
  }

  /// As the pages say it: with everything off nobody is found.
  private static boolean letsItself(Account account) {
    var privacy = account.privacy();
    return account.state() == State.ACTIVE
        && !account.locked()
        && (privacy.contact()
            || privacy.email()
            || (privacy.mobile() && account.mobile().isPresent()));
  }

  private record Asked(String body, Predicate<Account> means) {}

  private static Asked question(Random random, Account someone) {
    var name = someone.name();
    return switch (random.nextInt(6)) {
      case 0 -> {
        var typed = someone.username();
        yield new Asked(
            "{\"q\":\"" + typed + "\"}",
            one -> one.privacy().email() && one.username().equals(typed));
      }
      case 1 -> {
        var typed = someone.mobile().orElse("+32470129999");
        yield new Asked(
            "{\"kind\":\"user\",\"mobile\":\"" + typed + "\"}",
            one -> one.privacy().mobile() && one.mobile().equals(Optional.of(typed)));
      }
      case 2 -> {
        var typed = someone.physicianNumbers().getFirst().substring(0, random.nextInt(3, 6));
        yield new Asked(
            "{\"kind\":\"user\",\"number\":\"" + typed + "\"}",
            one ->
                one.privacy().contact()
                    && one.physicianNumbers().stream()
                        .anyMatch(own -> plain(own).startsWith(plain(typed))));
      }
      case 3 -> words(name.family(), random);
      case 4 -> words(name.given() + " " + name.family(), random);
      default -> words(name.family() + " " + name.given(), random);
    };
  }

  private static Asked words(String whole, Random random) {
    var typed =
        whole.length() > 3 ? whole.substring(0, random.nextInt(3, whole.length() + 1)) : whole;
    var parts = List.of(Account.Name.key(typed).split(" "));
    return new Asked(
        "{\"q\":\"" + typed + "\"}",
        one -> {
          var own = new HashSet<>(List.of(one.name().key().split(" ")));
          return parts.stream().allMatch(part -> own.stream().anyMatch(w -> w.startsWith(part)));
        });
  }

  private static String plain(String number) {
    return number.replace("/", "");
  }

  /// What is there of somebody who hides: nothing, so that nobody else stands behind it.
  @Test
  void whoHidesHasNoPlaceInTheIndex() {
    var account = person("hides", "Hermans", "Bo", Privacy.FIRST, State.ACTIVE);
    assertThat(places("hides")).hasSize(3);
    switches(account, List.of(new Edit.Switched(Edit.Switch.PUBLIC_MOBILE, true)));
    assertThat(places("hides")).hasSize(4);
    deed("hides", Deed.DISABLE);
    assertThat(places("hides")).isEmpty();
    deed("hides", Deed.ENABLE);
    assertThat(places("hides")).hasSize(4);
    switches(
        accounts.find("hides").orElseThrow(),
        List.of(
            new Edit.Switched(Edit.Switch.PUBLIC_CONTACT, false),
            new Edit.Switched(Edit.Switch.PUBLIC_MOBILE, false)));
    assertThat(places("hides")).isEmpty();
  }

  /// Accounts of a version that kept no such items are found after `scripts/found`.
  @Test
  void whatIsMissingIsWrittenOnceMoreAndWhatIsTooMuchGoes() {
    var account = person("old", "Hermans", "Bo", Privacy.FIRST, State.ACTIVE);
    for (var found : items("old")) {
      tables.client().deleteItem(delete -> delete.tableName("AccountsTable").key(found));
    }
    assertThat(found("{\"q\":\"hermans\"}")).isEmpty();
    for (var twice = 0; twice < 2; twice++) {
      assertThat(accounts.refind("old")).isTrue();
      assertThat(found("{\"q\":\"hermans\"}")).containsExactly("old");
    }
    DynamoAccounts.changing("AccountsTable", "old")
        .set("public_contact", false)
        .run(tables.client());
    assertThat(accounts.refind("old")).isTrue();
    assertThat(places("old")).isEmpty();
    var former = DynamoAccounts.key("old", "found#name#hermans bø");
    Change.of("AccountsTable", former)
        .set("found", "name#h")
        .set("found_key", "hermans bø")
        .run(tables.client());
    assertThat(accounts.refind("old")).isTrue();
    assertThat(places("old")).isEmpty();
    assertThat(accounts.refind("never-was")).isFalse();
    assertThat(accounts.find("old").orElseThrow().name()).isEqualTo(account.name());
  }

  private List<Map<String, AttributeValue>> items(String account) {
    return tables
        .client()
        .scan(scan -> scan.tableName("AccountsTable").indexName("ByFound"))
        .items()
        .stream()
        .filter(item -> Item.of(item).text("account_id").equals(account))
        .map(item -> DynamoAccounts.key(account, Item.of(item).text("item")))
        .toList();
  }

  private List<String> places(String account) {
    return places("AccountsTable", "account_id", account);
  }

  private List<String> places(String table, String key, String id) {
    return tables.client().scan(scan -> scan.tableName(table).indexName("ByFound")).items().stream()
        .map(Item::of)
        .filter(item -> item.text(key).equals(id))
        .map(item -> item.text("found_key"))
        .toList();
  }
}
