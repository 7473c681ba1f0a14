package org.studygate.dicom.header;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.jspecify.annotations.Nullable;
import org.studygate.dicom.guard.Photometric;
import org.studygate.dicom.guard.Walked;

/// Picks the facts of [DicomHeader] out of a data set.
final class HeaderFacts {
  private static final int STUDY_INSTANCES = 0x0020_1208;
  private static final int SERIES_INSTANCES = 0x0020_1209;

  private HeaderFacts() {}

  static DicomHeader of(Attributes a, Walked accepted, Shading shading) {
    return new DicomHeader(
        patient(a), study(a), series(a), instance(a, accepted), image(a, accepted, shading));
  }

  private static DicomHeader.Patient patient(Attributes a) {
    return new DicomHeader.Patient(
        Values.text(a, Tag.PatientID),
        Values.text(a, Tag.IssuerOfPatientID),
        Values.text(a, Tag.PatientName),
        Values.text(a, Tag.PatientBirthDate),
        Values.text(a, Tag.PatientSex));
  }

  private static DicomHeader.Study study(Attributes a) {
    var issuer = a.getNestedDataset(Tag.IssuerOfAccessionNumberSequence);
    return new DicomHeader.Study(
        Values.text(a, Tag.StudyInstanceUID),
        Values.text(a, Tag.AccessionNumber),
        issuer == null ? "" : Values.text(issuer, Tag.LocalNamespaceEntityID),
        Values.text(a, Tag.StudyDate),
        Values.text(a, Tag.StudyTime),
        Values.text(a, Tag.TimezoneOffsetFromUTC),
        Values.text(a, Tag.StudyDescription),
        Values.text(a, Tag.InstitutionName),
        Values.text(a, Tag.ReferringPhysicianName),
        Values.number(a, STUDY_INSTANCES));
  }

  private static DicomHeader.Series series(Attributes a) {
    return new DicomHeader.Series(
        Values.text(a, Tag.SeriesInstanceUID),
        Values.number(a, Tag.SeriesNumber),
        Values.text(a, Tag.SeriesDescription),
        Values.text(a, Tag.Modality),
        Values.text(a, Tag.BodyPartExamined),
        Values.text(a, Tag.Laterality),
        Values.text(a, Tag.ProtocolName),
        Values.number(a, SERIES_INSTANCES));
  }

  private static DicomHeader.Instance instance(Attributes a, Walked accepted) {
    return new DicomHeader.Instance(
        Values.text(a, Tag.SOPInstanceUID),
        Values.text(a, Tag.SOPClassUID),
        accepted.syntax().uid(),
        Values.number(a, Tag.InstanceNumber),
        String.join("\\", Values.texts(a, Tag.ImageType)),
        Values.text(a, Tag.ContentDate),
        Values.text(a, Tag.ContentTime),
        String.join("\\", Values.texts(a, Tag.SpecificCharacterSet)));
  }

  private static DicomHeader.Image image(Attributes a, Walked accepted, Shading shading) {
    var frames =
        accepted.pixels().isEmpty()
            ? 0
            : Math.max(1, Values.number(a, Tag.NumberOfFrames).orElse(1));
    var first = shading.at(0);
    var allocated = Values.number(a, Tag.BitsAllocated).orElse(0);
    var stored = within(1, allocated, Values.number(a, Tag.BitsStored), allocated);
    var high = within(stored - 1, allocated - 1, Values.number(a, Tag.HighBit), stored - 1);
    return new DicomHeader.Image(
        frames,
        Values.number(a, Tag.Rows).orElse(0),
        Values.number(a, Tag.Columns).orElse(0),
        Math.max(1, Values.number(a, Tag.SamplesPerPixel).orElse(samples(a))),
        photometric(a),
        Values.number(a, Tag.PlanarConfiguration).orElse(0),
        allocated,
        stored,
        high,
        Values.number(a, Tag.PixelRepresentation).orElse(0) == 1,
        first.windows(),
        first.slope(),
        first.intercept(),
        exactly(3, placed(a, Tag.PlanePositionSequence, Tag.ImagePositionPatient)),
        exactly(6, placed(a, Tag.PlaneOrientationSequence, Tag.ImageOrientationPatient)),
        exactly(2, placed(a, Tag.PixelMeasuresSequence, Tag.PixelSpacing)),
        Values.text(a, Tag.BurnedInAnnotation),
        Values.text(a, Tag.LossyImageCompression).equals("01"),
        frameMillis(a));
  }

  /// A number that cannot be is as good as none.
  private static int within(int least, int most, OptionalInt number, int otherwise) {
    return number.isPresent() && number.getAsInt() >= least && number.getAsInt() <= most
        ? number.getAsInt()
        : otherwise;
  }

  static String photometric(Attributes a) {
    return Photometric.spelled(Values.text(a, Tag.PhotometricInterpretation));
  }

  /// Where the file does not say: colour has three.
  private static int samples(Attributes a) {
    var photometric = photometric(a);
    return photometric.equals("RGB") || photometric.startsWith("YBR") ? 3 : 1;
  }

  private static double frameMillis(Attributes a) {
    var time = Values.decimal(a, Tag.FrameTime).orElse(0);
    if (time > 0) {
      return time;
    }
    var rate =
        Values.decimal(a, Tag.CineRate)
            .orElse(Values.decimal(a, Tag.RecommendedDisplayFrameRate).orElse(0));
    return rate > 0 ? 1000 / rate : 0;
  }

  /// A value of the root level, or of the first frame's functional groups.
  private static List<Double> placed(Attributes a, int sequence, int tag) {
    var plain = Values.decimals(a, tag);
    if (!plain.isEmpty()) {
      return plain;
    }
    for (var group : groups(a, 0)) {
      var item = group.getNestedDataset(sequence);
      if (item != null) {
        return Values.decimals(item, tag);
      }
    }
    return List.of();
  }

  /// The functional groups that hold for a frame: its own, then the shared ones.
  static List<Attributes> groups(Attributes a, int frame) {
    var groups = new ArrayList<Attributes>(2);
    add(groups, nested(a, Tag.PerFrameFunctionalGroupsSequence, frame));
    add(groups, nested(a, Tag.SharedFunctionalGroupsSequence, 0));
    return groups;
  }

  private static void add(List<Attributes> groups, @Nullable Attributes item) {
    if (item != null) {
      groups.add(item);
    }
  }

  static @Nullable Attributes nested(Attributes a, int sequence, int item) {
    return a.getNestedDataset(sequence, item);
  }

  private static List<Double> exactly(int count, List<Double> values) {
    return values.size() == count ? values : List.of();
  }
}
