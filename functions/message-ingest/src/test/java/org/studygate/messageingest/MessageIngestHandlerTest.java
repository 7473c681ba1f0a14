package org.studygate.messageingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoDesk;
import org.studygate.access.Regenerate;
import org.studygate.access.TestHospital;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DepartmentJson;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.order.BirthDate;
import org.studygate.order.DynamoOrderDesk;
import org.studygate.order.DynamoOrders;
import org.studygate.order.Linking;
import org.studygate.order.OrderDesk;
import org.studygate.platform.Faults;
import org.studygate.platform.Log;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.receipt.Receipt;
import org.studygate.reference.DynamoReferences;
import org.studygate.reference.Hashes;
import org.studygate.reference.ReferenceNumber;
import org.studygate.reference.References;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Instance;
import org.studygate.study.NoRollUps;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.Samples;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

final class MessageIngestHandlerTest {
  private static final String NUMBER = "RIS-2026-MESSAGE-47113";
  private static final String UID = "1.2.826.0.4.1";
  private static final StudyId STUDY = StudyId.of("noord", UID);
  private static final OrderId ORDER = new OrderId("noord", "A17");

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final Log log = new Log(new PrintStream(OutputStream.nullOutputStream()), clock);
  @AutoClose private final TestTables tables = TestTables.start();
  private final List<Receipt> receipts = new ArrayList<>();
  private TestIntake intake;

  @BeforeEach
  void start() {
    intake = new TestIntake(tables, clock, log, receipts);
  }

  @Test
  void anOrderRegistersItsNumber() throws Exception {
    tell("order", order("2026-11-20T08:15:00Z", reference(NUMBER, "otp-sms")));
    var bucket = bucket().orElseThrow();
    assertThat(bucket.verification()).isEqualTo(Verification.OTP_SMS);
    assertThat(bucket.destination()).contains("+32470123456");
    assertThat(bucket.report()).isTrue();
    assertThat(bucket.language()).isEqualTo("nl");
    assertThat(bucket.validFrom()).isEqualTo("2026-11-19T23:00:00Z"); // 20 November in Brussels
    assertThat(bucket.validUntil()).isEqualTo("2027-01-20T23:00:00Z"); // 20 January, all day
    assertThat(intake.asked).contains(STUDY.value());
  }

  @Test
  void withoutAWordTheDepartmentsPolicyHolds() throws Exception {
    tell("order", order("2026-11-20T08:15:00Z", ",\"reference\":{\"number\":\"" + NUMBER + "\"}"));
    var bucket = bucket().orElseThrow();
    assertThat(bucket.verification()).isEqualTo(Verification.DATE_OF_BIRTH);
    assertThat(bucket.validUntil()).isEqualTo("2026-12-20T23:00:00Z");
  }

  @Test
  void noNumberOpensLongerThanThePolicyAllows() throws Exception {
    tell(
        "order",
        order(
            "2026-11-20T08:15:00Z",
            ",\"reference\":{\"number\":\"" + NUMBER + "\",\"validUntil\":\"2030-01-01\"}"));
    assertThat(bucket().orElseThrow().validUntil()).isEqualTo("2027-05-20T22:00:00Z");
  }

  @Test
  void aLaterOrderReplacesAndAnEarlierOneChangesNothing() throws Exception {
    tell("order-2", order("2026-11-20T09:00:00Z", reference(NUMBER, "date-of-birth")));
    tell("order-1", order("2026-11-20T08:00:00Z", reference("RIS-2026-FORMER-471133", "otp-sms")));
    assertThat(bucket().orElseThrow().verification()).isEqualTo(Verification.DATE_OF_BIRTH);
    assertThat(allBuckets()).hasSize(1);
  }

  @Test
  void aNumberThatIsGoneFromTheOrderOpensNothing() throws Exception {
    tell("order-1", order("2026-11-20T08:00:00Z", reference(NUMBER, "date-of-birth")));
    var former = allBuckets().getFirst();
    tell("order-2", order("2026-11-20T09:00:00Z", ""));
    assertThat(new DynamoBuckets(tables.client(), "BucketsTable").find(former).orElseThrow())
        .matches(Bucket::withdrawn);
    assertThat(bucket()).isEmpty();
  }

