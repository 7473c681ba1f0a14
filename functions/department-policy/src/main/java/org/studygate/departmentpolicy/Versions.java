package org.studygate.departmentpolicy;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.account.Accounts;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.json.RawJson;
import org.studygate.policy.PolicyDesk;
import org.studygate.policy.PolicyDesk.Stamp;
import org.studygate.policy.PolicyDesk.Version;
import org.studygate.policy.Proposal;

/// The version in force, those before it, and the next one.
final class Versions {
  private static final int MOST_SHOWN = 50;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

  private final PolicyDesk desk;
  private final Accounts accounts;
  private final AuditTrail trail;
  private final Clock clock;

  Versions(PolicyDesk desk, Accounts accounts, AuditTrail trail, Clock clock) {
    this.desk = desk;
    this.accounts = accounts;
    this.trail = trail;
    this.clock = clock;
  }

  /// @param by who put it in force; empty for an operator
  record Line(long version, Instant at, Optional<String> by, List<String> changed) {}

  record Current(
      long version, Instant at, Optional<String> by, RawJson policy, List<Line> versions) {}

  record One(long version, Instant at, Optional<String> by, List<String> changed, RawJson policy) {}

  record Put(long version) {}

  HttpResponse current(Editor editor, Optional<String> asked) {
    var department = editor.department(asked);
    var current = desk.current(department).orElseThrow(Problem.NOT_FOUND::refusal);
    var names = new Names();
    var lines = desk.versions(department, MOST_SHOWN).stream().map(names::line).toList();
    var now = names.line(current.stamp());
    return HttpResponse.ok(
        new Current(now.version(), now.at(), now.by(), new RawJson(current.json()), lines));
  }

  HttpResponse one(Editor editor, Optional<String> asked, String number) {
    var department = editor.department(asked);
    var version =
        Optional.of(number)
            .filter(NUMBER.asMatchPredicate())
            .flatMap(n -> desk.version(department, Long.parseLong(n)))
            .orElseThrow(Problem.NOT_FOUND::refusal);
    var line = new Names().line(version.stamp());
    return HttpResponse.ok(
        new One(line.version(), line.at(), line.by(), line.changed(), new RawJson(version.json())));
  }

  /// Whoever edited an older version than the one in force is told who was quicker, before anything
  /// else is said of what was sent.
  HttpResponse change(Editor editor, Change change, String requestId) {
    var department = editor.department(change.department());
    var current = desk.current(department).orElseThrow(Problem.NOT_FOUND::refusal);
    if (current.stamp().number() != change.version()) {
      return overtaken(current, requestId);
    }
    return switch (Proposal.judge(current.json(), change.policy())) {
      case Proposal.Outcome.Faulty(var faults) ->
          HttpResponse.problem(Problem.BAD_REQUEST, Map.of("errors", faults), requestId);
      case Proposal.Outcome.Fits(var wanted) -> {
        var of = AuditEvent.department(department);
        var outcome = "version-" + (change.version() + 1);
        var event = event(editor, of, AuditAction.POLICY_CHANGED, outcome, requestId);
        yield switch (desk.change(wanted, current, event)) {
          case PolicyDesk.Outcome.Changed(var number) -> HttpResponse.ok(new Put(number));
          case PolicyDesk.Outcome.Same _ -> HttpResponse.ok(new Put(change.version()));
          case PolicyDesk.Outcome.Overtaken(var standing) -> overtaken(standing, requestId);
        };
      }
    };
  }

  private HttpResponse overtaken(Version standing, String requestId) {
    var line = new Names().line(standing.stamp());
    var more = new HashMap<String, Object>();
    more.put("version", line.version());
    more.put("at", line.at());
    more.put("by", line.by());
    return HttpResponse.problem(Problem.VERSION_CHANGED, more, requestId);
  }

  /// Not what was mistyped: what was not there or not allowed.
  void refused(Editor editor, Problem problem, String requestId) {
    if (problem == Problem.NOT_FOUND || problem == Problem.FORBIDDEN) {
      trail.record(
          event(editor, editor.trail(), AuditAction.ACCESS_REFUSED, problem.code(), requestId));
    }
  }

  private AuditEvent event(
      Editor editor, String of, AuditAction action, String outcome, String requestId) {
    return new AuditEvent(of, clock.instant(), editor.actor(), action, outcome, requestId);
  }

  /// Names of those who put versions in force, each asked for once.
  private final class Names {
    private static final String STAFF = "staff:";
    private final Map<String, Optional<String>> known = new HashMap<>();

    Line line(Stamp stamp) {
      return new Line(stamp.number(), stamp.at(), of(stamp.by()), stamp.changed());
    }

    private Optional<String> of(String by) {
      return by.startsWith(STAFF) ? known.computeIfAbsent(by, this::named) : Optional.empty();
    }

    private Optional<String> named(String by) {
      return accounts.find(Actor.parse(by).id()).map(account -> account.name().whole());
    }
  }
}
