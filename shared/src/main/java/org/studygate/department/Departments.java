package org.studygate.department;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The departments of an environment.
public interface Departments {
  Optional<Department> find(String id);

  /// For choosing one's department, by hospital.
  List<Listed> list();

  /// Puts a new version in force. `false` if it says what is in force already.
  boolean put(Department department, Instant at, String by);

  record Listed(String id, String name, String hospital) {}
}
