package org.studygate.study;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A study as far as it has come. Totals and facts are those of the last roll-up.
///
/// @param order the order it belongs to; the only link that counts
/// @param patientIds every patient id its files name; more than one is a fault of the sender
/// @param instances those that show a picture
/// @param received all, documents included
/// @param firstCompleteAt when it became available; a late instance reopens it, never hides it
/// @param flags what staff should look at: `other-bytes`, `patient-mismatch`, …
/// @param revision rises with every change, so that a decision made on older facts is not written
public record Study(
    StudyId id,
    String department,
    String uid,
    Optional<OrderId> order,
    Set<String> patientIds,
    Set<String> accessions,
    Facts facts,
    boolean complete,
    int series,
    int instances,
    int received,
    List<String> modalities,
    Optional<Instant> firstCompleteAt,
    Optional<Instant> lastReceivedAt,
    Expectation expectation,
    Set<String> flags,
    long revision) {

  /// A study that an order names and of which no instance has come.
  public static Study announced(StudyId id, OrderId order) {
    var expectation = new Expectation(Optional.empty(), Optional.empty(), Optional.empty(), 0);
    return new Study(
        id,
        order.department(),
        "",
        Optional.of(order),
        Set.of(),
        Set.of(),
        Facts.NONE,
        false,
        0,
        0,
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        expectation,
        Set.of(),
        0);
  }

  public boolean hasImages() {
    return instances > 0;
  }

  /// What was announced of the study's size.
  ///
  /// @param doneAt when the sender said that it had sent everything
  /// @param done how many that were, if it said so
  /// @param ordered what the order expects
  /// @param completeAt with how many instances it was complete last
  public record Expectation(
      Optional<Instant> doneAt,
      Optional<Integer> done,
      Optional<Integer> ordered,
      int completeAt) {}

  @Override
  public String toString() {
    return "Study[" + id + "]";
  }
}
