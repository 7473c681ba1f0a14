package org.studygate.studyingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.document.Contents;
import org.studygate.dicom.header.EncapsulatedPdf;
import org.studygate.filing.Place;
import org.studygate.json.Json;
import org.studygate.objects.Keys;
import org.studygate.objects.Objects;
import org.studygate.platform.Sha256;
import org.studygate.study.Document;
import org.studygate.study.DocumentKind;
import org.studygate.study.Instance;
import org.studygate.study.Person;
import org.studygate.study.Report;
import org.studygate.study.Studies;

/// What a document says is read once, when it comes, and kept beside it. One that is a report is a
/// report of the study from then on.
final class Documents {
  private final Objects objects;
  private final Studies studies;

  Documents(Objects objects, Studies studies) {
    this.objects = objects;
    this.studies = studies;
  }

  /// Done again it ends the same.
  Instance.Label keep(Place place, DicomFile dicom, Person person, Instant at) throws IOException {
    var contents = dicom.contents();
    if (contents.isPresent()) {
      objects.put(place.contents(), "application/json", Json.bytes(contents.get()));
    }
    var pdf = dicom.pdf();
    var title = contents.map(Contents::title).or(() -> pdf.map(EncapsulatedPdf::title)).orElse("");
    var label = new Instance.Label(title, contents.isPresent());
    if (DocumentKind.of(dicom.header().instance().sopClass()) == DocumentKind.REPORT) {
      if (pdf.isPresent()) {
        pdf(place, dicom, pdf.get(), label, person, at);
      } else {
        studies.report(Filing.study(place), version(place, contents, label, at), person);
      }
    }
    return label;
  }

  /// Final only if somebody answers for all of it; one that cannot be read is there to be
  /// downloaded.
  private static Report.Version version(
      Place place, Optional<Contents> contents, Instance.Label label, Instant at) {
    return version(
        place,
        Sha256.hex(place.sop().getBytes(StandardCharsets.US_ASCII)),
        contents.filter(Contents::binding).isPresent()
            ? Report.State.FINAL
            : Report.State.PRELIMINARY,
        at,
        contents.map(Contents::language).orElse(""),
        contents.flatMap(Documents::author).orElse(""),
        label);
  }

  private static Optional<String> author(Contents contents) {
    return contents.verifiers().stream()
        .map(Contents.Verifier::name)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .or(() -> contents.authors().stream().findFirst());
  }

  /// A PDF in DICOM's clothing is the study's report, final as it came.
  private void pdf(
      Place place,
      DicomFile dicom,
      EncapsulatedPdf pdf,
      Instance.Label label,
      Person person,
      Instant at)
      throws IOException {
    byte[] bytes;
    try (InputStream in = dicom.pdfBytes(pdf)) {
      bytes = in.readAllBytes();
    }
    var hash = Sha256.hex(bytes);
    var version = version(place, hash, Report.State.FINAL, at, "", "", label);
    var key = Keys.report(place.shelf(), place.studyUid(), Filing.study(place), version.report());
    objects.put(key, "application/pdf", bytes);
    studies.report(Filing.study(place), version, person);
    studies.attach(Filing.study(place), version, new Report.Pdf(key, hash));
  }

  private static Report.Version version(
      Place place,
      String hash,
      Report.State state,
      Instant at,
      String language,
      String author,
      Instance.Label label) {
    var uid = Sha256.hex(place.sop().getBytes(StandardCharsets.US_ASCII));
    var document =
        new Document(
            place.series(), place.sop(), DocumentKind.REPORT, label.title(), label.readable());
    return new Report.Version(
        "dicom-" + uid.substring(0, 16),
        hash,
        state,
        at,
        Optional.empty(),
        language,
        "",
        author,
        Optional.empty(),
        false,
        Optional.of(document));
  }
}
