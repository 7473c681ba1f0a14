package org.studygate.access;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Mapping;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.department.Noord;
import org.studygate.department.ReportRule;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.Tries;
import org.studygate.order.BirthDate;
import org.studygate.order.Order;
import org.studygate.order.OrderContents;
import org.studygate.order.OrderReports;
import org.studygate.order.Orders;
import org.studygate.platform.Tokens;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.study.Facts;
import org.studygate.study.OrderId;
import org.studygate.study.Samples;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;

/// Random histories of a hospital and its physicians: studies arrive and move between orders,
/// requesters are corrected, mappings come and go, people join and leave groups and departments,
/// numbers are added, blocked, withdrawn and expire, rows are withdrawn, glasses broken. After
/// each step everybody asks for every study, by opening and by the list, and gets what a plain
/// model says that knows neither rows nor buckets.
class GrantsHistoryTest {
  private static final Instant START = Instant.parse("2026-11-27T08:00:00Z");
  private static final int STUDIES = 4;
  private static final List<String> PEOPLE = List.of("maes", "claes", "smets");
  private static final List<String> PHYSICIANS = List.of("1001", "1002");
  private static final List<String> GROUPS = List.of("lungs", "hearts");
  private static final Department NOORD =
      Noord.with("noord", "Radiologie Noord", new ReportRule.Never());

  @RepeatedTest(3)
  void inMemory() {
    for (var history = 0; history < 400; history++) {
      var seed = System.nanoTime();
      var buckets = new InMemoryBuckets();
      var grants = new InMemoryGrants(buckets);
      new History(seed, grants, buckets, new InMemoryActs(grants, buckets)).run(40);
    }
  }

  @Test
  void inTables() throws Exception {
    try (var tables = TestTables.start()) {
      for (var history = 0; history < 3; history++) {
        tables.clear();
        var buckets = new DynamoBuckets(tables.client(), "BucketsTable");
        var names = new DynamoGrants.Tables("GrantsTable", "BucketsTable");
        var grants = new DynamoGrants(tables.client(), names);
        new History(System.nanoTime(), grants, buckets, acts(tables)).run(25);
      }
    }
  }

  /// What people do about rows.
  private interface Acts {
    void withdraw(Grant row);

    void open(Bucket bucket, Grant row);

    void takeOut(Bucket bucket, StudyId study);
  }

  private static Acts acts(TestTables tables) {
    var trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    var names = new DynamoAccessDesk.Tables("GrantsTable", "BucketsTable", "ReferencesTable");
    var desk = new DynamoAccessDesk(tables.client(), names, trail);
    var who = new Actor.Staff("smets");
    var event =
        new AuditEvent("study#s", START, who, AuditAction.GRANT_WITHDRAWN, "account", "request");
    return new Acts() {
      @Override
      public void withdraw(Grant row) {
        desk.withdraw(row, List.of(event));
      }

      @Override
      public void open(Bucket bucket, Grant row) {
        desk.open(bucket, row, "because", List.of(event));
      }

      @Override
      public void takeOut(Bucket bucket, StudyId study) {
        assertThat(desk.takeOut(bucket, study, List.of(event))).isTrue();
      }
    };
  }

  private record InMemoryActs(InMemoryGrants grants, InMemoryBuckets buckets) implements Acts {
    @Override
    public void withdraw(Grant row) {
      grants.stones.add(row.line());
      grants.rows.remove(row.line());
    }

    @Override
    public void open(Bucket bucket, Grant row) {
      buckets.all.put(bucket.id(), bucket);
      grants.put(row);
    }

    @Override
    public void takeOut(Bucket bucket, StudyId study) {
      buckets.without(bucket.id(), study);
    }
  }

  /// A number with its order, as it stands in its bucket.
  ///
  /// @param chosen the studies of a printed one, which is of no order
  private record Registered(
      String id, int order, Instant until, boolean code, Set<Integer> chosen) {
    boolean opens(int study, int ofOrder) {
      return chosen.isEmpty() ? order == ofOrder : ofOrder < 2 && chosen.contains(study);
    }
  }

  private static final int PRINTED = -1;

