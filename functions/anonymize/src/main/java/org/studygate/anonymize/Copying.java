package org.studygate.anonymize;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.copying.Copies;
import org.studygate.copying.CopyNames;
import org.studygate.copying.CopyWork;
import org.studygate.copying.LeftOut;
import org.studygate.dicom.deidentify.NewUids;
import org.studygate.dicom.guard.Bytes;
import org.studygate.objects.Keys;
import org.studygate.objects.Objects;
import org.studygate.platform.Deadline;
import org.studygate.platform.TimedStream;
import org.studygate.study.Instance;
import org.studygate.study.RollUps;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;

/// Copies a series, image by image. What is there already is not copied again, so whoever dies or
/// has no more time goes on where the work ended, and two who do the same do it once.
final class Copying {
  /// Nearly all files are smaller: they need no file of their own.
  private static final int IN_MEMORY = 16 << 20;

  private static final int TOGETHER = 25;

  /// By then it has long been asked for again.
  private static final Duration LOOKED_AT = Duration.ofHours(1);

  private final Copies copies;
  private final Buckets buckets;
  private final Studies studies;
  private final CopyNames names;
  private final Objects objects;
  private final Writing writing;
  private final CopyWork work;
  private final RollUps rollUps;
  private final Clock clock;

  Copying(
      Copies copies,
      Buckets buckets,
      Studies studies,
      CopyNames names,
      Objects objects,
      Writing writing,
      CopyWork work,
      RollUps rollUps,
      Clock clock) {
    this.copies = copies;
    this.buckets = buckets;
    this.studies = studies;
    this.names = names;
    this.objects = objects;
    this.writing = writing;
    this.work = work;
    this.rollUps = rollUps;
    this.clock = clock;
  }

  void copy(StudyId id, SeriesUid series, Deadline deadline) throws IOException {
    var copy = copies.find(id);
    var bucket = copy.flatMap(one -> buckets.find(one.bucket()));
    var source = copy.flatMap(one -> studies.find(one.source()));
    if (bucket.isEmpty() || source.isEmpty() || !live(bucket.get())) {
      return; // taken away, or to be
    }
    var of =
        new Of(
            copy.get(),
            bucket.get(),
            source.get(),
            series,
            new NewUids(names.key(bucket.get().id())),
            names.number(
                bucket.get().id(), bucket.get().origin().kind(), source.get().facts().patientId()));
    if (!copied(of, deadline)) {
      work.copy(id, series);
    } else if (copies.parts(id).stream().noneMatch(part -> part.open(of.decided()))) {
      work.look(bucket.get().id()); // the last of its series
    }
  }

  private boolean live(Bucket bucket) {
    return !bucket.withdrawn() && !bucket.expired(clock.instant());
  }

  /// @param number what its patient is called by
  record Of(
      Copies.Copy copy, Bucket bucket, Study source, SeriesUid series, NewUids uids, int number) {
    StudyId id() {
      return copy.id();
    }

    boolean decided() {
      return copy.pixels().isPresent();
    }

    /// Under what its objects lie.
    String shelf() {
      return new Study.Copy(copy.source(), bucket.id()).shelf();
    }

    String studyUid() {
      return uids.of(source.uid());
    }

    SeriesUid newSeries() {
      return new SeriesUid(uids.of(series.value()));
    }
  }

  /// Whether there was time for all of it. Who gets no further than before has failed.
  private boolean copied(Of of, Deadline deadline) throws IOException {
    var there =
        studies.instances(of.id(), of.newSeries()).stream()
            .map(Instance::sopUid)
            .collect(Collectors.toSet());
    var tally = new Tally(there.size());
    var seen = seen(of);
    for (var instance : shown(of)) {
      var asked = seen.contains(instance.sopUid());
      if (there.contains(of.uids().of(instance.sopUid()))) {
        tally.done++;
      } else if (asked && !of.decided()) {
        tally.looks++;
      } else {
        try {
          deadline.check();
          tally.add(one(of, instance, asked, deadline), of, instance);
        } catch (Deadline.OutOfTime late) {
          if (tally.made == 0) {
            throw late;
          }
          filed(of, tally);
          return false;
        }
      }
      if (tally.written.size() >= TOGETHER) {
        filed(of, tally);
      }
    }
    filed(of, tally);
    built(of, tally.before);
    copies.finished(of.id(), of.series(), tally.done, tally.looks, new LeftOut(tally.left));
    return true;
  }

