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

  static Held by(Grant row, List<Bucket> path) {
    return new Held(path, Optional.of(row));
  }

  public Bucket bucket() {
    return path.getLast();
  }

  public boolean open(Instant now) {
    return path.stream().allMatch(bucket -> bucket.open(now));
  }

  /// What came by an order goes with it, before anybody has looked at the row again.
  public boolean holds(Study study) {
    return bucket().scope().holds(study)
        && path.subList(0, path.size() - 1).stream()
            .allMatch(bucket -> bucket.scope().holdsAbove(study))
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
    return grant
        .by()
        .filter(
            _ ->
                switch (grant.told()) {
                  case GROUP, SHARED -> true;
                  case REQUESTED, COPIED, STAFF, REFERENCE, GLASS -> false;
                });
  }

  public boolean report() {
    return path.stream().allMatch(bucket -> bucket.report() && !bucket.origin().anonymised());
  }

  /// Whether reports may be written through it: by who works for the department, and by those to
  /// whom that was given.
  public boolean write() {
    return report() && row.filter(this::writes).isPresent();
  }

  private boolean writes(Grant grant) {
    return switch (grant.kind()) {
      case STAFF -> true;
      case SHARED -> path.stream().allMatch(bucket -> bucket.share().write());
      case REQUESTED, COPIED, GROUP, REFERENCE, GLASS -> false;
    };
  }

  /// Whether who has it may give it to others.
  public boolean furthers() {
    return row.filter(this::furthers).isPresent();
  }

  private boolean furthers(Grant grant) {
    return switch (grant.kind()) {
      case REQUESTED, COPIED, GROUP, STAFF -> true;
      case SHARED -> path.size() < Share.DEEPEST && path.stream().allMatch(Held::goesOn);
      case REFERENCE, GLASS -> false; // what was given to oneself goes no further
    };
  }

  /// Copies without the identity stay with those for whom they were made.
  private static boolean goesOn(Bucket bucket) {
    return bucket.share().further() && !bucket.origin().anonymised();
  }

  /// Whether it was given on by somebody, and does not stand on a right of one's own.
  public boolean shared() {
    return row.filter(grant -> grant.kind() == Reason.Kind.SHARED).isPresent();
  }

  /// The end of the first that ends; empty if none does by itself.
  public Optional<Instant> until() {
    return path.stream().flatMap(bucket -> bucket.until().stream()).min(Instant::compareTo);
  }

  /// The bucket that asks for a code which this visit has not given: the last that asks for one.
  /// What is given on from one that asks, asks itself, and those above it asked others.
  public Optional<Bucket> closed(Principal who) {
    return switch (who) {
      case Principal.Patient _ -> Optional.empty(); // given before the visit began
      case Principal.Professional professional ->
          path.reversed().stream()
              .filter(this::asks)
              .findFirst()
              .filter(bucket -> !proved(bucket, professional));
    };
  }

  private boolean asks(Bucket bucket) {
    return added() || bucket.verification() != Verification.DATE_OF_BIRTH;
  }

  /// Whoever added a number has shown all that it asks for, once for as long as its epoch lasts.
  private boolean proved(Bucket bucket, Principal.Professional who) {
    return added() ? bucket.addedBy(who.account()) : who.hasProved(bucket);
  }

  /// By its number, which somebody has typed.
  boolean added() {
    return row.filter(grant -> grant.kind() == Reason.Kind.REFERENCE).isPresent();
  }
}
