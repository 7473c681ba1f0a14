package org.studygate.copying;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.studygate.access.Bucket;
import org.studygate.access.Scope;
import org.studygate.dynamo.Together;
import org.studygate.study.StudyId;

/// How far the copies of a bucket are, for whoever asked for them.
///
/// @param state `waiting` while they are made, `looking` while somebody must look at pictures,
///     `ready`, or `failed`
/// @param left what the copies do not have
public record Progress(String state, int done, int of, List<LeftOut.Some> left) {
  public static Progress of(Copies copies, Bucket bucket) {
    var ids = bucket.scope() instanceof Scope.OfCopies some ? some.copies() : Set.<StudyId>of();
    var parts = Together.each(ids, copies::parts).stream().flatMap(List::stream).toList();
    return new Progress(
        state(copies, bucket, ids),
        parts.stream().mapToInt(Copies.Part::done).sum(),
        parts.stream().mapToInt(Copies.Part::of).sum(),
        LeftOut.all(parts.stream().map(Copies.Part::left).toList()).told());
  }

  private static String state(Copies copies, Bucket bucket, Collection<StudyId> ids) {
    if (bucket.origin().ready()) {
      return "ready";
    }
    if (copies.job(bucket.id()).filter(Copies.Job::failed).isPresent()) {
      return "failed";
    }
    return copies.planned(ids).stream().anyMatch(copy -> copy.waits().isPresent())
        ? "looking"
        : "waiting";
  }
}