  /// One run.
  private static final class History {
    private final long seed;
    private final Random random;
    private final Grants grants;
    private final Buckets buckets;
    private final Acts acts;
    private final Authorisation authorisation;
    private final Holdings holdings;
    private final Settling settling;
    private final Professionals professionals;
    private Instant now = START;

    // what stands in the hospital
    private final Map<Integer, Integer> orderOf = new HashMap<>();
    private final Set<Integer> complete = new HashSet<>();
    private final Map<Integer, String> requester = new HashMap<>();
    private final Map<Integer, String> copy = new HashMap<>();
    private final List<Registered> numbers = new ArrayList<>();
    private final Map<String, Mapping> mappings = new TreeMap<>();
    private final Map<String, Account.State> states = new HashMap<>();
    private final Map<String, Set<String>> groupsOf = new HashMap<>();
    private final Map<String, String> staffOf = new HashMap<>();
    private int made;

    // what the model remembers
    private final Map<Integer, Map<String, Integer>> given = new HashMap<>(); // mapping, by order
    private final Map<Integer, Set<String>> references = new HashMap<>(); // number#account
    private final Set<String> stones = new HashSet<>(); // rows that somebody withdrew
    private final List<Glass> glasses = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> withdrawn = new HashSet<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<String, Long> proved = new HashMap<>(); // number#account

    History(long seed, Grants grants, Buckets buckets, Acts acts) {
      this.seed = seed;
      this.random = new Random(seed);
      this.grants = grants;
      this.buckets = buckets;
      this.acts = acts;
      this.holdings = new GrantedHoldings(grants);
      var clock =
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          };
      var studies =
          only(
              Studies.class,
              Map.of(
                  "find", asked -> study(number(asked[0])).map(StudyContents::study),
                  "contents", asked -> study(number(asked[0])),
                  "hints", _ -> Set.of(),
                  "reports", _ -> List.of()));
      var orders =
          only(
              Orders.class,
              Map.of(
                  "find", asked -> order((OrderId) asked[0]),
                  "reports", _ -> new OrderReports(List.of(), List.of())));
      var accounts =
          only(
              Accounts.class,
              Map.of(
                  "find", asked -> Optional.of(account((String) asked[0])),
                  "mapped",
                      asked ->
                          mappings.values().stream()
                              .filter(one -> one.physicianNumber().equals(asked[1]))
                              .toList()));
      var departments = only(Departments.class, Map.of("find", _ -> Optional.of(NOORD)));
      this.professionals = new LiveAccounts(accounts);
      this.authorisation = new Authorisation(holdings, orders, studies, departments, clock);
      this.settling = new Settling(studies, authorisation, accounts, grants, buckets);
      PEOPLE.forEach(
          account -> {
            states.put(account, Account.State.ACTIVE);
            groupsOf.put(account, new HashSet<>());
          });
      requester.put(0, "1001");
      requester.put(1, "1002");
    }

    void run(int steps) {
      for (var step = 0; step < steps; step++) {
        act();
        for (var account : PEOPLE) {
          for (var study = 0; study < STUDIES; study++) {
            compare(account, study, step);
          }
        }
      }
    }

    private void act() {
      switch (random.nextInt(20)) {
        case 0, 1, 2 -> {
          var study = random.nextInt(STUDIES);
          complete.add(study);
          orderOf.put(study, random.nextInt(3)); // the last of them is none
          settle(study);
        }
        case 3 -> {
          // moved, and whoever settles has died or is late
          var study = random.nextInt(STUDIES);
          orderOf.put(study, random.nextInt(3));
        }
        case 4, 5 -> {
          var order = random.nextInt(2);
          (random.nextBoolean() ? requester : copy).put(order, one(PHYSICIANS));
          for (var study = 0; study < STUDIES; study++) {
            if (orderOf.getOrDefault(study, 2) == order) {
              settle(study);
            }
          }
        }
        case 6, 7 -> {
          var id = "m" + made++;
          var group = Optional.of(one(GROUPS)).filter(_ -> random.nextBoolean());
          mappings.put(
              id, new Mapping(id, one(PEOPLE), "noord", "", one(PHYSICIANS), group, true, true));
        }
        case 8 -> {
          if (!mappings.isEmpty()) {
            var id = one(List.copyOf(mappings.keySet()));
            mappings.remove(id);
            buckets.withdraw(Bucket.ofMapping(id));
          }
        }
        case 9 -> {
          var mine = groups(one(PEOPLE));
          var group = one(GROUPS);
          if (!mine.remove(group)) {
            mine.add(group);
          }
        }
        case 10 -> {
          if (staffOf.remove("smets") == null) {
            staffOf.put("smets", "noord");
          }
        }
        case 11 -> number();
        case 12, 13 -> add();
        case 14 -> end();
        case 16 -> stone();
        case 17 -> glass();
        case 18 -> takeOut();
        case 15 -> states.put(one(PEOPLE), one(List.of(Account.State.values())));
        default -> now = now.plus(Duration.ofHours(random.nextInt(8)));
      }
    }

