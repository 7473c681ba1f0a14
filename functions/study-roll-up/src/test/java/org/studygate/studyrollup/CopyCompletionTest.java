package org.studygate.studyrollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Given;
import org.studygate.access.Origin;
import org.studygate.access.Scope;
import org.studygate.access.TestBuckets;
import org.studygate.access.TestHospital;
import org.studygate.copying.Copies;
import org.studygate.copying.DynamoCopies;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.dynamo.TestTables;
import org.studygate.dynamo.Transaction;
import org.studygate.objects.InMemoryObjects;
import org.studygate.platform.Gzip;
import org.studygate.platform.Log;
import org.studygate.platform.TestClock;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Instance;
import org.studygate.study.NoRollUps;
import org.studygate.study.Samples;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// A copy is whole when as many instances are built as whoever made it says, and never by quiet
/// alone; then its bucket opens.
final class CopyCompletionTest {
  private static final StudyId SOURCE = StudyId.of("noord", "1.2.3");
  private static final StudyId COPY = StudyId.of("copies", "1.2.3");
  private static final SeriesUid SERIES = new SeriesUid("2.25.71");

  private final TestClock clock = TestClock.at("2026-11-28T10:00:00Z");
  @AutoClose private final TestTables tables = TestTables.start();
  private final DynamoStudies studies = new DynamoStudies(tables.client(), "StudiesTable");
  private final DynamoBuckets buckets = new DynamoBuckets(tables.client(), "BucketsTable");
  private final InMemoryObjects objects = new InMemoryObjects(new HashMap<>(), "studies");
  private SeriesBuilder builder;
  private Completion completion;
  private Consequences consequences;

  @BeforeEach
  void start() {
    new TestHospital(tables, clock).department("noord", new ReportRule.AtOnce());
    builder = new SeriesBuilder(studies, objects, new NoRollUps(), _ -> {}, clock);
    completion =
        new Completion(
            studies,
            new DynamoDepartments(tables.client(), "DepartmentsTable"),
            TestHospital.card(tables),
            clock,
            new Log(new PrintStream(OutputStream.nullOutputStream()), clock));
    consequences = FollowUp.of(tables, clock);
  }

  @Test
  void aCopyIsWholeWhenAllOfItIsThereAndNotSooner() throws Exception {
    give();
    copied(1);
    rollUp();
    clock.advance(Duration.ofDays(1));
    rollUp();
    assertThat(studies.find(COPY).orElseThrow().complete()).isFalse();
    assertThat(buckets.find("b1").orElseThrow().origin().ready()).isFalse();
    copied(2);
    studies.done(
        COPY, "noord", "2.25.7", new Studies.Done(clock.instant(), Optional.of(2), "copied"));
    rollUp();
    assertThat(studies.find(COPY).orElseThrow().complete()).isTrue();
    assertThat(buckets.find("b1").orElseThrow().origin().ready()).isTrue();
    assertThat(objects.all().keySet())
        .isNotEmpty()
        .allMatch(key -> key.startsWith("anon/b1/web/2.25.7/"));
  }

  private void rollUp() throws Exception {
    builder.build(COPY, SERIES, Optional.empty());
    consequences.draw(COPY, completion.judge(COPY));
  }

  private void copied(int number) {
    studies.copying(COPY, new Study.Copy(SOURCE, "b1"));
    var made = Samples.instance(SERIES, "2.25.71" + number, Instance.Kind.IMAGE);
    var header = Gzip.packed("{}".getBytes(StandardCharsets.UTF_8));
    studies.file(COPY, new Studies.Filed(made.instance(), made.at(), header, Optional.empty()));
    studies.received(
        new Studies.Arrival(COPY, "noord", "2.25.7", Set.of(Samples.whose("P-1", ""))),
        clock.instant(),
        clock.instant());
    studies.change(COPY, SERIES, clock.instant());
  }

  private void give() {
    var now = clock.instant();
    var bucket =
        TestBuckets.ofCopies(
            "b1", new Scope.OfCopies("b1", Map.of(COPY, SOURCE)), now, Origin.printed("ria", now));
    var step =
        DynamoBuckets.giving(
            "BucketsTable", bucket, new Given("Second opinion", now, "1"), "hash", "birth");
    assertThat(new Transaction().step("bucket", step).commit(tables.client()).done()).isTrue();
    new DynamoCopies(tables.client(), "StudiesTable")
        .plan(Copies.Copy.planned(COPY, "b1", SOURCE, "noord"), List.of());
  }
}
