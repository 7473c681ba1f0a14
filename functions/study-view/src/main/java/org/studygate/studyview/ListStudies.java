package org.studygate.studyview;

import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.access.Bucket;
import org.studygate.access.Decision;
import org.studygate.access.Held;
import org.studygate.access.Principal;
import org.studygate.access.Visit;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.studyview.Answers.Work;

/// A page of a professional's list: found, written to the trail, and only then answered. What was
/// looked for is in no event: it may name a person.
final class ListStudies {
  private final Worklist worklist;
  private final Names names;
  private final AuditTrail trail;
  private final Clock clock;

  ListStudies(Worklist worklist, Names names, AuditTrail trail, Clock clock) {
    this.worklist = worklist;
    this.names = names;
    this.trail = trail;
    this.clock = clock;
  }

  /// Empty for whoever has no account: a number opens all that it opens.
  Optional<Work> list(Visit visit, Sought sought, String requestId) {
    return switch (visit.principal()) {
      case Principal.Patient _ -> Optional.empty();
      case Principal.Professional who -> Optional.of(list(who, sought, requestId));
    };
  }

  /// What is told of a study besides: the patient's other ones, and why it shows.
  Optional<Views.Beside> beside(Visit visit, Decision.Permitted found) {
    return switch (visit.principal()) {
      case Principal.Patient _ -> Optional.empty();
      case Principal.Professional who -> Optional.of(beside(who, found));
    };
  }

  private Views.Beside beside(Principal.Professional who, Decision.Permitted found) {
    var priors = worklist.priors(who, found.contents().study(), found.opened().order());
    var messages =
        found.ways().stream()
            .filter(Held::shared)
            .map(Held::bucket)
            .filter(bucket -> bucket.share().message().isPresent())
            .distinct()
            .sorted(Comparator.comparing(Bucket::validFrom).reversed())
            .toList();
    var by =
        Stream.concat(
                found.reasons().stream().flatMap(reason -> reason.by().stream()),
                messages.stream().flatMap(bucket -> bucket.origin().by().stream()))
            .collect(Collectors.toSet());
    return new Views.Beside(priors, found.reasons(), messages, names.colleagues(by));
  }

  private Work list(Principal.Professional who, Sought sought, String requestId) {
    var found = worklist.find(who, sought);
    var departments =
        found.rows().stream().map(row -> row.card().department()).collect(Collectors.toSet());
    var colleagues =
        found.rows().stream()
            .flatMap(row -> row.reasons().stream())
            .flatMap(reason -> reason.by().stream())
            .collect(Collectors.toSet());
    var work = Views.work(found, names.departments(departments), names.colleagues(colleagues));
    trail.record(
        new AuditEvent(
            who.actor().trail(),
            clock.instant(),
            who.actor(),
            AuditAction.STUDIES_LISTED,
            "ok",
            requestId));
    return work;
  }
}
