package org.studygate.access;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Mapping;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.order.DynamoOrders;
import org.studygate.order.Order;
import org.studygate.platform.TestClock;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

class SettlingTest {
  @AutoClose private static final TestTables TABLES = TestTables.start();
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final OrderId OTHER = new OrderId("noord", "B18");
  private static final String UID = "1.2.826.0.4.1";
  private static final String NUMBER = "RIS-2026-48151623";

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final TestHospital hospital = new TestHospital(TABLES, clock);
  private final DynamoStudies studies = new DynamoStudies(TABLES.client(), "StudiesTable");
  private final DynamoOrders orders = new DynamoOrders(TABLES.client(), "OrdersTable");
  private final DynamoAccounts accounts = new DynamoAccounts(TABLES.client(), "AccountsTable");
  private final DynamoBuckets buckets = new DynamoBuckets(TABLES.client(), "BucketsTable");
  private final DynamoGrants grants =
      new DynamoGrants(TABLES.client(), new DynamoGrants.Tables("GrantsTable", "BucketsTable"));
  private final Authorisation authorisation =
      new Authorisation(
          new GrantedHoldings(grants),
          orders,
          studies,
          new DynamoDepartments(TABLES.client(), "DepartmentsTable"),
          clock);
  private final Settling settling = new Settling(studies, authorisation, accounts, grants, buckets);
  private int versions;
  private String bucket = "";

  @BeforeEach
  void begin() {
    TABLES.clear();
    hospital.department("noord", new ReportRule.Never());
    account("maes", Account.State.ACTIVE);
    account("claes", Account.State.ACTIVE);
    account("new", Account.State.REGISTERED);
    accounts.map(mapping("m1", "maes", "1001", Optional.of("lungs")));
    accounts.map(mapping("m2", "claes", "1002", Optional.empty()));
    accounts.map(mapping("m3", "new", "1001", Optional.of("hearts")));
    bucket = hospital.order(ORDER, NUMBER, Verification.DATE_OF_BIRTH, true, UID);
  }

  @Test
  void requesterCopiesGroupsAndDepartmentGetTheirRows() {
    asks(ORDER, "1001", "1002", "1001", "1999");
    var study = hospital.study(ORDER, UID, 2);
    settling.study(study);
    assertThat(rows(study))
        .containsExactlyInAnyOrder(
            "account:maes#mapping-m1 requested maes",
            "group:lungs#mapping-m1 requested maes",
            "account:claes#mapping-m2 copied claes",
            "department:noord#department-noord staff ");
    var place = grants.of(study).getFirst().place();
    assertThat(place.listed()).isEqualTo("2026-11-20T08:15:00#" + study);
    assertThat(place.nameKey()).isEqualTo("PEETERS#19580307");
    assertThat(sees("maes", study)).isTrue();
    assertThat(sees("claes", study)).isTrue();
    assertThat(sees("new", study)).isFalse();
  }

  @Test
  void whatHasNotBeenCompleteGivesNoRows() {
    asks(ORDER, "1001");
    var study = StudyId.of("noord", UID);
    settling.study(study);
    assertThat(rows(study)).isEmpty();
  }

  @Test
  void aCorrectedRequesterTakesTheFormersRightAway() {
    asks(ORDER, "1001");
    var study = hospital.study(ORDER, UID, 2);
    settling.study(study);
    asks(ORDER, "1002");
    settling.study(study);
    assertThat(rows(study))
        .containsExactlyInAnyOrder(
            "account:claes#mapping-m2 requested claes", "department:noord#department-noord staff ");
    asks(ORDER);
    settling.study(study);
    assertThat(rows(study)).containsExactly("department:noord#department-noord staff ");
  }

  @Test
  void aStudyThatBelongsElsewhereGoesThere() {
    asks(ORDER, "1001");
    hospital.order(OTHER, "RIS-2026-48151624", Verification.DATE_OF_BIRTH, true);
    asks(OTHER, "1002");
    var study = hospital.study(ORDER, UID, 2);
    settling.study(study);
    link(study, Optional.of(OTHER));
    orders.claim(OTHER, study);
    settling.study(study);
    assertThat(rows(study))
        .containsExactlyInAnyOrder(
            "account:claes#mapping-m2 requested claes", "department:noord#department-noord staff ");
    link(study, Optional.empty());
    settling.study(study);
    assertThat(rows(study)).containsExactly("department:noord#department-noord staff ");
  }

  @Test
  void anAccountThatIsClosedKeepsWhatItHasAndGetsNothingNew() {
    asks(ORDER, "1001");
    var study = hospital.study(ORDER, UID, 2);
    settling.study(study);
    state("maes", Account.State.DISABLED);
    settling.study(study);
    assertThat(rows(study)).contains("account:maes#mapping-m1 requested maes");
    asks(ORDER, "1002");
    settling.study(study);
    asks(ORDER, "1001");
    settling.study(study);
    assertThat(rows(study)).containsExactly("department:noord#department-noord staff ");
    state("maes", Account.State.ACTIVE);
    settling.study(study);
    assertThat(rows(study)).hasSize(3);
  }

