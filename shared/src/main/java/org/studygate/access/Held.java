package org.studygate.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.department.Verification;
import org.studygate.study.OrderId;
import org.studygate.study.Study;

/// One way to studies: a bucket below those that it came out of, the first of all in front. Each
/// narrows what the next may give, at this moment and not only when it was given: what ends above
/// ends below.
///
/// @param row that says so of one study; none is needed for the number that a visit was opened with
public record Held(List<Bucket> path, Optional<Grant> row) {
  public Held {
    path = List.copyOf(path);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a way leads through a bucket");
    }
  }

  public Held(List<Bucket> path) {
    this(path, Optional.empty());
  }

  public static Held by(Bucket bucket) {
    return new Held(List.of(bucket));
  }

  static Held by(Grant row, Bucket bucket) {
    return new Held(List.of(bucket), Optional.of(row));
  }

  public Bucket bucket() {
    return path.getLast();
  }

  public boolean open(Instant now) {
    return path.stream().allMatch(bucket -> bucket.open(now));
  }

  /// What came by an order goes with it, before anybody has looked at the row again.
  public boolean holds(Study study) {
    return path.stream().allMatch(bucket -> bucket.scope().holds(study))
        && row.stream()
            .allMatch(
                grant ->
                    grant.study().equals(study.id())
                        && (!grant.byOrder() || grant.order().equals(study.order())));
  }

  /// The order under which to look for a study of which nothing has come.
  Optional<OrderId> order() {
    return row.flatMap(Grant::order).or(() -> bucket().scope().order());
  }

  /// Why somebody with an account sees it.
  public Optional<Reason> reason() {
    return row.map(grant -> new Reason(grant.told(), colleague(grant), until()));
  }

  private static Optional<String> colleague(Grant grant) {
    return grant.by().filter(_ -> grant.told() == Reason.Kind.GROUP);
  }

  public boolean report() {
    return path.stream().allMatch(Bucket::report);
  }

  /// The end of the first that ends; empty if none does by itself.
  public Optional<Instant> until() {
    return path.stream().flatMap(bucket -> bucket.until().stream()).min(Instant::compareTo);
  }

  /// The first bucket that asks for a code which this visit has not given.
  public Optional<Bucket> closed(Principal who) {
    return switch (who) {
      case Principal.Patient _ -> Optional.empty(); // given before the visit began
      case Principal.Professional professional ->
          path.stream().filter(bucket -> asks(bucket, professional)).findFirst();
    };
  }

  /// Whoever added a number has shown all that it asks for, once for as long as its epoch lasts.
  private boolean asks(Bucket bucket, Principal.Professional who) {
    var added = row.filter(grant -> grant.kind() == Reason.Kind.REFERENCE).isPresent();
    return added
        ? !bucket.addedBy(who.account())
        : bucket.verification() != Verification.DATE_OF_BIRTH
            && !who.proved().contains(bucket.id() + '@' + bucket.epoch());
  }
}
