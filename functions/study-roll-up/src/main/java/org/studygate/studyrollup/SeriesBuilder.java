package org.studygate.studyrollup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.studygate.objects.Keys;
import org.studygate.objects.Objects;
import org.studygate.order.Remark;
import org.studygate.receipt.Receipt;
import org.studygate.receipt.Receipts;
import org.studygate.study.Document;
import org.studygate.study.Facts;
import org.studygate.study.Instance;
import org.studygate.study.Instance.Kind;
import org.studygate.study.OrderId;
import org.studygate.study.Person;
import org.studygate.study.RollUps;
import org.studygate.study.Series;
import org.studygate.study.Studies;
import org.studygate.study.Studies.Filed;
import org.studygate.study.Study;
import org.studygate.study.StudyId;
import org.studygate.study.StudyOrder;

/// Builds a series anew: the metadata of all its instances as one object, and its counts. The
/// generation is read before the instances, so one that is stored meanwhile calls for another
/// build; a slow builder never replaces a newer one.
final class SeriesBuilder {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int MOST_TOLD = 100;

  private final Studies studies;
  private final Objects objects;
  private final RollUps rollUps;
  private final Receipts receipts;
  private final Clock clock;

  SeriesBuilder(Studies studies, Objects objects, RollUps rollUps, Receipts receipts, Clock clock) {
    this.studies = studies;
    this.objects = objects;
    this.rollUps = rollUps;
    this.receipts = receipts;
    this.clock = clock;
  }

  /// `gen` is the generation that asked. Answers false where a later one has asked meanwhile: its
  /// message is on the way, and does all that this one would.
  boolean build(StudyId study, org.studygate.study.SeriesUid uid, Optional<Long> gen)
      throws IOException {
    var building = studies.building(study, uid);
    if (building.isEmpty()) {
      return true;
    }
    var series = building.get().series();
    var patient = building.get().lastBuilt().plus(PATIENCE).isAfter(clock.instant());
    if (gen.isPresent() && series.gen() > gen.get() && patient) {
      return false;
    }
    var owner = studies.find(study);
    if (owner.isPresent() && series.built() < series.gen()) {
      build(owner.get(), series);
    }
    return true;
  }

  private void build(Study known, Series series) throws IOException {
    var study = known.id();
    var uid = series.uid();
    var filed =
        studies.filed(study, uid).stream()
            .sorted(Comparator.comparing(Filed::instance, StudyOrder.INSTANCES))
            .toList();
    if (filed.isEmpty()) {
      return;
    }
    var shown = filed.stream().filter(one -> shows(known, one.instance().person())).toList();
    var images = shown.stream().filter(one -> one.instance().kind() == Kind.IMAGE).toList();
    var key = Keys.metadata(known.shelf(), known.uid(), uid, series.gen());
    objects.put(key, "application/gzip", metadata(images));
    var built = summary(known, series, filed, shown, images);
    studies.built(study, built, clock.instant());
    if (known.mixed()) {
      tell(known, filed);
      again(built, study);
    }
  }

  /// Nobody sees a study that belongs to no order yet: it is built as if all were its patient's, so
  /// that it need not be built again for the order.
  private static boolean shows(Study study, Person person) {
    return study.order().isPresent() ? study.shows(person) : study.persons().contains(person);
  }

  /// The link may have changed while this was built: whoever changed it may have looked for series
  /// to build anew before this one was there.
  private void again(Series built, StudyId study) {
    if (studies.find(study).filter(built::outdated).isPresent()) {
      rollUps.later(study, built.uid(), studies.change(study, built.uid(), clock.instant()));
    }
  }

  /// Each instance that is held back, the first of many.
  private void tell(Study study, List<Filed> filed) {
    if (study.order().isEmpty()) {
      return; // the study as a whole is told of
    }
    filed.stream()
        .filter(one -> !study.shows(one.instance().person()))
        .limit(MOST_TOLD)
        .forEach(
            one ->
                receipts.tell(
                    new Receipt(
                        study.department(),
                        Optional.empty(),
                        Remark.INSTANCE_OTHER_PATIENT.code(),
                        Remark.INSTANCE_OTHER_PATIENT.sentence(),
                        one.at(),
                        new Receipt.About(
                            study.order().map(OrderId::accession),
                            Optional.of(study.uid()),
                            Optional.of(one.instance().sopUid())))));
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

  private static Series summary(
      Study study, Series series, List<Filed> filed, List<Filed> shown, List<Filed> images) {
    var first = (shown.isEmpty() ? filed : shown).getFirst().instance();
    var about = first.seriesFacts();
    var persons = persons(study, filed);
    persons.removeAll(persons(study, shown));
    return new Series(
        series.uid(),
        about.number(),
        about.description(),
        about.modality(),
        about.bodyPart(),
        images.size(),
        images.stream().mapToInt(one -> one.instance().frames()).sum(),
        filed.size(),
        middle(images).map(Instance::sopUid),
        shown.stream().flatMap(one -> one.instance().announced().stream()).max(Integer::compare),
        shown.isEmpty() ? Facts.NONE : first.facts(),
        persons(study, shown),
        persons,
        series.gen(),
        series.gen(),
        Optional.empty(),
        Optional.empty(),
        documents(shown));
  }

  private static List<Document> documents(List<Filed> shown) {
    return shown.stream()
        .map(Filed::instance)
        .filter(one -> one.kind() == Kind.OTHER)
        .limit(Document.MOST)
        .map(Instance::document)
        .toList();
  }

  /// As far as the study knows them: nobody else is ever shown.
  private static Set<Person> persons(Study study, List<Filed> filed) {
    var persons = new HashSet<Person>();
    filed.forEach(one -> persons.add(one.instance().person()));
    persons.retainAll(study.persons());
    return persons;
  }

  /// The middle one of those that have a picture stands for the series.
  private static Optional<Instance> middle(List<Filed> images) {
    var drawn = images.stream().map(Filed::instance).filter(one -> one.pictures().has(1)).toList();
    return drawn.isEmpty() ? Optional.empty() : Optional.of(drawn.get(drawn.size() / 2));
  }
}
