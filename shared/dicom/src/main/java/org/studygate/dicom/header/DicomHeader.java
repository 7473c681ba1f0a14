package org.studygate.dicom.header;

import java.util.List;
import java.util.OptionalInt;

/// The facts of an instance, as plain values. Text is decoded and trimmed, empty when absent; dates
/// stay as DICOM wrote them (`YYYYMMDD`), for the file may lie.
public record DicomHeader(
    Patient patient, Study study, Series series, Instance instance, Image image) {

  /// @param name as in DICOM: `Family^Given^Middle^Prefix^Suffix`, groups parted by `=`
  /// @param sex M, F, O or empty
  public record Patient(String id, String issuer, String name, String birthDate, String sex) {}

  /// @param instances (0020,1208), what the sender says the study holds
  public record Study(
      String uid,
      String accession,
      String accessionIssuer,
      String date,
      String time,
      String timezone,
      String description,
      String institution,
      String referringPhysician,
      OptionalInt instances) {}

  /// @param instances (0020,1209), what the sender says the series holds
  public record Series(
      String uid,
      OptionalInt number,
      String description,
      String modality,
      String bodyPart,
      String laterality,
      String protocol,
      OptionalInt instances) {}

  /// @param sopClass what kind of object it is
  /// @param transferSyntax UID
  /// @param imageType values parted by backslashes
  public record Instance(
      String uid,
      String sopClass,
      String transferSyntax,
      OptionalInt number,
      String imageType,
      String contentDate,
      String contentTime,
      String characterSet) {}

  /// @param frames 0: the object has no image
  /// @param windows the file's windows, its first one first
  /// @param position x, y, z of the first pixel (millimetres), empty if unknown; of an enhanced
  /// object: of its first frame
  /// @param orientation six cosines, empty if unknown
  /// @param spacing millimetres between rows, between columns, empty if unknown
  /// @param burnedIn (0028,0301): YES, NO or empty
  /// @param frameMillis time between frames of a cine, 0 if unknown
  public record Image(
      int frames,
      int rows,
      int columns,
      int samples,
      String photometric,
      int planar,
      int bitsAllocated,
      int bitsStored,
      int highBit,
      boolean signed,
      List<Window> windows,
      double slope,
      double intercept,
      List<Double> position,
      List<Double> orientation,
      List<Double> spacing,
      String burnedIn,
      boolean lossy,
      double frameMillis) {}

  /// @param function LINEAR, LINEAR_EXACT or SIGMOID
  /// @param explanation such as LUNG, may be empty
  public record Window(double center, double width, String function, String explanation) {}

  public String studyUid() {
    return study.uid();
  }

  public String seriesUid() {
    return series.uid();
  }

  public String sopUid() {
    return instance.uid();
  }
}
