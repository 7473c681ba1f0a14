package org.studygate.dicom.guard;

/// Why a file was refused. Codes are stable: they stand in quarantine records and metrics;
/// sentences are for staff.
public enum Reason {
  NOT_DICOM(
      "not-dicom",
      "The mark DICM is missing at byte 128: this is no DICOM file, or one without its head that"
          + " cannot be read without it."),
  NO_META(
      "no-file-meta", "The file meta information is missing or does not name a transfer syntax."),
  UNKNOWN_SYNTAX("unknown-transfer-syntax", "The transfer syntax of the file is not known."),
  TOO_LARGE("too-large", "The file is larger than this source may send."),
  TRUNCATED("truncated", "The file ends in the middle of an element: it was not sent whole."),
  LENGTH_OVER_PARENT("length-over-parent", "An element claims to be longer than what it lies in."),
  TOO_DEEP("too-deep", "Sequences are nested deeper than 64 levels."),
  TOO_MANY_ELEMENTS("too-many-elements", "The file has more than 200,000 elements."),
  TOO_MANY_ITEMS("too-many-items", "The file has more than 100,000 items."),
  TAGS_NOT_ASCENDING(
      "tags-not-ascending", "Elements do not stand in ascending order, or one stands twice."),
  VALUE_TOO_LONG("value-too-long", "An element that is no image is longer than 16 MiB."),
  HEADER_TOO_LARGE("header-too-large", "The values beside the image take more than 24 MiB."),
  INFLATED_TOO_LARGE(
      "inflated-too-large",
      "The deflated file grows beyond 20 times its size, beyond 512 MiB or beyond the room that"
          + " there is for it. Send it without deflate."),
  BAD_DEFLATE("bad-deflate", "The deflated part of the file is damaged."),
  UNKNOWN_VR("unknown-vr", "An element has a value representation that DICOM does not know."),
  BAD_LENGTH("bad-length", "An element that must have a definite length has none."),
  BAD_DELIMITER("bad-delimiter", "A delimiter stands where none may be, or has a length."),
  BAD_ITEM("bad-item", "Something other than an item stands in a sequence."),
  UNENDED("unended-sequence", "A sequence or an item is never closed."),
  UNENDED_FRAGMENTS("unended-fragments", "The compressed image data are never closed."),
  PIXEL_ENCODING("pixel-encoding", "The image data are not encoded as the transfer syntax says."),
  PIXEL_SIZE(
      "pixel-size",
      "The image data are shorter than rows, columns and frames demand, or these numbers are absurd."),
  MISSING_UID(
      "missing-uid", "The UID of the study, the series, the instance or its class is missing."),
  BAD_UID("bad-uid", "A UID has characters other than digits and dots, or is longer than 64."),
  DIRECTORY("dicomdir", "This is the directory of a disc (DICOMDIR), not an image or a report."),
  UNREADABLE("unreadable", "The file could not be read although its structure was accepted.");

  private final String code;
  private final String sentence;

  Reason(String code, String sentence) {
    this.code = code;
    this.sentence = sentence;
  }

  public String code() {
    return code;
  }

  public String sentence() {
    return sentence;
  }

  /// Whether another look may help. What is too much stays too much; but what seems too long or too
  /// deep may only have been read in the wrong encoding.
  public boolean mendable() {
    return this != TOO_LARGE && this != DIRECTORY && this != INFLATED_TOO_LARGE;
  }

  @Override
  public String toString() {
    return code;
  }
}
