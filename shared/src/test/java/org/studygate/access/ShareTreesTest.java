package org.studygate.access;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.studygate.account.Role;
import org.studygate.department.Verification;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;

/// Ten thousand random histories of studies that are shared and shared on, also wider than anybody
/// may: withdrawals, blocks, ends, studies taken out, codes, copies without the identity, and a
/// group that people join and leave. What somebody sees is what a plain model says, and nothing
/// below is ever more than what it came out of.
class ShareTreesTest {
  private static final int HISTORIES = 10_000;
  private static final int STEPS = 15;
  private static final int STUDIES = 3;
  private static final Instant START = Instant.parse("2026-11-27T08:00:00Z");
  private static final List<String> PEOPLE = List.of("maes", "claes", "smets", "wouters");

  private List<Node> nodes = new ArrayList<>();
  private Set<String> members = new HashSet<>();
  private Instant now = START;
  private Random random = new Random();

  /// What somebody shared.
  private static final class Node {
    final String id;
    final String to;
    final @Nullable Node above;
    final Set<Integer> studies;
    final Instant until;
    final boolean code;
    final boolean further;
    final boolean write;
    final boolean anonymised;
    boolean withdrawn;
    boolean blocked;
    long epoch;

    Node(String id, String to, @Nullable Node above, Set<Integer> studies, Instant end, Random r) {
      this.id = id;
      this.to = to;
      this.above = above;
      this.studies = studies;
      this.until = end;
      this.code = r.nextInt(4) == 0;
      this.further = r.nextInt(4) > 0;
      this.write = r.nextBoolean();
      this.anonymised = r.nextInt(8) == 0;
    }

    List<Node> path() {
      var path = new ArrayList<Node>();
      for (var at = this; at != null; at = at.above) {
        path.addFirst(at);
      }
      return path;
    }

    Bucket bucket() {
      var origin = Origin.shared("maes", START);
      var above = path();
      return new Bucket(
          id,
          "noord",
          scope(),
          !anonymised,
          code ? Verification.OTP_SMS : Verification.DATE_OF_BIRTH,
          Optional.empty(),
          "nl",
          START,
          until,
          withdrawn,
          blocked,
          Paid.NOTHING,
          epoch,
          Set.of(),
          anonymised ? new Origin(origin.kind(), origin.by(), origin.madeAt(), true, true) : origin,
          new Share(
              Optional.of(to),
              above.subList(0, above.size() - 1).stream().map(one -> one.id).toList(),
              further,
              write,
              Optional.empty(),
              false,
              Optional.empty()));
    }

    private Scope scope() {
      return anonymised
          ? new Scope.OfCopies(
              id,
              studies.stream()
                  .collect(
                      toMap(one -> StudyId.of("noord", id + "." + one), RightsHistoryTest::study)))
          : new Scope.OfStudies(studies.stream().map(RightsHistoryTest::study).collect(toSet()));
    }

    Held way(int study) {
      var row =
          new Grant(
              RightsHistoryTest.study(study),
              to,
              id,
              Reason.Kind.SHARED,
              Optional.of("maes"),
              Optional.empty(),
              new Grant.Place("", ""));
      return Held.by(row, path().stream().map(Node::bucket).toList());
    }
  }

  @Test
  void nothingBelowIsMoreThanWhatIsAbove() {
    var contents = new ArrayList<StudyContents>();
    for (var study = 0; study < STUDIES; study++) {
      contents.add(RightsHistoryTest.contents(study));
    }
    for (var history = 0; history < HISTORIES; history++) {
      var seed = System.nanoTime();
      random = new Random(seed);
      nodes = new ArrayList<>();
      members = new HashSet<>();
      now = START;
      for (var step = 0; step < STEPS; step++) {
        act();
        var told = "seed " + seed + ", step " + step;
        var study = random.nextInt(STUDIES);
        for (var account : PEOPLE) {
          var proved = proved();
          var groups = members.contains(account) ? Set.of("lungs") : Set.<String>of();
          var who =
              new Principal.Professional(
                  account, Role.PROFESSIONAL, groups, Optional.empty(), proved);
          var held =
              nodes.stream()
                  .filter(node -> who.principals().contains(node.to))
                  .map(node -> node.way(study))
                  .toList();
          var decided = Rules.decide(who, contents.get(study), RightsHistoryTest.of(), held, now);
          assertThat(seen(decided)).as(told).isEqualTo(model(account, study, proved));
        }
        for (var node : nodes) {
          if (node.above != null) {
            narrower(node.way(study), node.above.way(study), told);
          }
        }
      }
    }
  }

