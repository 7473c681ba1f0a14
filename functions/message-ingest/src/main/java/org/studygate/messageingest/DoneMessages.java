package org.studygate.messageingest;

import java.util.Optional;
import org.studygate.department.Department;
import org.studygate.inbox.InboxObject;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.study.RollUps;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

/// The sender says that a study was sent whole.
final class DoneMessages {
  private final Studies studies;
  private final RollUps rollUps;

  DoneMessages(Studies studies, RollUps rollUps) {
    this.studies = studies;
    this.rollUps = rollUps;
  }

  void take(InboxObject object, Department department, JsonObject json) throws Refused {
    var uid = Messages.studyUid(json);
    Optional<Integer> instances = json.optionalInt("instances");
    json.done();
    if (instances.filter(count -> count < 0).isPresent()) {
      throw new BadJson("instances must not be negative");
    }
    var study = StudyId.of(department.id(), uid);
    var version = "%015d-%s".formatted(object.at().toEpochMilli(), object.sequencer());
    studies.done(study, department.id(), uid, new Studies.Done(object.at(), instances, version));
    rollUps.now(study);
  }
}
