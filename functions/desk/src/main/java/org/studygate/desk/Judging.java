package org.studygate.desk;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.studygate.account.DeskAct;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.http.Problem;
import org.studygate.order.Linking;
import org.studygate.order.OrderDesk;
import org.studygate.study.Person;
import org.studygate.study.RollUps;
import org.studygate.study.Studies;
import org.studygate.study.Studies.Hand;
import org.studygate.study.Study;
import org.studygate.study.StudyDesk;
import org.studygate.study.StudyId;

/// Whose a study is, decided by people. Each decision is one write with its events, on the study as
/// it was read; what follows from it is done after, and again by whoever repeats it.
final class Judging {
  private static final int TRIES = 20;

  private final Studies studies;
  private final StudyDesk desk;
  private final Linking linking;
  private final RollUps rollUps;
  private final OrderBoard orders;
  private final Told told;
  private final Clock clock;

  Judging(
      Studies studies,
      StudyDesk desk,
      Linking linking,
      RollUps rollUps,
      OrderBoard orders,
      Told told,
      Clock clock) {
    this.studies = studies;
    this.desk = desk;
    this.linking = linking;
    this.rollUps = rollUps;
    this.orders = orders;
    this.told = told;
    this.clock = clock;
  }

  /// A study that belongs to no order goes to this one. Where nobody says whose files are the
  /// patient's, those are that fit the order, or those of the only person that there is.
  void match(Clerk clerk, String id, Asked.Match match, String requestId) {
    var line = orders.find(clerk, id);
    var department = line.id().department();
    clerk.check(DeskAct.JUDGE, department);
    var act = new Act(clerk, AuditAction.STUDY_MATCHED, match.reason(), requestId);
    decide(
        act,
        match.study(),
        Optional.of(department),
        found -> matched(found, line, match.persons()));
  }

  private Optional<Hand> matched(Study study, OrderDesk.Line line, Set<String> named) {
    var hand = study.link().hand();
    var order = Optional.of(line.id());
    if (study.order().isPresent()) {
      if (study.order().equals(order) && study.link().shown().containsAll(persons(study, named))) {
        return Optional.empty(); // it is so already
      }
      throw Problem.ALREADY_MATCHED.refusal();
    }
    linking.offer(line.id(), study.id());
    return Optional.of(new Hand(order, patient(study, line, named), hand.seen()));
  }

  private static Set<Person> patient(Study study, OrderDesk.Line line, Set<String> named) {
    if (!named.isEmpty()) {
      return persons(study, named);
    }
    var fitting =
        study.persons().stream().filter(line.contents()::isFor).collect(Collectors.toSet());
    var those = fitting.isEmpty() ? study.persons() : fitting;
    if (fitting.isEmpty() && those.size() > 1) {
      throw Problem.PERSONS_NEEDED.refusal();
    }
    return those;
  }

  /// Files of other persons are shown too, for they are the patient's, whatever they say.
  void release(Clerk clerk, String study, Asked.Release release, String requestId) {
    var act = new Act(clerk, AuditAction.STUDY_RELEASED, release.reason(), requestId);
    decide(act, study, Optional.empty(), found -> released(found, release.persons()));
  }

  private static Optional<Hand> released(Study study, Set<String> named) {
    if (study.order().isEmpty()) {
      throw Problem.NO_ORDER.refusal();
    }
    if (named.isEmpty()) {
      throw Problem.BAD_REQUEST.refusal("persons");
    }
    var hand = study.link().hand();
    var all = new HashSet<>(persons(study, named));
    if (study.link().shown().containsAll(all)) {
      return Optional.empty(); // they are shown
    }
    all.addAll(study.link().shown());
    return Optional.of(new Hand(study.order(), all, hand.seen()));
  }

  /// What was decided by hand holds no longer; files and orders alone tell.
  void unmatch(Clerk clerk, String study, Reason reason, String requestId) {
    var act = new Act(clerk, AuditAction.STUDY_UNMATCHED, reason, requestId);
    decide(act, study, Optional.empty(), Judging::unmatched);
  }

  private static Optional<Hand> unmatched(Study study) {
    var hand = study.link().hand();
    if (hand.order().isEmpty()) {
      throw Problem.NOT_BY_HAND.refusal();
    }
    return Optional.of(new Hand(Optional.empty(), Set.of(), hand.seen()));
  }

  /// It was looked at and stays as it is, until there is something else to look at.
  void lookedAt(Clerk clerk, String study, Reason reason, String requestId) {
    var act = new Act(clerk, AuditAction.STUDY_LOOKED_AT, reason, requestId);
    decide(act, study, Optional.empty(), Judging::seen);
  }

  private static Optional<Hand> seen(Study study) {
    if (!study.link().open()) {
      return Optional.empty();
    }
    var hand = study.link().hand();
    var all = new HashSet<>(hand.seen());
    all.addAll(study.link().why());
    return Optional.of(new Hand(hand.order(), hand.persons(), all));
  }

  private static Set<Person> persons(Study study, Set<String> named) {
    var found =
        study.persons().stream()
            .filter(person -> named.contains(Held.id(person)))
            .collect(Collectors.toSet());
    if (found.size() < named.size()) {
      throw Problem.BAD_REQUEST.refusal("persons");
    }
    return found;
  }

  private record Act(Clerk clerk, AuditAction action, Reason reason, String requestId) {}

  /// What is decided on a study as it is; nothing where it is so already.
  private interface Decision {
    Optional<Hand> on(Study study);
  }

  private void decide(Act act, String named, Optional<String> department, Decision decision) {
    for (var tries = 0; tries < TRIES; tries++) {
      var study = find(act.clerk(), named, department);
      act.clerk().check(DeskAct.JUDGE, study.department());
      var hand = decision.on(study);
      if (hand.isEmpty() || written(act, study, hand.get())) {
        linking.decided(study.id());
        rollUps.now(study.id());
        return;
      }
    }
    throw new IllegalStateException("a study kept changing while it was judged");
  }

  private boolean written(Act act, Study study, Hand hand) {
    var link = linking.byHand(study, hand);
    var outcome = act.clerk().staff().role().code();
    var events =
        List.of(
            event(act, AuditEvent.study(study.id().value()), outcome),
            event(act, AuditEvent.department(study.department()), study.id().value()));
    return desk.decide(
        study.id(), study.revision(), link, clock.instant(), events, act.reason().text());
  }

  private AuditEvent event(Act act, String trail, String outcome) {
    return told.event(act.clerk(), trail, act.action(), outcome, act.requestId());
  }

  /// @param department of the order; a study of another is not there
  Study find(Clerk clerk, String named, Optional<String> department) {
    return id(named)
        .flatMap(studies::find)
        .filter(Study::original)
        .filter(study -> clerk.staff().worksFor(study.department()))
        .filter(study -> department.map(study.department()::equals).orElse(true))
        .orElseThrow(Problem.NOT_FOUND::refusal);
  }

  private static Optional<StudyId> id(String text) {
    try {
      return Optional.of(new StudyId(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
