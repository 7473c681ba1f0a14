package org.studygate.receipt;

import org.studygate.department.Department;

/// Counts what a department is told in a day, for the mail that its technical address gets.
public interface Tally {
  /// @param where the receipts lie
  void add(Department department, String code, long by, String where);
}