    /// As roll-up does, once or twice.
    private void settle(int study) {
      settling.study(id(study));
      if (random.nextInt(4) == 0) {
        settling.study(id(study));
      }
      var order = orderOf.getOrDefault(study, 2);
      var before = given.getOrDefault(study, Map.of());
      var after = new HashMap<String, Integer>();
      if (complete.contains(study) && order < 2) {
        for (var mapping : mappings.values()) {
          var asked = mapping.physicianNumber().equals(requester.get(order));
          var copied = mapping.physicianNumber().equals(copy.get(order));
          if ((asked || copied)
              && (before.containsKey(mapping.id())
                  || states.get(mapping.account()) == Account.State.ACTIVE)) {
            after.put(mapping.id(), order);
          }
        }
        numbers.stream()
            .filter(number -> number.order() == order)
            .forEach(
                number ->
                    proved.keySet().stream()
                        .filter(one -> one.startsWith(number.id() + "#"))
                        .forEach(one -> references(study).add(one)));
      }
      given.put(study, after);
    }

    private void number() {
      var chosen = new HashSet<Integer>();
      if (random.nextBoolean()) {
        complete.stream().filter(_ -> random.nextInt(3) > 0).forEach(chosen::add);
      }
      var number =
          new Registered(
              "n" + made++,
              chosen.isEmpty() ? random.nextInt(2) : PRINTED,
              now.plus(Duration.ofHours(1 + random.nextInt(40))),
              random.nextBoolean(),
              chosen);
      numbers.add(number);
      epochs.put(number.id(), 0L);
      var scope =
          chosen.isEmpty()
              ? new Scope.OfOrder(order(number.order()))
              : new Scope.OfStudies(chosen.stream().map(History::id).collect(toSet()));
      var bucket =
          new Bucket(
              number.id(),
              "noord",
              scope,
              true,
              number.code() ? Verification.OTP_SMS : Verification.DATE_OF_BIRTH,
              Optional.of("+32470123456").filter(_ -> number.code()),
              "nl",
              START,
              number.until(),
              false,
              false,
              Paid.NOTHING,
              0);
      buckets.register(bucket, "hash", "birth", "v1");
    }

    private void add() {
      if (numbers.isEmpty()) {
        return;
      }
      var number = one(numbers);
      var account = one(PEOPLE);
      var epoch = epochs.getOrDefault(number.id(), 0L) - (random.nextInt(5) == 0 ? 1 : 0);
      var added = settling.add(number.id(), account, epoch);
      var right = epoch == epochs.getOrDefault(number.id(), 0L) && !withdrawn.contains(number.id());
      assertThat(added).as("seed %s", seed).isEqualTo(right);
      if (right) {
        var key = number.id() + "#" + account;
        proved.put(key, epoch);
        for (var study = 0; study < STUDIES; study++) {
          var there = complete.contains(study);
          if (number.chosen().isEmpty()
              ? there && orderOf.getOrDefault(study, 2) == number.order()
              : there && number.chosen().contains(study)) {
            references(study).add(key);
          }
        }
      }
    }

