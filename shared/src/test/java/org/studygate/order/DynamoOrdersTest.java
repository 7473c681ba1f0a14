package org.studygate.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.json.JsonObject;
import org.studygate.order.Orders.Placing;
import org.studygate.study.OrderId;
import org.studygate.study.Person;
import org.studygate.study.Report;
import org.studygate.study.ReportItems;
import org.studygate.study.StudyId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DynamoOrdersTest {
  private static final Instant NOW = Instant.parse("2026-11-20T08:15:00Z");
  private static final StudyId STUDY = StudyId.of("noord", "1.2.3");

  private static final Placing NEWEST = new Placing.Newest(false);

  @AutoClose private final TestTables tables = TestTables.start();
  private Orders orders;
  private ReportFiles files;

  @BeforeAll
  void start() {
    orders = new DynamoOrders(tables.client(), "OrdersTable");
    files = new DynamoReportFiles(tables.client(), "OrdersTable");
  }

  @Test
  void anOrderIsReadBackAsItWas() {
    var order = order("whole", "1");
    assertThat(orders.find(order.id())).isEmpty();
    assertThat(orders.place(order)).isEqualTo(NEWEST);
    orders.claim(order.id(), STUDY);
    orders.claim(order.id(), STUDY);
    var contents = orders.find(order.id()).orElseThrow();
    assertThat(contents.order()).isEqualTo(order);
    assertThat(contents.studies()).containsExactly(STUDY);
  }

  @Test
  void anOutdatedOrderChangesNothing() {
    var newer = order("outdated", "2");
    assertThat(orders.place(newer)).isEqualTo(NEWEST);
    assertThat(orders.place(order("outdated", "1"))).isEqualTo(new Placing.Older());
    assertThat(orders.place(newer)).isEqualTo(NEWEST);
    assertThat(orders.find(newer.id()).orElseThrow().order()).isEqualTo(newer);
  }

  @Test
  void anOrderOfSomebodyElseChangesNothing() {
    var first = order("taken", "1");
    orders.place(first);
    for (var other :
        List.of(
            "{'id': 'P-2', 'familyName': 'Claes', 'birthDate': '1985-09-14'}",
            "{'id': 'P-2', 'familyName': 'Claes', 'birthDate': '1958-03-07'}",
            "{'familyName': 'Peeters', 'birthDate': '1958-07-03'}")) {
      assertThat(orders.place(order("taken", "2", other))).isEqualTo(new Placing.OtherPatient());
      assertThat(orders.place(order("taken", "0", other))).isEqualTo(new Placing.OtherPatient());
    }
    var standing = orders.find(first.id()).orElseThrow();
    assertThat(standing.order()).isEqualTo(first);
    assertThat(standing.persons()).containsExactly(first.person());
  }

  @Test
  void anOrderRemembersItsPatientAsEachMessageNamedHim() {
    var first = order("corrected", "2");
    orders.place(first);
    var merged = "{'id': 'P-9', 'familyName': 'PEETERS', 'birthDate': '1958-03-07'}";
    assertThat(orders.place(order("corrected", "3", merged))).isEqualTo(NEWEST);
    var exchanged = "{'id': 'P-1', 'familyName': 'Peeters', 'birthDate': '1958-07-03'}";
    assertThat(orders.place(order("corrected", "1", exchanged))).isEqualTo(new Placing.Older());
    var married = "{'id': 'P-9', 'familyName': 'Claes', 'birthDate': '1958-03-07'}";
    assertThat(orders.place(order("corrected", "4", married))).isEqualTo(new Placing.Newest(true));
    var contents = orders.find(first.id()).orElseThrow();
    assertThat(contents.persons()).hasSize(4);
    assertThat(contents.order().version()).isEqualTo("4");
    assertThat(contents.isFor(first.person())).isTrue();
    assertThat(contents.isFor(Person.of("P-9", "", "19580307", ""))).isTrue();
    assertThat(contents.isFor(Person.of("P-9", "", "19580703", ""))).isFalse();
  }

  @Test
  void nobodyIsCorrectedForEver() {
    for (var i = 0; i < 60; i++) {
      orders.place(
          order(
              "for-ever",
              "1",
              "{'id': 'P-1', 'familyName': 'Peeters%d', 'birthDate': '1958-03-07'}".formatted(i)));
    }
    assertThat(orders.find(new OrderId("noord", "for-ever")).orElseThrow().persons()).hasSize(50);
  }

  @Test
  void studiesAndReportsMayComeFirst() {
    var id = new OrderId("noord", "first");
    orders.claim(id, STUDY);
    var version = version(id, "v");
    orders.report(id, version);
    assertThat(orders.find(id)).isEmpty();
    assertThat(orders.reports(id).all()).containsExactly(version);
    var pdf = new Report.Pdf("rpt/noord/x.pdf", "1");
    orders.attach(id, version, pdf);
    assertThat(orders.reports(id).certain().getFirst().pdf()).contains(pdf);
    orders.dispute(id, version);
    assertThat(orders.reports(id).certain().getFirst().pdfKey()).isEmpty();
  }

  @Test
  void anOrderIsReadWithoutTheTextsOfItsReports() {
    var id = new OrderId("noord", "texts");
    orders.claim(id, STUDY);
    orders.report(id, version(id, "v"));
    assertThat(items(id.toString())).containsExactly("study#" + STUDY);
  }

  /// As they were written before: beside the order. What comes again is the same version.
  @Test
  void anOlderReportIsReadAndItsPdfJoinsIt() {
    var id = new OrderId("noord", "older");
    var version = version(id, "v");
    var beside = ReportItems.key("order_id", id.toString(), version);
    ReportItems.put(tables.client(), "OrdersTable", beside, version);
    assertThat(orders.reports(id).all()).containsExactly(version);
    orders.report(id, version);
    var pdf = new Report.Pdf("rpt/noord/x.pdf", "1");
    orders.attach(id, version, pdf);
    assertThat(orders.reports(id).all()).hasSize(1);
    assertThat(orders.reports(id).certain().getFirst().pdf()).contains(pdf);
    orders.dispute(id, version);
    assertThat(orders.reports(id).certain().getFirst().pdfKey()).isEmpty();
  }

  @Test
  void whoReadsAnOrderLoadsNoTextOfAnOlderReport() {
    var order = order("light", "1");
    orders.place(order);
    orders.claim(order.id(), STUDY);
    var version = version(order.id(), "v");
    var beside = ReportItems.key("order_id", order.id().toString(), version);
    ReportItems.put(tables.client(), "OrdersTable", beside, version);
    var loaded = new TreeSet<String>();
    var read = new DynamoOrders(listening(loaded), "OrdersTable").filed(order.id());
    assertThat(read.newest()).contains(order);
    assertThat(read.studies()).containsExactly(STUDY);
    assertThat(loaded).containsExactly("detail", "item", "persons", "placed_at", "version");
  }

  /// Notes the names of what is loaded.
  private DynamoDbClient listening(Set<String> loaded) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (method.getName().endsWith("Paginator")) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              var answer = method.invoke(tables.client(), arguments);
              if (answer instanceof QueryResponse found) {
                found.items().forEach(item -> loaded.addAll(item.keySet()));
              }
              return answer;
            });
  }

  private static Report.Version version(OrderId order, String version) {
    return new Report.Version(
        "r",
        version,
        Report.State.FINAL,
        NOW,
        Optional.of(order),
        "nl",
        "Geen afwijkingen.",
        "Maes",
        Optional.empty(),
        false);
  }

  private List<String> items(String partition) {
    return tables
        .client()
        .query(
            query ->
                query
                    .tableName("OrdersTable")
                    .keyConditionExpression("order_id = :order")
                    .expressionAttributeValues(Map.of(":order", Item.s(partition))))
        .items()
        .stream()
        .map(item -> Item.of(item).text("item"))
        .toList();
  }

  @Test
  void everyBucketOfAnOrderIsRemembered() {
    var order = order("buckets", "1");
    orders.place(order);
    var none = Optional.<String>empty();
    assertThat(registered(order, "1", new Orders.Registered(Optional.of("b1"), none))).isEmpty();
    assertThat(registered(order, "1", new Orders.Registered(Optional.of("b2"), none)))
        .containsExactly("b1");
    registered(order, "1", new Orders.Registered(none, Optional.of("weak-number")));
    assertThat(orders.find(order.id()).orElseThrow().flag()).contains("weak-number");
    registered(order, "1", new Orders.Registered(none, none));
    assertThat(orders.find(order.id()).orElseThrow().flag()).isEmpty();
  }

  @Test
  void aBucketIsNotedBeforeItOpensUnlessANewerMessageCame() {
    var order = order("intended", "1");
    orders.place(order);
    assertThat(orders.intend(order.id(), "1", "b1")).isTrue();
    orders.place(order("intended", "2"));
    assertThat(orders.intend(order.id(), "1", "b0")).isFalse();
    var none = new Orders.Registered(Optional.empty(), Optional.empty());
    assertThat(registered(order, "2", none)).containsExactly("b1");
  }

  @Test
  void aNumberRegisteredTooLateIsWithdrawnByWhoeverComesLast() {
    var none = Optional.<String>empty();
    var late = new Orders.Registered(Optional.of("late"), none);
    var newer = new Orders.Registered(Optional.of("newer"), none);
    var settled = order("overtaken", "1");
    orders.place(settled);
    orders.place(order("overtaken", "2"));
    assertThat(registered(settled, "2", newer)).isEmpty();
    assertThat(registered(settled, "1", late)).containsExactly("late");
    var open = order("overtaking", "1");
    orders.place(open);
    orders.place(order("overtaking", "2"));
    assertThat(registered(open, "1", late)).isEmpty();
    assertThat(registered(open, "2", newer)).containsExactly("late");
  }

  private List<String> registered(Order order, String version, Orders.Registered registered) {
    return orders.registered(order.id(), version, registered).stream().sorted().toList();
  }

  @Test
  void aFileWaitsForItsReportAndTheOtherWayRound() {
    var one = new ReportFiles.Naming(new OrderId("noord", "A17"), Optional.of(STUDY), "r", "v");
    files.named("wait", one);
    files.arrived("wait", new Report.Pdf("k1", "1"));
    files.arrived("wait", new Report.Pdf("k2", "3"));
    files.arrived("wait", new Report.Pdf("k2", "2"));
    files.arrived("wait", new Report.Pdf("k2", "4"));
    assertThat(files.find("wait").newest()).contains(new Report.Pdf("k2", "2"));
    assertThat(files.find("wait").namings()).containsExactly(one);
    assertThat(files.find("wait").disputed()).isFalse();
    files.named(
        "wait", new ReportFiles.Naming(new OrderId("noord", "A18"), Optional.empty(), "r2", "v2"));
    assertThat(files.find("wait").disputed()).isTrue();
  }

  private static Order order(String accession, String version) {
    return order(
        accession, version, "{'id': 'P-1', 'familyName': 'Peeters', 'birthDate': '1958-03-07'}");
  }

  private static Order order(String accession, String version, String patient) {
    var json =
        """
        {"patient": %s,
         "requestedBy": {"number": "10012345004", "familyName": "Maes"},
         "copiesTo": [{"number": "1"}],
         "studies": [{"uid": "1.2.3", "date": "2026-11-20", "expectedInstances": 300}]}
        """
            .formatted(patient.replace('\'', '"'));
    return OrderJson.read(
        new OrderId("noord", accession),
        version,
        NOW,
        JsonObject.parse(json.getBytes(StandardCharsets.UTF_8)));
  }
}
