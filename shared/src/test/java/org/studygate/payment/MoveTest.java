package org.studygate.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.studygate.access.TestHospital;
import org.studygate.department.PaymentRules;
import org.studygate.department.PaymentRules.Afterwards;
import org.studygate.department.Price;
import org.studygate.limit.LimitRule;
import org.studygate.limit.Tries;
import org.studygate.payment.Checkout.Refund;

/// The tables of docs/payment.md are the code: every cell is tried, and no row is missing.
final class MoveTest {
  private static final String SESSION = "cs_this";
  private static final Pattern CODE = Pattern.compile("`([A-Z]+)`");

  private static final List<String> SITUATIONS =
      List.of(
          "nobody has paid, this can be paid",
          "nobody has paid, this was over",
          "this has paid",
          "another has paid",
          "staff marked it, this can be paid",
          "its money goes back");

  /// A stage and, where it decides, the policy: a row of either table.
  private record Row(Stage stage, String policy) {
    PaymentRules rules() {
      var afterwards = policy.equals("keep") ? Afterwards.KEEP : Afterwards.END;
      var rules = TestHospital.PAYMENT;
      return new PaymentRules(
          rules.currency(),
          rules.price(),
          rules.prices(),
          rules.methods(),
          afterwards,
          afterwards,
          rules.freeRoute(),
          rules.receipt());
    }
  }

  @Test
  void everyMoveIsAsThePageSays() throws Exception {
    var table = table("comes to");
    assertThat(table.getFirst().subList(2, 8)).isEqualTo(SITUATIONS);
    for (var line : table.subList(1, table.size())) {
      var row = row(line);
      for (var i = 0; i < SITUATIONS.size(); i++) {
        var said = line.get(2 + i);
        var where = row + " when " + SITUATIONS.get(i);
        if (said.equals("—")) {
          assertThat(Stage.PAID.after(row.stage())).as(where + ": it would move back").isTrue();
          continue;
        }
        for (var refund : refunds(SITUATIONS.get(i))) {
          var before = checkout(row.stage(), refund);
          for (var tab : accounts(SITUATIONS.get(i))) {
            assertThat(
                    Move.of(tab, before, row.stage(), Optional.of(row.rules()))
                        .getClass()
                        .getSimpleName())
                .as(where)
                .isEqualTo(said);
          }
        }
      }
    }
    assertThat(rows(table)).isEqualTo(everyRow());
  }

  @Test
  void everyStageIsAsThePageSays() throws Exception {
    var table = table("stage");
    for (var line : table.subList(1, table.size())) {
      var row = row(line);
      var followers = CODE.matcher(line.get(2)).results().map(found -> found.group(1)).toList();
      assertThat(followers)
          .as("%s is only followed by stages further down", row)
          .allMatch(next -> Stage.valueOf(next).after(row.stage()));
      var fulfils =
          Move.of(
                  Tab.empty("b"),
                  checkout(row.stage(), Refund.NONE),
                  row.stage(),
                  Optional.of(row.rules()))
              instanceof Move.Fulfil;
      assertThat(line.get(3)).as("access, %s", row).isEqualTo(fulfils ? "open" : "shut");
    }
    assertThat(rows(table)).isEqualTo(everyRow());
  }

  /// What somebody was told, however events overtake each other, depends on this order.
  @Test
  void thePageNamesTheStagesInTheirOrder() throws Exception {
    var named = table("stage").stream().skip(1).map(line -> row(line).stage()).distinct().toList();
    assertThat(named).containsExactly(Stage.values());
    for (var i = 1; i < named.size(); i++) {
      assertThat(named.get(i).after(named.get(i - 1))).isTrue();
      assertThat(named.get(i - 1).after(named.get(i))).isFalse();
    }
  }

