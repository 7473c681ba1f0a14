package org.studygate.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.studygate.access.TestHospital;
import org.studygate.copying.NoCopyWork;
import org.studygate.department.Department;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.IntakeRules;
import org.studygate.department.Noord;
import org.studygate.department.Policy;
import org.studygate.department.PrintRules;
import org.studygate.digest.Day;
import org.studygate.digest.DynamoDays;
import org.studygate.digest.DynamoTally;
import org.studygate.dynamo.TestTables;
import org.studygate.notice.Carrier;
import org.studygate.notice.Written;
import org.studygate.platform.Deadline;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.study.RollUps;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

final class DailyMailTest {
  private static final Deadline MINUTE = () -> Duration.ofMinutes(1);
  private static final String WHERE = "s3://studygate-test-receipts/receipts/noord/";

  /// Eleven in the evening of 23 November in Brussels.
  private final TestClock clock = TestClock.at("2026-11-23T22:00:00Z");

  private final List<Written> written = new ArrayList<>();
  @AutoClose private final TestTables tables = TestTables.start();
  private HousekeepingHandler handler;
  private DynamoTally tally;

  @BeforeEach
  void start() {
    handler =
        new HousekeepingHandler(
            TestPlatform.of(clock, tables, TestHospital.variables()),
            new NoRollUps(),
            new NoCopyWork(),
            (one, _) -> {
              written.add(one);
              return new Carrier.Answer(Carrier.Handed.TAKEN, "c-1");
            });
    tally = new DynamoTally(tables.client(), "ReceiptsTable", clock);
  }

  @Test
  void theDaysReceiptsAreMailedOnceWhenItIsOver() {
    var noord = department(Optional.of("pacs@noord.example.org"), List.of("nl", "fr"));
    tell(noord, "weak-number", 2);
    tell(noord, "truncated", 1);
    rounds();
    assertThat(written).isEmpty();
    clock.advance(Duration.ofHours(1)); // midnight in Brussels
    rounds();
    clock.advance(Duration.ofHours(30));
    rounds();
    assertThat(written).hasSize(1);
    var mail = (Written.Mail) written.getFirst();
    assertThat(mail.to()).isEqualTo("pacs@noord.example.org");
    assertThat(mail.text())
        .contains("weak-number: 2\n", "truncated: 1\n", WHERE, "23 november 2026", "3 objecten");
  }

  @Test
  void eachDayHasItsOwn() {
    var noord = department(Optional.of("pacs@noord.example.org"), List.of("en"));
    for (var day = 1; day <= 3; day++) {
      tell(noord, "bad-json", day);
      clock.advance(Duration.ofDays(1));
      rounds();
      assertThat(written).hasSize(day);
      assertThat(((Written.Mail) written.getLast()).text()).contains("bad-json: " + day + "\n");
    }
  }

  @Test
  void nobodyIsMailedWhereThereIsNoAddressOrNothingToSay() {
    tell(department(Optional.empty(), List.of("en")), "bad-json", 1);
    clock.advance(Duration.ofDays(1));
    rounds();
    assertThat(written).isEmpty();
    var noord = department(Optional.of("pacs@noord.example.org"), List.of("en"));
    rounds();
    assertThat(written).as("the day has been closed").isEmpty();
    tell(noord, "bad-json", 1);
    tell(noord, "bad-json", -1); // it had been told before
    clock.advance(Duration.ofDays(1));
    rounds();
    assertThat(written).isEmpty();
  }

  @Test
  void whatComesAfterTheMailIsOfTheNextDay() {
    var noord = department(Optional.of("pacs@noord.example.org"), List.of("en"));
    tell(noord, "bad-json", 1);
    var days = new DynamoDays(tables.client(), "ReceiptsTable", "OutboxTable");
    var over = clock.instant().plus(Duration.ofHours(2));
    assertThat(days.close(days.over(over).getFirst(), Optional.empty(), over)).isTrue();
    tell(noord, "bad-json", 5);
    clock.advance(Duration.ofHours(2));
    rounds();
    assertThat(written).isEmpty();
    clock.advance(Duration.ofDays(1));
    rounds();
    assertThat(written).hasSize(1);
    assertThat(((Written.Mail) written.getFirst()).text()).contains("bad-json: 5\n");
  }

