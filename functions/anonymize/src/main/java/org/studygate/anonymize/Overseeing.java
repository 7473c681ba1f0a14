package org.studygate.anonymize;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.access.Scope;
import org.studygate.copying.Copies;
import org.studygate.copying.CopyWork;
import org.studygate.copying.LeftOut;
import org.studygate.copying.Opening;
import org.studygate.platform.Log;
import org.studygate.study.RollUps;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// What is to be done for a bucket of copies at this moment: to copy, to wait for somebody, to open
/// it, to take all away. It is asked for at once by who gave the bucket, by who finished a series,
/// and again and again by housekeeping until nothing is left; asked too often it does no harm.
final class Overseeing {
  /// Longer than the function runs: who is at it still is not followed by a second.
  private static final Duration SOON = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofDays(1);

  /// About an hour, in which a message has long been tried five times.
  private static final int MOST_TRIES = 4;

  private final Copies copies;
  private final Buckets buckets;
  private final Studies studies;
  private final Opening opening;
  private final Removing removing;
  private final CopyWork work;
  private final RollUps rollUps;
  private final Clock clock;
  private final Log log;

  Overseeing(
      Copies copies,
      Buckets buckets,
      Studies studies,
      Opening opening,
      Removing removing,
      CopyWork work,
      RollUps rollUps,
      Clock clock,
      Log log) {
    this.copies = copies;
    this.buckets = buckets;
    this.studies = studies;
    this.opening = opening;
    this.removing = removing;
    this.work = work;
    this.rollUps = rollUps;
    this.clock = clock;
    this.log = log;
  }

  /// What became of one copy.
  private enum State {
    WHOLE,
    WAITS,
    GOES_ON,
    /// No image is left of it.
    EMPTY
  }

  void look(String bucketId) {
    var job = copies.job(bucketId);
    var bucket = buckets.find(bucketId);
    if (job.isEmpty()
        || bucket.isEmpty()
        || !(bucket.get().scope() instanceof Scope.OfCopies scope)) {
      return;
    }
    var now = clock.instant();
    if (bucket.get().withdrawn() || bucket.get().expired(now)) {
      removing.all(bucketId);
      return;
    }
    removing.takenOut(bucketId, scope.copies());
    if (bucket.get().origin().ready()) {
      open(bucket.get(), now);
      return;
    }
    var states =
        scope.sources().entrySet().stream()
            .map(one -> state(bucket.get(), one.getKey(), one.getValue()))
            .toList();
    if (states.stream().allMatch(state -> state == State.WHOLE) && opening.open(bucketId)) {
      open(bucket.get(), now);
      return;
    }
    waits(job.get(), states, now);
  }

  /// Nothing is left to be done but to take it away one day.
  private void open(Bucket bucket, Instant now) {
    removing.told(bucket.id());
    copies.again(bucket.id(), later(bucket, now), false, false);
  }

  /// Until somebody has looked nothing is tried. What fails for good is told and looked for daily.
  private void waits(Copies.Job job, List<State> states, Instant now) {
    var goesOn = states.contains(State.GOES_ON);
    var failed = states.contains(State.EMPTY) || (goesOn && job.tries() >= MOST_TRIES);
    if (failed && !job.failed()) {
      log.warn("copies-failed", Map.of("bucket", job.bucket()));
      log.metric("CopiesFailed", 1);
    }
    copies.again(job.bucket(), now.plus(goesOn && !failed ? SOON : DAY), goesOn, failed);
  }

  /// Withdrawn earlier than it ends, it is found within a day.
  private static Instant later(Bucket bucket, Instant now) {
    var tomorrow = now.plus(DAY);
    return bucket.until().filter(end -> end.isBefore(tomorrow)).orElse(tomorrow);
  }

  private State state(Bucket bucket, StudyId id, StudyId source) {
    var copy = copies.find(id).or(() -> planned(bucket, id, source));
    if (copy.isEmpty()) {
      return State.EMPTY;
    }
    if (copy.get().whole()) {
      return State.WHOLE;
    }
    var decided = copy.get().pixels().isPresent();
    var parts = copies.parts(id);
    var open = parts.stream().filter(part -> part.open(decided)).toList();
    open.forEach(part -> work.copy(id, part.series()));
    if (!open.isEmpty()) {
      return State.GOES_ON;
    }
    counted(copy.get(), parts);
    if (!decided && parts.stream().anyMatch(part -> part.looks() > 0)) {
      var reason = copies.looks(id).stream().map(Copies.Look::reason).findFirst().orElse("");
      copies.waits(id, reason, clock.instant());
      return State.WAITS;
    }
    return whole(bucket, id) ? State.GOES_ON : State.EMPTY;
  }

  private void counted(Copies.Copy copy, List<Copies.Part> parts) {
    var left = LeftOut.all(parts.stream().map(Copies.Part::left).toList());
    if (!left.equals(copy.left())) {
      copies.counted(copy.id(), left);
    }
  }

  /// All that is to be copied is: as many as there are, the study is complete. Who builds its
  /// series finds that, and opens the bucket.
  private boolean whole(Bucket bucket, StudyId id) {
    var study = studies.find(id);
    var count = studies.persons(id).values().stream().mapToLong(Long::longValue).sum();
    if (count == 0 || study.isEmpty()) {
      return false;
    }
    studies.done(
        id,
        bucket.department(),
        study.get().uid(),
        new Studies.Done(clock.instant(), Optional.of((int) count), "copied"));
    rollUps.now(id);
    return true;
  }

  /// The images that the study shows at this moment: what comes later is not copied.
  private Optional<Copies.Copy> planned(Bucket bucket, StudyId id, StudyId source) {
    var shown = studies.contents(source).filter(found -> found.study().order().isPresent());
    var parts =
        shown.stream()
            .flatMap(found -> found.series().stream())
            .map(one -> Copies.Part.planned(one.uid(), one.instances()))
            .toList();
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    var copy = Copies.Copy.planned(id, bucket.id(), source, bucket.department());
    studies.copying(id, new Study.Copy(source, bucket.id()));
    copies.plan(copy, parts);
    return Optional.of(copy);
  }
}
