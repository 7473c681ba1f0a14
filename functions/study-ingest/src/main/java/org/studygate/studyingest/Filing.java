package org.studygate.studyingest;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.studygate.department.Department;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.guard.Mended;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.inbox.InboxObject;
import org.studygate.objects.Keys;
import org.studygate.objects.Objects;
import org.studygate.objects.Objects.Put;
import org.studygate.platform.Deadline;
import org.studygate.platform.Gzip;
import org.studygate.platform.Sha256;
import org.studygate.receipt.Receipt;
import org.studygate.receipt.Receipts;
import org.studygate.study.DocumentKind;
import org.studygate.study.Facts;
import org.studygate.study.Instance;
import org.studygate.study.Instance.Kind;
import org.studygate.study.OrderId;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;

/// Puts one accepted file where it belongs: the original first, then what is derived of it. Its
/// item comes last, together with those of its batch ([Arrivals]). Done again, after a crash or
/// because it was sent twice, it ends the same.
final class Filing {
  private static final String DICOM = "application/dicom";
  private static final int LARGEST_HEADER_IN_ITEM = 200 << 10;

  private static final String WITHOUT_PICTURE =
      "No picture could be drawn of this object: it is listed without one, and its original can be"
          + " downloaded. If it should be seen, send it under a new UID in an uncompressed transfer"
          + " syntax.";
  private static final String SOME_FRAMES =
      "Some frames of this object could not be drawn, or it has more than are drawn: they are missing"
          + " in the viewer, and the original can be downloaded.";

  private final Objects objects;
  private final Studies studies;
  private final Receipts receipts;
  private final Documents documents;
  private final Drawing drawing;
  private final Consumer<InboxObject> again;

  /// @param again hands an object in once more, for the next step of drawing its pictures
  Filing(
      Objects objects,
      Studies studies,
      Receipts receipts,
      Drawing drawing,
      Consumer<InboxObject> again) {
    this.objects = objects;
    this.studies = studies;
    this.documents = new Documents(objects, studies);
    this.receipts = receipts;
    this.drawing = drawing;
    this.again = again;
  }

  Optional<Filed> file(
      InboxObject object, Department department, DicomFile dicom, Deadline deadline)
      throws IOException {
    var header = dicom.header();
    var series = new SeriesUid(header.seriesUid());
    var place = new Place(department.id(), header.studyUid(), series, header.sopUid());
    var content = original(dicom);
    var put = objects.put(place.original(), content);
    if (put == Put.OTHER_THERE) {
      aside(place, dicom);
      studies.flag(place.study(), "other-bytes");
      tell(
          object,
          place,
          header.study().accession(),
          "other-bytes",
          "Another object with this SOP instance UID is filed already, and stays. Give a corrected"
              + " object a new UID and send it again.");
      return Optional.empty(); // the first one stays
    }
    if (!dicom.mended().isEmpty()) {
      aside(place, dicom);
      studies.flag(place.study(), "mended");
      tell(
          object,
          place,
          header.study().accession(),
          "mended",
          "This object was not sound, and a mended copy of it is shown; what came is kept beside it."
              + " Have its sender looked at: "
              + Mended.sentence(dicom.mended())
              + ".");
    }
    var label = Optional.<Instance.Label>empty();
    if (kind(dicom) != Kind.IMAGE) {
      label = Optional.of(documents.keep(place, dicom, facts(header).person(), object.at()));
    }
    var known =
        put == Put.SAME_THERE
            ? studies.instance(place.study(), series, place.sop())
            : Optional.<Instance>empty();
    var drawn = known.map(Instance::pictures).orElse(Instance.Pictures.none(""));
    var item = Optional.<Studies.Filed>empty();
    if (known.isEmpty()) {
      drawn = pictures(place, dicom, drawn, deadline);
      item = Optional.of(instance(object, place, dicom, content, drawn, label));
      if (drawn.goesOn()) {
        studies.file(place.study(), item.get()); // before the next step looks for it
        item = Optional.empty();
      }
    } else if (drawn.goesOn()) {
      drawn = pictures(place, dicom, drawn, deadline);
      studies.drawn(place.study(), series, place.sop(), drawn);
    }
    goOn(object, drawn);
    if (!drawn.goesOn() && !drawn.reason().isEmpty()) {
      tell(
          object,
          place,
          header.study().accession(),
          "not-drawn-" + drawn.reason(),
          drawn.frames() == 0 ? WITHOUT_PICTURE : SOME_FRAMES);
    }
    return Optional.of(
        new Filed(
            place.study(),
            department.id(),
            header.studyUid(),
            series,
            whose(department, header),
            department.policy().quiet(),
            boxed(header.study().instances()),
            item,
            put == Put.STORED));
  }

  private void tell(
      InboxObject object, Place place, String accession, String code, String sentence) {
    receipts.tell(
        new Receipt(
            place.department(),
            Optional.of(object.key()),
            code,
            sentence,
            object.at(),
            new Receipt.About(
                Optional.of(accession).filter(OrderId::possible),
                Optional.of(place.studyUid()),
                Optional.of(place.sop()))));
  }

