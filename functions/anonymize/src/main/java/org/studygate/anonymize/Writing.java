package org.studygate.anonymize;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.studygate.copying.Pixels;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.Rejected;
import org.studygate.dicom.deidentify.BurnedIn;
import org.studygate.dicom.deidentify.Deidentifying;
import org.studygate.dicom.deidentify.Mask;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Bytes;
import org.studygate.filing.Described;
import org.studygate.filing.Drawing;
import org.studygate.filing.Place;
import org.studygate.objects.Objects;
import org.studygate.platform.Deadline;
import org.studygate.study.Instance;
import org.studygate.study.Studies;

/// Copies one image: the file without the person first, pictures drawn of that file, and what is to
/// be filed of it. What a person must look at is not kept.
final class Writing {
  private static final Bounds LIMITS = Bounds.STANDARD.withFileBytes(450L << 20);

  private final Objects objects;
  private final Deidentifying deidentifying;
  private final Drawing drawing;
  private final Described described;
  private final Clock clock;

  Writing(
      Objects objects,
      Deidentifying deidentifying,
      Drawing drawing,
      Described described,
      Clock clock) {
    this.objects = objects;
    this.deidentifying = deidentifying;
    this.drawing = drawing;
    this.described = described;
    this.clock = clock;
  }

  sealed interface Outcome {
    record Written(Studies.Filed filed) implements Outcome {}

    /// @param why the code of it
    record LeftOut(String why) implements Outcome {}

    record Look(String reason) implements Outcome {}
  }

  /// @param covered by whoever has looked at this image, nothing of one that is clean; empty of one
  ///     that nobody has looked at
  Outcome small(
      Copying.Of of, Optional<List<Pixels.Region>> covered, Bytes original, Deadline deadline)
      throws IOException {
    var copy = new ByteArrayOutputStream((int) original.length());
    var outcome = deidentifying.copy(original, copy, of.uids(), of.number(), mask(covered));
    var kept = judged(covered, outcome);
    return kept.isPresent() ? kept.get() : file(of, Bytes.of(copy.toByteArray()), deadline);
  }

  Outcome large(
      Copying.Of of, Optional<List<Pixels.Region>> covered, Bytes original, Deadline deadline)
      throws IOException {
    var file = Files.createTempFile("copy", ".dcm");
    try {
      Optional<Outcome> kept;
      try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
        kept =
            judged(
                covered, deidentifying.copy(original, out, of.uids(), of.number(), mask(covered)));
      }
      if (kept.isPresent()) {
        return kept.get();
      }
      try (var bytes = Bytes.of(file)) {
        return file(of, bytes, deadline);
      }
    } finally {
      Files.delete(file); // nothing of one patient stays for the next
    }
  }

  private static Optional<Mask> mask(Optional<List<Pixels.Region>> covered) {
    return covered
        .filter(regions -> !regions.isEmpty())
        .map(regions -> new Mask(regions.stream().map(Writing::region).toList()));
  }

  private static Mask.Region region(Pixels.Region region) {
    return new Mask.Region(region.x(), region.y(), region.width(), region.height());
  }

  /// Empty where the copy is to be kept.
  private static Optional<Outcome> judged(
      Optional<List<Pixels.Region>> covered, org.studygate.dicom.deidentify.Outcome outcome) {
    return switch (outcome) {
      case org.studygate.dicom.deidentify.Outcome.LeftOut(var why) ->
          Optional.of(new Outcome.LeftOut(why.code()));
      case org.studygate.dicom.deidentify.Outcome.Copied(_, var look) ->
          look.filter(_ -> covered.isEmpty()).map(BurnedIn::code).map(Outcome.Look::new);
    };
  }

  private Outcome file(Copying.Of of, Bytes copy, Deadline deadline) throws IOException {
    return switch (DicomFile.open(copy, LIMITS)) {
      case Rejected _ -> // by rules that are stricter than those it came by
          new Outcome.LeftOut(org.studygate.dicom.deidentify.Outcome.Why.DAMAGED.code());
      case DicomFile dicom -> {
        try (dicom) {
          yield new Outcome.Written(filed(of, dicom, deadline));
        }
      }
    };
  }

  private Studies.Filed filed(Copying.Of of, DicomFile dicom, Deadline deadline)
      throws IOException {
    var place = new Place(of.shelf(), of.studyUid(), of.newSeries(), dicom.header().sopUid());
    var content = Described.original(dicom);
    if (objects.put(place.original(), content) == Objects.Put.OTHER_THERE) {
      throw new IOException("another copy is there");
    }
    var drawn = Instance.Pictures.none("");
    do {
      drawn = drawing.draw(place, dicom, drawn, deadline);
    } while (drawn.goesOn() && deadline.hasTime());
    if (drawn.goesOn()) {
      deadline.check();
    }
    return described.item(place, dicom, content, drawn, Optional.empty(), clock.instant());
  }
}
