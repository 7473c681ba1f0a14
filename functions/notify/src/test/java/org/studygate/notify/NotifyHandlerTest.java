package org.studygate.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Given;
import org.studygate.access.Origin;
import org.studygate.access.Paid;
import org.studygate.access.Scope;
import org.studygate.access.TestHospital;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.dynamo.Transaction;
import org.studygate.notice.Carrier;
import org.studygate.notice.Carrier.Answer;
import org.studygate.notice.Carrier.Handed;
import org.studygate.notice.Delivery;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.House;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.notice.ShareMessage;
import org.studygate.notice.Written;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.signin.Codes;
import org.studygate.signin.DynamoChallenges;
import org.studygate.signin.DynamoChallenges.Tables;
import org.studygate.signin.OtpPolicy;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;
import org.studygate.wiring.Stores;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NotifyHandlerTest {
  /// A carrier that takes everything, or answers what a test wants.
  private static final class Recorder implements Carrier {
    private final List<Written> written = new ArrayList<>();
    private Handed answer = Handed.TAKEN;
    private Optional<String> about = Optional.empty();

    @Override
    public Answer hand(Written written, Optional<String> about) {
      this.about = about;
      if (answer == Handed.TAKEN) {
        this.written.add(written);
      }
      return new Answer(answer, answer == Handed.TAKEN ? "sns-1" : "not-allowed");
    }
  }

  private static final String BROKEN =
      "{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{},\"SequenceNumber\":\"4421\"}}";

  private Deadline deadline = () -> Duration.ofMinutes(1);
  private final Pepper pepper = new Pepper(new TestSecrets(), "pepper");
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private Recorder carrier;
  private NotifyHandler handler;
  private DynamoAuditTrail trail;
  private DynamoOutbox outbox;
  private Delivery delivery;
  private int orders;
  private String bucket = "";

  @BeforeEach
  void begin() {
    orders++;
    clock = TestClock.at("2026-11-23T10:00:00Z");
    clock.advance(Duration.ofDays(orders));
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    outbox = new DynamoOutbox(tables.client(), "OutboxTable", trail);
    carrier = new Recorder();
    var variables = new HashMap<>(TestHospital.variables());
    variables.put("MAIL_SENDER", "no-reply@studygate.example.org");
    variables.put("SMS_SENDER", "Studygate");
    var quiet = TestPlatform.of(clock, tables, variables);
    log.reset();
    var platform =
        new Platform(
            quiet.environment(),
            clock,
            quiet.random(),
            quiet.aws(),
            quiet.secrets(),
            new Log(new PrintStream(log, true, StandardCharsets.UTF_8), clock));
    handler = new NotifyHandler(platform, carrier);
    var stores = new Stores(platform);
    delivery =
        Delivery.on(
            platform,
            stores.outbox(),
            stores.unsent(),
            stores.departments(),
            House.of(Optional.empty(), "+32"),
            pepper,
            carrier,
            OtpPolicy.LIFE);
  }

  @Test
  void aCodeGoesOutOnceHoweverOftenTheStreamTellsIt() throws IOException {
    var id = open(Verification.OTP_SMS);
    var code = hospital.outbox(bucket).code();
    assertThat(tell(id)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(tell(id)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(carrier.written).hasSize(1);
    var sms = (Written.Sms) carrier.written.getFirst();
    assertThat(sms.to()).isEqualTo("+32470123456");
    assertThat(sms.text())
        .isEqualTo(
            code
                + " is uw code voor uw beelden. De code werkt 10 minuten. Ziekenhuis noord"
                + "\n\n@studygate.example.org #"
                + code);
    assertThat(outcomes()).containsExactly("sms");
  }

  @Test
  void aMailHoldsTheCodeInItsTextAndNotInItsSubject() throws IOException {
    tellAll(open(Verification.OTP_EMAIL));
    var mail = (Written.Mail) carrier.written.getFirst();
    assertThat(mail.subject()).isEqualTo("Uw code voor uw onderzoek").doesNotContainPattern("\\d");
    assertThat(mail.text()).containsPattern("\n\\d{6}\n").contains("+3234567890");
    assertThat(mail.html()).contains("lang=\"nl\"").doesNotContain("<img").doesNotContain("http");
  }

  @Test
  void aBusyCarrierLosesNothing() throws IOException {
    var id = open(Verification.OTP_SMS);
    carrier.answer = Handed.BUSY;
    assertThat(tell(id)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(delivery.leftovers(deadline)).isZero(); // not at once again
    clock.advance(Duration.ofSeconds(20));
    assertThat(delivery.leftovers(deadline)).isEqualTo(1);
    assertThat(outcomes()).isEmpty();
    carrier.answer = Handed.TAKEN;
    clock.advance(Duration.ofSeconds(20));
    assertThat(delivery.leftovers(deadline)).isEqualTo(1);
    assertThat(carrier.written).hasSize(1);
    assertThat(outcomes()).containsExactly("sms");
  }

  @Test
  void withoutAClearAnswerACodeIsNotSentAgain() throws IOException {
    var id = open(Verification.OTP_SMS);
    carrier.answer = Handed.UNKNOWN;
    tell(id);
    carrier.answer = Handed.TAKEN;
    tell(id);
    clock.advance(Duration.ofMinutes(5));
    assertThat(delivery.leftovers(deadline)).isZero();
    assertThat(carrier.written).isEmpty();
    assertThat(outcomes()).containsExactly("unknown");
  }

  @Test
  void aSenderThatDiesWithAMessageInHandIsReplaced() throws IOException {
    var id = open(Verification.OTP_SMS);
    outbox.claim(id, clock.instant(), clock.instant().plusSeconds(90)); // and dies
    tell(id);
    assertThat(carrier.written).isEmpty();
    assertThat(delivery.leftovers(deadline)).isZero();
    clock.advance(Duration.ofSeconds(90));
    assertThat(delivery.leftovers(deadline)).isEqualTo(1);
    assertThat(carrier.written).hasSize(1);
    assertThat(outbox.due(clock.instant().plus(Duration.ofDays(1)))).isEmpty();
  }

  /// Of another country, charging its caller, too short, without its country.
  @Test
  void aNumberThatIsNoMobileOfThePolicyGetsNothing() throws IOException {
    tell(open(Verification.OTP_SMS));
    carrier.written.clear();
    for (var number : List.of("+33612345678", "+3290212345", "+32470", "0470123456")) {
      clock.advance(Duration.ofMinutes(1)); // as lies between two codes
      tell(send(to(buckets().find(bucket).orElseThrow(), number)));
    }
    assertThat(carrier.written).isEmpty();
    assertThat(outcomes())
        .containsExactly(
            "number-not-allowed",
            "number-not-allowed",
            "number-not-allowed",
            "number-not-allowed",
            "sms");
  }

  @Test
  void oneMessageThatCannotBeWorkedOnDoesNotHoldUpTheOthers() throws IOException {
    var id = open(Verification.OTP_SMS);
    var event = event(id).replace("\"Records\": [", "\"Records\": [" + BROKEN + ",");
    assertThat(tellEvent(event))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"4421\"}]}");
    assertThat(carrier.written).hasSize(1);
  }

  /// Whoever shared it is told on the page; who it was for cannot be.
  @ParameterizedTest
  @CsvSource({"REFUSED, true", "TAKEN, false", "UNKNOWN, false"})
  void aMailOfAShareThatIsRefusedIsNotedOnWhatWasShared(Handed answer, boolean unsent)
      throws IOException {
    carrier.answer = answer;
    var id = share("b7-" + answer, "email", "claes@example.org", Verification.OTP_EMAIL);
    tell(id);
    assertThat(buckets().find("b7-" + answer).orElseThrow().share().unsent()).isEqualTo(unsent);
    if (answer == Handed.TAKEN) {
      var mail = (Written.Mail) carrier.written.getFirst();
      assertThat(mail.text()).contains("Jan Maes", "7K2M-9F3Q-X4TB-6HJR-5");
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .doesNotContain("7K2M", "Maes", "claes", "A.P.", "thorax");
  }

  @Test
  void soIsANumberToWhichNoSmsMayGoAndAMailThatWasNotSentInTime() throws IOException {
    tell(share("b8", "sms", "+33612345678", Verification.OTP_SMS));
    assertThat(buckets().find("b8").orElseThrow().share().unsent()).isTrue();
    assertThat(carrier.written).isEmpty();
    var late = share("b9", "email", "claes@example.org", Verification.OTP_EMAIL);
    clock.advance(Duration.ofDays(3));
    tell(late);
    assertThat(buckets().find("b9").orElseThrow().share().unsent()).isTrue();
    assertThat(carrier.written).isEmpty();
  }

  /// As SES tells it, with what the mail was sent with.
  @ParameterizedTest
  @CsvSource({
    "Bounce, Permanent, NoEmail, true",
    "Bounce, Transient, MailboxFull, true",
    "Bounce, Transient, General, false",
    "Complaint, '', '', false",
    "Reject, '', '', true"
  })
  void aMailOfAShareThatComesBackLaterIsNotedOnIt(
      String event, String type, String subType, boolean unsent) throws IOException {
    var id = "b10-" + event + type + subType;
    tell(share(id, "email", "claes@example.org", Verification.OTP_EMAIL));
    assertThat(carrier.about).contains(id);
    assertThat(buckets().find(id).orElseThrow().share().unsent()).isFalse();
    bounced(event, type, subType, "{\"bucket\":[\"" + id + "\"]}");
    bounced(event, type, subType, "{\"bucket\":[\"" + id + "\"]}");
    assertThat(buckets().find(id).orElseThrow().share().unsent()).isEqualTo(unsent);
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("claes");
  }

  @Test
  void whatComesBackOfAnotherMailOrAnotherStageChangesNothing() throws IOException {
    bounced("Bounce", "Permanent", "General", "{\"ses:from-domain\":[\"example.org\"]}");
    bounced("Bounce", "Permanent", "General", "{\"bucket\":[\"never-was\"]}");
    assertThat(buckets().find("never-was")).isEmpty();
    tellAll(open(Verification.OTP_EMAIL));
    assertThat(carrier.about).isEmpty();
  }

  private void bounced(String event, String type, String subType, String tags) throws IOException {
    var bounce =
        "{\"bounceType\":\"%s\",\"bounceSubType\":\"%s\",\"bouncedRecipients\":[{\"emailAddress\":\"claes@example.org\"}]}"
            .formatted(type, subType);
    var told =
        "{\"source\":\"aws.ses\",\"detail-type\":\"Email Bounced\",\"detail\":{\"eventType\":\"%s\",\"bounce\":%s,\"mail\":{\"messageId\":\"1\",\"tags\":%s}}}"
            .formatted(event, bounce, tags);
    handler.handle(
        new ByteArrayInputStream(told.getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream(),
        deadline);
  }

  /// A share with somebody who has no account, and the message that tells of it.
  private String share(String id, String channel, String to, Verification code) {
    var now = clock.instant();
    var given =
        new Bucket(
            id,
            "noord",
            new Scope.OfStudies(Set.of(StudyId.of("noord", "1.2.3"))),
            true,
            code,
            Optional.of(to),
            "nl",
            now,
            now.plus(Duration.ofDays(30)),
            false,
            false,
            Paid.NOTHING,
            0,
            Set.of(),
            Origin.shared("maes", now));
    var exam = new ShareMessage.Exam("A.P.", "CT thorax", Optional.empty());
    var message =
        new ShareMessage(
            channel,
            to,
            "nl",
            "noord",
            "Jan Maes",
            Optional.empty(),
            true,
            1,
            List.of(exam),
            Optional.empty(),
            Optional.empty(),
            new ShareMessage.Way.ByNumber("7K2M-9F3Q-X4TB-6HJR-5", code));
    var notices = new Notices(new Seal(pepper, new SecureRandom()), new Tokens(new SecureRandom()));
    var outgoing = notices.share(id, message);
    new Transaction()
        .step("b", DynamoBuckets.sharing("BucketsTable", given, new Given("why", now, "1")))
        .step("m", DynamoOutbox.putting("OutboxTable", outgoing, now))
        .commit(tables.client());
    return outgoing.messageId();
  }

  @Test
  void aDeadCodeIsNotSent() throws IOException {
    var id = open(Verification.OTP_SMS);
    clock.advance(Duration.ofMinutes(10));
    tell(id);
    assertThat(carrier.written).isEmpty();
    assertThat(outcomes()).containsExactly("expired");
  }

  /// Our own steps come back by the stream and are no new messages.
  @ParameterizedTest
  @ValueSource(strings = {"MODIFY", "REMOVE"})
  void onlyNewMessagesAreSent(String change) throws IOException {
    var event = event(open(Verification.OTP_SMS)).replace("INSERT", change);
    assertThat(tellEvent(event)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(carrier.written).isEmpty();
    clock.advance(Duration.ofMinutes(10));
    delivery.leftovers(deadline); // leaves nothing to the other tests
  }

  /// What operators watch is told by counts; a line never holds a number, an address or a code.
  @ParameterizedTest
  @CsvSource({
    "TAKEN, SmsSent",
    "REFUSED, MessageRefused",
    "UNKNOWN, MessageDoubtful",
    "BUSY, MessageDelayed"
  })
  void theLogCountsAndSaysNothingOfAnybody(Handed answer, String metric) throws IOException {
    var id = open(Verification.OTP_SMS);
    var code = hospital.outbox(bucket).code();
    carrier.answer = answer;
    tell(id);
    assertThat(lines()).contains("\"" + metric + "\":1");
    assertThat(lines()).doesNotContain(code).doesNotContain("470123456");
    clock.advance(Duration.ofMinutes(10));
    delivery.leftovers(deadline); // leaves nothing to the other tests
  }

  @Test
  void aMessageThatIsRefusedForNowIsToldOfAtOnceWithItsReason() throws IOException {
    var id = open(Verification.OTP_SMS);
    carrier.answer = Handed.BUSY;
    tell(id);
    assertThat(lines()).contains("\"reason\":\"not-allowed\"", id);
    clock.advance(Duration.ofMinutes(10));
    delivery.leftovers(deadline);
    assertThat(lines()).contains("\"MessageExpired\":1");
    assertThat(outcomes()).containsExactly("expired");
  }

  @Test
  void theCarriersOwnIdIsKept() throws IOException {
    var id = open(Verification.OTP_SMS);
    tell(id);
    assertThat(lines().lines())
        .anyMatch(line -> line.contains(id) && line.contains("\"carrier\":\"sns-1\""));
  }

  private String lines() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatThereIsNoTimeForIsNotBegunAndComesAgain() throws IOException {
    var id = open(Verification.OTP_SMS);
    deadline = () -> Delivery.LONGEST.minusMillis(1);
    assertThat(tell(id)).contains("\"itemIdentifier\"");
    assertThat(delivery.leftovers(deadline)).isZero();
    assertThat(carrier.written).isEmpty();
    deadline = () -> Delivery.LONGEST;
    tellAll(id);
  }

  private List<String> outcomes() {
    return trail.read(AuditEvent.bucket(bucket), Optional.empty(), 10).events().stream()
        .map(AuditEvent::outcome)
        .toList();
  }

  private void tellAll(String id) throws IOException {
    assertThat(tell(id)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(carrier.written).hasSize(1);
  }

  private String tell(String id) throws IOException {
    return tellEvent(event(id));
  }

  private static String event(String id) throws IOException {
    return Files.readString(Path.of("../../events/notify/inserted.json"))
        .replace("0123456789abcdef0123456789abcdef", id);
  }

  private String tellEvent(String event) throws IOException {
    var answer = new ByteArrayOutputStream();
    handler.handle(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, deadline);
    return answer.toString(StandardCharsets.UTF_8);
  }

  private String open(Verification verification) {
    bucket =
        hospital.order(
            new OrderId("noord", "N" + orders),
            "RIS-2026-NOTIFY-" + (100 + orders),
            verification,
            false);
    return send(buckets().find(bucket).orElseThrow());
  }

  private String send(Bucket opened) {
    var tokens = new Tokens(new SecureRandom());
    var sendings = Tables.ofSending("ChallengesTable", "LimitsTable", "OutboxTable");
    var notices = new Notices(new Seal(pepper, new SecureRandom()), tokens);
    var challenges = new DynamoChallenges(tables.client(), sendings);
    new Codes(challenges, notices, pepper, tokens, clock).open(opened);
    return outbox.due(clock.instant()).getFirst();
  }

  private DynamoBuckets buckets() {
    return new DynamoBuckets(tables.client(), "BucketsTable");
  }

  private static Bucket to(Bucket bucket, String destination) {
    return new Bucket(
        bucket.id(),
        bucket.department(),
        bucket.scope(),
        bucket.report(),
        bucket.verification(),
        Optional.of(destination),
        bucket.language(),
        bucket.validFrom(),
        bucket.validUntil(),
        bucket.withdrawn(),
        bucket.blocked(),
        bucket.paid(),
        bucket.epoch());
  }
}
