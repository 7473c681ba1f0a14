package org.studygate.studyaccess;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.AccessDesk;
import org.studygate.access.Bucket;
import org.studygate.access.Scope;
import org.studygate.access.Standing;
import org.studygate.access.Unlock;
import org.studygate.account.DeskAct;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.http.Problem;
import org.studygate.study.StudyId;

/// Ends what was given, at the next request wherever that comes in. To do it again is to have done
/// it.
final class Withdraw {
  private static final int TRIES = 20;

  private final AccessDesk desk;
  private final Unlock unlock;
  private final Told told;

  Withdraw(AccessDesk desk, Unlock unlock, Told told) {
    this.desk = desk;
    this.unlock = unlock;
    this.told = told;
  }

  /// Of what was shared the study leaves the bucket, and with it all that was given on from there:
  /// a row alone is in nobody's way who stands below.
  void grant(Asker asker, String id, String requestId) {
    var row =
        AccessDesk.Row.study(id).stream()
            .flatMap(study -> desk.rows(study).stream())
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(Problem.NOT_FOUND::refusal);
    var bucket = bucket(row.grant().bucket()).orElseThrow(Problem.NOT_FOUND::refusal);
    var study = row.grant().study();
    if (ListAccess.shared(bucket)) {
      takeOut(asker, bucket.id(), study, requestId);
      return;
    }
    if (row.grant().names()) {
      throw Problem.NOT_FOUND.refusal();
    }
    var department = bucket.department();
    asker.check(DeskAct.WITHDRAW, department, row.grant().by());
    var holder = row.grant().principal();
    var of = holder.substring(0, holder.indexOf(':'));
    desk.withdraw(
        row.grant(),
        List.of(
            told.event(
                asker, AuditEvent.study(study.value()), AuditAction.GRANT_WITHDRAWN, of, requestId),
            told.event(
                asker,
                AuditEvent.department(department),
                AuditAction.GRANT_WITHDRAWN,
                study.value(),
                requestId)));
  }

  void bucket(Asker asker, String id, String requestId) {
    withdraw(asker, find(asker, id), requestId);
  }

  private void withdraw(Asker asker, Bucket bucket, String requestId) {
    desk.withdraw(
        bucket,
        List.of(
            event(
                asker,
                AuditEvent.bucket(bucket.id()),
                AuditAction.WITHDRAWN,
                role(asker),
                requestId),
            event(
                asker,
                AuditEvent.department(bucket.department()),
                AuditAction.WITHDRAWN,
                bucket.id(),
                requestId)));
  }

  void study(Asker asker, String id, String named, String requestId) {
    var study = StudyId.parse(named).orElseThrow(Problem.NOT_FOUND::refusal);
    if (!takeOut(asker, id, study, requestId)) {
      throw Problem.NOT_FOUND.refusal();
    }
  }

  /// The last one ends the whole. `false` if it opens no such study.
  private boolean takeOut(Asker asker, String id, StudyId study, String requestId) {
    for (var tries = 0; tries < TRIES; tries++) {
      var bucket = find(asker, id);
      var all = opened(bucket.scope());
      var opened = all.get(study);
      if (opened == null) {
        return false;
      }
      if (bucket.withdrawn()) {
        return true;
      }
      if (all.size() == 1) {
        withdraw(asker, bucket, requestId);
        return true;
      }
      if (desk.takeOut(bucket, opened, taken(asker, bucket, study, requestId))) {
        return true;
      }
    }
    throw new IllegalStateException("a bucket kept changing while a study was taken out");
  }

  /// What it opens, by the study that it was chosen as.
  private static Map<StudyId, StudyId> opened(Scope scope) {
    return switch (scope) {
      case Scope.OfStudies(var all) -> all.stream().collect(toMap(identity(), identity()));
      case Scope.OfCopies copies ->
          copies.sources().entrySet().stream()
              .collect(toMap(Map.Entry::getValue, Map.Entry::getKey));
      case Scope.OfOrder _, Scope.OfOne _, Scope.OfMapping _, Scope.OfDepartment _ ->
          throw Problem.WHOLE_ORDER.refusal();
    };
  }

  private List<AuditEvent> taken(Asker asker, Bucket bucket, StudyId study, String requestId) {
    return List.of(
        event(
            asker,
            AuditEvent.bucket(bucket.id()),
            AuditAction.STUDY_TAKEN_OUT,
            study.value(),
            requestId),
        event(
            asker,
            AuditEvent.study(study.value()),
            AuditAction.STUDY_TAKEN_OUT,
            bucket.id(),
            requestId));
  }

  /// Admins of the department and the service desk alone; to others who know it, refused.
  Unlock.Outcome unlock(Asker asker, String id, String reason, String requestId) {
    var bucket = find(id).orElseThrow(Problem.NOT_FOUND::refusal);
    asker.check(DeskAct.UNLOCK, bucket.department(), Optional.empty());
    return unlock.unlock(asker.atDesk(), id, reason, requestId);
  }

  private Bucket find(Asker asker, String id) {
    var bucket = find(id).orElseThrow(Problem.NOT_FOUND::refusal);
    asker.check(DeskAct.WITHDRAW, bucket.department(), bucket.origin().by());
    return bucket;
  }

  private Optional<Bucket> find(String id) {
    return bucket(id).filter(ListAccess::byHand);
  }

  private Optional<Bucket> bucket(String id) {
    return desk.standing(List.of(id)).stream().map(Standing::bucket).findFirst();
  }

  private AuditEvent event(
      Asker asker, String trailOf, AuditAction action, String outcome, String requestId) {
    return told.event(asker, trailOf, action, outcome, requestId);
  }

  private static String role(Asker asker) {
    return asker.who().role().name();
  }
}