  private Set<String> seen(Of of) {
    return copies.looks(of.id()).stream()
        .filter(look -> look.series().equals(of.series()))
        .map(Copies.Look::sop)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// How far one run has come.
  private final class Tally {
    private final int before;
    private final List<Studies.Filed> written = new ArrayList<>();
    private int done;
    private final Map<String, Integer> left = new HashMap<>();
    private int looks;

    /// What stands when the work goes on; what is left out is found out anew.
    private int made;

    private Tally(int before) {
      this.before = before;
    }

    private void add(Writing.Outcome outcome, Of of, Instance instance) throws IOException {
      switch (outcome) {
        case Writing.Outcome.Written(var filed) -> {
          written.add(filed);
          made++;
          done++;
        }
        case Writing.Outcome.LeftOut(var why) -> leave(why);
        case Writing.Outcome.Look _ when of.decided() ->
            leave(LeftOut.UNSEEN); // whoever decided did not have it before them
        case Writing.Outcome.Look _ when instance.pictures().goesOn() ->
            throw new IOException("its pictures are still being drawn");
        case Writing.Outcome.Look _ when !Copies.Look.possible(instance) -> leave(LeftOut.UNSEEN);
        case Writing.Outcome.Look(var reason) -> {
          copies.look(of.id(), new Copies.Look(of.series(), instance.sopUid(), reason));
          made++;
          looks++;
        }
      }
    }

    private void leave(String why) {
      left.merge(why, 1, Integer::sum);
      done++;
    }
  }

  private List<Instance> shown(Of of) {
    return studies.instances(of.copy().source(), of.series()).stream()
        .filter(instance -> of.source().shows(instance.person()))
        .toList();
  }

  private void filed(Of of, Tally tally) {
    var written = tally.written;
    if (!written.isEmpty()) {
      studies.file(of.id(), written);
      var whose =
          written.stream()
              .map(one -> new Whose(one.instance().person(), ""))
              .collect(Collectors.toSet());
      var now = clock.instant();
      studies.received(
          new Studies.Arrival(
              of.id(), of.bucket().department(), of.studyUid(), whose, written.size()),
          now,
          now.plus(LOOKED_AT));
      written.clear();
    }
    copies.advanced(of.id(), of.series(), tally.done);
  }

  /// Only now, so that the series is built once.
  private void built(Of of, int before) {
    var there = studies.instances(of.id(), of.newSeries()).size();
    var building = studies.building(of.id(), of.newSeries());
    if (there > before || (there > 0 && building.isEmpty())) {
      studies.change(of.id(), of.newSeries(), clock.instant());
      rollUps.now(of.id(), of.newSeries());
    }
  }

  /// @param asked whether it waited for whoever decided
  private Writing.Outcome one(Of of, Instance instance, boolean asked, Deadline deadline)
      throws IOException {
    var covered =
        of.copy()
            .pixels()
            .filter(_ -> asked && Copies.Look.possible(instance))
            .map(pixels -> pixels.of(instance.sopUid()));
    var key = Keys.original(of.source().shelf(), of.source().uid(), of.series(), instance.sopUid());
    var found = objects.open(key);
    if (found.isEmpty()) {
      throw new IOException("an original is missing");
    }
    try (var stream = new TimedStream(found.get().stream(), deadline)) {
      if (found.get().length() <= IN_MEMORY) {
        return writing.small(of, covered, Bytes.of(stream.readAllBytes()), deadline);
      }
      var file = Files.createTempFile("original", ".dcm");
      try {
        try (var out = Files.newOutputStream(file)) {
          stream.transferTo(out);
        }
        try (var bytes = Bytes.of(file)) {
          return writing.large(of, covered, bytes, deadline);
        }
      } finally {
        Files.delete(file); // nothing of one patient stays for the next
      }
    }
  }
}
