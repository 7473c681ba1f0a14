package org.studygate.studyview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.access.TestHospital;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.platform.TestClock;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// Exact pixels are made for whoever asks first, and nobody asks twice while they are made.
final class ExactTest {
  private static final SeriesUid SERIES = new SeriesUid("1.2.1.1");
  private static final int FRAMES = 3;

  @AutoClose private final TestTables tables = TestTables.start();
  private final TestClock clock = TestClock.at("2026-11-27T10:00:00Z");
  private final DynamoStudies studies = new DynamoStudies(tables.client(), "StudiesTable");
  private final List<SeriesUid> asked = new ArrayList<>();
  private StudyId study;

  @BeforeEach
  void begin() {
    var hospital = new TestHospital(tables, clock);
    var order = new OrderId("noord", "A1");
    hospital.department("noord", new ReportRule.Never());
    hospital.order(order, "RIS-2026-48151623", Verification.DATE_OF_BIRTH, true, "1.2.1");
    study = hospital.study(order, "1.2.1", FRAMES);
  }

  @Test
  void theFirstWhoAsksHasThemMadeAndTheOthersWait() {
    assertThat(state()).isEqualTo("making");
    assertThat(asked).containsExactly(SERIES);
    begun();
    assertThat(state()).isEqualTo("making");
    assertThat(asked).hasSize(1);
    studies.exact(study, SERIES, 1, new Series.Exact.Made(FRAMES, 900));
    assertThat(state()).isEqualTo("ready");
    assertThat(asked).hasSize(1);
  }

  @Test
  void whoeverDiedAtItIsFollowedByAnother() {
    begun();
    clock.advance(Duration.ofSeconds(119));
    state();
    assertThat(asked).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(state()).isEqualTo("making");
    assertThat(asked).hasSize(1);
  }

  @Test
  void ofWhatHasNoneNothingIsAsked() {
    studies.withoutExact(study, SERIES, 1);
    assertThat(state()).isEqualTo("none");
    assertThat(asked).isEmpty();
  }

  @Test
  void aSeriesThatStillGrowsIsAskedForLater() {
    studies.exact(study, SERIES, 1, new Series.Exact.Made(FRAMES, 900));
    studies.change(study, SERIES, clock.instant());
    assertThat(state()).isEqualTo("making");
    assertThat(asked).isEmpty();
  }

  @Test
  void thoseThatLackWhatHasComeSinceAreNotTold() {
    studies.exact(study, SERIES, 1, new Series.Exact.Made(FRAMES - 1, 900));
    assertThat(state()).isEqualTo("making");
    assertThat(asked).isEmpty();
  }

  private void begun() {
    assertThat(studies.beginExact(study, SERIES, 1, clock.instant(), clock.instant())).isTrue();
  }

  private String state() {
    var exact = new Exact(new SeamTest.Named(), (_, series) -> asked.add(series), clock);
    return exact
        .of(studies.find(study).orElseThrow(), studies.series(study).getFirst(), FRAMES)
        .state();
  }
}
