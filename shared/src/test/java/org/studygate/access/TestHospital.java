package org.studygate.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.account.DynamoAccounts;
import org.studygate.audit.AuditEvent;
import org.studygate.copying.DynamoCopies;
import org.studygate.copying.Opening;
import org.studygate.copying.Release;
import org.studygate.department.Department;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.IntakeRules;
import org.studygate.department.PaymentRules;
import org.studygate.department.PaymentRules.Afterwards;
import org.studygate.department.Policy;
import org.studygate.department.PrintRules;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.dynamo.Transaction;
import org.studygate.news.DynamoNews;
import org.studygate.news.Telling;
import org.studygate.notice.CodeMessage;
import org.studygate.notice.Message;
import org.studygate.notice.Notices;
import org.studygate.notice.PincodeMessage;
import org.studygate.notice.Seal;
import org.studygate.order.BirthDate;
import org.studygate.order.DynamoCards;
import org.studygate.order.DynamoOrders;
import org.studygate.order.Linking;
import org.studygate.order.Order;
import org.studygate.order.Orders;
import org.studygate.order.WriteCard;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.reference.DynamoReferences;
import org.studygate.reference.Hashes;
import org.studygate.reference.ReferenceNumber;
import org.studygate.reference.References;
import org.studygate.sharing.DynamoRelease;
import org.studygate.signin.Codes;
import org.studygate.signin.DynamoChallenges;
import org.studygate.signin.DynamoChallenges.Tables;
import org.studygate.signin.Steps;
import org.studygate.study.Document;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Facts;
import org.studygate.study.Instance;
import org.studygate.study.NoRollUps;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.Samples;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

/// A hospital for tests: its department, orders with numbers, studies and reports, in real
/// tables.
public final class TestHospital {
  public static final BirthDate BORN = new BirthDate(1958, 3, 7);

  private final TestTables tables;
  private final TestClock clock;
  private String patientId = "P-1";
  private final DynamoOrders orders;
  private final DynamoStudies studies;

  public TestHospital(TestTables tables, TestClock clock) {
    this.tables = tables;
    this.clock = clock;
    this.orders = new DynamoOrders(tables.client(), "OrdersTable");
    this.studies = new DynamoStudies(tables.client(), "StudiesTable");
  }

  /// The variables of every function.
  public static Map<String, String> variables() {
    var variables = new HashMap<String, String>();
    for (var table :
        List.of(
            "Departments",
            "Orders",
            "Studies",
            "Marks",
            "References",
            "Buckets",
            "Grants",
            "Acts",
            "Challenges",
            "Accounts",
            "Groups",
            "Sessions",
            "Limits",
            "Outbox",
            "Receipts",
            "Payments",
            "Audit")) {
      variables.put(table.toUpperCase(java.util.Locale.ROOT) + "_TABLE", table + "Table");
    }
    variables.put("STUDIES_BUCKET", "studies");
    return variables;
  }

  /// Who is told of a study by mail.
  public static Telling telling(TestTables tables, Clock clock) {
    var client = tables.client();
    var seal = new Seal(new Pepper(new TestSecrets(), "pepper"), new SecureRandom());
    return new Telling(
        new DynamoNews(client, "GrantsTable", "OutboxTable", clock),
        new DynamoCards(client, "StudiesTable"),
        new DynamoAccounts(client, "AccountsTable"),
        new Notices(seal, new Tokens(new SecureRandom())));
  }

  /// What opens buckets of copies.
  public static Opening opening(TestTables tables, Clock clock) {
    var client = tables.client();
    return new Opening(
        new DynamoCopies(client, "StudiesTable"),
        new DynamoBuckets(client, "BucketsTable"),
        release(tables),
        new DynamoGrants(client, new DynamoGrants.Tables("GrantsTable", "BucketsTable")),
        new DynamoStudies(client, "StudiesTable"),
        clock);
  }

  /// The moment in which one opens.
  public static Release release(TestTables tables) {
    return new DynamoRelease(
        tables.client(), new DynamoRelease.Tables("BucketsTable", "StudiesTable", "OutboxTable"));
  }