  /// Two rounds at once, as when a schedule fires twice.
  @Test
  void ofManyRoundsAtOnceOneWritesTheMail() throws Exception {
    var noord = department(Optional.of("pacs@noord.example.org"), List.of("en"));
    tell(noord, "bad-json", 1);
    clock.advance(Duration.ofHours(2));
    var days = new DynamoDays(tables.client(), "ReceiptsTable", "OutboxTable");
    Day day = days.over(clock.instant()).getFirst();
    var start = new CountDownLatch(1);
    try (var workers = Executors.newFixedThreadPool(8)) {
      var closed = new ArrayList<java.util.concurrent.Future<Boolean>>();
      for (var i = 0; i < 8; i++) {
        closed.add(
            workers.submit(
                () -> {
                  start.await();
                  return days.close(day, Optional.empty(), clock.instant());
                }));
      }
      start.countDown();
      var won = 0;
      for (var one : closed) {
        won += one.get() ? 1 : 0;
      }
      assertThat(won).isLessThanOrEqualTo(1);
    }
    rounds();
    assertThat(days.over(clock.instant())).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("org.studygate.i18n.Languages#ALL")
  void itIsWrittenInTheDepartmentsLanguageAndHoldsNothingOfAnybody(String language) {
    var noord = department(Optional.of("pacs@noord.example.org"), List.of(language));
    tell(noord, "patient-mismatch", 12);
    clock.advance(Duration.ofDays(1));
    rounds();
    var mail = (Written.Mail) written.getFirst();
    assertThat(mail.html()).contains("lang=\"" + language + "\"").doesNotContain("{{");
    assertThat(mail.subject()).isNotBlank().doesNotContainPattern("\\d");
    assertThat(mail.text()).contains("patient-mismatch: 12\n", WHERE, "2026").doesNotContain("{");
    assertThat(mail.text().lines()).allMatch(line -> line.length() <= 78);
  }

  @Test
  void theDayIsTheDepartments() {
    var noord = department(Optional.of("pacs@noord.example.org"), List.of("en"));
    clock.advance(Duration.ofHours(1).plusMinutes(1)); // 24 November there, 23 November here
    tell(noord, "bad-json", 1);
    var days = new DynamoDays(tables.client(), "ReceiptsTable", "OutboxTable");
    var day = days.over(clock.instant().plus(Duration.ofDays(1))).getFirst();
    assertThat(day)
        .isEqualTo(
            new Day(
                "noord",
                LocalDate.parse("2026-11-24"),
                WHERE,
                new TreeMap<>(java.util.Map.of("bad-json", 1L))));
  }

  private void rounds() {
    for (var i = 0; i < 3; i++) {
      handler.handle(MINUTE);
      clock.advance(Duration.ofSeconds(1));
    }
  }

  private void tell(Department department, String code, int times) {
    tally.add(department, code, times, WHERE);
  }

  private Department department(Optional<String> technicalAddress, List<String> languages) {
    var noord = Noord.department();
    var policy = noord.policy();
    var department =
        new Department(
            noord.id(),
            noord.name(),
            noord.hospital(),
            noord.contact(),
            noord.logo(),
            noord.brand(),
            languages,
            noord.zone(),
            noord.conditionsVersion(),
            new Policy(
                policy.verification(),
                policy.report(),
                policy.validityDefault(),
                policy.validityMaximum(),
                policy.minimumComplexityBits(),
                policy.quiet(),
                policy.countryPrefixes(),
                policy.payment(),
                new IntakeRules(false, false, technicalAddress),
                policy.retention(),
                PrintRules.ANY),
            noord.statements());
    new DynamoDepartments(tables.client(), "DepartmentsTable")
        .put(department, clock.instant(), "test");
    return department;
  }

  private record NoRollUps() implements RollUps {
    @Override
    public void later(StudyId study, SeriesUid series, long gen) {}

    @Override
    public void now(StudyId study, SeriesUid series) {}

    @Override
    public void now(StudyId study) {}
  }
}
