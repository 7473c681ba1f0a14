package org.studygate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.dynamo.TestTables;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

class DynamoGrantsTest {
  @AutoClose private static final TestTables TABLES = TestTables.start();
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final String MAES = Grant.ofAccount("maes");
  private static final String LUNGS = Grant.ofGroup("lungs");
  private static final String NOORD = Grant.ofDepartment("noord");
  private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

  private final DynamoBuckets buckets = new DynamoBuckets(TABLES.client(), "BucketsTable");
  private final DynamoGrants grants =
      new DynamoGrants(TABLES.client(), new DynamoGrants.Tables("GrantsTable", "BucketsTable"));

  @BeforeEach
  void clear() {
    TABLES.clear();
  }

  @Test
  void aRowGivesNothingWithoutItsBucket() {
    grants.put(row(1, MAES, "mapping-m1"));
    assertThat(grants.of(Set.of(MAES), study(1))).isEmpty();
    assertThat(grants.held(List.of(row(1, MAES, "mapping-m1").line()))).isEmpty();

    buckets.last(new Scope.OfMapping("m1", "noord"));
    var held = grants.of(Set.of(MAES), study(1)).getFirst();
    assertThat(held.bucket().scope()).isEqualTo(new Scope.OfMapping("m1", "noord"));
    assertThat(held.open(NOW)).isTrue();
    assertThat(held.until()).isEmpty();
    assertThat(grants.held(List.of(row(1, MAES, "mapping-m1").line()))).containsOnlyKeys(study(1));
  }

  @Test
  void anEndedMappingOpensNothingHoweverOftenItIsNeededAgain() {
    buckets.last(new Scope.OfMapping("m1", "noord"));
    grants.put(row(1, MAES, "mapping-m1"));
    buckets.withdraw(Bucket.ofMapping("m1"));
    buckets.last(new Scope.OfMapping("m1", "noord"));
    assertThat(grants.of(Set.of(MAES), study(1)).getFirst().open(NOW)).isFalse();
  }

  @Test
  void oneEndedBeforeItWasMadeIsNeverMade() {
    buckets.withdraw(Bucket.ofMapping("m1"));
    buckets.last(new Scope.OfMapping("m1", "noord"));
    grants.put(row(1, MAES, "mapping-m1"));
    assertThat(grants.of(Set.of(MAES), study(1))).isEmpty();
  }

  @Test
  void othersRowsAreNotMine() {
    buckets.last(new Scope.OfMapping("m1", "noord"));
    grants.put(row(1, Grant.ofAccount("claes"), "mapping-m1"));
    assertThat(grants.of(Set.of(MAES, LUNGS), study(1))).isEmpty();
  }

  /// A line that an index still gives of a row that is gone, or gave of nobody's.
  @Test
  void aLineWithoutItsRowGivesNothing() {
    buckets.last(new Scope.OfMapping("m1", "noord"));
    assertThat(grants.held(List.of(new Grant.Line(study(1), MAES, "mapping-m1")))).isEmpty();
  }

  @Test
  void whatTheStoreDoesNotReadIsNotHeld() {
    buckets.last(new Scope.OfMapping("m1", "noord"));
    grants.put(row(1, MAES, "mapping-m1"));
    grants.put(row(2, MAES, "mapping-m1"));
    var lines = List.of(row(1, MAES, "mapping-m1").line(), row(2, MAES, "mapping-m1").line());
    try (var patient = TABLES.client(new Busy(1))) {
      var there = new DynamoGrants(patient, new DynamoGrants.Tables("GrantsTable", "BucketsTable"));
      assertThat(there.held(lines)).containsOnlyKeys(study(1), study(2));
    }
    try (var busy = TABLES.client(new Busy(100))) {
      var there = new DynamoGrants(busy, new DynamoGrants.Tables("GrantsTable", "BucketsTable"));
      assertThat(there.held(lines)).isEmpty();
      assertThat(there.of(Set.of(MAES), study(1))).isEmpty();
    }
  }

  /// Reads nothing of a batch, so many times.
  private static final class Busy implements ExecutionInterceptor {
    private final AtomicInteger left;

    Busy(int times) {
      left = new AtomicInteger(times);
    }

    @Override
    public SdkResponse modifyResponse(
        Context.ModifyResponse context, ExecutionAttributes attributes) {
      if (context.request() instanceof BatchGetItemRequest asked
          && context.response() instanceof BatchGetItemResponse answer
          && left.getAndDecrement() > 0) {
        Map<String, KeysAndAttributes> unread = asked.requestItems();
        return answer.toBuilder().responses(Map.of()).unprocessedKeys(unread).build();
      }
      return context.response();
    }
  }

