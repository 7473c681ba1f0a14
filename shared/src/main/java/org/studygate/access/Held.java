package org.studygate.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.department.Verification;
import org.studygate.study.Study;

/// One way to studies: a bucket below those that it came out of, the first of all in front. Each
/// narrows what the next may give, at this moment and not only when it was given: what ends above
/// ends below.
public record Held(List<Bucket> path) {
  public Held {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a way leads through a bucket");
    }
  }

  public static Held by(Bucket bucket) {
    return new Held(List.of(bucket));
  }

  public Bucket bucket() {
    return path.getLast();
  }

  boolean open(Instant now) {
    return path.stream().allMatch(bucket -> bucket.open(now));
  }

  boolean holds(Study study) {
    return path.stream().allMatch(bucket -> bucket.scope().holds(study));
  }

  boolean report() {
    return path.stream().allMatch(Bucket::report);
  }

  /// The end of the first that ends; empty if none does by itself.
  Optional<Instant> until() {
    return path.stream().flatMap(bucket -> bucket.until().stream()).min(Instant::compareTo);
  }

  /// The first bucket that asks for a code which this visit has not given.
  Optional<Bucket> closed(Principal who) {
    return switch (who) {
      case Principal.Patient _ -> Optional.empty(); // given before the visit began
      case Principal.Professional professional ->
          path.stream()
              .filter(bucket -> bucket.verification() != Verification.DATE_OF_BIRTH)
              .filter(bucket -> !professional.proved().contains(bucket.id() + '@' + bucket.epoch()))
              .findFirst();
    };
  }
}
