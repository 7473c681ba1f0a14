package org.studygate.studyingest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.inbox.InboxObject;

/// The departments of one batch, each read once: all its objects are judged by the same policy.
final class Roster {
  private final Departments departments;
  private final Map<String, Optional<Department>> read = new HashMap<>();

  Roster(Departments departments) {
    this.departments = departments;
  }

  Optional<Department> of(InboxObject object) {
    return object.department().flatMap(id -> read.computeIfAbsent(id, departments::find));
  }
}
