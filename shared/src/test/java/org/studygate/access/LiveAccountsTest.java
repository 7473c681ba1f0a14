package org.studygate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.account.Group;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Condition;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.TestClock;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LiveAccountsTest {
  @AutoClose private final TestTables tables = TestTables.start();
  private final TestClock clock = TestClock.at("2026-11-27T08:00:00Z");
  private DynamoAccounts accounts;
  private Visits visits;
  private Token token;
  private String id;
  private int round;

  @BeforeEach
  void signIn() {
    round++;
    id = "a-" + round;
    accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    accounts.create(TestAccounts.of("noord", id, Role.STAFF));
    token = begin(id);
    visits =
        new Visits(
            new DynamoSessions(tables.client(), "SessionsTable"),
            new DynamoBuckets(tables.client(), "BucketsTable"),
            new LiveAccounts(accounts),
            clock);
  }

  private Token begin(String account) {
    var made = new Token("visit-of-" + account + "-" + round);
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(Session.begin(made.hash(), new Subject.OfAccount(account), 0, "", clock.instant()));
    return made;
  }

  @Test
  void tellsWhoItIsAtThisMoment() {
    new DynamoGroups(tables.client(), new DynamoGroups.Tables("GroupsTable", "AccountsTable"))
        .create(
            new Group(
                "g-" + round,
                "Practice",
                id,
                List.of(new Group.Member(id, true, Optional.empty()))));
    assertThat(visits.find(token).orElseThrow().principal())
        .isEqualTo(
            new Principal.Professional(
                id, Role.STAFF, Set.of("g-" + round), Optional.of("noord"), Set.of()));
  }

  @Test
  void lastsThirtyMinutesWithoutAClickAndTwelveHoursInAll() {
    clock.advance(Duration.ofMinutes(29));
    assertThat(visits.extend(token)).isPresent();
    clock.advance(Duration.ofMinutes(30));
    assertThat(visits.find(token)).isEmpty();
    var other = begin(id + "x");
    accounts.create(TestAccounts.professional(id + "x"));
    for (var i = 0; i < 25; i++) {
      clock.advance(Duration.ofMinutes(28));
      assertThat(visits.extend(other)).isPresent();
    }
    clock.advance(Duration.ofMinutes(20));
    assertThat(visits.find(other)).isEmpty();
  }

  @Test
  void anotherEpochEndsIt() {
    accounts.endVisits(id);
    assertThat(visits.find(token)).isEmpty();
  }

  @Test
  void aLockOrItsEndEndsIt() {
    for (var change :
        List.of(
            Map.of("locked", Item.bool(true)),
            Map.of("state", Item.s(Account.State.DISABLED.code())))) {
      signIn();
      assertThat(visits.find(token)).isPresent();
      var profile =
          Change.of("AccountsTable", Map.of("account_id", Item.s(id), "item", Item.s("profile")));
      change.forEach(profile::set);
      profile.when(Condition.exists("account_id")).run(tables.client());
      assertThat(visits.find(token)).isEmpty();
    }
  }

  @Test
  void nothingFlowsBeforeTheServiceDeskHasLooked() {
    accounts.create(
        TestAccounts.account(id + "r", Role.STAFF, Optional.of("noord"), Account.State.REGISTERED));
    assertThat(visits.find(begin(id + "r")).orElseThrow().principal())
        .isEqualTo(
            new Principal.Professional(id + "r", Role.STAFF, Set.of(), Optional.empty(), Set.of()));
  }

  @Test
  void whoWasNeverThereHasNoVisit() {
    assertThat(visits.find(begin("nobody"))).isEmpty();
  }
}
