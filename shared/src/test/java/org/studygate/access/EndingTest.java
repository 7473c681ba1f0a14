package org.studygate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.DynamoSourceLimits;
import org.studygate.limit.Tries;
import org.studygate.order.BirthDate;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.reference.DynamoReferences;
import org.studygate.reference.ReferenceNumber;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.signin.Combination;
import org.studygate.signin.Combination.Judgement;
import org.studygate.signin.Combination.Typed;
import org.studygate.signin.DynamoChallenges;
import org.studygate.signin.DynamoChallenges.Tables;
import org.studygate.signin.Steps;
import org.studygate.signin.VerifyCode;
import org.studygate.study.OrderId;

/// What ends an open visit and a pending challenge at the next request, and what does not
/// (product.md 2.6, security rules 7, 21 and 28).
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndingTest {
  private static final BirthDate BORN = TestHospital.BORN;
  private static final BirthDate OTHER = new BirthDate(1958, 3, 8);

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final Pepper pepper = new Pepper(new TestSecrets(), "pepper");
  private final Tokens tokens = new Tokens(new SecureRandom());
  @AutoClose private final TestTables tables = TestTables.start();
  private TestHospital hospital;
  private DynamoBuckets buckets;
  private DynamoSessions sessions;
  private Visits visits;
  private Steps steps;
  private VerifyCode verify;
  private Combination combination;
  private Unlock unlock;
  private int orders;

  @BeforeAll
  void start() {
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    var dynamo = tables.client();
    buckets = new DynamoBuckets(dynamo, "BucketsTable");
    sessions = new DynamoSessions(dynamo, "SessionsTable");
    visits = new Visits(sessions, buckets, clock);
    var challenges =
        new DynamoChallenges(
            dynamo, Tables.ofRedemption("ChallengesTable", "SessionsTable", "BucketsTable"));
    steps = new Steps(challenges, buckets, tokens, clock);
    verify = new VerifyCode(challenges, buckets, pepper, tokens, clock);
    var references = new DynamoReferences(dynamo, "ReferencesTable");
    combination =
        new Combination(
            new DynamoSourceLimits(dynamo, "LimitsTable"), references, buckets, pepper, clock);
    var trail = new DynamoAuditTrail(dynamo, "AuditTable", tokens);
    unlock =
        new Unlock(
            new DynamoUnlocks(dynamo, "BucketsTable", "ReferencesTable", trail), trail, clock);
  }

  /// What a later message about the order says otherwise than the first.
  private enum Correction {
    MOBILE,
    VERIFICATION,
    VERIFICATION_AND_MOBILE,
    BIRTH_DATE,
    VALIDITY_SHORTENED,
    VALIDITY_BEGINS_LATER;

    Said of(Said said) {
      return switch (this) {
        case MOBILE -> said.to("+32470999999");
        case VERIFICATION -> said.by(Verification.PAYMENT);
        case VERIFICATION_AND_MOBILE -> said.by(Verification.OTP_EMAIL).to("an@example.org");
        case BIRTH_DATE -> said.born(OTHER);
        case VALIDITY_SHORTENED -> said.until(-1);
        case VALIDITY_BEGINS_LATER -> said.from(2);
      };
    }

    /// A window that closes and opens again shows what is behind it, as before.
    boolean ofTime() {
      return this == VALIDITY_SHORTENED || this == VALIDITY_BEGINS_LATER;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCorrectionEndsTheVisitAndTheChallengeAtTheNextRequest(Correction correction) {
    var said = said();
    var open = open(said);
    place(correction.of(said));
    ended(open);
    if (!correction.ofTime()) {
      place(said);
      ended(open); // put right again, what was opened stays dead
    }
  }

  @Test
  void whatChangesNoProofEndsNobodysVisit() {
    var said = said();
    var open = open(said);
    place(said);
    place(said.in("fr"));
    place(said.until(90));
    lives(open);
  }

  /// Cut, not ended: who may not read the report any more still sees the pictures.
  @Test
  void aReportRightWithdrawnIsReadAnewAtEveryRequest() {
    var said = said();
    var open = open(said);
    assertThat(reads(open)).isTrue();
    place(said.withoutReport());
    assertThat(reads(open)).isFalse();
    assertThat(steps.find(open.challenge()).orElseThrow().bucket().report()).isFalse();
  }

  private enum Block {
    DATES,
    CODES
  }

  @ParameterizedTest
  @EnumSource
  void aBlockEndsBothAndTheyStayDeadAfterAnUnlock(Block block) {
    var said = said();
    var open = open(said);
    switch (block) {
      case DATES -> {
        for (var i = 0; i < Tries.DATE.max(); i++) {
          lives(open);
          judge(said.number(), OTHER);
        }
      }
      case CODES -> {
        for (var i = 0; i < Tries.CODE.max(); i++) {
          lives(open);
          buckets.chargeCode(open.bucket(), 0, Tries.CODE);
        }
      }
    }
    ended(open);
    var desk = new Staff("1", "noord", Role.ADMIN);
    assertThat(unlock.unlock(desk, open.bucket(), "called", "1"))
        .isEqualTo(new Unlock.Outcome.Unlocked());
    ended(open);
    assertThat(judge(said.number(), BORN)).isInstanceOf(Judgement.Right.class);
  }

  private record Open(String bucket, Token visit, Token challenge, String code) {}

  private Open open(Said said) {
    var bucket = place(said);
    var visit = tokens.next();
    sessions.begin(
        Session.begin(visit.hash(), new Subject.OfBucket(bucket), 0, "noord", clock.instant()));
    var challenge = hospital.challenge(bucket);
    var open = new Open(bucket, visit, challenge, hospital.outbox(bucket).code());
    lives(open);
    return open;
  }

  private void lives(Open open) {
    assertThat(visits.find(open.visit())).isPresent();
    assertThat(visits.click(open.visit())).isPresent();
    assertThat(steps.find(open.challenge())).isPresent();
  }

  private void ended(Open open) {
    assertThat(visits.find(open.visit())).isEmpty();
    assertThat(visits.click(open.visit())).isEmpty();
    assertThat(steps.find(open.challenge())).isEmpty();
    assertThat(verify.check(open.challenge(), open.code()))
        .isNotInstanceOf(VerifyCode.Outcome.Opened.class);
  }

  private Judgement judge(String number, BirthDate born) {
    orders++; // each from somewhere else, so that no limit of another kind is reached
    return combination.judge(Typed.of(number, born.text()), "10.3." + orders + ".1");
  }

  /// What the order says of its number; a later message is a newer version.
  private record Said(
      String number,
      BirthDate birthDate,
      Verification verification,
      String destination,
      boolean report,
      String language,
      long from,
      long until) {
    Said to(String other) {
      return new Said(number, birthDate, verification, other, report, language, from, until);
    }

    Said by(Verification other) {
      return new Said(number, birthDate, other, destination, report, language, from, until);
    }

    Said born(BirthDate other) {
      return new Said(number, other, verification, destination, report, language, from, until);
    }

    Said in(String other) {
      return new Said(number, birthDate, verification, destination, report, other, from, until);
    }

    Said from(long days) {
      return new Said(number, birthDate, verification, destination, report, language, days, until);
    }

    Said until(long days) {
      return new Said(number, birthDate, verification, destination, report, language, from, days);
    }

    Said withoutReport() {
      return new Said(number, birthDate, verification, destination, false, language, from, until);
    }
  }

  private Said said() {
    orders++;
    var number = "ENDING-%04d-471133".formatted(orders);
    return new Said(number, BORN, Verification.OTP_SMS, "+32470123456", true, "nl", -2, 30);
  }

  private String place(Said said) {
    clock.advance(Duration.ofSeconds(1));
    var registrar =
        new Registrar(
            new DynamoReferences(tables.client(), "ReferencesTable"), buckets, pepper, clock);
    var outcome =
        registrar.register(
            new Registrar.Registration(
                new OrderId("noord", said.number()),
                ReferenceNumber.typed(said.number()).orElseThrow(),
                said.verification(),
                said.report(),
                Optional.of(said.destination()),
                said.language(),
                said.birthDate(),
                new Validity(
                    clock.instant().plus(Duration.ofDays(said.from())),
                    clock.instant().plus(Duration.ofDays(said.until()))),
                clock.instant().toString()));
    return ((Registrar.Outcome.Registered) outcome).bucketId();
  }

  private boolean reads(Open open) {
    var visit = visits.click(open.visit()).orElseThrow();
    return ((Principal.Patient) visit.principal()).bucket().report();
  }
}
