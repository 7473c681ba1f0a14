package org.studygate.referenceadd;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoGrants;
import org.studygate.access.Grant;
import org.studygate.access.GrantedHoldings;
import org.studygate.access.Principal;
import org.studygate.access.Reason;
import org.studygate.access.TestHospital;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Price;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.Json;
import org.studygate.payment.Stage;
import org.studygate.payment.Tab.Attempt;
import org.studygate.payment.TestPayments;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;

/// A number typed by somebody with an account: the same judgement as at the patient's entrance, and
/// the visit goes on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReferenceAddHandlerTest {
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final String NUMBER = "RIS-2026-48151623";
  private static final String UID = "1.2.826.0.3.1";
  private static final StudyId STUDY = StudyId.of("noord", UID);
  private static final String BORN = "1958-03-07";

  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private DynamoBuckets buckets;
  private DynamoGrants grants;
  private DynamoAuditTrail trail;
  private ReferenceAddHandler handler;
  private Token visit;
  private String bucket;

  ReferenceAddHandlerTest() {
    visit = new Token("");
    bucket = "";
    begin();
  }

  @BeforeEach
  void begin() {
    tables.clear();
    clock = TestClock.at("2026-11-23T10:00:00Z");
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    grants =
        new DynamoGrants(tables.client(), new DynamoGrants.Tables("GrantsTable", "BucketsTable"));
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    handler = new ReferenceAddHandler(TestPlatform.of(clock, tables, TestHospital.variables()));
    var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    accounts.create(TestAccounts.professional("maes"));
    accounts.create(TestAccounts.professional("claes"));
    visit = visit(new Subject.OfAccount("maes"), "maes");
  }

  private void ordered(Verification verification) {
    bucket = hospital.order(ORDER, NUMBER, verification, true, UID);
    hospital.study(ORDER, UID, 1);
  }

  private Token visit(Subject whose, String name) {
    var token = new Token("visit-" + name);
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(Session.begin(token.hash(), whose, 0, "", clock.instant()));
    return token;
  }

  @Test
  void aNumberAndItsDateOfBirthStandInTheList() {
    ordered(Verification.DATE_OF_BIRTH);
    var added = add(NUMBER, BORN, visit);
    assertThat(added.body()).isEqualTo("{\"next\":\"open\",\"already\":false}");
    assertThat(added.cookies()).isEmpty();
    assertThat(sees("maes")).isTrue();
    assertThat(sees("claes")).isFalse();
    assertThat(add(NUMBER, BORN, visit).body()).contains("\"already\":true");
    assertThat(actions()).containsOnlyOnce(AuditAction.REFERENCE_ADDED);
    assertThat(trail.read(AuditEvent.bucket(bucket), Optional.empty(), 9).events())
        .extracting(AuditEvent::who)
        .contains(new Actor.Professional("maes"));
  }

  @Test
  void aPrintedNumberStandsInTheListAndGoesWithIt() {
    hospital.order(ORDER, NUMBER, Verification.OTP_SMS, true, UID, UID + ".7");
    var printed = "PRINTED-2026-XKQ-7";
    var one = hospital.study(ORDER, UID, 1);
    var two = hospital.study(ORDER, UID + ".7", 1);
    bucket = hospital.printed(printed, Verification.DATE_OF_BIRTH, false, one, two);
    assertThat(add(printed, "1958-03-08", visit).status()).isEqualTo(401);
    assertThat(add(printed, BORN, visit).body()).isEqualTo("{\"next\":\"open\",\"already\":false}");
    assertThat(sees("maes")).isTrue();
    assertThat(sees("claes")).isFalse();
    assertThat(grants.of(two)).extracting(Grant::account).contains(Optional.of("maes"));
    assertThat(actions()).containsOnlyOnce(AuditAction.REFERENCE_ADDED);
    buckets.withdraw(bucket);
    assertThat(sees("maes")).isFalse();
  }

  @Test
  void withdrawnOrEndedItIsGoneAndANewEpochAsksAgain() {
    ordered(Verification.DATE_OF_BIRTH);
    add(NUMBER, BORN, visit);
    buckets.endVisits(bucket, true);
    assertThat(sees("maes")).isFalse();
    assertThat(add(NUMBER, BORN, visit).body()).contains("\"already\":false");
    assertThat(sees("maes")).isTrue();
    clock.advance(Duration.ofDays(61));
    assertThat(sees("maes")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "RIS-2026-48151623, 1958-03-08",
    "RIS-2026-99999999, 1958-03-07",
    "'', 1958-03-07",
    "RIS-2026-48151623, soon"
  })
  void everyOtherCombinationIsRefusedAlike(String number, String born) {
    ordered(Verification.DATE_OF_BIRTH);
    var refused = add(number, born, visit);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body()).contains("\"code\":\"combination-incorrect\"");
    assertThat(sees("maes")).isFalse();
    assertThat(
            new DynamoSessions(tables.client(), "SessionsTable")
                .find(visit.hash(), clock.instant()))
        .isPresent();
  }

  @Test
  void fiveWrongDatesBlockTheNumberForThePatientToo() {
    ordered(Verification.DATE_OF_BIRTH);
    for (var i = 0; i < 5; i++) {
      add(NUMBER, "1958-03-08", visit);
    }
    assertThat(add(NUMBER, BORN, visit).status()).isEqualTo(401);
  }

  @Test
  void aCodeGoesToThePatientAndIsAskedOnceForAsLongAsTheEpochLasts() {
    ordered(Verification.OTP_SMS);
    var asked = add(NUMBER, BORN, visit);
    assertThat(asked.body())
        .contains("\"next\":\"otp\"")
        .contains("\"channel\":\"sms\"")
        .contains("•• 56");
    assertThat(sees("maes")).isFalse();
    var codes = hospital.codes(bucket);
    assertThat(codes).hasSize(1);
    assertThat(prove(wrong(codes.getFirst()), visit).status()).isEqualTo(401);
    assertThat(prove(codes.getFirst(), visit).body()).contains("\"next\":\"open\"");
    assertThat(sees("maes")).isTrue();
    assertThat(prove(codes.getFirst(), visit).status()).isEqualTo(401);
    assertThat(add(NUMBER, BORN, visit).body()).contains("\"already\":true");
  }

  @Test
  void whoAsksTwiceGoesOnWithTheCodeThatWasSentAndGetsAnotherAfterAMinute() {
    ordered(Verification.OTP_SMS);
    add(NUMBER, BORN, visit);
    assertThat(add(NUMBER, BORN, visit).body()).contains("\"next\":\"otp\"");
    assertThat(hospital.codes(bucket)).hasSize(1);
    clock.advance(Duration.ofSeconds(61));
    add(NUMBER, BORN, visit);
    assertThat(hospital.codes(bucket)).hasSize(2);
    var newest = hospital.codes(bucket).getLast();
    assertThat(prove(newest, visit).body()).contains("\"next\":\"open\"");
  }

  @Test
  void aCodeIsWorthNothingInAnotherVisitOrAfterTenMinutes() {
    ordered(Verification.OTP_SMS);
    add(NUMBER, BORN, visit);
    var code = hospital.codes(bucket).getFirst();
    var other = visit(new Subject.OfAccount("claes"), "claes");
    assertThat(prove(code, other).status()).isEqualTo(401);
    clock.advance(Duration.ofMinutes(10));
    assertThat(prove(code, visit).status()).isEqualTo(401);
    assertThat(sees("maes")).isFalse();
    assertThat(sees("claes")).isFalse();
  }

  @Test
  void fiveWrongCodesBlockIt() {
    ordered(Verification.OTP_SMS);
    add(NUMBER, BORN, visit);
    var code = hospital.codes(bucket).getFirst();
    for (var i = 0; i < 5; i++) {
      prove(wrong(code), visit);
    }
    assertThat(prove(code, visit).status()).isEqualTo(401);
    assertThat(sees("maes")).isFalse();
  }

  @Test
  void whatHasToBePaidIsToldSoAndOncePaidAsksForThePincode() {
    ordered(Verification.PAYMENT);
    assertThat(add(NUMBER, BORN, visit).body()).isEqualTo("{\"next\":\"pay\"}");
    var test = new TestPayments(tables, clock);
    var attempt =
        new Attempt(Price.of(1500, "EUR"), "card", "nl", clock.instant(), Optional.empty());
    var opened = test.open(bucket, attempt);
    test.provider.become(opened, Stage.PAID);
    test.settlement().settle(opened, "test");
    assertThat(add(NUMBER, BORN, visit).body()).contains("\"next\":\"pincode\"").contains("•• 56");
    var pincode = hospital.pincodes(bucket).getFirst();
    assertThat(prove(wrong(pincode), visit).status()).isEqualTo(401);
    assertThat(prove(pincode, visit).body()).contains("\"next\":\"open\"");
    assertThat(sees("maes")).isTrue();
    assertThat(prove(pincode, visit).status()).isEqualTo(401);
  }

  @Test
  void whatHasNotComeYetIsToWaitFor() {
    bucket = hospital.order(ORDER, NUMBER, Verification.DATE_OF_BIRTH, true, UID);
    assertThat(add(NUMBER, BORN, visit).body()).contains("\"next\":\"wait\"");
    assertThat(sees("maes")).isFalse();
  }

  @Test
  void itIsForAccountsAloneAndForWhoeverIsSignedIn() {
    ordered(Verification.DATE_OF_BIRTH);
    var patient = visit(new Subject.OfBucket(bucket), "patient");
    assertThat(add(NUMBER, BORN, patient).status()).isEqualTo(404);
    assertThat(prove("123456", patient).status()).isEqualTo(404);
    assertThat(add(NUMBER, BORN, new Token("nobody")).status()).isEqualTo(401);
    assertThat(prove("123456", visit).status()).isEqualTo(401);
  }

  private static String wrong(String code) {
    return (code.startsWith("1") ? "2" : "1") + code.substring(1);
  }

  private List<AuditAction> actions() {
    return trail.read(AuditEvent.bucket(bucket), Optional.empty(), 99).events().stream()
        .map(AuditEvent::action)
        .toList();
  }

  /// Whether an open way leads there, by its number.
  private boolean sees(String account) {
    var who =
        new Principal.Professional(
            account, Role.PROFESSIONAL, Set.of(), Optional.empty(), Set.of());
    var lines =
        grants
            .page(Set.of(Grant.ofAccount(account)), Optional.empty(), 10)
            .studies()
            .values()
            .stream()
            .flatMap(List::stream)
            .toList();
    return new GrantedHoldings(grants)
        .verify(who, lines, clock.instant()).getOrDefault(STUDY, List.of()).stream()
            .filter(held -> held.closed(who).isEmpty())
            .flatMap(held -> held.reason().stream())
            .anyMatch(reason -> reason.kind() == Reason.Kind.REFERENCE);
  }

  private HttpResponse add(String number, String born, Token cookie) {
    var body = Json.text(Map.of("reference", number, "dateOfBirth", born));
    var event = TestEvents.cookie(TestEvents.read("reference-add", "add"), cookie);
    return handler.answer(TestEvents.body(event, body));
  }

  private HttpResponse prove(String code, Token cookie) {
    var event = TestEvents.cookie(TestEvents.read("reference-add", "verify"), cookie);
    return handler.answer(TestEvents.body(event, Json.text(Map.of("code", code))));
  }
}
