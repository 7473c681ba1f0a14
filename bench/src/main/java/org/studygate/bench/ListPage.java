package org.studygate.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Grant;
import org.studygate.access.Reason;
import org.studygate.access.Scope;
import org.studygate.access.TestHospital;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.account.Group;
import org.studygate.account.TestAccounts;
import org.studygate.department.ReportRule;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.TestEvents;
import org.studygate.order.MadeStudies;
import org.studygate.order.MadeStudies.Made;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.studyview.StudyViewHandler;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/// What a page of a hundred studies costs a physician of a group, among few studies and many: the
/// requests, and the time while none of them is under way. Ends with 1 if a page makes more than
/// ten, if many make more than few, or if that time is 10 ms.
public final class ListPage {
  private static final int ROUNDS = 100;
  private static final int MOST_CALLS = 10;
  private static final double MOST_MILLIS = 10;

  /// Behind the first pages only rows lie: nobody looks at more.
  private static final int WITH_CARDS = 600;

  private static final int AT_ONCE = 1_000;

  private final PrintStream out;

  private ListPage(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    var bench = new ListPage(System.out);
    var few = bench.measure(Integer.getInteger("small", 1_000));
    var many = bench.measure(Integer.getInteger("large", 100_000));
    var within = few.within() && many.within() && few.calls() == many.calls();
    System.exit(within ? 0 : 1);
  }

  private record Cost(int calls, double beyond) {
    boolean within() {
      return calls <= MOST_CALLS && beyond < MOST_MILLIS;
    }
  }

  private Cost measure(int studies) throws Exception {
    try (var tables = TestTables.start()) {
      var clock = TestClock.at("2026-11-23T10:00:00Z");
      new TestHospital(tables, clock).department("noord", new ReportRule.AtOnce());
      var accounts = new DynamoAccounts(tables.client(), "AccountsTable");
      accounts.create(TestAccounts.professional("maes"));
      var member = new Group.Member("maes", true, Optional.empty());
      new DynamoGroups(tables.client(), new DynamoGroups.Tables("GroupsTable", "AccountsTable"))
          .create(new Group("g1", "Praktijk", "maes", List.of(member)));
      new DynamoBuckets(tables.client(), "BucketsTable").last(new Scope.OfMapping("m1", "noord"));
      fill(new MadeStudies(tables.client()), studies, clock.instant());
      var token = new Token("bench");
      new DynamoSessions(tables.client(), "SessionsTable")
          .begin(
              Session.begin(
                  token.hash(), new Subject.OfAccount("maes"), 0, "noord", clock.instant()));
      var variables = new HashMap<>(TestHospital.variables());
      variables.put("ROLL_UP_QUEUE_URL", "http://127.0.0.1:1/roll-up"); // nobody asks
      return pages(
          studies, new StudyViewHandler(TestPlatform.of(clock, tables, variables)), request(token));
    }
  }

  private static void fill(MadeStudies made, int studies, Instant now) {
    for (var i = 0; i < studies; i++) {
      var one = Made.of("noord", "1.2." + i, LocalDate.of(2026, 11, 20).minusDays(i), now);
      if (i < WITH_CARDS) {
        made.study(one);
      }
      for (var principal : List.of(Grant.ofAccount("maes"), Grant.ofGroup("g1"))) {
        var kind = Reason.Kind.REQUESTED;
        made.row(one, principal, Bucket.ofMapping("m1"), kind, Optional.of("maes"));
      }
      if (i % AT_ONCE == AT_ONCE - 1) {
        made.write();
      }
    }
    made.write();
  }

  private static HttpRequest request(Token token) throws IOException {
    try (var in = Files.newInputStream(Path.of("events", "study-view", "list.json"))) {
      return TestEvents.cookie(HttpRequest.read(in), token);
    }
  }

  private Cost pages(int studies, StudyViewHandler view, HttpRequest request) {
    var whole = new long[ROUNDS];
    var beyond = new long[ROUNDS];
    var calls = 0;
    for (var round = -ROUNDS; round < ROUNDS; round++) { // the first half warms up
      Calling.take();
      var began = System.nanoTime();
      var answer = view.answer(request);
      var took = System.nanoTime() - began;
      if (answer.status() != 200 || !answer.body().contains("\"requested\"")) {
        throw new IllegalStateException("answered " + answer.status());
      }
      var made = Calling.take();
      if (round >= 0) {
        calls = Math.max(calls, made.size());
        whole[round] = took;
        beyond[round] = took - underWay(made);
      }
    }
    var cost = new Cost(calls, percent(50, beyond));
    out.printf(
        "%7d studies  %d requests, p50 %.1f ms; while none was under way p50 %.1f ms, p99 %.1f ms%n",
        studies, calls, percent(50, whole), cost.beyond(), percent(99, beyond));
    return cost;
  }

  /// How long at least one call was under way.
  private static long underWay(List<Calling.Call> calls) {
    var sorted = new ArrayList<>(calls);
    sorted.sort(Comparator.comparingLong(Calling.Call::from));
    var sum = 0L;
    var end = Long.MIN_VALUE;
    for (var call : sorted) {
      sum += Math.max(0, call.to() - Math.max(call.from(), end));
      end = Math.max(end, call.to());
    }
    return sum;
  }

  private static double percent(int percent, long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length * percent / 100] / 1e6;
  }

  /// Notes when calls of stores begin and end, in whatever thread: every client has it, by
  /// `execution.interceptors`.
  public static final class Calling implements ExecutionInterceptor {
    private static final ExecutionAttribute<Long> BEGAN = new ExecutionAttribute<>("from");
    private static final ConcurrentLinkedQueue<Call> CALLS = new ConcurrentLinkedQueue<>();

    record Call(long from, long to) {}

    /// Those since the last time.
    static List<Call> take() {
      var taken = List.copyOf(CALLS);
      CALLS.clear();
      return taken;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      attributes.putAttribute(BEGAN, System.nanoTime());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      CALLS.add(new Call(attributes.getAttribute(BEGAN), System.nanoTime()));
    }
  }
}
