package org.studygate.studyrollup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.studygate.dicom.draw.Sheet;
import org.studygate.dicom.draw.StoredPicture;
import org.studygate.objects.Keys;
import org.studygate.objects.Objects;
import org.studygate.objects.Objects.Put;
import org.studygate.platform.Deadline;
import org.studygate.study.Instance;
import org.studygate.study.Listing;
import org.studygate.study.Series;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// Makes the film of a series: all its pictures as one object, to be read by range. The series is
/// there without it, so nobody waits while it is made; what fails comes again with its message.
final class Films {
  private static final int PICTURE = 512;
  private static final int SMALL = 128;
  private static final String TYPE = "application/octet-stream";

  /// A single picture is a single request anyhow.
  private static final int LEAST = 2;

  /// The parts and the film lie side by side in the 512 MB of a function; what is longer stays
  /// single pictures, as does what no page would read the head of.
  private static final long MOST_BYTES = 200L << 20;

  private static final int MOST_PICTURES = 100_000;
  private static final int AT_ONCE = 16;

  private final Studies studies;
  private final Objects objects;
  private final Clock clock;

  Films(Studies studies, Objects objects, Clock clock) {
    this.studies = studies;
    this.objects = objects;
    this.clock = clock;
  }

  /// One picture of the film to be.
  private record Frame(Instance instance, int number) {}

  private record Taken(StoredPicture picture, Optional<byte[]> small) {}

  /// For the generation in force, once nothing newer is on its way; `gen` is the one that asked. Of
  /// a series that has had a film the next is made when it has grown by a quarter, is whole
  /// or rests.
  void make(StudyId id, SeriesUid uid, Optional<Long> gen, Deadline deadline) throws IOException {
    var study = studies.find(id);
    var building = studies.building(id, uid).filter(found -> wants(found.series(), gen));
    if (study.isPresent() && building.filter(found -> worthIt(study.get(), found)).isPresent()) {
      make(study.get(), building.get().series(), deadline);
    }
  }

  private boolean worthIt(Study study, Studies.Building building) {
    return building.hasGrown()
        || isWhole(study, building.series())
        || building.rests(clock.instant());
  }

  /// Whether just as many have come as somebody announced.
  private static boolean isWhole(Study study, Series series) {
    var expectation = study.expectation();
    return Stream.of(series.announced(), expectation.ordered(), expectation.done())
        .flatMap(Optional::stream)
        .anyMatch(announced -> announced == study.received());
  }

  private static boolean wants(Series series, Optional<Long> gen) {
    var settled = !series.pending() && gen.orElse(series.gen()) == series.gen();
    var known = series.frames() >= LEAST && series.frames() <= MOST_PICTURES;
    return settled && known && series.film().isEmpty();
  }

  private void make(Study study, Series series, Deadline deadline) throws IOException {
    var shown =
        studies.instances(study.id(), series.uid()).stream()
            .filter(one -> series.shown().contains(one.person())) // never more than is counted
            .toList();
    var frames =
        shown.stream()
            .flatMap(one -> IntStream.rangeClosed(1, one.frames()).mapToObj(n -> new Frame(one, n)))
            .iterator();
    try (var reel = Reel.open()) {
      fill(reel, study, frames, deadline);
      if (reel.drawn() >= LEAST && reel.length() <= MOST_BYTES) {
        studies.list(study.id(), series.uid(), series.built(), Listing.of(shown));
        store(study, series, reel);
      }
    }
  }

  /// Reads some ahead, so that S3 is never waited for one by one.
  private void fill(Reel reel, Study study, Iterator<Frame> frames, Deadline deadline)
      throws IOException {
    var readers = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory());
    try (readers) {
      var ahead = new ArrayDeque<Future<Optional<Taken>>>();
      while (reel.length() <= MOST_BYTES && readAhead(ahead, readers, study, frames)) {
        deadline.check();
        sheet(reel, ahead);
      }
    } finally {
      readers.shutdownNow();
    }
  }

  private boolean readAhead(
      ArrayDeque<Future<Optional<Taken>>> ahead,
      ExecutorService readers,
      Study study,
      Iterator<Frame> frames) {
    while (ahead.size() < 2 * Sheet.CELLS && frames.hasNext()) {
      var frame = frames.next();
      ahead.add(readers.submit(() -> take(study, frame)));
    }
    return !ahead.isEmpty();
  }

  /// The next pictures, and the sheet of them if any was drawn.
  private static void sheet(Reel reel, ArrayDeque<Future<Optional<Taken>>> ahead)
      throws IOException {
    var first = reel.pictures();
    var before = reel.drawn();
    var sheet = new Sheet();
    for (var cell = 0; cell < Sheet.CELLS && !ahead.isEmpty(); cell++) {
      var taken = Ahead.result(ahead.remove(), "a picture could not be read");
      reel.add(taken.map(Taken::picture));
      if (taken.isPresent()) {
        lay(sheet, cell, taken.get());
      }
    }
    if (reel.drawn() > before) {
      reel.sheet(first, sheet.jpeg());
    }
  }

  private static void lay(Sheet sheet, int cell, Taken taken) {
    var picture = taken.picture();
    taken.small().ifPresent(small -> sheet.put(cell, small, picture.columns(), picture.rows()));
  }

  /// Empty if it was not drawn, or is not there any more.
  private Optional<Taken> take(Study study, Frame frame) throws IOException {
    var pictures = frame.instance().pictures();
    if (!pictures.has(frame.number()) || !pictures.sizes().contains(PICTURE)) {
      return Optional.empty();
    }
    var stored = objects.read(key(study, frame, PICTURE)).flatMap(StoredPicture::of);
    return stored.isEmpty()
        ? Optional.empty()
        : Optional.of(new Taken(stored.get(), small(study, frame, stored.get())));
  }

  /// The small picture lies in the large one, or is that, or lies beside it, as it did before.
  private Optional<byte[]> small(Study study, Frame frame, StoredPicture picture)
      throws IOException {
    if (picture.small().isPresent()) {
      return picture.small();
    }
    return Math.max(picture.columns(), picture.rows()) <= SMALL
        ? Optional.of(picture.jpeg())
        : objects.read(key(study, frame, SMALL));
  }

  private static String key(Study study, Frame frame, int size) {
    var instance = frame.instance();
    return Keys.preview(
        study.shelf(), study.uid(), instance.series(), instance.sopUid(), frame.number(), size);
  }

  /// Other bytes under its key were made of fewer instances: those that came since have a
  /// generation of their own on the way.
  private void store(Study study, Series series, Reel reel) throws IOException {
    var file = Files.createTempFile("film", ".bin");
    try {
      var cut = reel.cut(file);
      var content =
          new Objects.Content(
              TYPE,
              cut.length(),
              cut.sha256(),
              () -> {
                try {
                  return Files.newInputStream(file);
                } catch (IOException gone) {
                  throw new UncheckedIOException(gone);
                }
              });
      var key = Keys.film(study.shelf(), study.uid(), series.uid(), series.built());
      if (objects.put(key, content) != Put.OTHER_THERE) {
        var film = new Series.Film(cut.pictures(), cut.sheetsEnd());
        studies.filmed(study.id(), series.uid(), series.built(), film);
      }
    } finally {
      Files.delete(file); // nothing of one patient stays for the next
    }
  }
}
