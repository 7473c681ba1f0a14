package org.studygate.studyrollup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.studygate.study.Facts;
import org.studygate.study.Instance;
import org.studygate.study.Instance.Kind;
import org.studygate.study.Keys;
import org.studygate.study.Objects;
import org.studygate.study.Series;
import org.studygate.study.Studies;
import org.studygate.study.Studies.Filed;
import org.studygate.study.StudyId;
import org.studygate.study.StudyOrder;

/// Builds a series anew: the metadata of all its instances as one object, and its counts. The
/// generation is read before the instances, so one that is stored meanwhile calls for another
/// build; a slow builder never replaces a newer one.
final class SeriesBuilder {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Studies studies;
  private final Objects objects;
  private final Clock clock;

  SeriesBuilder(Studies studies, Objects objects, Clock clock) {
    this.studies = studies;
    this.objects = objects;
    this.clock = clock;
  }

  /// `gen` is the generation that asked; a later one has a message of its own on the way.
  void build(StudyId study, org.studygate.study.SeriesUid uid, Optional<Long> gen)
      throws IOException {
    var building = studies.building(study, uid);
    var owner = studies.find(study);
    if (building.isEmpty() || owner.isEmpty()) {
      return;
    }
    var series = building.get().series();
    var patient = building.get().lastBuilt().plus(PATIENCE).isAfter(clock.instant());
    var overtaken = gen.isPresent() && series.gen() > gen.get() && patient;
    if (overtaken || series.built() >= series.gen()) {
      return;
    }
    var filed =
        studies.filed(study, uid).stream()
            .sorted(Comparator.comparing(Filed::instance, StudyOrder.INSTANCES))
            .toList();
    if (filed.isEmpty()) {
      return;
    }
    var images = filed.stream().filter(one -> one.instance().kind() == Kind.IMAGE).toList();
    var department = owner.get().department();
    var key = Keys.metadata(department, owner.get().uid(), uid, series.gen());
    objects.put(key, "application/gzip", metadata(images));
    studies.built(study, summary(series, filed, images), clock.instant());
  }

  private byte[] metadata(List<Filed> images) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      var separator = "[";
      for (var image : images) {
        out.write(separator.getBytes(StandardCharsets.US_ASCII));
        try (var in = new GZIPInputStream(header(image))) {
          in.transferTo(out);
        }
        separator = ",";
      }
      out.write((images.isEmpty() ? "[]" : "]").getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private InputStream header(Filed image) throws IOException {
    if (image.headerKey().isEmpty()) {
      return new ByteArrayInputStream(image.headerGz());
    }
    return objects
        .open(image.headerKey().get())
        .orElseThrow(() -> new IOException("a header is missing"))
        .stream();
  }

  private static Series summary(Series series, List<Filed> filed, List<Filed> images) {
    var first = filed.getFirst().instance();
    var about = first.seriesFacts();
    return new Series(
        series.uid(),
        about.number(),
        about.description(),
        about.modality(),
        about.bodyPart(),
        images.size(),
        filed.size(),
        middle(images).map(Instance::sopUid),
        filed.stream().flatMap(one -> one.instance().announced().stream()).max(Integer::compare),
        filed.isEmpty() ? Facts.NONE : first.facts(),
        series.gen(),
        series.gen());
  }

  /// The middle one of those that have a picture stands for the series.
  private static Optional<Instance> middle(List<Filed> images) {
    var drawn = images.stream().map(Filed::instance).filter(one -> one.pictures().has(1)).toList();
    return drawn.isEmpty() ? Optional.empty() : Optional.of(drawn.get(drawn.size() / 2));
  }
}
