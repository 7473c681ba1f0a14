package org.studygate.sessionview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Paid;
import org.studygate.access.Scope;
import org.studygate.access.TestHospital;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.signin.DynamoChallenges;
import org.studygate.signin.DynamoChallenges.Tables;
import org.studygate.signin.Steps;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionHandlerTest {
  private static final Token TOKEN = new Token("a-visit-of-the-tests");

  private int visits;
  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private DynamoSessions sessions;
  private DynamoBuckets buckets;
  private SessionHandler handler;

  @BeforeEach
  void begin() {
    visits++;
    clock = TestClock.at("2026-11-23T10:00:00Z");
    sessions = new DynamoSessions(tables.client(), "SessionsTable");
    new TestHospital(tables, clock).department("noord", new ReportRule.AtOnce());
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    handler = new SessionHandler(TestPlatform.of(clock, tables, TestHospital.variables()));
    buckets.register(
        new Bucket(
            "visit-" + visits,
            "noord",
            new Scope.OfOrder(new OrderId("noord", "A1")),
            false,
            Verification.DATE_OF_BIRTH,
            Optional.empty(),
            "nl",
            Instant.EPOCH,
            Instant.parse("2030-01-01T00:00:00Z"),
            false,
            false,
            Paid.NOTHING,
            0),
        "number",
        "birth",
        "1");
    var epoch = buckets.find("visit-" + visits).orElseThrow().epoch();
    sessions.end(TOKEN.hash());
    sessions.begin(
        Session.begin(
            TOKEN.hash(),
            new Subject.OfBucket("visit-" + visits),
            epoch,
            "noord",
            clock.instant()));
  }

  @Test
  void tellsWhenTheVisitEnds() throws IOException {
    var answer = send("look");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith(
            "{\"kind\":\"patient\",\"now\":\"2026-11-23T10:00:00Z\",\"idleUntil\":\"2026-11-23T10:15:00Z\","
                + "\"expiresAt\":\"2026-11-23T11:00:00Z\",\"department\":{\"id\":\"noord\"");
    assertThat(answer.headers()).containsEntry("cache-control", "no-store");
  }

  @Test
  void aVisitByAPrintedNumberIsAPatientsAndEndsWithTheNumber() throws IOException {
    var printed =
        new TestHospital(tables, clock)
            .printed(
                "PRINTED-FOR-THE-VISITS-" + visits,
                Verification.DATE_OF_BIRTH,
                false,
                StudyId.of("noord", "1.2.3"));
    sessions.end(TOKEN.hash());
    sessions.begin(
        Session.begin(TOKEN.hash(), new Subject.OfBucket(printed), 0, "noord", clock.instant()));
    assertThat(send("look").body())
        .startsWith("{\"kind\":\"patient\"")
        .doesNotContain(printed, "physician");
    buckets.withdraw(printed);
    assertThat(send("look").status()).isEqualTo(401);
  }

  @Test
  void tellsWhoHasSignedInWithAnAccount() throws IOException {
    new DynamoAccounts(tables.client(), "AccountsTable")
        .create(TestAccounts.of("noord", "staff-" + visits, Role.STAFF));
    sessions.end(TOKEN.hash());
    sessions.begin(
        Session.begin(
            TOKEN.hash(), new Subject.OfAccount("staff-" + visits), 0, "noord", clock.instant()));
    assertThat(send("look").body())
        .startsWith(
            "{\"kind\":\"professional\",\"now\":\"2026-11-23T10:00:00Z\",\"idleUntil\":\"2026-11-23T10:30:00Z\","
                + "\"expiresAt\":\"2026-11-23T22:00:00Z\",\"department\":{\"id\":\"noord\"")
        .endsWith(
            "\"professional\":{\"name\":\"Jan Maes\",\"role\":\"department-staff\",\"state\":\"active\"}}");
  }

  @Test
  void whoWorksForNoDepartmentIsShownNone() throws IOException {
    new DynamoAccounts(tables.client(), "AccountsTable")
        .create(TestAccounts.professional("physician-" + visits));
    sessions.end(TOKEN.hash());
    sessions.begin(
        Session.begin(
            TOKEN.hash(), new Subject.OfAccount("physician-" + visits), 0, "", clock.instant()));
    assertThat(send("look").body())
        .contains("\"department\":null,\"professional\":{\"name\":\"Jan Maes\"");
  }

  @Test
  void lookingLengthensNothingAndAClickDoes() throws IOException {
    clock.advance(Duration.ofMinutes(10));
    assertThat(send("look").body()).contains("10:15:00Z");
    assertThat(send("extend").body()).contains("10:25:00Z");
  }

  @Test
  void endsAfterFifteenIdleMinutesAndNeverAfterSixty() throws IOException {
    for (var i = 0; i < 5; i++) {
      clock.advance(Duration.ofMinutes(11));
      assertThat(send("extend").status()).isEqualTo(200);
    }
    assertThat(send("look").body()).contains("\"idleUntil\":\"2026-11-23T11:00:00Z\"");
    clock.advance(Duration.ofMinutes(5));
    assertThat(send("extend").status()).isEqualTo(401);
    begin();
    clock.advance(Duration.ofMinutes(15));
    assertThat(send("look").status()).isEqualTo(401);
  }

  @Test
  void logoutEndsItOnTheServerAndInTheBrowser() throws IOException {
    var answer = send("logout");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.cookies())
        .isEqualTo(
            List.of("__Host-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure"));
    assertThat(answer.headers())
        .containsEntry("clear-site-data", "\"cache\", \"cookies\", \"storage\"");
    assertThat(send("look").status()).isEqualTo(401);
  }

  @Test
  void whoLeavesAnAccountKeepsABrowserThatIsRemembered() throws IOException {
    new DynamoAccounts(tables.client(), "AccountsTable")
        .create(TestAccounts.of("noord", "leaves-" + visits, Role.STAFF));
    sessions.end(TOKEN.hash());
    sessions.begin(
        Session.begin(
            TOKEN.hash(), new Subject.OfAccount("leaves-" + visits), 0, "noord", clock.instant()));
    var answer = send("logout");
    assertThat(answer.headers()).containsEntry("clear-site-data", "\"cache\"");
    assertThat(answer.cookies()).singleElement().asString().startsWith("__Host-session=;");
    assertThat(send("look").status()).isEqualTo(401);
  }

  @Test
  void logoutIsInTheTrailOnce() throws IOException {
    send("logout");
    send("logout");
    assertThat(trail())
        .containsExactly(
            new AuditEvent(
                AuditEvent.bucket("visit-" + visits),
                clock.instant(),
                new Actor.Patient("visit-" + visits),
                AuditAction.SIGNED_OUT,
                "logout",
                event("logout").requestId()));
  }

  @Test
  void leavingWhileACodeIsOwedEndsTheChallenge() throws IOException {
    var bucket = buckets.find("visit-" + visits).orElseThrow();
    var challenges = new DynamoChallenges(tables.client(), Tables.ofSteps("ChallengesTable"));
    var step = new Steps(challenges, buckets, new Tokens(new SecureRandom()), clock).begin(bucket);
    assertThat(challenges.find(step.hash(), clock.instant())).isPresent();
    handler.answer(TestEvents.cookie(event("logout"), step));
    assertThat(challenges.find(step.hash(), clock.instant())).isEmpty();
    assertThat(trail()).extracting(AuditEvent::outcome).containsExactly("logout");
    assertThat(send("look").status()).as("another browser's visit").isEqualTo(200);
  }

  private List<AuditEvent> trail() {
    return new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()))
        .read(AuditEvent.bucket("visit-" + visits), Optional.empty(), 10)
        .events();
  }

  @Test
  void aVisitEndedByMoneyThatWentBackSaysSoToWhoHeldIt() throws IOException {
    var bucket = "visit-" + visits;
    write(DynamoBuckets.paying("BucketsTable", bucket, Optional.empty()));
    assertThat(send("look").status()).isEqualTo(200);
    write(DynamoBuckets.returning("BucketsTable", bucket));
    for (var call : List.of("look", "extend")) {
      assertThat(send(call).status()).isEqualTo(401);
      assertThat(send(call).body()).contains("\"code\":\"payment-returned\"");
    }
    assertThat(handler.answer(TestEvents.cookie(event("look"), new Token("nobody"))).body())
        .contains("\"code\":\"session-ended\"");
    clock.advance(Duration.ofMinutes(15)); // it would be over now in any case
    assertThat(send("look").body()).contains("\"code\":\"session-ended\"");
  }

  private void write(TransactWriteItem step) {
    tables.client().transactWriteItems(request -> request.transactItems(step));
  }

  @Test
  void withdrawalEndsTheVisitAtTheNextRequest() throws IOException {
    buckets.withdraw("visit-" + visits);
    assertThat(send("look").status()).isEqualTo(401);
    assertThat(send("extend").status()).isEqualTo(401);
  }

  @Test
  void whatComesFromAnotherSiteOrAroundTheEdgeIsNotAccepted() throws IOException {
    assertThat(handler.answer(without(event("extend"), "x-studygate")).status()).isEqualTo(403);
    assertThat(handler.answer(without(event("extend"), "content-type")).status()).isEqualTo(415);
    assertThat(handler.answer(without(event("look"), "x-studygate-origin")).status())
        .isEqualTo(403);
  }

  private HttpResponse send(String name) throws IOException {
    return handler.answer(event(name));
  }

  private static HttpRequest event(String name) throws IOException {
    try (var in = Files.newInputStream(Path.of("../../events/session/" + name + ".json"))) {
      return HttpRequest.read(in);
    }
  }

  private static HttpRequest without(HttpRequest request, String header) {
    var headers = new java.util.HashMap<>(request.headers());
    headers.remove(header);
    return new HttpRequest(
        request.route(),
        request.path(),
        request.rawQuery(),
        headers,
        request.cookies(),
        request.pathParameters(),
        request.sourceAddress(),
        request.requestId(),
        request.body());
  }
}
