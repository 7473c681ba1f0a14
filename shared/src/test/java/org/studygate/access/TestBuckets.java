package org.studygate.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.studygate.department.Verification;

/// Buckets of the department `noord` that somebody gave for thirty days.
public final class TestBuckets {
  private TestBuckets() {}

  public static Bucket given(
      String id,
      Scope scope,
      boolean report,
      Verification verification,
      Instant now,
      Origin origin,
      Share share) {
    return new Bucket(
        id,
        "noord",
        scope,
        report,
        verification,
        Optional.empty(),
        "nl",
        now,
        now.plus(Duration.ofDays(30)),
        false,
        false,
        Paid.NOTHING,
        0,
        Set.of(),
        origin,
        share);
  }

  /// Copies without the person, which no report goes with.
  public static Bucket ofCopies(String id, Scope.OfCopies copies, Instant now, Origin origin) {
    return given(
        id, copies, false, Verification.DATE_OF_BIRTH, now, origin.anonymous(), Share.NONE);
  }
}
