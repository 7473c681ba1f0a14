package org.studygate.studyshare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.studygate.access.Share;

/// Random histories of one study, shared and shared on by the function itself, also by who has lost
/// it, later than one's own end, and when nothing may go on; withdrawn anywhere, and with time that
/// passes. What is done, and what somebody sees after it, is what a plain model says.
final class ShareHistoriesTest extends SharingCase {
  private static final long SEED = 20261128;
  private static final int HISTORIES = 8;
  private static final int STEPS = 12;
  private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
  private static final List<String> PEOPLE = List.of("maes", "claes", "smets", "wouters");
  private static final List<String> DAYS = List.of("2026-11-30", "2026-12-10", "2026-12-20");
  private static final List<String> RECIPIENTS =
      List.of("account:maes", "account:claes", "account:smets", "account:wouters", "group:linde");

  /// What somebody shared, as the model has it.
  private record Node(
      String bucket, String to, @Nullable Node above, Instant until, boolean further) {
    int depth() {
      return above == null ? 1 : 1 + above.depth();
    }

    boolean open(Instant now, Set<String> withdrawn) {
      return now.isBefore(until)
          && !withdrawn.contains(bucket)
          && (above == null || above.open(now, withdrawn));
    }

    boolean furthers() {
      return further && (above == null || above.furthers());
    }

    Instant end() {
      return above == null || until.isBefore(above.end()) ? until : above.end();
    }
  }

  @Test
  void nothingIsEverMoreThanWhatItCameOutOf() {
    for (var history = 0; history < HISTORIES; history++) {
      begin();
      new History(new Random(SEED + history), "history " + (SEED + history)).run();
    }
  }

  private final class History {
    private final Random random;
    private final String name;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> withdrawn = new HashSet<>();
    private int acts;

    History(Random random, String name) {
      this.random = random;
      this.name = name;
    }

    void run() {
      for (var step = 0; step < STEPS; step++) {
        switch (nodes.isEmpty() ? 0 : random.nextInt(8)) {
          case 6 -> withdraw(nodes.get(random.nextInt(nodes.size())));
          case 7 -> clock.advance(Duration.ofDays(random.nextInt(5)));
          default -> act(step);
        }
        for (var one : PEOPLE) {
          var sees = ways(one).isEmpty() ? "nothing" : "images";
          assertThat(sees(one)).as("%s, step %s, %s: %s", name, step, one, nodes).isEqualTo(sees);
        }
      }
    }

    private void withdraw(Node node) {
      buckets.withdraw(node.bucket());
      withdrawn.add(node.bucket());
    }

    private void act(int step) {
      var who = random.nextInt(4) == 0 ? "ria" : PEOPLE.get(random.nextInt(PEOPLE.size()));
      var to = RECIPIENTS.get(random.nextInt(RECIPIENTS.size()));
      if (to.equals("account:" + who)) {
        return; // of oneself there are tests
      }
      var day = DAYS.get(random.nextInt(DAYS.size()));
      var until = LocalDate.parse(day).plusDays(1).atStartOfDay(ZONE).toInstant();
      if (!until.isAfter(clock.instant())) {
        return;
      }
      var further = random.nextInt(4) > 0;
      var whom = to.split(":", 2);
      var answer =
          share(
              who,
              "key-of-act-" + acts++,
              Map.of(
                  "recipients",
                  List.of(to(whom[0], whom[1])),
                  "validUntil",
                  day,
                  "furtherSharing",
                  further));
      var from =
          ways(who).stream()
              .filter(node -> node.furthers() && node.depth() < Share.DEEPEST)
              .max(Comparator.comparing(Node::end));
      var as = "%s, step %s, %s to %s until %s: %s".formatted(name, step, who, to, day, nodes);
      if (!who.equals("ria") && from.isEmpty()) {
        assertThat(answer.status()).as(as).isEqualTo(404);
      } else if (!who.equals("ria") && from.get().end().isBefore(until)) {
        assertThat(answer.status()).as(as).isEqualTo(400);
        assertThat(read(answer).string("parameter")).as(as).isEqualTo("validUntil");
      } else {
        assertThat(answer.status()).as(as + answer.body()).isEqualTo(201);
        nodes.add(made(who, to, until, further, only(read(answer)), as));
      }
    }

    private Node made(String who, String to, Instant until, boolean further, String id, String as) {
      var path = buckets.find(id).orElseThrow().share().path();
      if (who.equals("ria")) {
        assertThat(path).as(as).isEmpty(); // stands on a right of the department's own
        return new Node(id, to, null, until, further);
      }
      var above =
          ways(who).stream().filter(node -> node.bucket().equals(path.getLast())).findFirst();
      assertThat(above).as(as).isPresent();
      assertThat(above.get().furthers() && !above.get().end().isBefore(until)).as(as).isTrue();
      assertThat(path).as(as).hasSize(above.get().depth());
      return new Node(id, to, above.get(), until, further);
    }

    /// By which somebody sees it now.
    private List<Node> ways(String who) {
      var member = Set.of("smets", "wouters").contains(who);
      return nodes.stream()
          .filter(node -> node.open(clock.instant(), withdrawn))
          .filter(
              node ->
                  node.to().equals("account:" + who) || (member && node.to().equals("group:linde")))
          .toList();
    }
  }
}
