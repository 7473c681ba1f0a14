package org.studygate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.account.Role;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.dynamo.Transaction;
import org.studygate.order.About;
import org.studygate.study.Facts;
import org.studygate.study.OrderId;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;

/// Copies without the person are opened by the bucket that they were made for, once all of them are
/// there, and by nothing else.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopiesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
  private static final StudyId SOURCE = StudyId.of("noord", "1.2.3");
  private static final StudyId OTHER_SOURCE = StudyId.of("noord", "1.2.4");
  private static final StudyId COPY = StudyId.of("copies", "1");
  private static final StudyId OTHER = StudyId.of("copies", "2");
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final Scope.OfCopies SCOPE = new Scope.OfCopies("b1", Map.of(COPY, SOURCE));

  @AutoClose private final TestTables tables = TestTables.start();
  private final DynamoBuckets buckets = new DynamoBuckets(tables.client(), "BucketsTable");

  @Test
  void aCopyIsHeldByItsOwnBucketAlone() {
    assertThat(SCOPE.holds(copy("b1", SOURCE))).isTrue();
    assertThat(SCOPE.holds(copy("b2", SOURCE))).isFalse();
    assertThat(SCOPE.holds(copy("b1", OTHER_SOURCE))).isFalse();
    assertThat(SCOPE.holds(study(SOURCE, Optional.empty()))).isFalse();
    assertThat(SCOPE.holds(study(COPY, Optional.empty()))).isFalse();
  }

  /// Even one that somebody has filed under an order by mistake.
  @Test
  void nothingElseHoldsACopy() {
    var copy = copy("b1", SOURCE);
    var filed = filed(copy);
    for (var scope :
        List.of(
            new Scope.OfOrder(ORDER),
            new Scope.OfStudies(Set.of(COPY, SOURCE)),
            new Scope.OfOne(COPY),
            new Scope.OfDepartment("noord"),
            new Scope.OfMapping("m1", "noord"))) {
      assertThat(scope.holds(copy)).as(scope.toString()).isFalse();
      assertThat(scope.holds(filed)).as(scope.toString()).isFalse();
    }
  }

  @Test
  void aStrayRowOpensNoCopy() {
    var staff =
        new Principal.Professional("ria", Role.STAFF, Set.of(), Optional.of("noord"), Set.of());
    var department =
        Bucket.lasting("department-noord", "noord", new Scope.OfDepartment("noord"), false);
    var row =
        new Grant(
            COPY,
            Grant.ofDepartment("noord"),
            "department-noord",
            Reason.Kind.STAFF,
            Optional.empty(),
            Optional.empty(),
            Places.of(copy("b1", SOURCE), Optional.empty()));
    var decided =
        Rules.decide(
            staff,
            contents(copy("b1", SOURCE)),
            new Opened("noord", Optional.empty(), Optional.empty(), List.of()),
            List.of(Held.by(row, List.of(department))),
            NOW);
    assertThat(decided).isInstanceOf(Decision.Refused.class);
  }

  @Test
  void aCopyIsCalledByItsNumberAndTellsNothingElse() {
    var about = new About(copy("b1", SOURCE), Optional.empty());
    assertThat(about.patient())
        .isEqualTo(
            new About.Patient(
                "4711 Anonymous",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(about.patient().anonymous()).isTrue();
    assertThat(NameKey.of(copy("b1", SOURCE), Optional.empty())).isEqualTo("ANONYMOUS#");
    assertThat(copy("b1", SOURCE).shelf()).isEqualTo("anon/b1");
  }

  @Test
  void itOpensWhenItIsReadyAndReadsNoReport() {
    var bucket = give("b3", Map.of(COPY, SOURCE, OTHER, OTHER_SOURCE));
    assertThat(bucket.scope())
        .isEqualTo(new Scope.OfCopies("b3", Map.of(COPY, SOURCE, OTHER, OTHER_SOURCE)));
    assertThat(bucket.valid(NOW)).isFalse();
    assertThat(new Standing(bucket, 0, 0, Optional.empty(), Optional.empty()).state(NOW))
        .isEqualTo(Standing.State.WAITING);
    assertThat(ready(bucket)).isTrue();
    var ready = buckets.find("b3").orElseThrow();
    assertThat(ready.open(NOW)).isTrue();
    assertThat(ready.epoch()).isEqualTo(bucket.epoch());
    assertThat(Held.by(ready).report()).isFalse(); // whatever is written on it
    assertThat(ready(ready)).isFalse();
  }

  /// Whoever counted the copies before one was taken out counts again.
  @Test
  void itIsNotReadyWithOtherCopiesThanWereCounted() {
    var counted = give("b4", Map.of(COPY, SOURCE, OTHER, OTHER_SOURCE));
    var taken = new Transaction().step("act", DynamoBuckets.takingOut("BucketsTable", "b4", OTHER));
    assertThat(taken.commit(tables.client()).done()).isTrue();
    assertThat(ready(counted)).isFalse();
    var left = buckets.find("b4").orElseThrow();
    assertThat(left.scope()).isEqualTo(new Scope.OfCopies("b4", Map.of(COPY, SOURCE)));
    assertThat(ready(left)).isTrue();
  }

  @Test
  void oneThatIsEndedIsNeverReady() {
    var bucket = give("b5", Map.of(COPY, SOURCE));
    buckets.withdraw("b5");
    assertThat(ready(bucket)).isFalse();
  }

  @Test
  void ofManyOneMakesItReady() {
    var bucket = give("b6", Map.of(COPY, SOURCE));
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var told = IntStream.range(0, 20).mapToObj(_ -> workers.submit(() -> ready(bucket))).toList();
      assertThat(told.stream().filter(CopiesTest::said).count()).isEqualTo(1);
    }
  }

  private boolean ready(Bucket bucket) {
    return TestHospital.release(tables).open(bucket, NOW);
  }

  private static boolean said(Future<Boolean> told) {
    try {
      return told.get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private Bucket give(String id, Map<StudyId, StudyId> sources) {
    var bucket =
        new Bucket(
            id,
            "noord",
            new Scope.OfCopies(id, sources),
            true,
            Verification.DATE_OF_BIRTH,
            Optional.empty(),
            "nl",
            NOW,
            NOW.plus(Duration.ofDays(30)),
            false,
            false,
            Paid.NOTHING,
            0,
            Set.of(),
            Origin.printed("ria", NOW).anonymous());
    var given = new Given("Second opinion", NOW, "1");
    var step = DynamoBuckets.giving("BucketsTable", bucket, given, "hash-" + id, "birth");
    assertThat(new Transaction().step("bucket", step).commit(tables.client()).done()).isTrue();
    return buckets.find(id).orElseThrow();
  }

  private static Study copy(String bucket, StudyId source) {
    return study(COPY, Optional.of(new Study.Copy(source, bucket)));
  }

  private static Study study(StudyId id, Optional<Study.Copy> copyOf) {
    var facts = new Facts("3f9a", "", "Anonymous^4711", "19000101", "F", "", "", "", "");
    return new Study(
        id,
        "noord",
        "2.25.1",
        Studies.Link.none(Set.of()),
        Set.of(),
        facts,
        true,
        1,
        1,
        1,
        List.of("CT"),
        Optional.of(NOW),
        Optional.of(NOW),
        new Study.Expectation(Optional.of(NOW), Optional.of(1), Optional.empty(), 1),
        Set.of(),
        Optional.empty(),
        1,
        copyOf);
  }

  private static Study filed(Study study) {
    return study.linked(new Studies.Link(Optional.of(ORDER), Optional.empty(), Set.of(), Set.of()));
  }

  private static StudyContents contents(Study study) {
    var series =
        new Series(
            new SeriesUid("2.25.2"),
            Optional.of(1),
            "",
            "CT",
            "",
            1,
            1,
            1,
            Optional.empty(),
            Optional.empty(),
            Facts.NONE,
            Set.of(),
            Set.of(),
            1,
            1,
            Optional.empty(),
            Optional.empty(),
            List.of());
    return new StudyContents(study, List.of(series), List.of());
  }
}
