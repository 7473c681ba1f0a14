package org.studygate.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.department.IntakeRules;
import org.studygate.dynamo.TestTables;
import org.studygate.study.OrderId;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DynamoOrderDeskTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @AutoClose private final TestTables tables = TestTables.start();
  private final Orders orders = new DynamoOrders(tables.client(), "OrdersTable");
  private final OrderDesk desk = new DynamoOrderDesk(tables.client(), "OrdersTable");

  private OrderId order(
      String department, String accession, int version, String id, String family, String given) {
    var order = new OrderId(department, accession);
    orders.place(
        new Order(
            order,
            accession,
            "%09d".formatted(version),
            NOON.plusSeconds(version),
            new Order.Patient(
                Optional.of(id),
                Optional.of("X"),
                family,
                Optional.of(given),
                new BirthDate(1958, 3, 7),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            Optional.empty(),
            List.of(),
            List.of()));
    return order;
  }

  @Test
  void theNewestComeFirstAndNoneIsLostOrDoubledBetweenPages() {
    var all = new ArrayList<OrderId>();
    for (var i = 1; i <= 7; i++) {
      all.addFirst(order("pages", "A" + i, i / 2, "P-" + i, "Peeters", "An"));
    }
    order("other", "A1", 1, "P-1", "Peeters", "An");
    var read = new ArrayList<OrderId>();
    Optional<String> before = Optional.empty();
    do {
      var page = desk.page("pages", before, 3);
      read.addAll(page.orders());
      before = page.next();
    } while (before.isPresent());
    assertThat(read).containsExactlyInAnyOrderElementsOf(all);
    assertThat(read.getFirst()).isIn(all.get(0), all.get(1));
  }

  @Test
  void anOrderIsFoundByEachThingThatSomebodyMayTellOfIt() {
    var an = order("find", "A17", 1, "P-4711", "Peeters", "Anna Maria");
    var jose = order("find", "A18", 2, "q9", "Müller-Núñez", "José");
    for (var sought :
        List.of("a17", " A17 ", "p-4711", "peeters", "PEETERS an", "anna maria peeters")) {
      assertThat(search("find", sought)).as(sought).containsExactly(an);
    }
    for (var sought : List.of("muller nunez", "josé muller", "Q9")) {
      assertThat(search("find", sought)).as(sought).containsExactly(jose);
    }
    for (var sought : List.of("1958-03-07", "07/03/1958", "7.3.1958", "19580307")) {
      assertThat(search("find", sought)).as(sought).containsExactly(jose, an);
    }
    for (var sought : List.of("", "A1", "P-47", "eeters", "1958-03-08", "#", "\uffff")) {
      assertThat(search("find", sought)).as(sought).isEmpty();
    }
    assertThat(search("elsewhere", "peeters")).isEmpty();
  }

  private List<OrderId> search(String department, String sought) {
    return desk.search(department, sought, IntakeRules.STANDARD, 20);
  }

  @Test
  void whatWasCorrectedIsFoundAsItIsNowWhicheverMessageCameLast() {
    var newer = order("mended", "A17", 2, "P-1", "Peeters", "Anna");
    order("mended", "A17", 1, "P-1", "Petters", "Anna");
    assertThat(search("mended", "peeters")).containsExactly(newer);
    assertThat(search("mended", "petters")).isEmpty();
    order("mended", "A17", 3, "P-1", "Pieters", "Anna");
    assertThat(search("mended", "peeters")).isEmpty();
    assertThat(search("mended", "pieters")).containsExactly(newer);
    assertThat(desk.page("mended", Optional.empty(), 9).orders()).containsExactly(newer);
  }

  @Test
  void itsNameLeadsBackToItAndHoldsNothingOfIt() {
    var id = order("named", "SECRET-17", 1, "P-1", "Peeters", "An");
    var line = desk.line(id).orElseThrow();
    assertThat(line.name()).matches("[0-9a-z]{26}");
    assertThat(desk.named("named", line.name())).contains(id);
    assertThat(desk.named("other", line.name())).isEmpty();
    order("named", "SECRET-17", 2, "P-1", "Peeters", "An");
    assertThat(desk.named("named", line.name())).contains(id); // also after a correction
    assertThat(desk.line(new OrderId("named", "none"))).isEmpty();
  }
}