  @Test
  void morePartsThanOneRequestTakes() {
    buckets.last(new Scope.OfMapping("m1", "noord"));
    var lines = new ArrayList<Grant.Line>();
    for (var number = 0; number < 230; number++) {
      var row = row(number, MAES, "mapping-m1");
      grants.put(row);
      lines.add(row.line());
    }
    assertThat(grants.held(lines)).hasSize(230);
  }

  @Test
  void pagesTellEveryStudyOnceWithAllItsLines() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var all = new HashSet<Grant.Line>();
    for (var number = 0; number < 90; number++) {
      for (var principal : List.of(MAES, LUNGS, NOORD)) {
        for (var bucket : List.of("mapping-m1", "mapping-m2", "mapping-m3")) {
          if (random.nextInt(4) == 0 || (principal.equals(NOORD) && bucket.equals("mapping-m1"))) {
            var row = row(number, principal, bucket);
            grants.put(row);
            all.add(row.line());
          }
        }
      }
    }
    var lines = new ArrayList<Grant.Line>();
    var studies = new ArrayList<StudyId>();
    var before = Optional.<String>empty();
    do {
      var page = grants.page(Set.of(MAES, LUNGS, NOORD), before, 7);
      assertThat(page.studies()).as("seed %s", seed).hasSizeLessThanOrEqualTo(7).isNotEmpty();
      page.studies().values().forEach(lines::addAll);
      studies.addAll(page.studies().keySet());
      before = page.next();
    } while (before.isPresent());
    assertThat(lines).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(all);
    assertThat(studies).as("seed %s", seed).doesNotHaveDuplicates();
    var newestFirst = new ArrayList<StudyId>();
    for (var number = 89; number >= 0; number--) {
      newestFirst.add(study(number));
    }
    assertThat(studies).as("seed %s", seed).isEqualTo(newestFirst);
  }

  @Test
  void namesAreFoundByTheirBeginning() {
    grants.put(named(1, MAES, NameKey.of("De Smét", "1958-03-07")));
    grants.put(named(2, LUNGS, NameKey.of("DE SMET", "19600101")));
    grants.put(named(3, MAES, NameKey.of("Desmet", "19600101")));
    grants.put(named(4, Grant.ofAccount("claes"), NameKey.of("De Smet", "19600101")));
    var beginning = NameKey.beginning("de  smet").orElseThrow();
    assertThat(grants.named(Set.of(MAES, LUNGS), beginning, 10))
        .extracting(Grant.Line::study)
        .containsExactly(study(1), study(2));
    assertThat(grants.named(Set.of(MAES, LUNGS), "DE", 10)).hasSize(3);
    assertThat(grants.named(Set.of(MAES, LUNGS), "DE", 2)).hasSize(2);
    assertThat(NameKey.beginning(" - ")).isEmpty();
  }

  @Test
  void whatHasGoneIsNotCorrected() {
    assertThat(grants.put(row(1, MAES, "mapping-m1"))).isTrue();
    assertThat(grants.put(row(1, MAES, "mapping-m1"))).isFalse();
    var other = named(1, MAES, NameKey.of("Janssens", "1970"));
    assertThat(grants.correct(other)).isTrue();
    assertThat(grants.of(study(1))).containsExactly(other);
    assertThat(grants.named(Set.of(MAES), "JANSSENS", 5)).hasSize(1);
    grants.remove(other);
    assertThat(grants.correct(other)).isFalse();
    assertThat(grants.of(study(1))).isEmpty();
  }

  private static Grant row(int number, String principal, String bucket) {
    return new Grant(
        study(number),
        principal,
        bucket,
        Reason.Kind.REQUESTED,
        Optional.of("maes"),
        Optional.of(ORDER),
        place(number));
  }

  private static Grant named(int number, String principal, String nameKey) {
    return new Grant(
        study(number),
        principal,
        "mapping-m1",
        Reason.Kind.REQUESTED,
        Optional.of("maes"),
        Optional.of(ORDER),
        new Grant.Place(place(number).listed(), nameKey));
  }

  private static Grant.Place place(int number) {
    return new Grant.Place(
        "2026-11-%02dT%02d:00:00#%s".formatted(1 + number / 24, number % 24, study(number)),
        NameKey.of("Peeters", "1958-03-07"));
  }

  private static StudyId study(int number) {
    return StudyId.of("noord", "1.2." + number);
  }
}
