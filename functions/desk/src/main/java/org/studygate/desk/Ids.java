package org.studygate.desk;

import java.util.Optional;
import org.studygate.department.Department;

/// An id in an address: the department, a point, and a name of ours within it. It says nothing of
/// any patient.
record Ids(String department, String name) {
  static Optional<Ids> read(String text) {
    var point = text.indexOf('.');
    return point > 0 && Department.isId(text.substring(0, point))
        ? Optional.of(new Ids(text.substring(0, point), text.substring(point + 1)))
        : Optional.empty();
  }

  static String text(String department, String name) {
    return department + "." + name;
  }
}