    private void end() {
      if (numbers.isEmpty()) {
        return;
      }
      var number = one(numbers);
      if (ended.contains(number.id())) {
        return;
      }
      switch (random.nextInt(3)) {
        case 0 -> {
          buckets.withdraw(number.id());
          ended.add(number.id());
          withdrawn.add(number.id());
        }
        case 1 -> {
          for (var i = 0; i < 5; i++) { // wrong codes block it
            buckets.chargeCode(number.id(), epochs.getOrDefault(number.id(), 0L), Tries.CODE);
          }
          ended.add(number.id());
        }
        default -> {
          buckets.endVisits(number.id(), true);
          epochs.merge(number.id(), 1L, Long::sum);
        }
      }
    }

    /// Somebody withdraws a row: whatever follows later, it gives nothing any more.
    private void stone() {
      var study = random.nextInt(STUDIES);
      var rows = grants.of(id(study));
      if (!rows.isEmpty()) {
        var row = one(rows);
        acts.withdraw(row);
        stones.add(study + "|" + row.principal() + "|" + row.bucket());
      }
    }

    private void takeOut() {
      var several = numbers.stream().filter(one -> one.chosen().size() > 1).toList();
      if (several.isEmpty()) {
        return;
      }
      var number = one(several);
      var bucket = buckets.find(number.id()).orElseThrow();
      if (!bucket.withdrawn()) {
        var study = one(List.copyOf(number.chosen()));
        acts.takeOut(bucket, id(study));
        number.chosen().remove(study);
      }
    }

    private void glass() {
      var study = random.nextInt(STUDIES);
      if (!complete.contains(study)) {
        return; // nothing is there to be opened
      }
      var account = one(PEOPLE);
      var until = now.plus(BreakGlass.OPEN);
      var bucket =
          new Bucket(
              "g" + made++,
              "noord",
              new Scope.OfOne(id(study)),
              true,
              Verification.DATE_OF_BIRTH,
              Optional.empty(),
              "",
              now,
              until,
              false,
              false,
              Paid.NOTHING,
              0,
              Set.of(),
              Origin.glass(account, now));
      var place = new Grant.Place("2026-11-20T00:00:00#" + id(study), "PEETERS#19580307");
      acts.open(
          bucket,
          new Grant(
              id(study),
              Grant.ofAccount(account),
              bucket.id(),
              Reason.Kind.GLASS,
              Optional.of(account),
              Optional.empty(),
              place));
      glasses.add(new Glass(study, account, bucket.id(), until));
    }

    private record Glass(int study, String account, String bucket, Instant until) {}

    private boolean stands(int study, String principal, String bucket) {
      return !stones.contains(study + "|" + principal + "|" + bucket);
    }

    private void compare(String account, int study, int step) {
      var who = who(account);
      var opened =
          who.filter(
                  one ->
                      authorisation.ask(one, id(study), Right.STUDY) instanceof Decision.Permitted)
              .isPresent();
      var listed = who.filter(one -> list(one).contains(id(study))).isPresent();
      var expected = sees(account, study);
      assertThat(List.of(opened, listed))
          .as("seed %s, step %s: %s and study %s", seed, step, account, study)
          .isEqualTo(List.of(expected, expected));
    }

    // the model

    private boolean sees(String account, int study) {
      if (states.get(account) == Account.State.DISABLED || !complete.contains(study)) {
        return false;
      }
      var looked = states.get(account) == Account.State.ACTIVE;
      if (looked
          && staffOf.containsKey(account)
          && stands(study, "department:noord", Bucket.ofDepartment("noord"))) {
        return true;
      }
      if (glasses.stream()
          .filter(one -> one.study() == study && one.account().equals(account))
          .filter(one -> stands(study, Grant.ofAccount(account), one.bucket()))
          .anyMatch(one -> now.isBefore(one.until()))) {
        return true;
      }
      var order = orderOf.getOrDefault(study, 2);
      var mapped =
          given.getOrDefault(study, Map.of()).entrySet().stream()
              .filter(one -> one.getValue().equals(order))
              .map(one -> mappings.get(one.getKey()))
              .filter(mapping -> mapping != null)
              .anyMatch(
                  mapping ->
                      (mapping.account().equals(account)
                              && stands(study, Grant.ofAccount(account), of(mapping)))
                          || (looked
                              && mapping
                                  .group()
                                  .filter(groups(account)::contains)
                                  .filter(one -> stands(study, Grant.ofGroup(one), of(mapping)))
                                  .isPresent()));
      return mapped
          || references(study).stream()
              .filter(one -> one.endsWith("#" + account))
              .filter(
                  one ->
                      stands(study, Grant.ofAccount(account), one.substring(0, one.indexOf('#'))))
              .anyMatch(
                  one -> numbers.stream().anyMatch(number -> opens(number, one, study, order)));
    }