  @Test
  void aMappingThatWasEndedOpensNothingBeforeAndAfterSettling() {
    asks(ORDER, "1001");
    var study = hospital.study(ORDER, UID, 2);
    settling.study(study);
    buckets.withdraw(Bucket.ofMapping("m1"));
    accounts.unmap(mapping("m1", "maes", "1001", Optional.of("lungs")));
    assertThat(sees("maes", study)).isFalse();
    settling.study(study);
    assertThat(rows(study)).containsExactly("department:noord#department-noord staff ");
    assertThat(sees("maes", study)).isFalse();
  }

  /// What is told with a correction changes where the study is found, and nobody's right.
  @Test
  void aCorrectedNameIsFoundUnderItself() {
    asks(ORDER, "1001");
    var study = hospital.study(ORDER, UID, 2);
    settling.study(study);
    named(ORDER, "Janssens", "1001");
    settling.study(study);
    assertThat(grants.of(study))
        .hasSize(3)
        .allMatch(row -> row.place().nameKey().equals("JANSSENS#19580307"));
  }

  @Test
  void anOrderWithAReportAloneStandsForAStudyUntilThereIsOne() {
    hospital.order(OTHER, "RIS-2026-48151624", Verification.DATE_OF_BIRTH, true);
    asks(OTHER, "1001");
    var itself = StudyId.of(OTHER);
    studies.hint(itself, OTHER);
    settling.study(itself);
    assertThat(rows(itself)).isEmpty();
    hospital.report(OTHER, "Geen bijzonderheden.");
    settling.study(itself);
    assertThat(rows(itself)).hasSize(3);
    assertThat(sees("maes", itself)).isTrue();
    var study = hospital.study(OTHER, "1.2.826.0.4.7", 1);
    settling.study(study);
    assertThat(rows(itself)).isEmpty();
    assertThat(rows(study)).hasSize(3);
  }

  @Test
  void anAddedNumberGivesWhatIsThereAndWhatComes() {
    register();
    var first = hospital.study(ORDER, UID, 2);
    settling.study(first);
    assertThat(sees("claes", first)).isFalse();
    assertThat(settling.add(bucket, "claes", 0)).isTrue();
    assertThat(settling.add(bucket, "claes", 0)).isTrue();
    assertThat(sees("claes", first)).isTrue();
    assertThat(rows(first)).contains("account:claes#" + bucket + " reference ");
    var later = hospital.study(ORDER, "1.2.826.0.4.2", 1);
    assertThat(sees("claes", later)).isFalse();
    settling.study(later);
    assertThat(sees("claes", later)).isTrue();
    assertThat(sees("maes", later)).isFalse();
    asks(ORDER, "1001");
    settling.study(first);
    assertThat(rows(first)).contains("account:claes#" + bucket + " reference ");
    buckets.withdraw(bucket);
    assertThat(sees("claes", first)).isFalse();
    assertThat(settling.add(bucket, "claes", 0)).isFalse();
    assertThat(settling.add(bucket, "claes", 1)).isFalse();
  }

  @Test
  void anotherEpochAsksForTheCodeAgain() {
    register();
    var study = hospital.study(ORDER, UID, 2);
    assertThat(settling.add(bucket, "claes", 0)).isTrue();
    buckets.endVisits(bucket, true);
    assertThat(authorisation.ask(who("claes"), study, Right.STUDY))
        .isEqualTo(new Decision.Refused());
    assertThat(settling.add(bucket, "claes", 0)).isFalse();
    assertThat(settling.add(bucket, "claes", 1)).isTrue();
    assertThat(sees("claes", study)).isTrue();
    assertThat(buckets.find(bucket).orElseThrow().added()).containsExactly("claes@1");
  }

  @Test
  void aNumberIsAddedBySoManyAndNoMore() {
    for (var i = 0; i < 100; i++) {
      assertThat(settling.add(bucket, "a" + i, 0)).isTrue();
    }
    assertThat(settling.add(bucket, "one-more", 0)).isFalse();
    assertThat(settling.add(bucket, "a7", 0)).isTrue();
  }

