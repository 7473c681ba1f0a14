package org.studygate.order;

import java.util.List;
import java.util.Optional;
import org.studygate.study.Report;
import org.studygate.study.StudyId;

/// What is filed under an order, which itself may not have come yet.
///
/// @param newest the newest order message
/// @param flag why the order's number opens nothing: `weak-number`, `number-taken`, …
/// @param studies studies that say they belong; each counts only if its own `order` says the same
/// @param reports reports that came by accession number
public record OrderContents(
    Optional<Order> newest,
    Optional<String> flag,
    List<StudyId> studies,
    List<Report.Version> reports) {
  public Order order() {
    return newest.orElseThrow();
  }
}
