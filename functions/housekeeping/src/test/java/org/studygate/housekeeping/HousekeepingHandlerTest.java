package org.studygate.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.access.TestHospital;
import org.studygate.copying.NoCopyWork;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.notice.Carrier;
import org.studygate.notice.Written;
import org.studygate.platform.Deadline;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.RollUps;
import org.studygate.study.Samples;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

final class HousekeepingHandlerTest {
  private static final StudyId STUDY = StudyId.of("noord", "1.2.3");
  private static final Deadline MINUTE = () -> Duration.ofMinutes(1);
  private static final SeriesUid SERIES = new SeriesUid("1.2.3.1");

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final List<String> asked = new ArrayList<>();
  private final Set<String> failing = new HashSet<>();
  private final List<Written> written = new ArrayList<>();
  @AutoClose private final TestTables tables = TestTables.start();
  private HousekeepingHandler handler;

  @BeforeEach
  void start() {
    new TestHospital(tables, clock).department("noord", new ReportRule.AtOnce());
    var variables = new HashMap<>(TestHospital.variables());
    handler =
        new HousekeepingHandler(
            TestPlatform.of(clock, tables, variables),
            new Asked(asked, failing),
            new NoCopyWork(),
            (one, _) -> {
              written.add(one);
              return new Carrier.Answer(Carrier.Handed.TAKEN, "c-1");
            });
  }

  @Test
  void aQuietStudyIsLookedAtWhenItsTimeHasCome() {
    var now = clock.instant();
    new DynamoStudies(tables.client(), "StudiesTable")
        .received(
            new Studies.Arrival(STUDY, "noord", "1.2.3", Set.of(Samples.whose("P-1", "A1"))),
            now,
            now.plus(Duration.ofMinutes(5)));
    handler.handle(MINUTE);
    assertThat(asked).isEmpty();
    clock.advance(Duration.ofMinutes(5));
    handler.handle(MINUTE);
    assertThat(asked).containsExactly(STUDY.value());
  }

  @Test
  void aSeriesWhoseBuildWasLostIsAskedForAgain() {
    new DynamoStudies(tables.client(), "StudiesTable").change(STUDY, SERIES, clock.instant());
    clock.advance(Duration.ofMinutes(10));
    handler.handle(MINUTE);
    assertThat(asked).containsExactly(STUDY + " " + SERIES);
  }

  @Test
  void aCodeThatNobodySentIsSentOnce() {
    var hospital = new TestHospital(tables, clock);
    var bucket =
        hospital.order(
            new OrderId("noord", "A1"), "RIS-2026-HOUSEKEEPING-1", Verification.OTP_SMS, false);
    hospital.challenge(bucket);
    clock.advance(Duration.ofMinutes(2));
    handler.handle(MINUTE);
    handler.handle(MINUTE);
    assertThat(written).hasSize(1);
  }

  @Test
  void oneThatCannotBeAskedForHoldsUpNoOther() {
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    var others = new ArrayList<String>();
    for (var i = 1; i <= 5; i++) {
      var study = StudyId.of("noord", "1.2.3." + i);
      studies.change(study, SERIES, clock.instant());
      others.add(study + " " + SERIES);
    }
    failing.add(others.removeFirst());
    clock.advance(Duration.ofMinutes(10));
    handler.handle(MINUTE);
    assertThat(asked).containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void theRoundEndsBeforeTheFunctionDoes() {
    var studies = new DynamoStudies(tables.client(), "StudiesTable");
    for (var i = 1; i <= 5; i++) {
      studies.change(StudyId.of("noord", "1.2.3." + i), SERIES, clock.instant());
    }
    clock.advance(Duration.ofMinutes(10));
    handler.handle(() -> Duration.ofSeconds(asked.size() < 2 ? 20 : 0));
    assertThat(asked).hasSize(2);
    asked.clear();
    handler.handle(MINUTE);
    assertThat(asked).as("what is left is found again").hasSizeGreaterThanOrEqualTo(3);
  }

  private record Asked(List<String> asked, Set<String> failing) implements RollUps {
    @Override
    public void later(StudyId study, SeriesUid series, long gen) {
      asked.add("later");
    }

    @Override
    public void now(StudyId study, SeriesUid series) {
      if (failing.contains(study + " " + series)) {
        throw new IllegalStateException("the queue does not answer");
      }
      asked.add(study + " " + series);
    }

    @Override
    public void now(StudyId study) {
      asked.add(study.value());
    }
  }
}