  /// Each settles what it has read; the last to come must leave what the last order says.
  @Test
  void settlingAgainstSettlingLeavesWhatTheLastOrderSays() throws Exception {
    var study = hospital.study(ORDER, UID, 2);
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var round = 0; round < 12; round++) {
        var last = round % 2 == 0 ? "1001" : "1002";
        var turns = new ArrayList<Callable<Boolean>>();
        for (var number : List.of("1001", "1002", last)) {
          turns.add(
              () -> {
                synchronized (this) {
                  asks(ORDER, number);
                }
                settling.study(study);
                return true;
              });
        }
        for (var turn : threads.invokeAll(turns)) {
          assertThat(turn.get()).isTrue();
        }
        var requester = orders.find(ORDER).orElseThrow().order().requestedBy().orElseThrow();
        assertThat(rows(study))
            .hasSize(requester.number().equals(Optional.of("1001")) ? 3 : 2)
            .contains(
                requester.number().equals(Optional.of("1001"))
                    ? "account:maes#mapping-m1 requested maes"
                    : "account:claes#mapping-m2 requested claes");
      }
    }
  }

  /// What is asked after an ending has been written is refused, by opening and by the list.
  @Test
  void nobodyReadsPastAnEnding() throws Exception {
    asks(ORDER, "1001");
    var study = hospital.study(ORDER, UID, 2);
    try (var threads = Executors.newFixedThreadPool(5)) {
      for (var round = 0; round < 5; round++) {
        var id = "m1" + round;
        buckets.last(new Scope.OfMapping(id, "noord"));
        var account = "reader" + round;
        var row =
            new Grant(
                study,
                Grant.ofAccount(account),
                Bucket.ofMapping(id),
                Reason.Kind.REQUESTED,
                Optional.empty(),
                Optional.of(ORDER),
                new Grant.Place("2026-11-20T08:15:00#" + study, "PEETERS#19580307"));
        grants.put(row);
        var ended = new AtomicBoolean();
        var readers = new ArrayList<Future<Boolean>>();
        for (var i = 0; i < 4; i++) {
          var opens = i % 2 == 0;
          readers.add(threads.submit(() -> readsPast(ended, row, account, opens)));
        }
        buckets.withdraw(Bucket.ofMapping(id));
        ended.set(true);
        for (var reader : readers) {
          assertThat(reader.get()).isFalse();
        }
      }
    }
  }

  /// Whether a read that began after the ending still gave it; it ends with the first refusal.
  private boolean readsPast(AtomicBoolean ended, Grant row, String account, boolean opens) {
    while (true) {
      var after = ended.get();
      var given =
          opens
              ? sees(account, row.study())
              : !new GrantedHoldings(grants)
                  .verify(who(account), List.of(row.line()), clock.instant())
                  .isEmpty();
      if (!given) {
        return false;
      }
      if (after) {
        return true;
      }
    }
  }

  @Test
  void addingANumberBesideAStudyThatComesMissesNothing() throws Exception {
    register();
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var round = 0; round < 10; round++) {
        var uid = "1.2.826.0.4.9" + round;
        var account = "a" + round;
        var adding = threads.submit(() -> settling.add(bucket, account, 0));
        var coming =
            threads.submit(
                () -> {
                  var study = hospital.study(ORDER, uid, 1);
                  settling.study(study);
                  return study;
                });
        assertThat(adding.get()).isTrue();
        assertThat(sees(account, coming.get())).isTrue();
      }
    }
  }

  /// As message-ingest notes it.
  private void register() {
    orders.intend(ORDER, orders.find(ORDER).orElseThrow().order().version(), bucket);
  }

  private boolean sees(String account, StudyId study) {
    return authorisation.ask(who(account), study, Right.STUDY) instanceof Decision.Permitted;
  }

  private static Principal.Professional who(String account) {
    return new Principal.Professional(
        account, Role.PROFESSIONAL, Set.of(), Optional.empty(), Set.of());
  }

  private Set<String> rows(StudyId study) {
    return grants.of(study).stream()
        .map(row -> row.holder() + " " + row.kind().code() + " " + row.by().orElse(""))
        .collect(toUnmodifiableSet());
  }

  private void account(String id, Account.State state) {
    accounts.create(TestAccounts.account(id, Role.PROFESSIONAL, Optional.empty(), state));
  }

  private void state(String id, Account.State state) {
    TABLES
        .client()
        .updateItem(
            update ->
                update
                    .tableName("AccountsTable")
                    .key(Map.of("account_id", Item.s(id), "item", Item.s("profile")))
                    .updateExpression("SET #state = :state")
                    .expressionAttributeNames(Map.of("#state", "state"))
                    .expressionAttributeValues(Map.of(":state", Item.s(state.code()))));
  }

  private static Mapping mapping(String id, String account, String number, Optional<String> group) {
    return new Mapping(id, account, "noord", "Maes Jan", number, group, true, true);
  }

  private void asks(OrderId order, String... numbers) {
    named(order, "Peeters", numbers);
  }

  /// The newest message about an order: the first of the numbers asked for it, the others get a
  /// copy.
  private void named(OrderId id, String familyName, String... numbers) {
    var there = orders.find(id).orElseThrow().order();
    var physicians = List.of(numbers).stream().map(SettlingTest::physician).toList();
    var patient = there.patient();
    orders.place(
        new Order(
            id,
            there.accession(),
            there.version() + "-" + "%04d".formatted(++versions),
            there.placedAt(),
            new Order.Patient(
                patient.id(),
                patient.issuer(),
                familyName,
                patient.givenName(),
                patient.birthDate(),
                patient.sex(),
                patient.language(),
                patient.mobile(),
                patient.email()),
            physicians.stream().findFirst(),
            physicians.stream().skip(1).toList(),
            there.studies()));
  }

  private static Order.Physician physician(String number) {
    return new Order.Physician(Optional.of(number), Optional.of("Maes"), Optional.of("Jan"));
  }

  private void link(StudyId study, Optional<OrderId> order) {
    var found = studies.find(study).orElseThrow();
    var link = new Studies.Link(order, Optional.empty(), Set.of(), found.link().shown());
    studies.link(study, found.revision(), link, clock.instant());
  }
}
