package org.studygate.dicom.document;

import java.util.List;

/// One thing that a document says, at its level below the title.
///
/// @param name of what it is about
/// @param value as it is written; of a row the cells, divided by tabs
/// @param unit of a number
public record Line(
    int level, Kind kind, String name, String value, String unit, List<Reference> references) {

  static Line of(int level, Kind kind, String name, String value) {
    return new Line(level, kind, name, value, "", List.of());
  }

  /// How a value is shown.
  public enum Kind {
    HEADING,
    TEXT,
    CODE,
    NUMBER,
    DATE,
    TIME,
    MOMENT,
    PERSON,
    UID,
    IMAGE,
    /// Another object than an image.
    OBJECT,
    SHAPE,
    /// Another line of this document, which is named.
    SEE,
    ROW;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// An object that it speaks of.
  ///
  /// @param series empty if the document does not say where it lies, or in another study
  /// @param frames none for all
  /// @param presentation the state in which an image is to be shown; empty for its own
  public record Reference(String uid, String series, List<String> frames, String presentation) {}

  @Override
  public String toString() {
    return "Line[" + kind + "]";
  }
}
