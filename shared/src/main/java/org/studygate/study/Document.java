package org.studygate.study;

/// An object of a series that has no picture, as a list names it. Reports are none of these: they
/// are read under rules of their own ([Report]).
///
/// @param title what it calls itself, else its series; cut short, for a file may hold anything
public record Document(SeriesUid series, String uid, DocumentKind kind, String title) {
  /// So many of a series are named; whatever there is lies in the series' own objects.
  public static final int MOST = 50;

  public Document {
    title = Facts.cut(title);
  }

  @Override
  public String toString() {
    return "Document[" + kind + "]";
  }
}