  private void narrower(Held below, Held above, String told) {
    var end = below.until().orElse(Instant.MAX);
    if ((below.open(now) && !above.open(now))
        || end.isAfter(above.until().orElse(Instant.MAX))
        || (below.report() && !above.report())
        || (below.write() && !above.write())
        || (below.furthers() && !above.furthers())) {
      throw new AssertionError(below + " is more than " + above + ", " + told);
    }
  }

  private void act() {
    switch (random.nextInt(11)) {
      case 0, 1 -> share(null);
      case 2, 3, 4 -> {
        if (!nodes.isEmpty()) {
          var above = one(nodes);
          share(above.path().size() < Share.DEEPEST ? above : null);
        }
      }
      case 5 -> any().ifPresent(node -> node.withdrawn = true);
      case 6 ->
          any()
              .ifPresent(
                  node -> {
                    node.blocked = !node.blocked;
                    node.epoch++;
                  });
      case 7, 8 -> any().ifPresent(node -> node.studies.remove(random.nextInt(STUDIES)));
      case 9 -> {
        var account = one(PEOPLE);
        if (!members.remove(account)) {
          members.add(account);
        }
      }
      default -> now = now.plus(Duration.ofHours(random.nextInt(8)));
    }
  }

  private void share(@Nullable Node above) {
    var studies = new HashSet<Integer>();
    for (var i = 0; i < 3; i++) {
      studies.add(random.nextInt(STUDIES));
    }
    var to = random.nextInt(3) == 0 ? Grant.ofGroup("lungs") : Grant.ofAccount(one(PEOPLE));
    var end = random.nextInt(5) == 0 ? Instant.MAX : now.plus(Duration.ofHours(random.nextInt(40)));
    nodes.add(new Node("b" + nodes.size(), to, above, studies, end, random));
  }

  private Optional<Node> any() {
    return nodes.isEmpty() ? Optional.empty() : Optional.of(one(nodes));
  }

  private <T> T one(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }

  /// Some of an epoch that is over.
  private Set<String> proved() {
    return nodes.stream()
        .filter(node -> node.code && random.nextBoolean())
        .map(node -> node.id + '@' + (node.epoch - random.nextInt(2)))
        .collect(toSet());
  }

  private static String seen(Decision decision) {
    return switch (decision) {
      case Decision.Permitted permitted -> permitted.gives(Right.REPORT) ? "report" : "images";
      case Decision.NeedsCode _ -> "code";
      case Decision.Refused _ -> "nothing";
    };
  }

  /// Of copies without the identity nobody sees the study itself, nor below them.
  private String model(String account, int study, Set<String> proved) {
    var code = false;
    for (var node : nodes) {
      var mine =
          node.to.equals("account:" + account)
              || (node.to.startsWith("group:") && members.contains(account));
      var alive = mine;
      for (var at = node; at != null; at = at.above) {
        alive &= !at.withdrawn && !at.blocked && !at.anonymised;
        alive &= now.isBefore(at.until) && at.studies.contains(study);
      }
      if (alive) {
        var asks = node;
        while (asks != null && !asks.code) {
          asks = asks.above;
        }
        if (asks == null || proved.contains(asks.id + '@' + asks.epoch)) {
          return "report";
        }
        code = true;
      }
    }
    return code ? "code" : "nothing";
  }
}
