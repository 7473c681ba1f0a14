package org.studygate.news;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.studygate.access.TestHospital;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Mapping;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.AuditEvent;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.notice.NewsMessage;
import org.studygate.notice.NewsMessage.What;
import org.studygate.order.DynamoOrders;
import org.studygate.order.Order;
import org.studygate.platform.TestClock;
import org.studygate.study.DynamoStudies;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;

class TellingTest {
  @AutoClose private static final TestTables TABLES = TestTables.start();
  private static final OrderId ORDER = new OrderId("noord", "A17");
  private static final String UID = "1.2.826.0.5.1";

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final TestHospital hospital = new TestHospital(TABLES, clock);
  private final DynamoAccounts accounts = new DynamoAccounts(TABLES.client(), "AccountsTable");

  @BeforeEach
  void begin() {
    TABLES.clear();
    hospital.department("noord", new ReportRule.Never());
    for (var account : List.of("maes", "claes", "quiet", "closed")) {
      accounts.create(TestAccounts.professional(account));
    }
    var registered = Account.State.REGISTERED;
    accounts.create(TestAccounts.account("new", Role.PROFESSIONAL, Optional.empty(), registered));
    map("m1", "maes", Optional.of("lungs"), true, true);
    map("m2", "quiet", Optional.empty(), false, false);
    map("m3", "new", Optional.empty(), true, true);
    map("m4", "closed", Optional.empty(), true, true);
    hospital.order(ORDER, "RIS-2026-48151623", Verification.DATE_OF_BIRTH, true, UID);
    asks("1001");
  }

  @Test
  void itsOwnerIsToldOfAStudyOnce() {
    var study = hospital.study(ORDER, UID, 2);
    follow(study);
    follow(study);
    assertThat(told("maes"))
        .containsExactly(
            new NewsMessage(
                "maes@example.org",
                "nl",
                "noord",
                What.STUDY,
                study.value(),
                "A.P.",
                "CT thorax " + UID,
                Optional.of(LocalDate.of(2026, 11, 20)),
                2));
    for (var account : List.of("claes", "quiet", "new")) {
      assertThat(told(account)).isEmpty();
    }
  }

  @Test
  void aReportIsToldOnceWhateverVersionsFollow() {
    var study = hospital.study(ORDER, UID, 2);
    follow(study);
    clock.advance(Duration.ofMinutes(1));
    hospital.report(ORDER, "Geen bijzonderheden.");
    follow(study);
    hospital.report(ORDER, "Toch iets.");
    follow(study);
    assertThat(told("maes")).extracting(NewsMessage::what).containsExactly(What.STUDY, What.REPORT);
  }

  @Test
  void aReportWithoutImagesIsTold() {
    hospital.order(
        new OrderId("noord", "B18"), "RIS-2026-48151624", Verification.DATE_OF_BIRTH, true);
    var order = new OrderId("noord", "B18");
    asks(order, "1001");
    hospital.report(order, "Geen bijzonderheden.");
    var itself = StudyId.of(order);
    TestHospital.card(TABLES).renew(order);
    follow(itself);
    assertThat(told("maes")).extracting(NewsMessage::what).containsExactly(What.REPORT);
  }

  /// Turning a switch on later brings no mails of what has long been there.
  @Test
  void whatWasNotToBeToldIsNotToldLater() {
    var study = hospital.study(ORDER, UID, 2);
    hospital.report(ORDER, "Geen bijzonderheden.");
    follow(study);
    map("m2", "quiet", Optional.empty(), true, true);
    follow(study);
    assertThat(told("quiet")).isEmpty();
  }

  @Test
  void nobodyIsToldThroughAnAccountThatIsClosed() {
    var study = hospital.study(ORDER, UID, 2);
    TestHospital.settling(TABLES, clock).study(study);
    state("closed", Account.State.DISABLED);
    follow(study);
    assertThat(told("closed")).isEmpty();
    assertThat(told("maes")).hasSize(1);
  }

  @Test
  void severalWhoTellAtOnceTellOnce() throws Exception {
    var study = hospital.study(ORDER, UID, 2);
    hospital.report(ORDER, "Geen bijzonderheden.");
    try (var threads = Executors.newFixedThreadPool(6)) {
      var turns = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < 6; i++) {
        turns.add(
            () -> {
              follow(study);
              return true;
            });
      }
      for (var turn : threads.invokeAll(turns)) {
        assertThat(turn.get()).isTrue();
      }
    }
    assertThat(told("maes"))
        .extracting(NewsMessage::what)
        .containsExactlyInAnyOrder(What.STUDY, What.REPORT);
  }

  private void follow(StudyId study) {
    TestHospital.settling(TABLES, clock).study(study);
    TestHospital.card(TABLES).renew(study);
    TestHospital.telling(TABLES, clock).tell(study);
  }

  private List<NewsMessage> told(String account) {
    return hospital.told(AuditEvent.account(account)).stream()
        .map(NewsMessage.class::cast)
        .toList();
  }

  private void map(
      String id, String account, Optional<String> group, boolean onStudy, boolean onReport) {
    accounts.map(new Mapping(id, account, "noord", "Maes Jan", "1001", group, onStudy, onReport));
  }

  private void asks(String number) {
    asks(ORDER, number);
  }

  private static void asks(OrderId id, String number) {
    var orders = new DynamoOrders(TABLES.client(), "OrdersTable");
    var there = orders.find(id).orElseThrow().order();
    var physician = new Order.Physician(Optional.of(number), Optional.empty(), Optional.empty());
    orders.place(
        new Order(
            id,
            there.accession(),
            there.version() + "-1",
            there.placedAt(),
            there.patient(),
            Optional.of(physician),
            List.of(),
            there.studies()));
    new DynamoStudies(TABLES.client(), "StudiesTable").hint(StudyId.of(id), id);
  }

  private static void state(String id, Account.State state) {
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
}
