package org.studygate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Registrar.Outcome;
import org.studygate.access.Registrar.Registration;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.DynamoSourceLimits;
import org.studygate.order.BirthDate;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
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
