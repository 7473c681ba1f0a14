package org.studygate.filing;

import org.studygate.objects.Keys;
import org.studygate.study.SeriesUid;

/// Where an instance lies.
///
/// @param shelf its department's, or that of the copies of a bucket
public record Place(String shelf, String studyUid, SeriesUid series, String sop) {
  public String original() {
    return Keys.original(shelf, studyUid, series, sop);
  }

  public String aside(String sha256) {
    return Keys.aside(shelf, studyUid, series, sop, sha256);
  }

  public String video() {
    return Keys.video(shelf, studyUid, series, sop);
  }

  public String contents() {
    return Keys.contents(shelf, studyUid, series, sop);
  }

  public String header() {
    return Keys.header(shelf, studyUid, series, sop);
  }

  public String preview(int frame, int size) {
    return Keys.preview(shelf, studyUid, series, sop, frame, size);
  }

  @Override
  public String toString() {
    return "Place[" + series + "]";
  }
}
