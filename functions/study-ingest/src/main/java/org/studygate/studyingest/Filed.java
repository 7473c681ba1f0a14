package org.studygate.studyingest;

import java.time.Duration;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;

/// An instance that lies in its place.
///
/// @param quiet how long its department waits for more
record Filed(
    StudyId study,
    String department,
    String studyUid,
    SeriesUid series,
    Whose whose,
    Duration quiet) {
  @Override
  public String toString() {
    return "Filed[" + study + "]";
  }
}