  private static Whose whose(Department department, DicomHeader header) {
    var rules = department.policy().intake();
    var order = OrderId.of(department.id(), header.study().accession(), rules);
    return new Whose(facts(header).person(), order.map(OrderId::accession).orElse(""));
  }

  private static Objects.Content original(DicomFile dicom) throws IOException {
    return content(dicom.length(), dicom::original);
  }

  /// What came, where something else is served or another one stays.
  private void aside(Place place, DicomFile dicom) throws IOException {
    var content =
        dicom.mended().isEmpty()
            ? original(dicom)
            : content(dicom.lengthAsItCame(), dicom::asItCame);
    objects.put(place.aside(content.sha256()), content);
  }

  private static Objects.Content content(long length, Supplier<InputStream> bytes)
      throws IOException {
    return content(DICOM, length, bytes);
  }

  static Objects.Content content(String type, long length, Supplier<InputStream> bytes)
      throws IOException {
    var digest = Sha256.digest();
    try (var in = new DigestInputStream(bytes.get(), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    var hash = HexFormat.of().formatHex(digest.digest());
    return new Objects.Content(type, length, hash, bytes::get);
  }

  private static Kind kind(DicomFile dicom) {
    if (DocumentKind.of(dicom.header().instance().sopClass()) == DocumentKind.REPORT) {
      return Kind.REPORT;
    }
    return dicom.frames() > 0 ? Kind.IMAGE : Kind.OTHER;
  }

  private Instance.Pictures pictures(
      Place place, DicomFile dicom, Instance.Pictures drawn, Deadline deadline) throws IOException {
    return kind(dicom) == Kind.IMAGE ? drawing.draw(place, dicom, drawn, deadline) : drawn;
  }

  /// The next step is a message of its own, behind those that wait already.
  private void goOn(InboxObject object, Instance.Pictures pictures) {
    if (pictures.goesOn()) {
      again.accept(object);
    }
  }

  private Studies.Filed instance(
      InboxObject object,
      Place place,
      DicomFile dicom,
      Objects.Content content,
      Instance.Pictures pictures,
      Optional<Instance.Label> label)
      throws IOException {
    var header = dicom.header();
    var image = header.image();
    var kind = kind(dicom);
    var instance =
        new Instance(
            place.series(),
            place.sop(),
            header.instance().sopClass(),
            kind,
            boxed(header.instance().number()),
            header.instance().transferSyntax(),
            dicom.length(),
            content.sha256(),
            kind == Kind.IMAGE ? dicom.frames() : 0,
            image.rows(),
            image.columns(),
            pictures,
            image.windows().stream()
                .findFirst()
                .map(window -> new Instance.Window(window.center(), window.width())),
            dicom.exactPixels().map(Filing::pixels),
            image.position(),
            image.orientation(),
            image.frameMillis(),
            new Instance.SeriesFacts(
                boxed(header.series().number()),
                header.series().description(),
                header.series().modality(),
                header.series().bodyPart()),
            facts(header),
            boxed(header.study().instances()),
            label);
    var json = Gzip.packed(dicom.json());
    if (json.length <= LARGEST_HEADER_IN_ITEM) {
      return new Studies.Filed(instance, object.at(), json, Optional.empty());
    }
    var key = Keys.header(place.department(), place.studyUid(), place.series(), place.sop());
    objects.put(key, "application/gzip", json);
    return new Studies.Filed(instance, object.at(), new byte[0], Optional.of(key));
  }

  private static Facts facts(DicomHeader header) {
    var patient = header.patient();
    var study = header.study();
    return new Facts(
        patient.id(),
        patient.issuer(),
        patient.name(),
        patient.birthDate(),
        patient.sex(),
        study.date(),
        study.time(),
        study.description(),
        study.institution());
  }

  private static Instance.Pixels pixels(org.studygate.dicom.frame.ExactPixels exact) {
    return new Instance.Pixels(
        exact.offset(),
        exact.length(),
        exact.frames(),
        exact.rows(),
        exact.columns(),
        exact.samples(),
        exact.bitsAllocated(),
        exact.bitsStored(),
        exact.signed(),
        exact.slope(),
        exact.intercept(),
        exact.photometric(),
        exact.planar());
  }

  private static Optional<Integer> boxed(OptionalInt number) {
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  /// Where an instance lies.
  record Place(String department, String studyUid, SeriesUid series, String sop) {
    StudyId study() {
      return StudyId.of(department, studyUid);
    }

    String original() {
      return Keys.original(department, studyUid, series, sop);
    }

    String aside(String sha256) {
      return Keys.aside(department, studyUid, series, sop, sha256);
    }

    String video() {
      return Keys.video(department, studyUid, series, sop);
    }

    String contents() {
      return Keys.contents(department, studyUid, series, sop);
    }

    String preview(int frame, int size) {
      return Keys.preview(department, studyUid, series, sop, frame, size);
    }
  }
}
