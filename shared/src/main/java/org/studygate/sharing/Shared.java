package org.studygate.sharing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What an act of sharing came to, as who did it sees it.
///
/// @param by the account that did it
/// @param validUntil the last day; empty where there is none
public record Shared(
    String id,
    String by,
    String department,
    List<One> shares,
    List<Exam> exams,
    boolean write,
    String language,
    Optional<LocalDate> validUntil,
    boolean urgent,
    boolean anonymized,
    boolean further,
    boolean tellOpened,
    Optional<String> message) {
  /// One bucket.
  ///
  /// @param kind of the recipient: user, group, department, email, mobile
  /// @param recipient its id; empty of what was typed
  /// @param name what it is called, or where it was sent to
  public record One(
      String bucket,
      String kind,
      Optional<String> recipient,
      String name,
      List<String> studies,
      boolean twoFactor,
      boolean mail) {
    public One {
      studies = List.copyOf(studies);
    }

    @Override
    public String toString() {
      return "One[" + bucket + "]";
    }
  }

  public Shared {
    shares = List.copyOf(shares);
    exams = List.copyOf(exams);
  }

  @Override
  public String toString() {
    return "Shared[" + id + "]";
  }
}
