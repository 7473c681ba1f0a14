package org.studygate.studyaccess;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  void grant(Asker asker, String id, String requestId) {
    var row =
        AccessDesk.Row.study(id).stream()
            .flatMap(study -> desk.rows(study).stream())
            .filter(one -> !one.grant().names() && one.id().equals(id))
            .findFirst()
            .orElseThrow(Problem.NOT_FOUND::refusal);
    var study = row.grant().study();
    var department =
        bucket(row.grant().bucket())
            .map(Bucket::department)
            .orElseThrow(Problem.NOT_FOUND::refusal);
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

  /// The last one ends the whole.
  void study(Asker asker, String id, String named, String requestId) {
    for (var tries = 0; tries < TRIES; tries++) {
      var bucket = find(asker, id);
      if (!(bucket.scope() instanceof Scope.OfStudies(var all))) {
        throw Problem.WHOLE_ORDER.refusal();
      }
      var study =
          StudyId.parse(named).filter(all::contains).orElseThrow(Problem.NOT_FOUND::refusal);
      if (bucket.withdrawn()) {
        return;
      }
      if (all.equals(Set.of(study))) {
        withdraw(asker, bucket, requestId);
        return;
      }
      if (desk.takeOut(bucket, study, taken(asker, bucket, study, requestId))) {
        return;
      }
    }
    throw new IllegalStateException("a bucket kept changing while a study was taken out");
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
