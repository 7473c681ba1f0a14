package org.studygate.access;

import java.util.Optional;
import org.studygate.order.Orders;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// A study by its id, for who looks after it; also one of which nothing but a report has come: its
/// order stands for it, and the rows tell which that is.
public record AnyStudy(AccessDesk desk, Studies studies, Orders orders) {
  public Optional<Study> find(StudyId id) {
    return studies.find(id).or(() -> announced(id));
  }

  private Optional<Study> announced(StudyId id) {
    return desk.rows(id).stream()
        .flatMap(row -> row.grant().order().stream())
        .filter(order -> StudyId.of(order).equals(id) || orders.find(order).isPresent())
        .findFirst()
        .map(order -> Study.announced(id, order));
  }
}
