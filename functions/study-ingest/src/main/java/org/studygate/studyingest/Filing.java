package org.studygate.studyingest;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.studygate.department.Department;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.guard.Mended;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.filing.Described;
import org.studygate.filing.Drawing;
import org.studygate.filing.Place;
import org.studygate.inbox.InboxObject;
import org.studygate.objects.Objects;
import org.studygate.objects.Objects.Put;
import org.studygate.platform.Deadline;
import org.studygate.receipt.Receipt;
import org.studygate.receipt.Receipts;
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
  private final Described described;
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
    this.described = new Described(objects);
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
      studies.flag(study(place), "other-bytes");
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
      studies.flag(study(place), "mended");
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
    if (Described.kind(dicom) != Kind.IMAGE) {
      label =
          Optional.of(documents.keep(place, dicom, Described.facts(header).person(), object.at()));
    }
    var known =
        put == Put.SAME_THERE
            ? studies.instance(study(place), series, place.sop())
            : Optional.<Instance>empty();
    var drawn = known.map(Instance::pictures).orElse(Instance.Pictures.none(""));
    var item = Optional.<Studies.Filed>empty();
    if (known.isEmpty()) {
      drawn = pictures(place, dicom, drawn, deadline);
      item = Optional.of(described.item(place, dicom, content, drawn, label, object.at()));
      if (drawn.goesOn()) {
        studies.file(study(place), item.get()); // before the next step looks for it
        item = Optional.empty();
      }
    } else if (drawn.goesOn()) {
      drawn = pictures(place, dicom, drawn, deadline);
      studies.drawn(study(place), series, place.sop(), drawn);
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
            study(place),
            department.id(),
            header.studyUid(),
            series,
            whose(department, header),
            department.policy().quiet(),
            Described.announced(header),
            item,
            put == Put.STORED));
  }

  private void tell(
      InboxObject object, Place place, String accession, String code, String sentence) {
    receipts.tell(
        new Receipt(
            place.shelf(),
            Optional.of(object.key()),
            code,
            sentence,
            object.at(),
            new Receipt.About(
                Optional.of(accession).filter(OrderId::possible),
                Optional.of(place.studyUid()),
                Optional.of(place.sop()))));
  }

  static StudyId study(Place place) {
    return StudyId.of(place.shelf(), place.studyUid());
  }

  private static Whose whose(Department department, DicomHeader header) {
    var rules = department.policy().intake();
    var order = OrderId.of(department.id(), header.study().accession(), rules);
    return new Whose(Described.facts(header).person(), order.map(OrderId::accession).orElse(""));
  }

  private static Objects.Content original(DicomFile dicom) throws IOException {
    return Described.original(dicom);
  }

  /// What came, where something else is served or another one stays.
  private void aside(Place place, DicomFile dicom) throws IOException {
    var content =
        dicom.mended().isEmpty()
            ? original(dicom)
            : Described.content(DICOM, dicom.lengthAsItCame(), dicom::asItCame);
    objects.put(place.aside(content.sha256()), content);
  }

  private Instance.Pictures pictures(
      Place place, DicomFile dicom, Instance.Pictures drawn, Deadline deadline) throws IOException {
    return Described.kind(dicom) == Kind.IMAGE
        ? drawing.draw(place, dicom, drawn, deadline)
        : drawn;
  }

  /// The next step is a message of its own, behind those that wait already.
  private void goOn(InboxObject object, Instance.Pictures pictures) {
    if (pictures.goesOn()) {
      again.accept(object);
    }
  }
}
