package org.studygate.access;

import java.util.List;
import java.util.Optional;
import org.studygate.department.Department;
import org.studygate.order.Order;
import org.studygate.study.StudyContents;

/// What may be read of one order, with what was read to decide it, so that nobody reads it again;
/// or a study that belongs to none, for whoever works for its department.
///
/// @param owner the department's id
/// @param order as its newest message says
/// @param studies what may be read and nothing else, the newest first
public record Opened(
    String owner,
    Optional<Order> order,
    Optional<Department> department,
    List<StudyContents> studies) {
  Opened with(List<StudyContents> readable) {
    return new Opened(owner, order, department, readable);
  }
}
