package org.studygate.department;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.json.BadJson;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DynamoDepartmentsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:15:00Z");

  @AutoClose private final TestTables tables = TestTables.start();
  private Departments departments;

  @BeforeAll
  void start() {
    departments = new DynamoDepartments(tables.client(), "DepartmentsTable");
  }

  @Test
  void whatIsPutIsFound() {
    var department = department("noord", new ReportRule.AfterDays(14));
    assertThat(departments.put(department, NOW, "test")).isTrue();
    assertThat(departments.find("noord")).contains(department);
    assertThat(departments.put(department, NOW, "test")).isFalse();
    assertThat(departments.list())
        .contains(new Departments.Listed("noord", "Radiologie noord", "Ziekenhuis noord"));
  }

  @Test
  void everyVersionStays() {
    departments.put(department("west", new ReportRule.Never()), NOW, "test");
    departments.put(department("west", new ReportRule.AtOnce()), NOW, "test");
    var items =
        tables.client().scan(scan -> scan.tableName("DepartmentsTable")).items().stream()
            .map(Item::of)
            .filter(item -> item.text("department_id").equals("west"))
            .map(item -> item.text("item"))
            .toList();
    assertThat(items).containsExactlyInAnyOrder("current", "policy#000001", "policy#000002");
  }

  @Test
  void ofChangesAtTheSameTimeNoneIsLost() throws Exception {
    var writes = new ArrayList<Future<Boolean>>();
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (var days = 1; days <= 4; days++) {
        var rule = new ReportRule.AfterDays(days);
        writes.add(pool.submit(() -> departments.put(department("oost", rule), NOW, "test")));
      }
    }
    for (var write : writes) {
      assertThat(write.get()).isTrue();
    }
    var versions =
        tables.client().scan(scan -> scan.tableName("DepartmentsTable")).items().stream()
            .map(Item::of)
            .filter(item -> item.text("department_id").equals("oost"))
            .count();
    assertThat(versions).isEqualTo(5); // the one in force and four versions
  }

  @Test
  void aRuleThatIsMisspeltIsRefused() {
    var json = DepartmentJson.write(department("noord", new ReportRule.AtOnce()));
    assertThat(DepartmentJson.read(json).policy().report()).isEqualTo(new ReportRule.AtOnce());
    for (var wrong :
        List.of(
            json.replace("at-once", "atonce"),
            json.replace("\"quiet\"", "\"quite\""),
            json.replace("#0b5c7a", "blue"),
            json.replace("Europe/Brussels", "Europe/Brussel"))) {
      assertThatThrownBy(() -> DepartmentJson.read(wrong)).isInstanceOf(BadJson.class);
    }
  }

  /// What was written before a rule was made is read, and not written once more.
  @Test
  void whatIsKeptIsReadByWhateverRulesItWasWritten() {
    departments.put(department("west", new ReportRule.AtOnce()), NOW, "test");
    var before = departments.find("west").orElseThrow();
    var odd =
        DepartmentJson.write(before)
            .replace(
                "\"name\":\"" + before.name() + '"', "\"name\":\"" + "Radiologie ".repeat(20) + '"')
            .replace("https://west.example", "javascript:alert(1)");
    var key = Map.of("department_id", Item.s("west"), "item", Item.s(DynamoDepartments.CURRENT));
    Change.of("DepartmentsTable", key).set("policy", odd).run(tables.client());
    var read = departments.find("west").orElseThrow();
    assertThat(read.name()).startsWith("Radiologie Radiologie");
    assertThat(read.contact().website()).isEmpty();
    assertThat(read.policy()).isEqualTo(before.policy());
    assertThatThrownBy(() -> DepartmentJson.read(odd)).isInstanceOf(BadJson.class);
  }

  @Test
  void codesGoToTheCountriesOfThePolicy() {
    var policy = department("noord", new ReportRule.AtOnce()).policy();
    assertThat(policy.maySendTo("+32470123456")).isTrue();
    assertThat(policy.maySendTo("+882470123456")).isFalse();
  }

  private static Department department(String id, ReportRule rule) {
    return new Department(
        id,
        "Radiologie " + id,
        "Ziekenhuis " + id,
        new Department.Contact(
            "+3234567890",
            Optional.of("info@example.org"),
            Optional.empty(),
            Optional.of("https://" + id + ".example")),
        Optional.empty(),
        new Department.Brand("#0b5c7a", "#7cc4de"),
        List.of("nl", "fr"),
        ZoneId.of("Europe/Brussels"),
        "1",
        new Policy(
            Verification.OTP_SMS,
            rule,
            Period.ofMonths(1),
            Period.ofMonths(6),
            40,
            Duration.ofMinutes(5),
            List.of("+32", "+31"),
            Optional.empty(),
            IntakeRules.STANDARD,
            Optional.empty(),
            PrintRules.ANY));
  }
}
