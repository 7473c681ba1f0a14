package org.studygate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.access.Buckets.CodeTry;
import org.studygate.access.Unlock.Outcome;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.DynamoSourceLimits;
import org.studygate.limit.Tries;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.reference.DynamoReferences;
import org.studygate.reference.Hashes;
import org.studygate.reference.ReferenceNumber;
import org.studygate.reference.References.Try;
import org.studygate.signin.Combination;
import org.studygate.signin.Combination.Judgement;
import org.studygate.signin.Combination.Typed;
import org.studygate.study.OrderId;

/// Rules 5, 7 and 9 of unlocking, on DynamoDB Local.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnlockTest {
  private static final Staff DESK = new Staff("17", "environment", Role.SERVICE_DESK);
  private static final Staff ADMIN = new Staff("18", "noord", Role.ADMIN);
  private static final Staff ELSEWHERE = new Staff("19", "lindenhof", Role.ADMIN);
  private static final Staff PHYSICIAN = new Staff("20", "noord", Role.PROFESSIONAL);
  private static final String REASON = "called, identity checked";
  private static final String BORN = TestHospital.BORN.text();
  private static final String OTHER = "1958-03-08";

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final Pepper pepper = new Pepper(new TestSecrets(), "pepper");
  @AutoClose private final TestTables tables = TestTables.start();
  private TestHospital hospital;
  private DynamoBuckets buckets;
  private DynamoReferences references;
  private DynamoAuditTrail trail;
  private Combination combination;
  private Unlock unlock;
  private int guests;

  @BeforeAll
  void start() {
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    references = new DynamoReferences(tables.client(), "ReferencesTable");
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    combination =
        new Combination(
            new DynamoSourceLimits(tables.client(), "LimitsTable"),
            references,
            buckets,
            pepper,
            clock);
    var unlocks = new DynamoUnlocks(tables.client(), "BucketsTable", "ReferencesTable", trail);
    unlock = new Unlock(unlocks, trail, clock);
  }

  @Test
  void aNumberBlockedByWrongDatesOpensAgainWithOneEvent() {
    var bucket = registered("UNLOCK-DATES-471133");
    blockByDates("UNLOCK-DATES-471133");
    assertThat(judge("UNLOCK-DATES-471133", BORN)).isInstanceOf(Judgement.Refused.class);
    assertThat(unlock.unlock(DESK, bucket, "  " + REASON + " ", "request"))
        .isEqualTo(new Outcome.Unlocked());
    assertThat(judge("UNLOCK-DATES-471133", BORN)).isInstanceOf(Judgement.Right.class);
    assertThat(events(bucket))
        .containsExactly(
            new AuditEvent(
                AuditEvent.bucket(bucket),
                clock.instant(),
                new Actor.Staff("17"),
                AuditAction.UNLOCKED,
                "SERVICE_DESK",
                "request"));
    assertThat(TableDump.of(tables.client(), "AuditTable")).contains(REASON);
  }

  @Test
  void aBucketBlockedByWrongCodesMayBeTriedAgainAndWhatWasOpenedBeforeIsDead() {
    var bucket = registered("UNLOCK-CODES-471133");
    blockByCodes(bucket);
    assertThat(buckets.find(bucket).orElseThrow().blocked()).isTrue();
    assertThat(unlock.unlock(ADMIN, bucket, REASON, "request")).isEqualTo(new Outcome.Unlocked());
    var unlocked = buckets.find(bucket).orElseThrow();
    assertThat(unlocked.blocked()).isFalse();
    assertThat(unlocked.epoch()).isEqualTo(1);
    assertThat(buckets.chargeCode(bucket, 0, Tries.CODE)).isEqualTo(new CodeTry.Refused());
    assertThat(buckets.chargeCode(bucket, 1, Tries.CODE)).isEqualTo(new CodeTry.Charged(1));
  }

  @Test
  void everybodyElseGetsWhatIsSaidOfNothing() {
    var bucket = registered("UNLOCK-ELSE-471133");
    blockByDates("UNLOCK-ELSE-471133");
    blockByCodes(bucket);
    var before = state();
    for (var staff : List.of(ELSEWHERE, PHYSICIAN, DESK)) {
      var asked = staff.equals(DESK) ? "no-such-bucket" : bucket;
      assertThat(unlock.unlock(staff, asked, REASON, "request")).isEqualTo(new Outcome.NotFound());
    }
    assertThat(state()).isEqualTo(before);
    assertThat(events(bucket)).isEmpty();
    assertThat(trail.read(AuditEvent.department("lindenhof"), Optional.empty(), 10).events())
        .extracting(AuditEvent::action)
        .containsExactly(AuditAction.ACCESS_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t\n"})
  void withoutAReasonNothingHappensWhoeverAsks(String reason) {
    var bucket = registered("UNLOCK-REASON-471133");
    var before = state();
    for (var staff : List.of(DESK, ELSEWHERE, PHYSICIAN)) {
      for (var asked : List.of(bucket, "no-such-bucket")) {
        assertThat(unlock.unlock(staff, asked, reason, "request"))
            .isEqualTo(new Outcome.ReasonMissing());
      }
    }
    assertThat(unlock.unlock(DESK, bucket, "x".repeat(501), "request"))
        .isEqualTo(new Outcome.ReasonMissing());
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void fiftyWrongCodesBlockForGood() {
    var bucket = registered("UNLOCK-FIFTY-471133");
    var unlocked = 0;
    for (var wrong = 1; wrong < DynamoBuckets.MAX_FAILURES_EVER; wrong++) {
      buckets.chargeCode(bucket, unlocked, Tries.CODE);
      if (buckets.find(bucket).orElseThrow().blocked()) {
        assertThat(unlock.unlock(DESK, bucket, REASON, "request"))
            .isEqualTo(new Outcome.Unlocked());
        unlocked++;
      }
    }
    buckets.chargeCode(bucket, unlocked, Tries.CODE);
    var before = state();
    assertThat(unlock.unlock(DESK, bucket, REASON, "request")).isEqualTo(new Outcome.ForGood());
    assertThat(state()).isEqualTo(before);
    assertThat(events(bucket)).hasSize(unlocked);
  }

  /// The second order that names a number has a bucket, but the number is not its own.
  @Test
  void aNumberOfAnotherOrderIsNotUnlocked() {
    registered("UNLOCK-TAKEN-471133");
    blockByDates("UNLOCK-TAKEN-471133");
    var hash = hash("UNLOCK-TAKEN-471133");
    buckets.register(bucketLike("second"), hash, "birth", "1");
    var before = state();
    assertThat(unlock.unlock(DESK, "second", REASON, "request")).isEqualTo(new Outcome.NotFound());
    assertThat(state()).isEqualTo(before);
    assertThat(events("second")).isEmpty();
  }

  @Test
  void amongUnlocksNoMoreGuessesAreJudgedThanFiveEach() throws Exception {
    var bucket = registered("UNLOCK-RACE-471133");
    var hash = hash("UNLOCK-RACE-471133");
    var seed = 20261126L;
    System.out.println("seed " + seed);
    var tasks = new ArrayList<Callable<String>>();
    for (var i = 0; i < 60; i++) {
      tasks.add(
          () -> references.charge(hash, clock.instant()) instanceof Try.Charged ? "judged" : "");
    }
    for (var i = 0; i < 6; i++) {
      tasks.add(() -> unlocked(bucket) ? "unlocked" : "");
    }
    java.util.Collections.shuffle(tasks, new Random(seed));
    var done = new ArrayList<String>();
    try (var threads = Executors.newFixedThreadPool(12)) {
      for (var result : threads.invokeAll(tasks)) {
        done.add(result.get());
      }
    }
    var unlocks = done.stream().filter("unlocked"::equals).count();
    var judged = done.stream().filter("judged"::equals).count();
    var max = (long) Tries.DATE.max();
    assertThat(unlocks).isPositive();
    assertThat(judged).isBetween(max, max * (unlocks + 1));
    assertThat(buckets.find(bucket).orElseThrow().epoch()).isEqualTo(unlocks);
    assertThat(events(bucket)).hasSize((int) unlocks);
  }

  /// DynamoDB lets one of two transactions over one item win; who loses too often is told so, and
  /// nothing has happened.
  private boolean unlocked(String bucket) {
    try {
      return unlock.unlock(DESK, bucket, REASON, "request").equals(new Outcome.Unlocked());
    } catch (software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException lost) {
      return false;
    }
  }

  private String registered(String number) {
    return hospital.order(
        new OrderId("noord", number), number, Verification.DATE_OF_BIRTH, false, "1.2.3");
  }

  private Bucket bucketLike(String id) {
    return new Bucket(
        id,
        "noord",
        new Scope.OfOrder(new OrderId("noord", id)),
        false,
        Verification.DATE_OF_BIRTH,
        Optional.empty(),
        "nl",
        clock.instant(),
        clock.instant().plusSeconds(60),
        false,
        false,
        Paid.NOTHING,
        0);
  }

  private String hash(String number) {
    return Hashes.reference(pepper, ReferenceNumber.typed(number).orElseThrow());
  }

  private void blockByDates(String number) {
    for (var i = 0; i < Tries.DATE.max(); i++) {
      assertThat(judge(number, OTHER)).isInstanceOf(Judgement.Refused.class);
    }
  }

  private void blockByCodes(String bucket) {
    var epoch = buckets.find(bucket).orElseThrow().epoch();
    for (var i = 0; i < Tries.CODE.max(); i++) {
      assertThat(buckets.chargeCode(bucket, epoch, Tries.CODE)).isInstanceOf(CodeTry.Charged.class);
    }
  }

  private Judgement judge(String number, String born) {
    guests++; // each from somewhere else, so that no limit of another kind is reached
    return combination.judge(Typed.of(number, born), "10.1." + guests + ".1");
  }

  private List<AuditEvent> events(String bucket) {
    return trail.read(AuditEvent.bucket(bucket), Optional.empty(), 50).events();
  }

  private String state() {
    return TableDump.of(tables.client(), "BucketsTable")
        + TableDump.of(tables.client(), "ReferencesTable");
  }
}
