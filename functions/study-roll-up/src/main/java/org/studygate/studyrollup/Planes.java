package org.studygate.studyrollup;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.Rejected;
import org.studygate.dicom.StoredValues;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;
import org.studygate.objects.Keys;
import org.studygate.objects.Objects;
import org.studygate.objects.Uploads;
import org.studygate.platform.Deadline;
import org.studygate.platform.TimedStream;
import org.studygate.study.Instance;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// Makes the exact pixels of a series, when somebody has asked for them: of all its frames as one
/// object, to be read by range. Of the same generation always the same bytes. What no single run
/// can make is not made (docs/adr/0042).
final class Planes {
  private static final String TYPE = "application/octet-stream";
  private static final long MOST_BYTES = 2L << 30;
  private static final int MOST_FRAMES = 100_000;

  /// Less is no fair try: others of its batch have taken the time.
  private static final Duration RUN = Duration.ofSeconds(90);

  /// What fits beside the function into its 512 MB of temporary storage.
  private static final Bounds LIMITS = Bounds.STANDARD.withFileBytes(450L << 20);

  /// Nearly all files are smaller: they are read some ahead, the others one by one.
  private static final int IN_MEMORY = 16 << 20;

  private static final int AHEAD = 4;

  private final Studies studies;
  private final Objects objects;
  private final Uploads uploads;
  private final Decoder decoder;
  private final BiConsumer<StudyId, SeriesUid> again;
  private final Clock clock;

  /// @param again asks for a series once more
  Planes(
      Studies studies,
      Objects objects,
      Uploads uploads,
      Decoder decoder,
      BiConsumer<StudyId, SeriesUid> again,
      Clock clock) {
    this.studies = studies;
    this.objects = objects;
    this.uploads = uploads;
    this.decoder = decoder;
    this.again = again;
    this.clock = clock;
  }

  /// For the generation in force, once nothing newer is on its way, by one at a time.
  void make(StudyId id, SeriesUid uid, Deadline deadline) throws IOException {
    var study = studies.find(id);
    var series =
        studies.building(id, uid).map(Studies.Building::series).filter(one -> !one.pending());
    if (study.isEmpty() || series.isEmpty()) {
      return;
    }
    if (!deadline.leaves(RUN)) {
      again.accept(id, uid);
      return;
    }
    var now = clock.instant();
    var gen = series.get().built();
    if (studies.beginExact(id, uid, gen, now, now.minus(Series.Exact.LONGEST))
        && !made(study.get(), series.get(), deadline)) {
      studies.withoutExact(id, uid, gen);
    }
  }

  private boolean made(Study study, Series series, Deadline deadline) throws IOException {
    if (series.frames() > MOST_FRAMES) {
      return false;
    }
    var instances =
        studies.instances(study.id(), series.uid()).stream()
            .filter(one -> series.shown().contains(one.person())) // never more than is counted
            .toList();
    var key = Keys.planes(study.shelf(), study.uid(), series.uid(), series.built());
    try (var writer = new PlanesWriter(uploads.begin(key, TYPE));
        decoder) { // nothing of one patient stays for the next
      fill(writer, study, instances, deadline);
      if (writer.length() == 0 || writer.length() > MOST_BYTES) {
        return false;
      }
      var head = writer.head();
      if (writer.finish() || same(key, head)) {
        var made = new Series.Exact.Made(writer.frames(), head.length);
        studies.exact(study.id(), series.uid(), series.built(), made);
      }
      return true;
    } catch (Deadline.OutOfTime tooLong) {
      return false;
    }
  }

  /// Whether the bytes that are there under its key are these. Others were made of fewer instances:
  /// those that came since have a generation of their own on the way.
  private boolean same(String key, byte[] head) throws IOException {
    var found = objects.open(key);
    if (found.isEmpty()) {
      return false;
    }
    try (var stream = found.get().stream()) {
      return Arrays.equals(stream.readNBytes(head.length), head);
    }
  }

  private void fill(PlanesWriter writer, Study study, List<Instance> instances, Deadline deadline)
      throws IOException {
    var readers = Executors.newFixedThreadPool(AHEAD, Thread.ofVirtual().factory());
    try (readers) {
      var ahead = new ArrayDeque<Future<Optional<byte[]>>>();
      var rest = instances.iterator();
      for (var instance : instances) {
        while (ahead.size() <= AHEAD && rest.hasNext()) {
          var next = rest.next();
          ahead.add(readers.submit(() -> small(study, next)));
        }
        if (writer.length() <= MOST_BYTES) {
          add(
              writer,
              study,
              instance,
              Ahead.result(ahead.remove(), "an original could not be read"),
              deadline);
        }
      }
    } finally {
      readers.shutdownNow();
    }
  }

  /// The original, if it is one to be read ahead and is there.
  private Optional<byte[]> small(Study study, Instance instance) throws IOException {
    if (instance.length() > IN_MEMORY || instance.pictures().frames() == 0) {
      return Optional.empty();
    }
    return objects.read(key(study, instance));
  }

  private static String key(Study study, Instance instance) {
    return Keys.original(study.shelf(), study.uid(), instance.series(), instance.sopUid());
  }

  private void add(
      PlanesWriter writer,
      Study study,
      Instance instance,
      Optional<byte[]> small,
      Deadline deadline)
      throws IOException {
    var before = writer.frames();
    if (small.isPresent()) {
      add(writer, instance, Bytes.of(small.get()), deadline);
    } else if (instance.length() > IN_MEMORY && instance.pictures().frames() > 0) {
      large(writer, study, instance, deadline);
    }
    while (writer.frames() < before + instance.frames()) {
      writer.add(Optional.empty());
    }
  }

  private void large(PlanesWriter writer, Study study, Instance instance, Deadline deadline)
      throws IOException {
    var found = objects.open(key(study, instance));
    if (found.isEmpty()) {
      return;
    }
    var file = Files.createTempFile("original", ".dcm");
    try {
      try (var stream = new TimedStream(found.get().stream(), deadline);
          var out = Files.newOutputStream(file)) {
        stream.transferTo(out);
      }
      try (var bytes = Bytes.of(file)) {
        add(writer, instance, bytes, deadline);
      }
    } finally {
      Files.delete(file); // nothing of one patient stays for the next
    }
  }

  /// What was not drawn when it came is not tried again.
  private void add(PlanesWriter writer, Instance instance, Bytes bytes, Deadline deadline)
      throws IOException {
    switch (DicomFile.open(bytes, LIMITS)) {
      case Rejected _ -> {} // by rules that are stricter than those it came by
      case DicomFile file -> {
        try (file) {
          var needed = Budget.STANDARD.waiting(file.frameValues());
          for (var frame = 1; frame <= instance.frames(); frame++) {
            deadline.keeping(needed).check();
            writer.add(
                instance.pictures().has(frame)
                    ? StoredValues.packed(file, frame - 1, decoder)
                    : Optional.empty());
          }
        }
      }
    }
  }
}
