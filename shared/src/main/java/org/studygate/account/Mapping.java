package org.studygate.account;

import java.util.Optional;

/// Studies of a department arrive by themselves at an account, and at its group, when they were
/// asked for by this physician number or copied to it.
///
/// @param name as the department knows the physician
public record Mapping(
    String id,
    String account,
    String department,
    String name,
    String physicianNumber,
    Optional<String> group,
    boolean mailOnStudy,
    boolean mailOnReport) {
  @Override
  public String toString() {
    return "Mapping[" + id + "]";
  }
}