    private static String of(Mapping mapping) {
      return Bucket.ofMapping(mapping.id());
    }

    private boolean opens(Registered number, String reference, int study, int order) {
      return reference.startsWith(number.id() + "#")
          && number.opens(study, order)
          && !ended.contains(number.id())
          && now.isBefore(number.until())
          && Objects.equals(proved.get(reference), epochs.get(number.id()));
    }

    // how the rest asks

    private Set<StudyId> list(Principal.Professional who) {
      var seen = new HashSet<StudyId>();
      var before = Optional.<String>empty();
      do {
        var page = grants.page(who.principals(), before, 2);
        var lines = page.studies().values().stream().flatMap(List::stream).toList();
        holdings
            .verify(who, lines, now)
            .forEach(
                (id, ways) -> {
                  var contents = study(number(id)).orElseThrow();
                  if (ways.stream()
                      .anyMatch(way -> way.holds(contents.study()) && way.closed(who).isEmpty())) {
                    seen.add(id);
                  }
                });
        before = page.next();
      } while (before.isPresent());
      return seen;
    }

    private Optional<Principal.Professional> who(String account) {
      var session = Session.begin("hash", new Subject.OfAccount(account), 0, "", now);
      return professionals.live(account, session);
    }

    private Account account(String id) {
      var department = Optional.ofNullable(staffOf.get(id));
      var one =
          TestAccounts.account(
              id,
              department.isPresent() ? Role.STAFF : Role.PROFESSIONAL,
              department,
              states.getOrDefault(id, Account.State.ACTIVE));
      return new Account(
          one.id(),
          one.username(),
          one.name(),
          one.gender(),
          one.language(),
          one.role(),
          one.department(),
          one.state(),
          one.locked(),
          one.epoch(),
          groups(id),
          one.factor(),
          one.mobile(),
          one.workPhone(),
          one.physicianNumbers(),
          one.privacy(),
          one.mailDefaults(),
          one.provider(),
          one.failedAt());
    }

    private Set<String> groups(String account) {
      return groupsOf.computeIfAbsent(account, _ -> new HashSet<>());
    }

    private Set<String> references(int study) {
      return references.computeIfAbsent(study, _ -> new HashSet<>());
    }

    private Optional<OrderContents> order(OrderId id) {
      for (var order = 0; order < 2; order++) {
        if (order(order).equals(id)) {
          return Optional.of(contents(order));
        }
      }
      return Optional.empty();
    }

