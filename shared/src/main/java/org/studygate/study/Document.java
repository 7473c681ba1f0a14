package org.studygate.study;

/// An object of a series that has no picture, as a list names it. Those of a series are no reports:
/// a report is read under rules of its own, and names its document itself ([Report.Version]).
///
/// @param title what it calls itself, else its series; cut short, for a file may hold anything
/// @param readable whether what it says is kept beside it, for a page to show
public record Document(
    SeriesUid series, String uid, DocumentKind kind, String title, boolean readable) {
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
