package org.studygate.referenceletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.studygate.access.Authorisation;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoGrants;
import org.studygate.access.Grant;
import org.studygate.access.Origin;
import org.studygate.access.Principal;
import org.studygate.access.Reason;
import org.studygate.access.Scope;
import org.studygate.access.TestHospital;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.account.Group;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.copying.CopyWork;
import org.studygate.copying.DynamoCopies;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.http.TestEvents;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.mark.DynamoMarks;
import org.studygate.mark.Mark;
import org.studygate.order.DynamoOrders;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.printing.Fault;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// A number is printed once for its key, by whoever may hand the study on, under the rules of its
/// department.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReferenceLetterHandlerTest {
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final String UID = "1.2.826.0.3.1";
  private static final StudyId STUDY = StudyId.of("noord", UID);

  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock;
  private TestHospital hospital;
  private DynamoBuckets buckets;
  private DynamoAuditTrail trail;
  private ReferenceLetterHandler handler;
  private final AtomicInteger visits = new AtomicInteger();
  private final List<String> asked = new ArrayList<>();

  ReferenceLetterHandlerTest() {
    begin();
  }

  @BeforeEach
  void begin() {
    tables.clear();
    asked.clear();
    clock = TestClock.at("2026-11-23T10:00:00Z");
    hospital = new TestHospital(tables, clock);
    hospital.department("noord", new ReportRule.AtOnce());
    hospital.department("lindenhof", new ReportRule.Never());
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    handler =
        new ReferenceLetterHandler(
            TestPlatform.of(clock, tables, TestHospital.variables()), new Asking());
    var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    accounts.create(TestAccounts.of("noord", "ria", Role.STAFF));
    accounts.create(TestAccounts.of("lindenhof", "otto", Role.STAFF));
    accounts.create(TestAccounts.professional("maes"));
    study(ORDER, UID);
  }

  private final class Asking implements CopyWork {
    @Override
    public void look(String bucket) {
      asked.add(bucket);
    }

    @Override
    public void copy(StudyId copy, SeriesUid series) {}
  }

  /// It is there, and its department sees it.
  private StudyId study(OrderId order, String uid) {
    hospital.order(order, "RIS-" + order.accession(), Verification.OTP_SMS, true, uid);
    var study = hospital.study(order, uid, 1);
    TestHospital.settling(tables, clock).study(study);
    return study;
  }

  @Test
  void aNumberIsPrintedAndOpensWhatWasChosenForAsLongAsWasSaid() {
    var answer = print("ria", "key-of-one", Map.of());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    var letter = read(answer);
    assertThat(letter.string("reference")).matches("([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]");
    assertThat(letter.string("sentTo")).isEqualTo("••• 99");
    assertThat(letter.string("patient")).isEqualTo("An Peeters");
    var bucket = buckets.find(letter.string("bucket")).orElseThrow();
    assertThat(bucket.scope()).isEqualTo(new Scope.OfStudies(Set.of(STUDY)));
    assertThat(bucket.destination()).contains("+32470999999");
    assertThat(bucket.origin()).isEqualTo(Origin.printed("ria", clock.instant()));
    assertThat(bucket.validUntil()).isEqualTo(Instant.parse("2026-12-23T23:00:00Z"));
    assertThat(bucket.report()).isTrue();
    assertThat(events(AuditEvent.bucket(bucket.id()))).contains(AuditAction.NUMBER_PRINTED);
    assertThat(events(AuditEvent.study(STUDY.value()))).contains(AuditAction.NUMBER_PRINTED);
    var number = letter.string("reference");
    assertThat(everything()).doesNotContain(number).doesNotContain(number.replace("-", ""));
  }

  /// The number is there at once, and opens nothing until the copies are.
  @Test
  void anAnonymizedNumberIsOfCopiesThatAreStillToBeMade() {
    var wish = Map.<String, Object>of("access", "images", "anonymize", true);
    var letter = read(print("ria", "key-of-one", wish));
    assertThat(letter.bool("anonymized", false)).isTrue();
    assertThat(letter.string("state")).isEqualTo("making");
    assertThat(letter.object("copies").string("state")).isEqualTo("waiting");
    assertThat(letter.string("access")).isEqualTo("images");
    var bucket = buckets.find(letter.string("bucket")).orElseThrow();
    assertThat(bucket.scope()).isInstanceOf(Scope.OfCopies.class);
    assertThat(((Scope.OfCopies) bucket.scope()).sources().values()).containsExactly(STUDY);
    assertThat(bucket.origin()).isEqualTo(Origin.printed("ria", clock.instant()).anonymous());
    assertThat(bucket.valid(clock.instant())).isFalse();
    assertThat(new DynamoCopies(tables.client(), "StudiesTable").job(bucket.id())).isPresent();
    assertThat(asked).containsExactly(bucket.id());
    print("ria", "key-of-one", wish); // who was told nothing comes again
    assertThat(asked).containsExactly(bucket.id(), bucket.id());
    assertThat(read(get("ria", "letter", letter.string("id"))).object("copies").string("state"))
        .isEqualTo("waiting");
  }

  @Test
  void copiesHaveNoReportAndNeedImages() {
    assertThat(read(print("ria", "key-report", Map.of("anonymize", true))).string("code"))
        .isEqualTo("report-not-allowed");
    var order = new OrderId("noord", "A77");
    hospital.order(order, "RIS-A77", Verification.OTP_SMS, true, "1.2.826.0.3.77");
    var empty = hospital.study(order, "1.2.826.0.3.77", 0);
    hospital.report(order, "Normal.");
    TestHospital.settling(tables, clock).study(empty);
    var wish =
        Map.<String, Object>of(
            "access", "images", "anonymize", true, "studies", List.of(empty.value()));
    assertThat(read(print("ria", "key-empty", wish)).string("code"))
        .isEqualTo("anonymize-not-possible");
    assertThat(asked).isEmpty();
  }

  @Test
  void theSameKeyIsOneNumberHoweverOftenItIsSent() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          pool.invokeAll(
              IntStream.range(0, 40)
                  .<Callable<HttpResponse>>mapToObj(i -> () -> print("ria", "same-key", Map.of()))
                  .toList());
      var bodies = new HashSet<String>();
      for (var one : all) {
        assertThat(one.get().status()).as(one.get().body()).isEqualTo(201);
        bodies.add(one.get().body());
      }
      assertThat(bodies).hasSize(1);
    }
    assertThat(events(AuditEvent.study(STUDY.value())))
        .containsOnlyOnce(AuditAction.NUMBER_PRINTED);
    var again = print("ria", "other-key", Map.of());
    assertThat(read(again).string("reference"))
        .isNotEqualTo(read(print("ria", "same-key", Map.of())).string("reference"));
  }

  @Test
  void theSameKeyForSomethingElseIsRefused() {
    print("ria", "key-of-one", Map.of());
    var other = print("ria", "key-of-one", Map.of("language", "fr"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body()).contains("idempotency-key-reused");
    assertThat(events(AuditEvent.study(STUDY.value())))
        .containsOnlyOnce(AuditAction.NUMBER_PRINTED);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "reason, ' \t', reason-missing",
        "reason, -, reason-missing",
        "patientAgreed, -, agreement-missing",
        "validUntil, 2026-11-22, valid-until-past",
        "validUntil, 2030-01-01, valid-until-too-late",
        "destination, 03 555 01 20, not-a-mobile",
        "destination, -, not-a-mobile",
        "destination, +1 201 555 0123, country-not-allowed",
        "verification, otp-email, not-an-email",
        "verification, payment, verification-not-allowed",
        "language, xx, language-unknown"
      })
  void whatIsWrongIsNamedAndNothingIsDone(String field, String value, String code) {
    var wrong = new HashMap<String, Object>();
    wrong.put(field, value);
    var answer = print("ria", "key-of-one", wrong);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(read(answer).string("code")).isEqualTo(code);
    var named = code.equals("not-an-email") ? "destination" : field;
    assertThat(read(answer).string("parameter")).isEqualTo(named);
    assertThat(events(AuditEvent.study(STUDY.value()))).doesNotContain(AuditAction.NUMBER_PRINTED);
    assertThat(print("ria", "key-of-one", Map.of()).status()).isEqualTo(201);
  }

  /// The last day counts whole, in the zone of the department.
  @Test
  void todayAndTheLastDayOfAllMayBeChosen() {
    clock.advance(Duration.ofHours(13).plusMinutes(30)); // 00:30 of the 24th in Brussels
    assertThat(print("ria", "key-past", Map.of("validUntil", "2026-11-23")).status())
        .isEqualTo(400);
    assertThat(print("ria", "key-today", Map.of("validUntil", "2026-11-24")).status())
        .isEqualTo(201);
    var last = read(defaults("ria", STUDY)).string("maximum");
    assertThat(print("ria", "key-last", Map.of("validUntil", last)).status()).isEqualTo(201);
    var later = LocalDate.parse(last).plusDays(1).toString();
    assertThat(print("ria", "key-later", Map.of("validUntil", later)).status()).isEqualTo(400);
  }

  @Test
  void studiesOfTwoPatientsOrTwoDepartmentsAreNotPrintedTogether() {
    var other = new OrderId("noord", "B1");
    hospital.patient("P-99");
    var second = study(other, "1.2.826.0.3.2");
    assertThat(
            print("ria", "key-of-two", Map.of("studies", List.of(STUDY.value(), second.value()))))
        .extracting(HttpResponse::body)
        .asString()
        .contains("studies-of-several-patients");
  }

  @Test
  void whoMayNotHandItOnIsToldAsIfItWereNotThere() {
    var never = Map.<String, Object>of("studies", List.of("00000000000000000000000000"));
    for (var who : List.of("otto", "maes")) {
      var foreign = print(who, "key-foreign", Map.of());
      assertThat(foreign.status()).isEqualTo(404);
      assertThat(foreign.body()).isEqualTo(print(who, "key-never", never).body());
      assertThat(defaults(who, STUDY).status()).isEqualTo(404);
    }
    var id = read(print("ria", "key-of-one", Map.of())).string("id");
    assertThat(get("otto", "letter", id).status()).isEqualTo(404);
    assertThat(get("ria", "letter", id).status()).isEqualTo(200);
  }

  @Test
  void whatWasChosenIsRememberedForTheNextTime() {
    assertThat(read(defaults("ria", STUDY)).optionalString("verification")).isEmpty();
    print("ria", "key-of-one", Map.of("language", "fr"));
    var next = read(defaults("ria", STUDY));
    assertThat(next.string("verification")).isEqualTo("otp-sms");
    assertThat(next.string("prefix")).isEqualTo("+32");
    assertThat(next.string("language")).isEqualTo("fr");
    assertThat(next.object("destination").string("mobile")).isEqualTo("+32470123456");
  }

  @Test
  void whereNoPatientReadsReportsNoneIsPrinted() {
    var study = study(new OrderId("lindenhof", "L1"), "1.2.826.0.3.9");
    var answer = print("otto", "key-of-one", Map.of("studies", List.of(study.value())));
    assertThat(read(answer).string("code")).isEqualTo("report-not-allowed");
  }

  /// Several exams behind one code: those that were chosen, of whatever orders, and no other of the
  /// same patient; without the report where images alone were given.
  @Test
  void whatWasChosenIsAllThatOpens() {
    var second = study(new OrderId("noord", "A18"), "1.2.826.0.3.2");
    study(new OrderId("noord", "A19"), "1.2.826.0.3.3");
    hospital.report(ORDER, "Normal.");
    var both = List.of(STUDY.value(), second.value());
    var images = Map.of("studies", both, "access", "images");
    assertThat(opened(print("ria", "key-of-images", images)))
        .containsOnly(Map.entry(STUDY, 0), Map.entry(second, 0));
    assertThat(opened(print("ria", "key-of-report", Map.of("studies", both))))
        .containsOnly(Map.entry(STUDY, 1), Map.entry(second, 0));
  }

  /// What a patient with this number sees, and how many reports of it.
  private Map<StudyId, Integer> opened(HttpResponse printed) {
    assertThat(printed.status()).as(printed.body()).isEqualTo(201);
    var bucket = buckets.find(read(printed).string("bucket")).orElseThrow();
    var authorisation =
        new Authorisation(
            new DynamoOrders(tables.client(), "OrdersTable"),
            new DynamoStudies(tables.client(), "StudiesTable"),
            new DynamoDepartments(tables.client(), "DepartmentsTable"),
            clock);
    return authorisation.all(new Principal.Patient(bucket)).stream()
        .flatMap(order -> order.studies().stream())
        .collect(toMap(one -> one.study().id(), one -> one.reports().size()));
  }

  @Test
  void aLabelIsSetForWhoHasToDoWithTheStudies() {
    var marks = new DynamoMarks(tables.client(), "MarksTable", trail);
    var mine = Map.<String, Object>of("text", " Tweede mening ", "account", "ria");
    assertThat(print("ria", "key-of-one", Map.of("label", mine)).status()).isEqualTo(201);
    assertThat(print("ria", "key-of-one", Map.of("label", mine)).status()).isEqualTo(201);
    assertThat(marks.find("ria", List.of(STUDY)).get(STUDY))
        .extracting(Mark::labels)
        .isEqualTo(List.of(new Mark.Label("Tweede mening", "grey")));
    for (var wrong :
        List.of(
            Map.of("text", "x", "account", "maes"),
            Map.of("text", "x", "group", "linde"),
            Map.of("text", "x", "account", "ria", "group", "linde"),
            Map.of("text", " ", "account", "ria"),
            Map.of("text", "a|b", "account", "ria"))) {
      var answer = print("ria", "key-of-two", Map.of("label", wrong));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("\"parameter\":\"label\"");
    }
    assertThat(marks.find("maes", List.of(STUDY))).isEmpty();
  }

  @Test
  void aLabelOfAGroupIsSetForEachMember() {
    var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    accounts.create(TestAccounts.professional("wouters"));
    new DynamoGroups(tables.client(), new DynamoGroups.Tables("GroupsTable", "AccountsTable"))
        .create(
            new Group(
                "linde",
                "De Linde",
                "maes",
                List.of(
                    new Group.Member("maes", true, Optional.empty()),
                    new Group.Member("wouters", false, Optional.empty()))));
    new DynamoGrants(tables.client(), new DynamoGrants.Tables("GrantsTable", "BucketsTable"))
        .put(
            new Grant(
                STUDY,
                Grant.ofGroup("linde"),
                "mapping-m",
                Reason.Kind.REQUESTED,
                Optional.of("maes"),
                Optional.of(ORDER),
                new Grant.Place("2026-11-20T08:15:00#" + STUDY, "PEETERS#19580307")));
    var labels = read(defaults("ria", STUDY)).object("labels");
    assertThat(labels.objects("groups").getFirst().string("name")).isEqualTo("De Linde");
    var theirs = Map.<String, Object>of("text", "Bespreken", "group", "linde");
    assertThat(print("ria", "key-of-one", Map.of("label", theirs)).status()).isEqualTo(201);
    var marks = new DynamoMarks(tables.client(), "MarksTable", trail);
    for (var member : List.of("maes", "wouters")) {
      assertThat(marks.find(member, List.of(STUDY))).containsKey(STUDY);
    }
  }

  @Test
  void everyFaultIsAProblemOfItsCode() {
    for (var fault : Fault.values()) {
      assertThat(ReferenceLetterHandler.problem(fault).status())
          .isEqualTo(fault == Fault.NO_ORDER ? 409 : 400);
    }
    assertThat(Problem.IDEMPOTENCY_KEY_REUSED.status()).isEqualTo(422);
  }

  @Test
  void theLetterIsAPdfInItsOwnOrAnotherLanguage() throws Exception {
    var letter = read(print("ria", "key-of-one", Map.of()));
    for (var language : List.of("", "language=fr")) {
      var event = TestEvents.cookie(TestEvents.read("reference-letter", "pdf"), visit("ria"));
      var answer = handler.answer(TestEvents.path(event, letter.string("pdf"), language));
      assertThat(answer.headers())
          .containsEntry("content-type", "application/pdf")
          .containsEntry("cache-control", "no-store")
          .containsEntry("content-disposition", "inline");
      try (var pdf = Loader.loadPDF(Base64.getDecoder().decode(answer.body()))) {
        assertThat(pdf.getDocumentCatalog().getLanguage())
            .isEqualTo(language.isEmpty() ? "nl" : "fr");
        assertThat(new PDFTextStripper().getText(pdf))
            .contains("An Peeters")
            .doesNotContain("1958")
            .doesNotContain("counter");
      }
    }
    assertThat(events(AuditEvent.bucket(letter.string("bucket"))))
        .contains(AuditAction.LETTER_SHOWN);
    assertThat(get("otto", "pdf", letter.string("id") + "/pdf").status()).isEqualTo(404);
  }

  @Test
  void whatIsTypedInLinesStaysInThem() {
    var typed =
        Map.<String, Object>of("message", "Beste An,\r\nTot\u0007 dinsdag.\n", "reason", "a\nb");
    var letter = read(print("ria", "key-of-one", typed));
    assertThat(letter.string("message")).isEqualTo("Beste An,\nTot dinsdag.");
    assertThat(
            read(print("ria", "key-of-two", Map.of("message", " \n "))).optionalString("message"))
        .isEmpty();
    var tooLong = print("ria", "key-of-long", Map.of("message", "x\n".repeat(1001)));
    assertThat(read(tooLong).string("code")).isEqualTo("message-too-long");
  }

  @Test
  void aLetterIsGoneAfterAMonth() {
    var id = read(print("ria", "key-of-one", Map.of())).string("id");
    clock.advance(Duration.ofDays(31));
    assertThat(get("ria", "letter", id).status()).isEqualTo(404);
  }

  private String everything() {
    return tables.client().listTables().tableNames().stream()
        .flatMap(table -> tables.client().scan(scan -> scan.tableName(table)).items().stream())
        .map(Object::toString)
        .collect(Collectors.joining("\n"));
  }

  private List<AuditAction> events(String of) {
    return trail.read(of, Optional.empty(), 99).events().stream().map(AuditEvent::action).toList();
  }

  private static JsonObject read(HttpResponse answer) {
    return JsonObject.parse(answer.body().getBytes(UTF_8));
  }

  private Token visit(String account) {
    var token = new Token("visit-" + account + visits.incrementAndGet());
    new DynamoSessions(tables.client(), "SessionsTable")
        .begin(Session.begin(token.hash(), new Subject.OfAccount(account), 0, "", clock.instant()));
    return token;
  }

  private HttpResponse print(String who, String key, Map<String, Object> other) {
    var body = new HashMap<String, Object>();
    body.put("studies", List.of(STUDY.value()));
    body.put("verification", "otp-sms");
    body.put("destination", "0470 99 99 99");
    body.put("access", "images-and-report");
    body.put("reason", "Asked for at the counter");
    body.put("language", "nl");
    body.put("validUntil", "2026-12-23");
    body.put("patientAgreed", true);
    other.forEach(body::put);
    body.values().removeIf(Objects::isNull);
    var event = TestEvents.cookie(TestEvents.read("reference-letter", "print"), visit(who));
    return handler.answer(
        TestEvents.body(TestEvents.header(event, "idempotency-key", key), Json.text(body)));
  }

  private HttpResponse defaults(String who, StudyId study) {
    var event = TestEvents.cookie(TestEvents.read("reference-letter", "defaults"), visit(who));
    return handler.answer(
        TestEvents.path(event, "/api/letters/defaults", "studies=" + study.value()));
  }

  private HttpResponse get(String who, String what, String id) {
    var event = TestEvents.cookie(TestEvents.read("reference-letter", what), visit(who));
    return handler.answer(TestEvents.path(event, "/api/letters/" + id));
  }
}
