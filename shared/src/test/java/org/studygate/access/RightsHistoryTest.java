package org.studygate.access;

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
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.studygate.account.Role;
import org.studygate.department.Department;
import org.studygate.department.Noord;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.study.Facts;
import org.studygate.study.OrderId;
import org.studygate.study.Person;
import org.studygate.study.Report;
import org.studygate.study.Samples;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;

/// Random histories of giving, passing on, narrowing, taking back, blocking, unlocking, joining and
/// leaving groups and time that passes, each step compared with a model that knows no buckets: a
/// list of gifts, asked one by one.
class RightsHistoryTest {
  private static final Instant START = Instant.parse("2026-11-27T08:00:00Z");
  private static final int STEPS = 300;
  private static final List<String> ACCOUNTS = List.of("maes", "claes", "smets");
  private static final List<String> GROUPS = List.of("group:lungs", "group:hearts");

  private static final Department NOORD =
      Noord.with("noord", "Radiologie Noord", new ReportRule.AtOnce());

  private final List<Gift> gifts = new ArrayList<>();
  private final List<Set<String>> members = List.of(new HashSet<>(), new HashSet<>());
  private Instant now = START;
  private Random random = new Random();

  /// Something given by somebody; what it came out of is above it.
  private static final class Gift {
    final String id;
    final String to;
    final @Nullable Gift above;
    final Set<Integer> studies;
    final boolean wholeOrder;
    final Instant until;
    final boolean code;
    boolean report;
    boolean withdrawn;
    boolean blocked;
    long epoch;

    Gift(
        String id,
        String to,
        @Nullable Gift above,
        Set<Integer> studies,
        boolean wholeOrder,
        Instant until,
        boolean code,
        boolean report) {
      this.id = id;
      this.to = to;
      this.above = above;
      this.studies = studies;
      this.wholeOrder = wholeOrder;
      this.until = until;
      this.code = code;
      this.report = report;
    }

    Bucket bucket() {
      return new Bucket(
          id,
          "noord",
          wholeOrder
              ? new Scope.OfOrder(order(studies.iterator().next()))
              : new Scope.OfStudies(
                  studies.stream().map(RightsHistoryTest::study).collect(toSet())),
          report,
          code ? Verification.OTP_SMS : Verification.DATE_OF_BIRTH,
          Optional.empty(),
          "nl",
          START,
          until,
          withdrawn,
          blocked,
          Paid.NOTHING,
          epoch);
    }

    Held way() {
      var path = new ArrayList<Bucket>();
      for (var at = this; at != null; at = at.above) {
        path.addFirst(at.bucket());
      }
      return new Held(path);
    }
  }

  @RepeatedTest(40)
  void rightsAreWhatThePlainModelSays(RepetitionInfo repetition) {
    var seed = System.nanoTime() ^ repetition.getCurrentRepetition();
    random = new Random(seed);
    for (var step = 0; step < STEPS; step++) {
      act();
      var account = one(ACCOUNTS);
      var study = random.nextInt(6);
      var proved = proved();
      var who =
          new Principal.Professional(
              account, Role.STAFF, groupsOf(account), Optional.of("noord"), proved);
      assertThat(seen(Rules.decide(who, contents(study), of(), ways(who), now)))
          .as("seed %s, step %s", seed, step)
          .isEqualTo(model(gift -> reaches(gift, account), study, proved));
    }
  }

  /// A number that somebody printed opens its bucket alone, whatever its holder is given besides.
  @RepeatedTest(20)
  void aNumberGivesWhatItsBucketGives(RepetitionInfo repetition) {
    var seed = System.nanoTime() ^ repetition.getCurrentRepetition();
    random = new Random(seed);
    give(null);
    for (var step = 0; step < STEPS; step++) {
      act();
      var number = one(gifts);
      var study = random.nextInt(6);
      var who = new Principal.Patient(number.bucket());
      var all = gifts.stream().map(gift -> gift.id + '@' + gift.epoch).collect(toSet());
      assertThat(seen(Rules.decide(who, contents(study), of(), List.of(number.way()), now)))
          .as("seed %s, step %s", seed, step)
          .isEqualTo(model(gift -> gift == number, study, all));
    }
  }

  private void act() {
    switch (random.nextInt(9)) {
      case 0, 1 -> give(null);
      case 2, 3 -> give(gifts.isEmpty() ? null : one(gifts));
      case 4 -> any(gift -> gift.withdrawn = true);
      case 5 ->
          any(
              gift -> {
                gift.blocked = !gift.blocked;
                gift.epoch++;
              });
      case 6 -> any(gift -> gift.report = !gift.report);
      case 7 -> {
        var group = one(members);
        var account = one(ACCOUNTS);
        if (!group.remove(account)) {
          group.add(account);
        }
      }
      default -> now = now.plus(Duration.ofHours(random.nextInt(8)));
    }
  }