  /// Who may see what, as roll-up settles it.
  public static Settling settling(TestTables tables, Clock clock) {
    var client = tables.client();
    var studies = new DynamoStudies(client, "StudiesTable");
    var authorisation =
        new Authorisation(
            new DynamoOrders(client, "OrdersTable"),
            studies,
            new DynamoDepartments(client, "DepartmentsTable"),
            clock);
    return new Settling(
        studies,
        authorisation,
        new DynamoAccounts(client, "AccountsTable"),
        new DynamoGrants(client, new DynamoGrants.Tables("GrantsTable", "BucketsTable")),
        new DynamoBuckets(client, "BucketsTable"));
  }

  /// Writes what lists show.
  public static WriteCard card(TestTables tables) {
    return new WriteCard(
        new DynamoCards(tables.client(), "StudiesTable"),
        new DynamoStudies(tables.client(), "StudiesTable"),
        new DynamoOrders(tables.client(), "OrdersTable"));
  }

  /// What the departments of tests ask for: 15 euro, an MR 25.
  public static final PaymentRules PAYMENT =
      new PaymentRules(
          Currency.getInstance("EUR"),
          1500,
          Map.of("MR", 2500L),
          List.of("bancontact", "card", "sepa_debit"),
          Afterwards.END,
          Afterwards.END,
          Map.of("nl", "Uw eigen dossier is gratis: bel ons."),
          true);

  public void department(String id, ReportRule rule) {
    department(id, rule, PAYMENT);
  }

  public void department(String id, ReportRule rule, PaymentRules payment) {
    department(id, rule, Optional.of(payment));
  }

  public void department(String id, ReportRule rule, Optional<PaymentRules> payment) {
    department(id, rule, payment, Optional.empty());
  }