    private OrderContents contents(int number) {
      var patient =
          new Order.Patient(
              Optional.of("P-1"),
              Optional.empty(),
              "Peeters",
              Optional.of("An"),
              new BirthDate(1958, 3, 7),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      var order =
          new Order(
              order(number),
              order(number).accession(),
              "1",
              START,
              patient,
              Optional.ofNullable(requester.get(number)).map(History::physician),
              Optional.ofNullable(copy.get(number)).map(History::physician).stream().toList(),
              List.of());
      var studies = new ArrayList<StudyId>();
      orderOf.forEach(
          (study, of) -> {
            if (of == number) {
              studies.add(id(study));
            }
          });
      return new OrderContents(
          Optional.of(order),
          Set.of(order.person()),
          Optional.empty(),
          numbers.stream()
              .filter(one -> one.order() == number)
              .map(Registered::id)
              .collect(toSet()),
          studies);
    }

    private static Order.Physician physician(String number) {
      return new Order.Physician(Optional.of(number), Optional.empty(), Optional.empty());
    }

    private Optional<StudyContents> study(int number) {
      return Optional.of(number)
          .filter(complete::contains)
          .map(_ -> content(number, orderOf.getOrDefault(number, 2)));
    }

    private StudyContents content(int number, int order) {
      var person = Samples.facts("P-1").person();
      var link =
          new Studies.Link(
              Optional.of(order).filter(one -> one < 2).map(History::order),
              Optional.empty(),
              Set.of(),
              Set.of(person));
      var study =
          new Study(
              id(number),
              "noord",
              "1.2." + number,
              link,
              Set.of(),
              Facts.NONE,
              true,
              1,
              1,
              1,
              List.of("CT"),
              Optional.of(START.plusSeconds(number)),
              Optional.of(START),
              Study.announced(id(number), order(0)).expectation(),
              Set.of(),
              Optional.empty(),
              1);
      var series =
          new Series(
              new SeriesUid("1.2." + number + ".1"),
              Optional.of(1),
              "",
              "CT",
              "",
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
      return new StudyContents(study, List.of(series), List.of());
    }

    private static OrderId order(int number) {
      return new OrderId("noord", "A" + number);
    }

    private static StudyId id(int number) {
      return StudyId.of("noord", "1.2." + number);
    }

    private static int number(Object study) {
      for (var number = 0; number < STUDIES; number++) {
        if (id(number).equals(study)) {
          return number;
        }
      }
      return -1;
    }

    private <T> T one(List<T> among) {
      return among.get(random.nextInt(among.size()));
    }
  }

  /// A port of which a test needs a few answers.
  private static <T> T only(Class<T> port, Map<String, Function<Object[], Object>> answers) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, asked) -> {
              var answer = answers.get(method.getName());
              if (answer == null) {
                throw new UnsupportedOperationException(method.getName());
              }
              return answer.apply(asked == null ? new Object[0] : asked);
            }));
  }

  /// Rows in a map, found without an index's lag.
  private static final class InMemoryGrants implements Grants {
    private final Map<Grant.Line, Grant> rows = new LinkedHashMap<>();
    private final Set<Grant.Line> stones = new HashSet<>();
    private final Buckets buckets;

    InMemoryGrants(Buckets buckets) {
      this.buckets = buckets;
    }

    @Override
    public Map<StudyId, List<Held>> of(Set<String> principals, Set<StudyId> studies) {
      return ways(
              studies.stream()
                  .flatMap(study -> of(study).stream())
                  .filter(row -> principals.contains(row.principal())))
          .stream()
          .collect(groupingBy(way -> way.row().orElseThrow().study()));
    }

    @Override
    public List<Grant> of(StudyId study) {
      return rows.values().stream().filter(row -> row.study().equals(study)).toList();
    }

    @Override
    public Map<StudyId, List<Held>> held(Collection<Grant.Line> lines) {
      return ways(rows.values().stream().filter(row -> lines.contains(row.line()))).stream()
          .collect(groupingBy(way -> way.row().orElseThrow().study()));
    }

    private List<Held> ways(Stream<Grant> found) {
      return found
          .flatMap(
              row -> buckets.find(row.bucket()).stream().map(one -> Held.by(row, List.of(one))))
          .toList();
    }

    @Override
    public Page page(Set<String> principals, Optional<String> before, int studies) {
      var page = new LinkedHashMap<StudyId, List<Grant.Line>>();
      var last = Optional.<String>empty();
      var newestFirst = Comparator.comparing((Grant row) -> row.place().listed()).reversed();
      for (var row : rows.values().stream().sorted(newestFirst).toList()) {
        if (!principals.contains(row.principal())
            || before.filter(end -> end.compareTo(row.place().listed()) <= 0).isPresent()) {
          continue;
        }
        if (page.size() == studies && !page.containsKey(row.study())) {
          return new Page(page, last);
        }
        page.computeIfAbsent(row.study(), _ -> new ArrayList<>()).add(row.line());
        last = Optional.of(row.place().listed());
      }
      return new Page(page, Optional.empty());
    }

    @Override
    public List<Grant.Line> named(Set<String> principals, String beginning, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean put(Grant grant) {
      return !stones.contains(grant.line()) && rows.putIfAbsent(grant.line(), grant) == null;
    }

    @Override
    public boolean correct(Grant grant) {
      return rows.replace(grant.line(), grant) != null;
    }

    @Override
    public void remove(Grant grant) {
      rows.remove(grant.line());
    }
  }

  /// Buckets in a map, by the rules of the table.
  private static final class InMemoryBuckets implements Buckets {
    @Override
    public Registering refuse(Bucket bucket, String why, String version) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> number(String bucketId) {
      throw new UnsupportedOperationException();
    }

    private final Map<String, Bucket> all = new HashMap<>();
    private final Set<String> never = new HashSet<>();

    @Override
    public Optional<Bucket> find(String bucketId) {
      return Optional.ofNullable(all.get(bucketId));
    }

    @Override
    public Registering register(
        Bucket bucket, String referenceHash, String birthHash, String version) {
      all.put(bucket.id(), bucket);
      return Registering.WRITTEN;
    }

    @Override
    public boolean opened(String bucketId, Instant at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void last(Scope scope) {
      var id =
          switch (scope) {
            case Scope.OfMapping(var mapping, _) -> Bucket.ofMapping(mapping);
            case Scope.OfDepartment(var department) -> Bucket.ofDepartment(department);
            case Scope.OfOrder _, Scope.OfStudies _, Scope.OfCopies _, Scope.OfOne _ ->
                throw new IllegalArgumentException();
          };
      if (!never.contains(id)) {
        all.putIfAbsent(id, Bucket.lasting(id, "noord", scope, false));
      }
    }

    @Override
    public boolean add(String bucketId, String account, long epoch) {
      var bucket = all.get(bucketId);
      if (bucket == null || bucket.withdrawn() || bucket.epoch() != epoch) {
        return false;
      }
      var added = new HashSet<>(bucket.added());
      added.removeIf(one -> one.startsWith(account + "@"));
      added.add(account + "@" + epoch);
      all.put(bucketId, changed(bucket, false, bucket.blocked(), epoch, added));
      return true;
    }

    void without(String bucketId, StudyId study) {
      all.computeIfPresent(
          bucketId,
          (_, one) -> {
            var left = new HashSet<>(((Scope.OfStudies) one.scope()).studies());
            left.remove(study);
            return changed(
                one,
                new Scope.OfStudies(left),
                one.withdrawn(),
                one.blocked(),
                one.epoch(),
                one.added());
          });
    }

    private static Bucket changed(
        Bucket bucket, boolean withdrawn, boolean blocked, long epoch, Set<String> added) {
      return changed(bucket, bucket.scope(), withdrawn, blocked, epoch, added);
    }

    private static Bucket changed(
        Bucket bucket,
        Scope scope,
        boolean withdrawn,
        boolean blocked,
        long epoch,
        Set<String> added) {
      return new Bucket(
          bucket.id(),
          bucket.department(),
          scope,
          bucket.report(),
          bucket.verification(),
          bucket.destination(),
          bucket.language(),
          bucket.validFrom(),
          bucket.validUntil(),
          withdrawn,
          blocked,
          bucket.paid(),
          epoch,
          added,
          bucket.origin());
    }

    @Override
    public void supersede(String bucketId, String version) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void withdraw(String bucketId) {
      never.add(bucketId);
      all.computeIfPresent(
          bucketId, (_, one) -> changed(one, true, one.blocked(), one.epoch() + 1, one.added()));
    }

    @Override
    public void endVisits(String bucketId, boolean really) {
      all.computeIfPresent(
          bucketId,
          (_, one) -> changed(one, one.withdrawn(), one.blocked(), one.epoch() + 1, one.added()));
    }

    @Override
    public int wrongCodes(String bucketId) {
      throw new UnsupportedOperationException();
    }

    /// The fifth in a row blocks it, and nobody tries fewer here.
    @Override
    public CodeTry chargeCode(String bucketId, long epoch, Tries tries) {
      all.computeIfPresent(
          bucketId, (_, one) -> changed(one, one.withdrawn(), true, one.epoch(), one.added()));
      return new CodeTry.Charged(tries.max());
    }
  }
}
