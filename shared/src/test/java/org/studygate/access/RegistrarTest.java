package org.studygate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Registrar.Outcome;
import org.studygate.access.Registrar.Registration;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.DynamoSourceLimits;
import org.studygate.order.BirthDate;
import org.studygate.order.Order;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.reference.DynamoReferences;
import org.studygate.reference.ReferenceNumber;
import org.studygate.signin.Combination;
import org.studygate.signin.Combination.Judgement;
import org.studygate.signin.Combination.Typed;
import org.studygate.study.OrderId;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrarTest {
  private static final String BORN = "1958-03-07";
  private static final String FIRST = "1";
  private static final String SECOND = "2";
  private static final String NUMBER = "AB3456CD3456EF34";

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  @AutoClose private final TestTables tables = TestTables.start();
  private DynamoBuckets buckets;
  private Registrar registrar;
  private Combination combination;

  @BeforeAll
  void start() {
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    var references = new DynamoReferences(tables.client(), "ReferencesTable");
    var pepper = new Pepper(new TestSecrets(), "pepper");
    registrar = new Registrar(references, buckets, pepper, clock);
    combination =
        new Combination(
            new DynamoSourceLimits(tables.client(), "LimitsTable"),
            references,
            buckets,
            pepper,
            clock);
  }

  @Test
  void aRegisteredNumberOpensItsOrder() {
    var outcome = registrar.register(registration("noord/A1", NUMBER + "11", FIRST));
    assertThat(outcome).isInstanceOf(Outcome.Registered.class);
    var judgement = combination.judge(Typed.of(NUMBER + "11", BORN), "192.0.2.1");
    assertThat(judgement).isInstanceOf(Judgement.Right.class);
    assertThat(((Judgement.Right) judgement).bucket().scope()).isEqualTo(order("A1"));
  }

  @Test
  void theSameRegistrationTwiceIsTheSame() {
    var registration = registration("noord/A2", NUMBER + "22", FIRST);
    assertThat(registrar.register(registration)).isEqualTo(registrar.register(registration));
  }

  @Test
  void whenItWasRegisteredFirstIsKept() {
    var registration = registration("noord/A3", NUMBER + "33", FIRST);
    var first = clock.instant();
    var bucket = ((Outcome.Registered) registrar.register(registration)).bucketId();
    clock.advance(Duration.ofDays(1));
    registrar.register(registration);
    assertThat(buckets.find(bucket).orElseThrow().origin()).isEqualTo(Origin.registered(first));
  }

  @Test
  void aNumberOfAnotherOrderIsTaken() {
    registrar.register(registration("noord/A4", NUMBER + "44", FIRST));
    assertThat(registrar.register(registration("lindenhof/A4", NUMBER + "44", FIRST)))
        .isEqualTo(new Outcome.Taken());
    var judgement = combination.judge(Typed.of(NUMBER + "44", BORN), "192.0.2.1");
    assertThat(((Judgement.Right) judgement).bucket().scope()).isEqualTo(order("A4"));
  }

  @Test
  void anOlderMessageNeverUndoesANewerOne() {
    var newer = registration("noord/A5", NUMBER + "55", SECOND);
    assertThat(registrar.register(newer)).isInstanceOf(Outcome.Registered.class);
    assertThat(registrar.register(registration("noord/A5", NUMBER + "55", FIRST)))
        .isEqualTo(new Outcome.Outdated());
  }

  @Test
  void aWithdrawnNumberStaysWithdrawnAndSaysSo() {
    var registered =
        (Outcome.Registered) registrar.register(registration("noord/A6", NUMBER + "66", FIRST));
    buckets.withdraw(registered.bucketId());
    assertThat(registrar.register(registration("noord/A6", NUMBER + "66", SECOND)))
        .isEqualTo(new Outcome.Withdrawn());
    registrar.supersede(registered.bucketId(), SECOND);
    assertThat(registrar.register(registration("noord/A6", NUMBER + "66", SECOND)))
        .isEqualTo(new Outcome.Withdrawn());
    assertThat(buckets.find(registered.bucketId()).orElseThrow().withdrawn()).isTrue();
  }

  @Test
  void aNumberThatWasLeftOutOpensAgainWhenALaterMessageNamesIt() {
    var registered =
        (Outcome.Registered) registrar.register(registration("noord/A8", NUMBER + "88", FIRST));
    registrar.supersede(registered.bucketId(), SECOND);
    assertThat(registrar.register(registration("noord/A8", NUMBER + "88", FIRST)))
        .isEqualTo(new Outcome.Outdated());
    assertThat(buckets.find(registered.bucketId()).orElseThrow().withdrawn()).isTrue();
    assertThat(registrar.register(registration("noord/A8", NUMBER + "88", "3")))
        .isEqualTo(registered);
    registrar.supersede(registered.bucketId(), SECOND);
    var bucket = buckets.find(registered.bucketId()).orElseThrow();
    assertThat(bucket.withdrawn()).isFalse();
    assertThat(bucket.epoch()).as("visits of before stay ended").isEqualTo(1);
  }

  @Test
  void aBucketSupersededBeforeItIsWrittenIsBornEnded() {
    var registration = registration("noord/A9", NUMBER + "99", FIRST);
    registrar.supersede(registrar.bucketFor(registration.order(), registration.number()), SECOND);
    assertThat(registrar.register(registration)).isEqualTo(new Outcome.Outdated());
    assertThat(combination.judge(Typed.of(NUMBER + "99", BORN), "192.0.2.1"))
        .isInstanceOf(Judgement.Refused.class);
  }

  @Test
  void theBucketOfANumberIsKnownBeforeItIsRegistered() {
    var registration = registration("noord/A10", NUMBER + "00", FIRST);
    var bucket = registrar.bucketFor(registration.order(), registration.number());
    assertThat(buckets.find(bucket)).isEmpty();
    assertThat(registrar.register(registration)).isEqualTo(new Outcome.Registered(bucket));
  }

  private DynamoDesk desk() {
    var trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    return new DynamoDesk(tables.client(), "BucketsTable", "ReferencesTable", trail);
  }

  private Regenerate regenerate() {
    var pepper = new Pepper(new TestSecrets(), "pepper");
    return new Regenerate(desk(), buckets, pepper, new SecureRandom(), clock);
  }

  private Regenerate.Outcome regenerate(Registration registration, String bucket) {
    var staff = new Staff("admin", "noord", Role.ADMIN);
    return regenerate().regenerate(staff, orderOf(registration), bucket, "Weak.", "request");
  }

  private Order orderOf(Registration registration) {
    var patient =
        new Order.Patient(
            Optional.empty(),
            Optional.empty(),
            "Peeters",
            Optional.empty(),
            registration.birthDate(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Order(
        registration.order(),
        registration.order().accession(),
        registration.version(),
        clock.instant(),
        patient,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /// What a weak number was to open waits; a number of ours opens it, and is the order's until a
  /// message names another that is of use.
  @Test
  void whatAWeakNumberWasToOpenIsOpenedByOneOfOurs() {
    var weak = registration("noord/A20", "1234", FIRST);
    var bucket = ((Outcome.Waiting) registrar.refuse(weak, "weak-number")).bucketId();
    assertThat(registrar.refuse(weak, "weak-number")).isEqualTo(new Outcome.Waiting(bucket));
    assertThat(buckets.find(bucket).orElseThrow().valid(clock.instant())).isFalse();
    assertThat(desk().refused(bucket)).contains("weak-number");
    var made = (Regenerate.Outcome.Made) regenerate(weak, bucket);
    assertThat(opens(made, BORN)).isEqualTo(bucket);
    assertThat(desk().refused(bucket)).isEmpty();
    assertThat(regenerate(weak, bucket)).isInstanceOf(Regenerate.Outcome.NotNeeded.class);
    // the same message once more, and a corrected one
    assertThat(registrar.refuse(weak, "weak-number")).isEqualTo(new Outcome.Registered(bucket));
    assertThat(opens(made, BORN)).isEqualTo(bucket);
    assertThat(registrar.refuse(registration("noord/A20", "1234", SECOND), "weak-number"))
        .isEqualTo(new Outcome.Registered(bucket));
    assertThat(registrar.refuse(weak, "weak-number")).isEqualTo(new Outcome.Outdated());
    registrar.supersede(bucket, "3");
    assertThat(opens(made, BORN)).isEmpty();
    assertThat(registrar.refuse(registration("noord/A20", "1234", "4"), "weak-number"))
        .isEqualTo(new Outcome.Registered(bucket));
    assertThat(opens(made, BORN)).isEqualTo(bucket);
    buckets.withdraw(bucket);
    assertThat(registrar.refuse(registration("noord/A20", "1234", "5"), "weak-number"))
        .isEqualTo(new Outcome.Withdrawn());
    assertThat(opens(made, BORN)).isEmpty();
  }

  @Test
  void aNumberIsMadeForTheOrderAsItStandsAndOnlyOnce() throws Exception {
    var weak = registration("noord/A21", "1234", SECOND);
    var bucket = ((Outcome.Waiting) registrar.refuse(weak, "number-taken")).bucketId();
    assertThat(regenerate(registration("noord/A21", "1234", FIRST), bucket))
        .as("of a message before")
        .isInstanceOf(Regenerate.Outcome.NotNeeded.class);
    try (var threads = Executors.newFixedThreadPool(8)) {
      var all =
          threads.invokeAll(
              Collections.nCopies(
                  8, (Callable<Regenerate.Outcome>) () -> regenerate(weak, bucket)));
      var made = 0;
      for (var one : all) {
        made += one.get() instanceof Regenerate.Outcome.Made ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    }
  }

  @Test
  void whatWasEndedOrHasEndedByItselfGetsNoNumber() {
    var weak = registration("noord/A22", "1234", FIRST);
    var bucket = ((Outcome.Waiting) registrar.refuse(weak, "weak-number")).bucketId();
    registrar.supersede(bucket, SECOND);
    assertThat(regenerate(weak, bucket)).isInstanceOf(Regenerate.Outcome.NotNeeded.class);
    assertThat(registrar.refuse(registration("noord/A22", "1234", "3"), "weak-number"))
        .isEqualTo(new Outcome.Waiting(bucket));
    var late = TestClock.at("2027-02-01T10:00:00Z");
    var pepper = new Pepper(new TestSecrets(), "pepper");
    var order = registration("noord/A22", "1234", "3");
    assertThat(buckets.find(bucket).orElseThrow().expired(late.instant())).isTrue();
    assertThat(
            new Regenerate(desk(), buckets, pepper, new SecureRandom(), late)
                .regenerate(
                    new Staff("admin", "noord", Role.ADMIN), orderOf(order), bucket, "x", "r"))
        .isInstanceOf(Regenerate.Outcome.Ended.class);
    buckets.withdraw(bucket);
    assertThat(regenerate(order, bucket)).isInstanceOf(Regenerate.Outcome.NotNeeded.class);
  }

  /// The bucket that a number of ours opens.
  private String opens(Regenerate.Outcome.Made made, String born) {
    return combination.judge(Typed.of(made.number().printed(), born), "192.0.2.1")
            instanceof Judgement.Right right
        ? right.bucket().id()
        : "";
  }

  @Test
  void theLastDayIsIncludedInTheDepartmentsZone() {
    var summerToWinter =
        Validity.of(
            LocalDate.of(2026, 10, 25), LocalDate.of(2026, 10, 25), ZoneId.of("Europe/Brussels"));
    assertThat(summerToWinter.from()).isEqualTo(Instant.parse("2026-10-24T22:00:00Z"));
    assertThat(summerToWinter.until()).isEqualTo(Instant.parse("2026-10-25T23:00:00Z"));
  }

  private static Registration registration(String order, String number, String version) {
    var validity =
        Validity.of(
            LocalDate.of(2026, 11, 20), LocalDate.of(2027, 1, 20), ZoneId.of("Europe/Brussels"));
    return new Registration(
        OrderId.parse(order),
        ReferenceNumber.typed(number).orElseThrow(),
        Verification.OTP_SMS,
        true,
        Optional.of("+32470000000"),
        "nl",
        BirthDate.parse(BORN).orElseThrow(),
        validity,
        version);
  }

  private static Scope order(String accession) {
    return new Scope.OfOrder(new OrderId("noord", accession));
  }
}
