package org.studygate.filing;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.header.DicomHeader;
import org.studygate.objects.Objects;
import org.studygate.platform.Gzip;
import org.studygate.platform.Sha256;
import org.studygate.study.DocumentKind;
import org.studygate.study.Facts;
import org.studygate.study.Instance;
import org.studygate.study.Instance.Kind;
import org.studygate.study.Studies;

/// What is told of an instance, read of its file once, when it is filed.
public final class Described {
  private static final String DICOM = "application/dicom";
  private static final int LARGEST_HEADER_IN_ITEM = 200 << 10;

  private final Objects objects;

  public Described(Objects objects) {
    this.objects = objects;
  }

  /// What the table holds of it, with its header.
  public Studies.Filed item(
      Place place,
      DicomFile dicom,
      Objects.Content content,
      Instance.Pictures pictures,
      Optional<Instance.Label> label,
      Instant at)
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
            dicom.exactPixels().map(Described::pixels),
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
      return new Studies.Filed(instance, at, json, Optional.empty());
    }
    var key = place.header();
    objects.put(key, "application/gzip", json);
    return new Studies.Filed(instance, at, new byte[0], Optional.of(key));
  }

  public static Facts facts(DicomHeader header) {
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

  /// How many instances it says that its study has.
  public static Optional<Integer> announced(DicomHeader header) {
    return boxed(header.study().instances());
  }

  private static Optional<Integer> boxed(OptionalInt number) {
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  /// The file as it is served.
  public static Objects.Content original(DicomFile dicom) throws IOException {
    return content(DICOM, dicom.length(), dicom::original);
  }

  public static Objects.Content content(String type, long length, Supplier<InputStream> bytes)
      throws IOException {
    var digest = Sha256.digest();
    try (var in = new DigestInputStream(bytes.get(), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    var hash = HexFormat.of().formatHex(digest.digest());
    return new Objects.Content(type, length, hash, bytes::get);
  }

  public static Kind kind(DicomFile dicom) {
    if (DocumentKind.of(dicom.header().instance().sopClass()) == DocumentKind.REPORT) {
      return Kind.REPORT;
    }
    return dicom.frames() > 0 ? Kind.IMAGE : Kind.OTHER;
  }
}