  /// Whatever the department or the message lacks that a new number would need (product.md 3.4).
  @ParameterizedTest
  @ValueSource(strings = {"no payment any more", "no mobile", "ends before it begins"})
  void whatHasBeenPaidForStaysOpen(String lacks) throws Exception {
    tell("order-1", order("2026-11-20T08:00:00Z", reference(NUMBER, "payment")));
    var paying = DynamoBuckets.paying("BucketsTable", allBuckets().getFirst(), Optional.empty());
    tables.client().transactWriteItems(request -> request.transactItems(paying));
    var later = order("2026-11-20T09:00:00Z", reference(NUMBER, "payment"));
    switch (lacks) {
      case "no payment any more" ->
          new TestHospital(tables, clock)
              .department("noord", new ReportRule.AtOnce(), Optional.empty());
      case "no mobile" -> later = later.replace("+32 470 12 34 56", "");
      default -> later = later.replace("2027-01-20", "2026-11-19");
    }
    tell("order-2", later);
    clock.advance(Duration.ofDays(400));
    assertThat(bucket().orElseThrow().open(clock.instant())).isTrue();
    assertThat(bucket().orElseThrow().destination())
        .isEqualTo(lacks.equals("no mobile") ? Optional.empty() : Optional.of("+32470123456"));
    assertThat(receipts).hasSize(lacks.equals("no payment any more") ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({
    "12345, date-of-birth, weak-number",
    "RIS-2026-NODESTINATION-1, otp-email, no-destination"
  })
  void aNumberThatCannotBeUsedIsFlaggedAndTheOrderIsKept(
      String number, String verification, String flag) throws Exception {
    tell("order", order("2026-11-20T08:15:00Z", reference(number, verification)));
    assertThat(bucket()).isEmpty();
    assertThat(new DynamoOrders(tables.client(), "OrdersTable").find(ORDER).orElseThrow().flag())
        .contains(flag);
    assertThat(intake.quarantine.all()).isEmpty();
  }

  /// What staff made in place of a weak number stays the order's, however often the hospital sends
  /// its own again; the date of birth that opens it is the one that the order says now.
  @Test
  void aNumberOfOursOutlivesFurtherMessagesWithAWeakOne() throws Exception {
    var weak = order("2026-11-20T08:15:00Z", reference("12345", "otp-sms"));
    tell("order", weak);
    var line = new DynamoOrderDesk(tables.client(), "OrdersTable").line(ORDER).orElseThrow();
    var bucket = line.bucket().orElseThrow();
    var made = regenerate(line);
    assertThat(bucket().orElseThrow().id()).isEqualTo(bucket);
    tell("order", weak);
    tell("order-2", weak.replace("08:15:00", "08:16:00").replace("1958-03-07", "1958-03-08"));
    assertThat(bucket().orElseThrow().id()).isEqualTo(bucket);
    assertThat(bucket().orElseThrow().open(clock.instant())).isTrue();
    var hash = Hashes.reference(new Pepper(new TestSecrets(), "pepper"), made);
    var tried =
        new DynamoReferences(tables.client(), "ReferencesTable").charge(hash, clock.instant());
    assertThat(((References.Try.Charged) tried).entry().orElseThrow().birthHash())
        .isEqualTo(
            Hashes.birth(
                new Pepper(new TestSecrets(), "pepper"),
                hash,
                BirthDate.parse("1958-03-08").orElseThrow()));
    tell("order-3", order("2026-11-20T08:17:00Z", reference(NUMBER, "otp-sms")));
    assertThat(bucket().orElseThrow().id()).isNotEqualTo(bucket);
  }

  private ReferenceNumber regenerate(OrderDesk.Line line) {
    var trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    var made =
        new Regenerate(
                new DynamoDesk(tables.client(), "BucketsTable", "ReferencesTable", trail),
                new DynamoBuckets(tables.client(), "BucketsTable"),
                new Pepper(new TestSecrets(), "pepper"),
                new SecureRandom(),
                clock)
            .regenerate(
                new Staff("admin", "noord", Role.ADMIN),
                line.contents().order(),
                line.bucket().orElseThrow(),
                "Weak.",
                "request");
    return ((Regenerate.Outcome.Made) made).number();
  }

  @ParameterizedTest
  @CsvSource({
    "+32 (0)470 12 34 07, otp-sms, +32470123407",
    "0470/12.34.08, otp-sms, +32470123408",
    "00 32 470 12 34 09, payment, +32470123409"
  })
  void aMobileIsReadWithTheDepartmentsCountry(String written, String verification, String read)
      throws Exception {
    tell("order", orderTo("mobile", written, verification));
    assertThat(bucket().orElseThrow().destination()).contains(read);
  }

  /// Told when the order comes, not when the patient stands there.
  @ParameterizedTest
  @CsvSource({
    "mobile, 03 234 56 78, otp-sms, mobile-none",
    "mobile, 03 234 56 78, payment, mobile-none",
    "mobile, 0900 12 345, otp-sms, mobile-none",
    "mobile, 0470 12 34, otp-sms, mobile-none",
    "mobile, +31612345678, otp-sms, mobile-not-allowed",
    "mobile, 0031 6 12345678, payment, mobile-not-allowed",
    "mobile, ' ', otp-sms, no-destination",
    "mobile, ' ', payment, no-destination",
    "email, ' ', otp-email, no-destination",
    "email, an@example, otp-email, mail-none",
    "email, an@example.org; jan@example.org, otp-email, mail-none"
  })
  void whatNoCodeCanBeSentToIsFlagged(String field, String written, String proof, String flag)
      throws Exception {
    tell("order", orderTo(field, written, proof));
    assertThat(bucket()).isEmpty();
    assertThat(receipts).extracting(Receipt::code).containsExactly(flag);
    assertThat(new DynamoOrders(tables.client(), "OrdersTable").find(ORDER).orElseThrow().flag())
        .contains(flag);
  }

  /// Nothing keeps a policy: the order after a change is held to it.
  @Test
  void aChangedPolicyHoldsForTheNextOrder() throws Exception {
    var unsaid = ",\"reference\":{\"number\":\"" + NUMBER + "\"}";
    tell("order", order("2026-11-20T08:15:00Z", unsaid));
    assertThat(bucket().orElseThrow().verification()).isEqualTo(Verification.DATE_OF_BIRTH);
    assertThat(bucket().orElseThrow().validUntil())
        .isEqualTo(Instant.parse("2026-12-20T23:00:00Z"));
    change("\"verification\":\"date-of-birth\"", "\"verification\":\"otp-sms\"");
    change("\"validityDefault\":\"P1M\"", "\"validityDefault\":\"P2M\"");
    tell("order-2", order("2026-11-21T08:15:00Z", unsaid));
    assertThat(bucket().orElseThrow().verification()).isEqualTo(Verification.OTP_SMS);
    assertThat(bucket().orElseThrow().validUntil())
        .isEqualTo(Instant.parse("2027-01-21T23:00:00Z"));
  }

  /// A channel that is not used is not used for an order either.
  @ParameterizedTest
  @CsvSource({
    "otp-sms, channel-not-allowed",
    "otp-email, ''",
    "payment, ''",
    "date-of-birth, ''",
  })
  void aCodeGoesByTheChannelsOfTheDepartmentAlone(String proof, String flag) throws Exception {
    change("\"partialBirthDates\":false", "\"partialBirthDates\":false,\"channels\":[\"email\"]");
    var mobile = orderTo("mobile", "0470 12 34 07", proof);
    tell("order", proof.equals("otp-email") ? orderTo("email", "an@example.org", proof) : mobile);
    assertThat(receipts)
        .extracting(Receipt::code)
        .isEqualTo(flag.isEmpty() ? List.of() : List.of(flag));
    assertThat(bucket().isPresent()).isEqualTo(flag.isEmpty());
  }

  private void change(String right, String other) {
    var departments = new DynamoDepartments(tables.client(), "DepartmentsTable");
    var standing = DepartmentJson.write(departments.find("noord").orElseThrow());
    assertThat(standing).contains(right);
    var changed = DepartmentJson.read(standing.replace(right, other));
    departments.put(changed, clock.instant(), "test");
  }

  private static String orderTo(String field, String written, String verification) {
    return order("2026-11-20T08:15:00Z", reference(NUMBER, verification))
        .replaceFirst("\"mobile\":\"[^\"]*\"", "\"" + field + "\":\"" + written + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MSH!^~\\&!RIS|hl7-not-yet",
        "hello|unknown-content",
        "{\"type\":\"letter\"}|unknown-type",
        "{\"type\":\"order\",|bad-json",
        "{\"type\":\"done\",\"studyUid\":\"x\"}|bad-uid",
        "{\"type\":\"done\",\"studyUid\":\"1.2\",\"more\":1}|bad-json",
        "{\"type\":\"report\",\"accession\":\"A\",\"state\":\"final\"}|empty-report",
        "{\"type\":\"report\",\"accession\":\"A\",\"state\":\"done\",\"text\":\"x\"}|unknown-state",
        "{\"type\":\"report\",\"accession\":\"\",\"state\":\"final\",\"text\":\"x\"}|bad-accession",
        "{\"type\":\"report\",\"accession\":\"A\",\"state\":\"final\",\"file\":\"../x\"}|bad-file"
      },
      maxCharsPerColumn = 500,
      quoteCharacter = '`')
  void whatCannotBeUsedGoesToQuarantineWithItsReason(String content, String reason)
      throws Exception {
    assertThat(tell("message", content.replace('!', '|'))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(intake.quarantine.all()).hasSize(2);
    assertThat(reasons()).contains("\"reason\":\"" + reason + "\"");
  }

  /// A number needs a date of birth to sign in with; without one, nobody does.
  @ParameterizedTest
  @ValueSource(strings = {"1958", "1958-03", "1958-00-00", "1958-03-00"})
  void aBirthDateWithoutItsDayIsRefusedByNameWhereANumberIsToOpen(String known) throws Exception {
    var born = "\"birthDate\":\"" + known + "\"";
    var order = order("2026-11-20T08:15:00Z", "").replace("\"birthDate\":\"1958-03-07\"", born);
    tell("order", order.replaceFirst("]\\s*}\\s*$", "]" + reference(NUMBER, "otp-sms") + "}"));
    assertThat(reasons()).contains("\"birth-date-partial\"").contains("patient.birthDate");
    assertThat(allBuckets()).isEmpty();
    tell("order", order);
    var placed = new DynamoOrders(tables.client(), "OrdersTable").find(ORDER).orElseThrow().order();
    assertThat(placed.patient().birthDate().partial()).isTrue();
  }

  /// A year is guessed sooner than a date: where nothing else is asked for, the number makes up for
  /// it.
  @ParameterizedTest
  @CsvSource({
    "1958, 4829170356821, date-of-birth, weak-number",
    "1958-03, 4829170356821, date-of-birth, weak-number",
    "1958, 7H0K01XW20Q1V9MB4T8C, date-of-birth, ''",
    "1958, 4829170356821, otp-sms, ''",
    "1958-03-07, 4829170356821, date-of-birth, ''"
  })
  void whereADepartmentAllowsItWhatIsKnownOfABirthDateIsEnough(
      String born, String number, String proof, String flag) throws Exception {
    var departments = new DynamoDepartments(tables.client(), "DepartmentsTable");
    var strict = DepartmentJson.write(departments.find("noord").orElseThrow());
    var allowing = strict.replace("\"partialBirthDates\":false", "\"partialBirthDates\":true");
    departments.put(DepartmentJson.read(allowing), clock.instant(), "test");
    tell(
        "order",
        order("2026-11-20T08:15:00Z", reference(number, proof)).replace("1958-03-07", born));
    assertThat(receipts)
        .extracting(Receipt::code)
        .isEqualTo(flag.isEmpty() ? List.of() : List.of(flag));
    assertThat(bucket().isPresent()).isEqualTo(flag.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "1111111111111, weak-number",
    "2026112000017, weak-number",
    "1958030748213, weak-number",
    "PEETERS-AN-1958, weak-number",
    "1111-2222-3333-4444-5, bad-number",
    "\u0410\u0411\u0412123456789, bad-number",
    "'', bad-number"
  })
  void aNumberIsJudgedByWhatItHolds(String number, String flag) throws Exception {
    tell("order", order("2026-11-20T08:15:00Z", reference(number, "date-of-birth")));
    assertThat(receipts).extracting(Receipt::code).containsExactly(flag);
    assertThat(bucket()).isEmpty();
  }

  @Test
  void anOrderOfTheFutureOrOfNoYearIsRefused() throws Exception {
    tell("1", order("2026-11-25T08:15:00Z", ""));
    tell("2", order("1969-11-25T08:15:00Z", ""));
    tell(
        "3",
        order(
            "2026-11-20T08:15:00Z",
            ",\"reference\":{\"number\":\"" + NUMBER + "\",\"validUntil\":\"+99999-01-01\"}"));
    assertThat(reasons()).contains("bad-time").contains("bad-date");
    assertThat(new DynamoOrders(tables.client(), "OrdersTable").find(ORDER)).isEmpty();
  }

  @Test
  void anOrderOfSomebodyElseLeavesTheFirstLetterAloneAndIsTold() throws Exception {
    tell("order-1", order("2026-11-20T08:00:00Z", reference(NUMBER, "date-of-birth")));
    images();
    tell("report-1", report("final", ",\"text\":\"mine\""));
    var other =
        ofSomebodyElse(order("2026-11-20T09:00:00Z", reference("RIS-2026-OTHER-47113", "otp-sms")));
    tell("order-2", other);
    assertThat(allBuckets()).hasSize(1);
    assertThat(bucket().orElseThrow().verification()).isEqualTo(Verification.DATE_OF_BIRTH);
    assertThat(studies().find(STUDY).orElseThrow().order()).contains(ORDER);
    assertThat(reasons()).contains("accession-other-patient");
    assertThat(codes()).contains("accession-other-patient");
  }

  @Test
  void aReportThatMayBeSomebodyElsesIsHeldBackWhicheverComesFirst() throws Exception {
    for (var reportFirst : List.of(true, false)) {
      tables.clear();
      start();
      receipts.clear();
      tell("order-1", order("2026-11-20T08:00:00Z", ""));
      images();
      var second = ofSomebodyElse(order("2026-11-21T08:00:00Z", ""));
      if (reportFirst) {
        tell("report", report("final", ",\"text\":\"whose?\""));
        assertThat(studies().contents(STUDY).orElseThrow().reports()).hasSize(1);
        tell("order-2", second);
      } else {
        tell("order-2", second);
        tell("report", report("final", ",\"text\":\"whose?\""));
      }
      assertThat(studies().contents(STUDY).orElseThrow().reports()).isEmpty();
      assertThat(codes()).contains("report-in-doubt");
      tell("named", report("final", ",\"text\":\"mine\",\"studyUid\":\"" + UID + "\""));
      assertThat(report().current().text()).isEqualTo("mine");
    }
  }

  @Test
  void aReportThatNamesAStudyOfAnotherOrderIsHeldBackAndTold() throws Exception {
    tell("order", order("2026-11-20T08:00:00Z", ""));
    images();
    var named = report("final", ",\"text\":\"x\",\"studyUid\":\"" + UID + "\"");
    tell("report", named.replace("A17", "A18"));
    assertThat(studies().contents(STUDY).orElseThrow().reports()).isEmpty();
    assertThat(codes()).contains("report-other-order");
  }

  @Test
  void paddedAndInOtherLettersAnAccessionNumberIsTheSame() throws Exception {
    tell("order", order("2026-11-20T08:00:00Z", "").replace("A17", " a17\u00A0"));
    images();
    tell("report", report("final", ",\"text\":\"x\"").replace("A17", "a17  "));
    assertThat(report().current().text()).isEqualTo("x");
  }

  private static String ofSomebodyElse(String order) {
    return order
        .replace("P-1", "P-2")
        .replace("Peeters", "Claes")
        .replace("1958-03-07", "1985-09-14");
  }

  private List<String> codes() {
    return receipts.stream().map(Receipt::code).toList();
  }

  @Test
  void aReportAndItsFileMeetWhicheverComesFirst() throws Exception {
    var pdf = "%PDF-1.4 made up";
    tell("pdf/report.pdf", pdf);
    tell("pdf/message", report("final", ",\"file\":\"report.pdf\""));
    tell("order", order("2026-11-20T08:15:00Z", ""));
    images();
    var report = report();
    assertThat(intake.studies.all().get(report.current().pdfKey().orElseThrow()))
        .isEqualTo(pdf.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFileThatTwoOrdersClaimIsNobodys() throws Exception {
    tell("pdf/report.pdf", "%PDF-1.4 made up");
    tell("pdf/message", report("final", ",\"file\":\"report.pdf\""));
    tell("pdf/other", report("final", ",\"file\":\"report.pdf\"").replace("A17", "A18"));
    tell("order", order("2026-11-20T08:15:00Z", ""));
    images();
    assertThat(report().current().pdfKey()).isEmpty();
  }

  @Test
  void ofSeveralVersionsTheMostBindingCountsInWhateverOrderTheyCome() throws Exception {
    tell("order", order("2026-11-20T08:15:00Z", ""));
    images();
    tell("3", report("corrected", ",\"text\":\"third\""));
    tell("1", report("preliminary", ",\"text\":\"first\""));
    tell("2", report("final", ",\"text\":\"second\""));
    assertThat(report().current().text()).isEqualTo("third");
    assertThat(report().versions()).extracting(Report.Version::text).hasSize(3);
  }

  @Test
  void aDoneMessageTellsHowManyThereAre() throws Exception {
    tell("done", "{\"type\":\"done\",\"studyUid\":\"" + UID + "\",\"instances\":300}");
    assertThat(studies().find(STUDY).orElseThrow().expectation().done()).contains(300);
    assertThat(intake.asked).contains(STUDY.value());
  }

  @Test
  void inWhateverOrderAndHoweverOftenItEndsTheSame() throws Exception {
    var messages = new ArrayList<>(all().keySet());
    for (var message : messages) {
      tellNamed(message);
    }
    images();
    var expected = state();
    var seed = 20261123L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (var round = 0; round < 8; round++) {
      tables.clear();
      start();
      var told = new ArrayList<>(messages);
      told.addAll(messages);
      told.add("images");
      Collections.shuffle(told, random);
      for (var message : told) {
        if (message.equals("images")) {
          images();
        } else {
          tellNamed(message);
        }
      }
      assertThat(state()).as("round " + round + " " + told).isEqualTo(expected);
    }
  }

  @Test
  void killedAtAnyStepAndToldAgainItEndsTheSame() throws Exception {
    images();
    for (var message : all().keySet()) {
      tellNamed(message);
    }
    var expected = state();
    for (var message : all().keySet()) {
      for (var at = 1; ; at++) {
        tables.clear();
        start();
        images();
        var faults = Faults.after(at);
        for (var one : all().keySet()) {
          intake.put(one, all().get(one));
          intake.run(one.equals(message) ? faults : Faults.none(), one);
          if (one.equals(message)) {
            tellNamed(one);
          }
        }
        assertThat(state()).as(message + " killed at call " + at).isEqualTo(expected);
        if (!faults.struck()) {
          break;
        }
      }
    }
  }

  @Test
  void killedBeforeANewerMessageLeavesItOutTheNumberOpensNothing() throws Exception {
    var newer = order("2026-11-20T09:00:00Z", "");
    for (var at = 1; ; at++) {
      tables.clear();
      start();
      var faults = Faults.after(at);
      intake.put("order-1", all().getOrDefault("order-1", ""));
      intake.run(faults, "order-1");
      tell("order-2", newer);
      tellNamed("order-1");
      assertThat(bucket()).as("killed at call " + at).isEmpty();
      if (!faults.struck()) {
        break;
      }
    }
  }

  @Test
  void aNumberThatAFaultyMessageShutOpensAgainWithTheCorrectedOne() throws Exception {
    tell("order-1", order("2026-11-20T08:00:00Z", reference(NUMBER, "date-of-birth")));
    tell("order-2", order("2026-11-20T09:00:00Z", reference(NUMBER, "otp-email")));
    assertThat(bucket()).isEmpty();
    tell("order-3", order("2026-11-20T10:00:00Z", reference(NUMBER, "date-of-birth")));
    assertThat(bucket()).isPresent();
  }

  private String reasons() {
    var all = new StringBuilder();
    intake
        .quarantine
        .all()
        .forEach(
            (key, bytes) ->
                all.append(key.endsWith(".json") ? new String(bytes, StandardCharsets.UTF_8) : ""));
    return all.toString();
  }

  private static Map<String, String> all() {
    var all = new java.util.LinkedHashMap<String, String>();
    all.put("order-1", order("2026-11-20T08:00:00Z", reference(NUMBER, "date-of-birth")));
    all.put("r/report.pdf", "%PDF-1.4 made up");
    all.put("r/report", report("final", ",\"text\":\"Normaal.\",\"file\":\"report.pdf\""));
    all.put("done", "{\"type\":\"done\",\"studyUid\":\"" + UID + "\",\"instances\":1}");
    return all;
  }

  private void tellNamed(String name) throws IOException {
    tell(name, all().getOrDefault(name, ""));
  }

  private String tell(String name, String content) throws IOException {
    return intake.tell(name, content);
  }

  private String state() {
    return TableDump.of(tables.client(), "StudiesTable")
        + "\n\n"
        + TableDump.of(tables.client(), "OrdersTable")
        + "\n\n"
        + TableDump.of(tables.client(), "BucketsTable")
        + "\n\n"
        + TableDump.of(tables.client(), "ReferencesTable")
        + intake.studies.all().keySet()
        + intake.quarantine.all().keySet();
  }

  private static String order(String placedAt, String more) {
    return """
        {"type":"order","accession":"A17","placedAt":"%s",
         "patient":{"id":"P-1","familyName":"Peeters","givenName":"An","birthDate":"1958-03-07",
                    "language":"nl","mobile":"+32 470 12 34 56"},
         "studies":[{"uid":"%s","description":"CT thorax"}]%s}
        """
        .formatted(placedAt, UID, more);
  }

  private static String reference(String number, String verification) {
    return """
        ,"reference":{"number":"%s","verification":"%s","report":true,
                      "validFrom":"2026-11-20","validUntil":"2027-01-20"}
        """
        .formatted(number, verification);
  }

  private static String report(String state, String more) {
    return "{\"type\":\"report\",\"accession\":\"A17\",\"state\":\"%s\"%s}".formatted(state, more);
  }

  /// The study's images come, as study-ingest files them.
  private void images() {
    var series = new SeriesUid(UID + ".1");
    studies().file(STUDY, Samples.instance(series, UID + ".1.1", Instance.Kind.IMAGE));
    var now = Instant.parse("2026-11-23T10:00:00Z");
    studies()
        .received(
            new Studies.Arrival(STUDY, "noord", UID, Set.of(Samples.whose("P-1", "A17"))),
            now,
            now.plusSeconds(300));
    var orders = new DynamoOrders(tables.client(), "OrdersTable");
    new Linking(studies(), orders, new NoRollUps(), receipts::add, clock)
        .studyCame(studies().find(STUDY).orElseThrow());
  }

  private Report report() {
    return studies().contents(STUDY).orElseThrow().reports().getFirst();
  }

  private Studies studies() {
    return new DynamoStudies(tables.client(), "StudiesTable");
  }

  private List<String> allBuckets() {
    return tables.client().scan(scan -> scan.tableName("BucketsTable")).items().stream()
        .map(item -> Item.of(item).text("bucket_id"))
        .toList();
  }

  /// The bucket that the order's number opens.
  private Optional<Bucket> bucket() {
    var store = new DynamoBuckets(tables.client(), "BucketsTable");
    return allBuckets().stream()
        .flatMap(id -> store.find(id).stream())
        .filter(found -> !found.withdrawn())
        .findFirst();
  }
}
