package org.studygate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.TestHospital;
import org.studygate.access.Verification;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.dynamo.TestTables;
import org.studygate.notice.Carrier;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Letter;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.otp.Codes;
import org.studygate.otp.DynamoChallenges;
import org.studygate.otp.DynamoChallenges.Tables;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.study.OrderId;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NotifyHandlerTest {
  /// A carrier that can be out of order.
  private static final class Recorder implements Carrier {
    private final List<Letter> letters = new ArrayList<>();
    private int failures;

    @Override
    public Handed hand(Letter letter) {
      if (failures > 0) {
        failures--;
        throw new IllegalStateException("out of order");
      }
      letters.add(letter);
      return Handed.TAKEN;
    }
  }

  private TestTables tables;
  private TestClock clock;
  private TestHospital hospital;
  private Recorder carrier;
  private NotifyHandler handler;
  private DynamoOutbox outbox;
  private int orders;
  private String bucket = "";

  @BeforeAll
  void start() throws Exception {
    tables = TestTables.start();
  }

  @AfterAll
  void stop() throws Exception {
    tables.close();
  }

  @BeforeEach
  void begin() {
    orders++;
    clock = TestClock.at("2026-11-23T10:00:00Z");
    clock.advance(Duration.ofDays(orders));
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    outbox = new DynamoOutbox(tables.client(), "OutboxTable");
    carrier = new Recorder();
    handler = handler();
  }

  @Test
  void aCodeGoesOutOnceHoweverOftenTheStreamTellsIt() throws IOException {
    var id = open(Verification.OTP_SMS);
    var code = hospital.outbox(bucket).code();
    assertThat(tell(id)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(tell(id)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(carrier.letters).hasSize(1);
    var sms = (Letter.Sms) carrier.letters.getFirst();
    assertThat(sms.to()).isEqualTo("+32470123456");
    assertThat(sms.text())
        .isEqualTo(
            code
                + " is uw code voor uw beelden bij Ziekenhuis noord. Geldig: 10 minuten."
                + "\n\n@studygate.example.org #"
                + code);
    assertThat(outcomes()).containsExactly("sms");
  }

  @Test
  void aMailHoldsTheCodeInItsTextAndNotInItsSubject() throws IOException {
    tellAll(open(Verification.OTP_EMAIL));
    var mail = (Letter.Mail) carrier.letters.getFirst();
    assertThat(mail.subject()).isEqualTo("Uw code voor uw onderzoek");
    assertThat(mail.text()).containsPattern("\n\\d{6}\n").contains("+3234567890");
    assertThat(mail.html()).contains("lang=\"nl\"").doesNotContain("<img").doesNotContain("http");
  }

  @Test
  void aCarrierOutOfOrderLosesNothing() throws IOException {
    var id = open(Verification.OTP_SMS);
    carrier.failures = 2;
    assertThat(tell(id))
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"4421584500000000017450439091\"}]}");
    tell(id);
    assertThat(carrier.letters).isEmpty();
    tell(id);
    assertThat(carrier.letters).hasSize(1);
  }

  @Test
  void aSenderThatDiesWithAMessageInHandIsReplaced() throws IOException {
    var id = open(Verification.OTP_SMS);
    outbox.claim(id, clock.instant(), clock.instant().plusSeconds(60)); // and dies
    tell(id);
    assertThat(carrier.letters).isEmpty();
    assertThat(outbox.due(clock.instant())).isEmpty();
    clock.advance(Duration.ofSeconds(60));
    assertThat(outbox.due(clock.instant())).containsExactly(id);
    tell(id);
    assertThat(carrier.letters).hasSize(1);
    assertThat(outbox.due(clock.instant().plus(Duration.ofDays(1)))).isEmpty();
  }

  @Test
  void aDeadCodeIsNotSent() throws IOException {
    var id = open(Verification.OTP_SMS);
    clock.advance(Duration.ofMinutes(10));
    tell(id);
    assertThat(carrier.letters).isEmpty();
    assertThat(outcomes()).containsExactly("expired");
  }

  private List<String> outcomes() {
    return new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()))
        .read(AuditEvent.bucket(bucket), Optional.empty(), 10).events().stream()
            .map(AuditEvent::outcome)
            .toList();
  }

  private void tellAll(String id) throws IOException {
    assertThat(tell(id)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(carrier.letters).hasSize(1);
  }

  private String tell(String id) throws IOException {
    var event =
        Files.readString(Path.of("../../events/notify/inserted.json"))
            .replace("0123456789abcdef0123456789abcdef", id);
    var answer = new ByteArrayOutputStream();
    handler.handle(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer);
    return answer.toString(StandardCharsets.UTF_8);
  }

  private NotifyHandler handler() {
    var variables = new java.util.HashMap<>(TestHospital.variables());
    variables.put("MAIL_SENDER", "no-reply@studygate.example.org");
    variables.put("SMS_SENDER", "Studygate");
    return new NotifyHandler(TestPlatform.of(clock, tables.endpoint(), variables), carrier);
  }

  private String open(Verification verification) {
    bucket =
        hospital.order(
            new OrderId("noord", "N" + orders),
            "RIS-2026-NOTIFY-" + (100 + orders),
            verification,
            false);
    var pepper = new Pepper(new TestSecrets(), "pepper");
    var tokens = new Tokens(new SecureRandom());
    var sendings = Tables.ofSending("ChallengesTable", "LimitsTable", "OutboxTable");
    var notices = new Notices(new Seal(pepper, new SecureRandom()), tokens);
    var challenges = new DynamoChallenges(tables.client(), sendings);
    new Codes(challenges, notices, pepper, tokens, clock)
        .open(new DynamoBuckets(tables.client(), "BucketsTable").find(bucket).orElseThrow());
    return outbox.due(clock.instant()).getFirst();
  }
}
