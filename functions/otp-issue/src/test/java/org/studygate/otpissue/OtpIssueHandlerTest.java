package org.studygate.otpissue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens.Token;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtpIssueHandlerTest {
  private static final Token NOBODY = new Token("nobody");

  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private DynamoBuckets buckets;
  private OtpIssueHandler handler;
  private int orders;
  private String bucket = "";
  private Token challenge = NOBODY;

  @BeforeEach
  void begin() {
    orders++;
    clock = TestClock.at("2026-11-23T10:00:00Z");
    clock.advance(Duration.ofDays(orders)); // the limits of a destination are those of its day
    hospital = new TestHospital(tables, clock);
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    handler = new OtpIssueHandler(TestPlatform.of(clock, tables, TestHospital.variables()));
    bucket =
        hospital.order(
            new OrderId("noord", "I" + orders),
            "RIS-2026-ISSUE-" + (100 + orders),
            Verification.OTP_SMS,
            false);
    challenge = hospital.challenge(bucket);
  }

  @Test
  void aNewCodeIsSentAfterAMinuteAndNotBefore() {
    var first = hospital.outbox(bucket).code();
    var early = send(challenge);
    assertThat(early.status()).isEqualTo(429);
    assertThat(early.headers()).containsEntry("retry-after", "60");
    clock.advance(Duration.ofSeconds(60));
    var answer = send(challenge);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body())
        .contains("\"sentTo\":\"••• 56\"")
        .contains("\"resendAt\":\"" + clock.instant().plusSeconds(60) + "\"")
        .contains("\"expiresAt\":\"" + clock.instant().plusSeconds(600) + "\"");
    assertThat(hospital.outbox(bucket).code()).matches("\\d{6}").isNotEqualTo(first);
  }

  @Test
  void theCodeOfAPrintedNumberGoesAgainToWhereItWentFirst() {
    var printed =
        hospital.printed(
            "PRINTED-ISSUE-" + (100 + orders),
            Verification.OTP_EMAIL,
            false,
            StudyId.of("noord", "1.2.3"));
    var step = hospital.challenge(printed);
    clock.advance(Duration.ofSeconds(60));
    assertThat(send(step).status()).isEqualTo(202);
    assertThat(hospital.outbox(printed).to()).isEqualTo("an.peeters@example.org");
    clock.advance(Duration.ofSeconds(60));
    buckets.withdraw(printed);
    assertThat(send(step).status()).isEqualTo(401);
  }

  @Test
  void threeCodesAreSentInAll() {
    clock.advance(Duration.ofSeconds(60));
    assertThat(send(challenge).status()).isEqualTo(202);
    clock.advance(Duration.ofSeconds(60));
    assertThat(send(challenge).body()).contains("\"resendAt\":null");
    clock.advance(Duration.ofSeconds(60));
    assertThat(send(challenge).status()).isEqualTo(429);
  }

  @Test
  void aPageLoadedAgainLearnsHowThingsStand() {
    var answer = look(challenge);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"channel\":\"sms\",\"sentTo\":\"••• 56\",\"resendAt\":\"%s\",\"expiresAt\":\"%s\"}"
                .formatted(clock.instant().plusSeconds(60), clock.instant().plusSeconds(600)));
  }

  @Test
  void withoutAChallengeNothingIsSent() {
    assertThat(send(NOBODY).status()).isEqualTo(401);
    assertThat(look(NOBODY).status()).isEqualTo(401);
  }

  @Test
  void aWithdrawnBucketSendsNoMore() {
    clock.advance(Duration.ofSeconds(60));
    buckets.withdraw(bucket);
    assertThat(send(challenge).status()).isEqualTo(401);
  }

  @Test
  void aChallengeEndsAfterHalfAnHour() {
    clock.advance(Duration.ofMinutes(30));
    assertThat(send(challenge).status()).isEqualTo(401);
  }

  private HttpResponse send(Token cookie) {
    return handler.answer(TestEvents.cookie(TestEvents.read("otp-issue", "again"), cookie));
  }

  private HttpResponse look(Token cookie) {
    return handler.answer(TestEvents.cookie(TestEvents.read("otp-issue", "standing"), cookie));
  }
}