  private void give(@Nullable Gift above) {
    var studies = new HashSet<Integer>();
    var whole = random.nextInt(4) == 0;
    if (whole) {
      studies.addAll(random.nextBoolean() ? List.of(0, 2, 4) : List.of(1, 3, 5));
    } else {
      for (var i = random.nextInt(3); i >= 0; i--) {
        studies.add(random.nextInt(6));
      }
    }
    var to =
        switch (random.nextInt(4)) {
          case 0 -> one(GROUPS);
          case 1 -> "department:noord";
          default -> "account:" + one(ACCOUNTS);
        };
    gifts.add(
        new Gift(
            "b" + gifts.size(),
            to,
            above,
            studies,
            whole,
            now.plus(Duration.ofHours(1 + random.nextInt(48))),
            random.nextInt(4) == 0,
            random.nextBoolean()));
  }

  private void any(Consumer<Gift> change) {
    if (!gifts.isEmpty()) {
      change.accept(one(gifts));
    }
  }

  private <T> T one(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }

  private Set<String> proved() {
    var proved = new HashSet<String>();
    gifts.stream()
        .filter(gift -> gift.code && random.nextBoolean())
        .forEach(gift -> proved.add(gift.id + '@' + (gift.epoch - random.nextInt(2))));
    return proved;
  }

  private Set<String> groupsOf(String account) {
    var groups = new HashSet<String>();
    for (var i = 0; i < GROUPS.size(); i++) {
      if (members.get(i).contains(account)) {
        groups.add(GROUPS.get(i));
      }
    }
    return groups;
  }

  /// The double of a table of grants: every row that names one of the account's principals.
  private List<Held> ways(Principal.Professional who) {
    var mine = new HashSet<>(who.groups());
    mine.add("account:" + who.account());
    who.staffOf().ifPresent(department -> mine.add("department:" + department));
    return gifts.stream().filter(gift -> mine.contains(gift.to)).map(Gift::way).toList();
  }

  private static String seen(Decision decision) {
    return switch (decision) {
      case Decision.Permitted permitted ->
          permitted.gives(Right.REPORT) ? "images and report" : "images";
      case Decision.NeedsCode _ -> "code";
      case Decision.Refused _ -> "nothing";
    };
  }

  private String model(Predicate<Gift> reaches, int study, Set<String> proved) {
    var images = false;
    var report = false;
    var code = false;
    for (var gift : gifts) {
      if (!reaches.test(gift)) {
        continue;
      }
      var alive = true;
      var toRead = true;
      var asked = false;
      for (var at = gift; at != null; at = at.above) {
        alive &= !at.withdrawn && !at.blocked && now.isBefore(at.until);
        alive &= at.studies.contains(study);
        toRead &= at.report;
      }
      for (var at = gift; at != null && !asked; at = at.code ? null : at.above) {
        asked = at.code && !proved.contains(at.id + '@' + at.epoch);
      }
      images |= alive && !asked;
      report |= alive && !asked && toRead;
      code |= alive && asked;
    }
    return report ? "images and report" : images ? "images" : code ? "code" : "nothing";
  }

  private boolean reaches(Gift gift, String account) {
    return gift.to.equals("department:noord")
        || gift.to.equals("account:" + account)
        || (GROUPS.contains(gift.to) && members.get(GROUPS.indexOf(gift.to)).contains(account));
  }

  static StudyId study(int number) {
    return StudyId.of("noord", "1.2." + number);
  }

  private static OrderId order(int study) {
    return new OrderId("noord", study % 2 == 0 ? "EVEN" : "ODD");
  }

  static Opened of() {
    return new Opened("noord", Optional.empty(), Optional.of(NOORD), List.of());
  }

  static StudyContents contents(int number) {
    var announced = Study.announced(study(number), order(number));
    var person = Samples.facts("P-1").person();
    var series =
        new Series(
            new SeriesUid("1.2." + number + ".1"),
            Optional.of(1),
            "Thorax",
            "CT",
            "CHEST",
            1,
            1,
            1,
            Optional.empty(),
            Optional.empty(),
            Facts.NONE,
            Set.of(person),
            Set.of(),
            1,
            1,
            Optional.empty(),
            Optional.empty(),
            List.of());
    var version =
        new Report.Version(
            "r1",
            "v1",
            Report.State.FINAL,
            START,
            Optional.of(order(number)),
            "nl",
            "Geen bijzonderheden.",
            "Maes",
            Optional.empty(),
            false);
    return new StudyContents(
        complete(announced, person), List.of(series), List.of(new Report("r1", List.of(version))));
  }

  private static Study complete(Study study, Person person) {
    return new Study(
        study.id(),
        study.department(),
        "1.2",
        new Studies.Link(study.order(), Optional.empty(), Set.of(), Set.of(person)),
        Set.of(),
        Facts.NONE,
        true,
        1,
        1,
        1,
        List.of("CT"),
        Optional.of(START),
        Optional.of(START),
        study.expectation(),
        Set.of(),
        Optional.empty(),
        1);
  }
}
