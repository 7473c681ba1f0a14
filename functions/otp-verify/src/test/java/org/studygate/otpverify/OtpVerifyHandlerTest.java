package org.studygate.otpverify;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.limit.Tries;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Subject;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtpVerifyHandlerTest {
  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private DynamoBuckets buckets;
  private OtpVerifyHandler handler;
  private int orders;
  private String bucket = "";
  private Token challenge = new Token("none");

  @BeforeEach
  void begin() {
    orders++;
    clock = TestClock.at("2026-11-23T10:00:00Z");
    clock.advance(Duration.ofDays(orders));
    hospital = new TestHospital(tables, clock);
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    handler = new OtpVerifyHandler(TestPlatform.of(clock, tables, TestHospital.variables()));
    bucket =
        hospital.order(
            new OrderId("noord", "V" + orders),
            "RIS-2026-VERIFY-" + (100 + orders),
            Verification.OTP_SMS,
            false);
    challenge = hospital.challenge(bucket);
  }

  @Test
  void theCodeOpensAVisitUnderANewCookie() {
    var answer = send(challenge, hospital.outbox(bucket).code());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"next\":\"open\"}");
    var cookie = TestEvents.cookie(answer);
    assertThat(cookie).isNotEqualTo(challenge);
    var sessions = new DynamoSessions(tables.client(), "SessionsTable");
    assertThat(sessions.find(cookie.hash(), clock.instant())).isPresent();
    var trail =
        new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()))
            .read(AuditEvent.bucket(bucket), Optional.empty(), 10);
    assertThat(trail.events()).extracting(AuditEvent::action).contains(AuditAction.SIGNED_IN);
  }

  @Test
  void theCodeOfAPrintedNumberOpensItsOwnVisitOnce() {
    var studies = new StudyId[] {StudyId.of("noord", "1.2.3"), StudyId.of("noord", "1.2.4")};
    var printed =
        hospital.printed("PRINTED-VERIFY-" + (100 + orders), Verification.OTP_SMS, false, studies);
    var step = hospital.challenge(printed);
    var code = hospital.outbox(printed).code();
    refused(step, other(code));
    var answer = send(step, code);
    assertThat(answer.body()).isEqualTo("{\"next\":\"open\"}");
    var visit =
        new DynamoSessions(tables.client(), "SessionsTable")
            .find(TestEvents.cookie(answer).hash(), clock.instant());
    assertThat(visit.orElseThrow().subject()).isEqualTo(new Subject.OfBucket(printed));
    refused(step, code);
  }

  @Test
  void howTheCodeIsTypedDoesNotMatter() {
    var code = hospital.outbox(bucket).code();
    var pasted = "\u200e" + code.substring(0, 3) + "\u202f" + code.substring(3) + "\u200b ";
    assertThat(send(challenge, pasted).status()).isEqualTo(200);
  }

  @Test
  void aCodeWorksOnce() {
    var code = hospital.outbox(bucket).code();
    assertThat(send(challenge, code).status()).isEqualTo(200);
    assertThat(send(challenge, code).status()).isEqualTo(401);
  }

  @Test
  void aCodeWorksForTenMinutes() {
    var code = hospital.outbox(bucket).code();
    clock.advance(Duration.ofMinutes(10));
    assertThat(send(challenge, code).status()).isEqualTo(401);
  }

  @Test
  void asManyWrongCodesAsMayBeBlockAndEveryRefusalIsTheSame() {
    var code = hospital.outbox(bucket).code();
    var bodies = new HashSet<String>();
    for (var i = 0; i < Tries.CODE.max(); i++) {
      bodies.add(refused(challenge, other(code)));
    }
    bodies.add(refused(challenge, code));
    bodies.add(refused(new Token("nobody"), code));
    assertThat(bodies).hasSize(1);
    assertThat(buckets.find(bucket).orElseThrow().blocked()).isTrue();
  }

  @Test
  void aCodeOfAWithdrawnBucketOpensNothing() {
    var code = hospital.outbox(bucket).code();
    buckets.withdraw(bucket);
    refused(challenge, code);
  }

  private String refused(Token cookie, String code) {
    var answer = send(cookie, code);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.cookies()).isEmpty();
    return answer.body();
  }

  private static String other(String code) {
    return (code.charAt(0) == '0' ? '1' : '0') + code.substring(1);
  }

  private HttpResponse send(Token cookie, String code) {
    var event = TestEvents.cookie(TestEvents.read("otp-verify", "verify"), cookie);
    return handler.answer(TestEvents.body(event, "{\"code\":\"" + code + "\"}"));
  }
}