  @Test
  void thePagesNumbersAreTheCodes() throws Exception {
    var said =
        table("what").stream()
            .filter(line -> line.getFirst().startsWith("`"))
            .collect(Collectors.toMap(line -> line.get(0).replace("`", ""), line -> line.get(1)));
    assertThat(said)
        .isEqualTo(
            Map.of(
                "PaymentPolicy.SESSION", words(PaymentPolicy.SESSION),
                "PaymentPolicy.ATTEMPT", words(PaymentPolicy.ATTEMPT),
                "PaymentPolicy.FIRST_ASK", words(PaymentPolicy.FIRST_ASK),
                "LimitRule.PAYMENT_BEGUN", words(LimitRule.PAYMENT_BEGUN),
                "LimitRule.PAYMENT_ASKED", words(LimitRule.PAYMENT_ASKED),
                "LimitRule.PINCODE_RESENT", words(LimitRule.PINCODE_RESENT),
                "Tries.PINCODE", Tries.PINCODE.max() + " in a row"));
  }

  private static String words(LimitRule rule) {
    return rule.max() + " in " + words(rule.window());
  }

  private static String words(Duration time) {
    return time.equals(Duration.ofHours(1)) ? "1 hour" : time.toMinutes() + " minutes";
  }

  private static Set<Refund> refunds(String situation) {
    return situation.equals("its money goes back")
        ? EnumSet.of(Refund.WANTED, Refund.ASKED)
        : EnumSet.of(Refund.NONE);
  }

  private static List<Tab> accounts(String situation) {
    var open = Optional.of(SESSION);
    var over = Optional.<String>empty();
    var other = Optional.of("cs_other");
    var staff = Optional.of(Tab.STAFF);
    return switch (situation) {
      case "nobody has paid, this can be paid" -> List.of(tab(open, over));
      case "nobody has paid, this was over" -> List.of(tab(over, over), tab(other, over));
      case "this has paid" -> List.of(tab(over, open));
      case "another has paid" -> List.of(tab(over, other), tab(over, staff), tab(other, staff));
      case "staff marked it, this can be paid" -> List.of(tab(open, staff));
      case "its money goes back" -> List.of(tab(over, other), tab(over, over), tab(over, open));
      default -> throw new IllegalArgumentException(situation);
    };
  }

  private static Tab tab(Optional<String> session, Optional<String> paidBy) {
    return new Tab("b", 2, Optional.empty(), session, Optional.empty(), paidBy, Optional.empty());
  }

  private static Checkout checkout(Stage stage, Refund refund) {
    return new Checkout(
        SESSION,
        "b",
        1,
        Price.of(1500, "EUR"),
        "card",
        Instant.EPOCH,
        Optional.empty(),
        stage,
        Optional.empty(),
        0,
        refund);
  }

  private static Row row(List<String> line) {
    var stage = CODE.matcher(line.getFirst());
    assertThat(stage.matches()).as(line.getFirst()).isTrue();
    return new Row(Stage.valueOf(stage.group(1)), line.get(1));
  }

  private static Set<Row> rows(List<List<String>> table) {
    var rows = table.stream().skip(1).map(MoveTest::row).toList();
    assertThat(rows).doesNotHaveDuplicates();
    return new HashSet<>(rows);
  }

  private static Set<Row> everyRow() {
    return Arrays.stream(Stage.values())
        .flatMap(
            stage ->
                (stage == Stage.LOST || stage == Stage.REFUNDED
                        ? Stream.of("end", "keep")
                        : Stream.of(""))
                    .map(policy -> new Row(stage, policy)))
        .collect(Collectors.toSet());
  }

  /// The table whose head begins with a word: the head, then its lines.
  private static List<List<String>> table(String first) throws IOException {
    var lines =
        Files.readAllLines(page()).stream()
            .dropWhile(line -> !line.startsWith("| " + first + " |"))
            .takeWhile(line -> line.startsWith("|"))
            .filter(line -> !line.startsWith("| ---"))
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .map(cells -> cells.subList(1, cells.size() - 1))
            .toList();
    assertThat(lines).as("the table " + first).hasSizeGreaterThan(1);
    return lines;
  }

  private static Path page() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(up -> up.resolve("docs/payment.md"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  /// Kept with every record: a number that changes would let a session move back.
  @Test
  void ranksAreTheNumbersThatAreKept() {
    var ranks = Arrays.stream(Stage.values()).map(Stage::rank).collect(Collectors.toList());
    assertThat(new TreeSet<>(ranks)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(Stage.PAID.rank()).isEqualTo(4);
    assertThat(Stage.REFUNDED.rank()).isEqualTo(8);
  }
}
