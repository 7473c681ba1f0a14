package org.studygate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dynamo.TestTables;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DynamoAccountsTest {
  @AutoClose private final TestTables tables = TestTables.start();
  private final Accounts accounts = new DynamoAccounts(tables.client(), "AccountsTable");
  private final Groups groups =
      new DynamoGroups(tables.client(), new DynamoGroups.Tables("GroupsTable", "AccountsTable"));

  @Test
  void whatIsCreatedIsFoundByIdAndByName() {
    var account = TestAccounts.of("noord", "found", Role.ADMIN);
    assertThat(accounts.create(account)).isTrue();
    assertThat(accounts.find("found")).contains(account);
    assertThat(accounts.named(" Found@Example.org ")).contains(account);
    assertThat(accounts.named("nobody@example.org")).isEmpty();
    assertThat(accounts.find("nobody")).isEmpty();
  }

  @Test
  void aNameIsOnesAlone() throws Exception {
    Callable<Boolean> taking =
        () -> {
          var one = TestAccounts.professional("taken");
          return accounts.create(
              new Account(
                  "taken-" + Thread.currentThread().threadId(),
                  one.username(),
                  one.name(),
                  one.gender(),
                  one.language(),
                  one.role(),
                  one.department(),
                  one.state(),
                  false,
                  0,
                  one.groups(),
                  one.factor(),
                  one.mobile(),
                  one.workPhone(),
                  one.physicianNumbers(),
                  one.privacy(),
                  one.mailDefaults(),
                  one.provider(),
                  one.failedAt()));
        };
    try (var threads = Executors.newFixedThreadPool(4)) {
      var made = 0;
      for (var result : threads.invokeAll(List.of(taking, taking, taking, taking))) {
        made += result.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    }
    assertThat(accounts.named("taken@example.org")).isPresent();
  }

  @Test
  void mappingsAreFoundByPhysicianInTheirDepartmentAlone() {
    accounts.create(TestAccounts.professional("mapped"));
    var mapping = mapping("m1", "noord", false);
    accounts.map(mapping);
    assertThat(accounts.mapped("noord", "10012345004")).containsExactly(mapping);
    assertThat(accounts.mapped("lindenhof", "10012345004")).isEmpty();
    var changed = mapping("m1", "noord", true);
    accounts.map(changed);
    assertThat(accounts.mappings("mapped")).containsExactly(changed);
    accounts.unmap(changed);
    assertThat(accounts.mappings("mapped")).isEmpty();
    assertThat(accounts.mapped("noord", "10012345004")).isEmpty();
  }

  private static Mapping mapping(String id, String department, boolean mail) {
    return new Mapping(
        id, "mapped", department, "Maes Jan", "10012345004", Optional.of("g1"), mail, true);
  }

  @Test
  void endingVisitsRaisesTheEpochAndNothingElse() {
    var account = TestAccounts.professional("ending");
    accounts.create(account);
    accounts.endVisits("ending");
    assertThat(accounts.find("ending").orElseThrow().epoch()).isEqualTo(1);
    accounts.endVisits("never-there");
    assertThat(accounts.find("never-there")).isEmpty();
  }

  @Test
  void aGroupStandsOnTheAccountsOfItsMembers() {
    accounts.create(TestAccounts.professional("one"));
    accounts.create(TestAccounts.professional("two"));
    var confirmed = Instant.parse("2026-08-01T10:00:00Z");
    var group =
        new Group(
            "g-chest",
            "Chest practice",
            "one",
            List.of(
                new Group.Member("one", true, Optional.of(confirmed)),
                new Group.Member("two", false, Optional.empty())));
    assertThat(groups.create(group)).isTrue();
    assertThat(groups.create(group)).isFalse();
    assertThat(groups.find("g-chest")).contains(group);
    assertThat(accounts.find("two").orElseThrow().groups()).containsExactly("g-chest");
    assertThat(groups.find("g-none")).isEmpty();
  }

  @Test
  void aGroupOfSomebodyWhoIsNotThereIsNotMade() {
    var group =
        new Group("g-lost", "Lost", "x", List.of(new Group.Member("x", true, Optional.empty())));
    assertThat(groups.create(group)).isFalse();
    assertThat(groups.find("g-lost")).isEmpty();
    assertThat(accounts.find("x")).isEmpty();
  }

  @Test
  void staffAreOfADepartmentAndOthersOfNone() {
    assertThatThrownBy(
            () -> TestAccounts.account("x", Role.STAFF, Optional.empty(), Account.State.ACTIVE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
