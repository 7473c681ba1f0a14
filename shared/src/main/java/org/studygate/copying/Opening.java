package org.studygate.copying;

import java.time.Clock;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.access.Grant;
import org.studygate.access.Grants;
import org.studygate.access.Scope;
import org.studygate.study.Studies;
import org.studygate.study.Study;

/// Opens a bucket of copies once all of them are whole. Of several who find that at once, one does;
/// whoever finds a copy whole says so first, so the last of them sees all.
public final class Opening {
  private static final int TRIES = 20;

  private final Copies copies;
  private final Buckets buckets;
  private final Release release;
  private final Grants grants;
  private final Studies studies;
  private final Clock clock;

  public Opening(
      Copies copies,
      Buckets buckets,
      Release release,
      Grants grants,
      Studies studies,
      Clock clock) {
    this.copies = copies;
    this.buckets = buckets;
    this.release = release;
    this.grants = grants;
    this.studies = studies;
    this.clock = clock;
  }

  /// A copy is whole.
  public void whole(Study copy) {
    var of = copy.copyOf().orElseThrow();
    copies.whole(copy.id(), clock.instant());
    open(of.bucket());
  }

  /// Whether it is open now. Nothing else of it is looked at.
  public boolean open(String bucketId) {
    for (var tries = 0; tries < TRIES; tries++) {
      var bucket = buckets.find(bucketId);
      if (bucket.isEmpty() || !(bucket.get().scope() instanceof Scope.OfCopies scope)) {
        return false;
      }
      if (bucket.get().origin().ready()
          || bucket.get().withdrawn()
          || bucket.get().expired(clock.instant())) {
        return bucket.get().origin().ready();
      }
      var whole = copies.planned(scope.copies()).stream().filter(Copies.Copy::whole).count();
      if (whole < scope.copies().size()) {
        return false;
      }
      tell(bucket.get(), scope);
      if (release.open(bucket.get(), clock.instant())) {
        return true;
      }
    }
    throw new IllegalStateException("a bucket kept changing while it was opened");
  }

  /// The rows of whom it was shared with. They open nothing before the bucket does.
  private void tell(Bucket bucket, Scope.OfCopies scope) {
    var by = bucket.origin().by().orElse("");
    for (var principal : bucket.share().recipient().stream().toList()) {
      scope.copies().stream()
          .flatMap(copy -> studies.find(copy).stream())
          .forEach(
              copy -> grants.put(Grant.shared(principal, bucket.id(), by, copy, Optional.empty())));
    }
  }
}
