package org.studygate.messageingest;

import org.studygate.department.Department;
import org.studygate.json.JsonObject;
import org.studygate.study.OrderId;
import org.studygate.study.SeriesUid;

/// What several kinds of messages name.
final class Messages {
  private Messages() {}

  static OrderId order(Department department, JsonObject json) throws Refused {
    var accession = json.string("accession");
    if (!OrderId.possible(accession)) {
      throw new Refused("bad-accession", "The accession number is empty or over 64 characters.");
    }
    return new OrderId(department.id(), accession);
  }

  static String studyUid(JsonObject json) throws Refused {
    var uid = json.string("studyUid");
    if (!SeriesUid.isUid(uid)) {
      throw new Refused("bad-uid", "The study UID has other characters than digits and dots.");
    }
    return uid;
  }
}