  /// @param retention how long images are kept after the exam
  public void department(
      String id, ReportRule rule, Optional<PaymentRules> payment, Optional<Period> retention) {
    new DynamoDepartments(tables.client(), "DepartmentsTable")
        .put(
            new Department(
                id,
                "Radiologie " + id,
                "Ziekenhuis " + id,
                new Department.Contact(
                    "+3234567890", Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                new Department.Brand("#0b5c7a", "#7cc4de"),
                List.of("nl", "fr"),
                ZoneId.of("Europe/Brussels"),
                "1",
                new Policy(
                    Verification.DATE_OF_BIRTH,
                    rule,
                    Period.ofMonths(1),
                    Period.ofMonths(6),
                    40,
                    Duration.ofMinutes(5),
                    List.of("+32"),
                    payment,
                    IntakeRules.STANDARD,
                    retention,
                    PrintRules.ANY)),
            clock.instant(),
            "test");
  }

  /// An order that lists studies, with a number that opens it. Answers its bucket.
  /// Whose the next orders and studies are.
  public void patient(String id) {
    patientId = id;
  }

  public String order(
      OrderId id, String number, Verification verification, boolean report, String... uids) {
    return order(
        id,
        number,
        verification,
        report,
        new Validity(
            clock.instant().minus(Duration.ofDays(1)), clock.instant().plus(Duration.ofDays(60))),
        uids);
  }

  public String order(
      OrderId id,
      String number,
      Verification verification,
      boolean report,
      Validity validity,
      String... uids) {
    var listed = new ArrayList<Order.Listed>();
    for (var uid : uids) {
      listed.add(
          new Order.Listed(
              Optional.of(uid),
              Optional.of("CT thorax " + uid),
              Optional.of(LocalDate.of(2026, 11, 20)),
              Optional.of("CT"),
              Optional.empty()));
    }
    var patient =
        new Order.Patient(
            Optional.of(patientId),
            Optional.empty(),
            "Peeters",
            Optional.of("An"),
            BORN,
            Optional.of("F"),
            Optional.of("nl"),
            Optional.of("+32470123456"),
            Optional.of("an.peeters@example.org"));
    orders.place(
        new Order(
            id,
            id.accession(),
            clock.instant().toString(),
            clock.instant(),
            patient,
            Optional.empty(),
            List.of(),
            listed));
    var named = new ArrayList<StudyId>();
    for (var uid : uids) {
      named.add(StudyId.of(id.department(), uid));
    }
    linking().orderCame(id, named);
    var outcome = registrar().register(registration(id, number, verification, report, validity));
    if (!(outcome instanceof Registrar.Outcome.Registered(var bucket))) {
      throw new IllegalStateException(outcome.toString());
    }
    return bucket;
  }

  /// An order whose number opens nothing, as it is taken in. Answers what waits for another.
  public String weak(OrderId id, String uid) {
    var validity = new Validity(clock.instant(), clock.instant().plus(Duration.ofDays(60)));
    order(id, "TOBEREPLACED" + id.accession(), Verification.OTP_SMS, true, validity, uid);
    var wanted = registration(id, "12345678", Verification.OTP_SMS, true, validity);
    if (!(registrar().refuse(wanted, "weak-number")
        instanceof Registrar.Outcome.Waiting(var bucket))) {
      throw new IllegalStateException("a number of ours is there");
    }
    orders.registered(
        id,
        wanted.version(),
        new Orders.Registered(Optional.of(bucket), Optional.of("weak-number")));
    return bucket;
  }

  /// A number that somebody printed for some studies of noord, without its letter. Answers its
  /// bucket.
  public String printed(
      String number, Verification verification, boolean report, StudyId... chosen) {
    var hash =
        Hashes.reference(
            new Pepper(new TestSecrets(), "pepper"), ReferenceNumber.typed(number).orElseThrow());
    var id = "of-" + number;
    var now = clock.instant();
    var bucket =
        new Bucket(
            id,
            "noord",
            new Scope.OfStudies(Set.of(chosen)),
            report,
            verification,
            destination(verification),
            "nl",
            now,
            now.plus(Duration.ofDays(30)),
            false,
            false,
            Paid.NOTHING,
            0,
            Set.of(),
            Origin.printed("physician", now));
    var birth = Hashes.birth(new Pepper(new TestSecrets(), "pepper"), hash, BORN);
    var entry = new References.Entry(id, birth, BORN.known());
    var given = new Given("Asked for.", now, "1");
    var done =
        new Transaction()
            .step("number", DynamoReferences.claiming("ReferencesTable", hash, entry, "1"))
            .step("bucket", DynamoBuckets.giving("BucketsTable", bucket, given, hash, birth))
            .commit(tables.client())
            .done();
    if (!done) {
      throw new IllegalStateException("the number is there already");
    }
    return id;
  }

  private static Optional<String> destination(Verification verification) {
    return switch (verification) {
      case OTP_SMS, PAYMENT -> Optional.of("+32470123456");
      case OTP_EMAIL -> Optional.of("an.peeters@example.org");
      case DATE_OF_BIRTH -> Optional.empty();
    };
  }

  private Registrar registrar() {
    return new Registrar(
        new DynamoReferences(tables.client(), "ReferencesTable"),
        new DynamoBuckets(tables.client(), "BucketsTable"),
        new Pepper(new TestSecrets(), "pepper"),
        clock);
  }

  private Registrar.Registration registration(
      OrderId id, String number, Verification verification, boolean report, Validity validity) {
    return new Registrar.Registration(
        id,
        ReferenceNumber.typed(number).orElseThrow(),
        verification,
        report,
        destination(verification),
        "nl",
        BORN,
        validity,
        clock.instant().toString());
  }

  private Linking linking() {
    return new Linking(studies, orders, new NoRollUps(), _ -> {}, clock);
  }

  /// A study with one series of so many instances, complete.
  public StudyId study(OrderId order, String uid, int instances) {
    return study(order, uid, instances, Samples.facts(patientId));
  }

  public StudyId study(OrderId order, String uid, int instances, Facts facts) {
    return study(order, uid, instances, facts, List.of());
  }

  /// One that is still coming.
  public StudyId arriving(OrderId order, String uid) {
    return came(order, uid, 1, Samples.facts(patientId), List.of());
  }

  /// The same with other objects in its series.
  public StudyId study(
      OrderId order, String uid, int instances, Facts facts, List<Document> documents) {
    var id = came(order, uid, instances, facts, documents);
    var now = clock.instant();
    var totals =
        new Studies.Totals(
            1, instances, instances, List.of("CT"), facts, true, instances, now, Optional.empty());
    if (!studies.total(id, studies.find(id).orElseThrow().revision(), totals)) {
      throw new IllegalStateException("the study changed meanwhile");
    }
    return id;
  }

  private StudyId came(
      OrderId order, String uid, int instances, Facts facts, List<Document> documents) {
    var id = StudyId.of(order.department(), uid);
    var now = clock.instant();
    var series = new SeriesUid(uid + ".1");
    for (var i = 1; i <= instances; i++) {
      studies.file(id, Samples.instance(series, uid + ".1." + i, Instance.Kind.IMAGE));
    }
    studies.received(
        new Studies.Arrival(
            id, order.department(), uid, Set.of(Samples.whose(patientId, order.accession()))),
        now,
        now.plusSeconds(300));
    var gen = studies.change(id, series, now);
    linking().studyCame(studies.find(id).orElseThrow());
    studies.built(
        id,
        new Series(
            series,
            Optional.of(1),
            "Thorax",
            "CT",
            "CHEST",
            instances,
            instances,
            instances,
            instances == 0 ? Optional.empty() : Optional.of(uid + ".1.1"),
            Optional.empty(),
            facts,
            Set.of(Samples.facts(patientId).person()),
            Set.of(),
            gen,
            gen,
            Optional.empty(),
            Optional.empty(),
            documents),
        now);
    return id;
  }

  /// A final report that came as a file of its study.
  public void report(StudyId study, Document document) {
    var version =
        new Report.Version(
            "dicom-1",
            "v1",
            Report.State.FINAL,
            clock.instant(),
            Optional.empty(),
            "nl",
            "",
            "Maes",
            Optional.empty(),
            false,
            Optional.of(document));
    studies.report(study, version, Samples.facts("P-1").person());
  }

  /// A final report that came by accession number.
  public void report(OrderId order, String text) {
    orders.report(
        order,
        new Report.Version(
            "r1",
            "v1",
            Report.State.FINAL,
            clock.instant(),
            Optional.of(order),
            "nl",
            text,
            "Maes",
            Optional.empty(),
            false));
    linking().reportCame(order);
  }

  /// The newest code that waits in the outbox for a bucket.
  public CodeMessage outbox(String bucket) {
    return (CodeMessage) messages(bucket).getLast();
  }

  /// Everything that waits in the outbox for a bucket, the oldest first.
  public List<Message> messages(String bucket) {
    return told(AuditEvent.bucket(bucket));
  }

  /// Everything that waits in the outbox and is told in a trail, the oldest first.
  public List<Message> told(String trail) {
    var seal = new Seal(new Pepper(new TestSecrets(), "pepper"), new SecureRandom());
    return tables
        .client()
        .scan(scan -> scan.tableName("OutboxTable").consistentRead(true))
        .items()
        .stream()
        .map(Item::of)
        .filter(item -> item.text("trail").equals(trail))
        .sorted(Comparator.comparing(item -> item.time("created")))
        .map(item -> Message.parse(seal.open(item.text("message_id"), item.text("sealed"))))
        .toList();
  }

  /// A challenge is open in somebody's browser: the cookie. Its code waits in the outbox.
  public Token challenge(String bucket) {
    var pepper = new Pepper(new TestSecrets(), "pepper");
    var tokens = new Tokens(new SecureRandom());
    var sendings = Tables.ofSending("ChallengesTable", "LimitsTable", "OutboxTable");
    var outcome =
        new Codes(
                new DynamoChallenges(tables.client(), sendings),
                new Notices(new Seal(pepper, new SecureRandom()), tokens),
                pepper,
                tokens,
                clock)
            .open(new DynamoBuckets(tables.client(), "BucketsTable").find(bucket).orElseThrow());
    return ((Codes.Outcome.Opened) outcome).cookie();
  }

  /// Somebody has shown number and date of birth and is to pay or to type the pincode: the cookie.
  public Token step(String bucket) {
    var buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    var challenges = new DynamoChallenges(tables.client(), Tables.ofSteps("ChallengesTable"));
    return new Steps(challenges, buckets, new Tokens(new SecureRandom()), clock)
        .begin(buckets.find(bucket).orElseThrow());
  }

  /// Every code that waits in the outbox for a bucket, the newest last.
  public List<String> codes(String bucket) {
    return messages(bucket).stream()
        .filter(CodeMessage.class::isInstance)
        .map(message -> ((CodeMessage) message).code())
        .toList();
  }

  /// Every pincode that waits in the outbox for a bucket.
  public List<String> pincodes(String bucket) {
    return messages(bucket).stream()
        .filter(PincodeMessage.class::isInstance)
        .map(message -> ((PincodeMessage) message).pincode())
        .toList();
  }
}
